"""What the kiosk asks of a slip printer: print a picture, and say whether it can."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Picture:
    """Black dots on paper. Each row is as many bytes, eight dots a byte, the leftmost in the highest bit."""

    rows: tuple[bytes, ...]

    @property
    def width(self) -> int:
        """Bytes of a row."""
        return len(self.rows[0]) if self.rows else 0


class Printed(StrEnum):
    """What became of one slip. Nothing is printed a second time by itself."""

    DONE = "done"
    """The printer answered behind the last line."""
    SENT = "sent"
    """All of it was sent, to a printer that never answers: whether it is on paper only eyes can tell."""
    FAILED = "failed"
    """It is not on paper, or not whole. The printer's fault says what to do."""


class PrinterFault(Exception):
    """The printer cannot print. `str()` is one sentence that says what to do."""


OnPrinted = Callable[[Printed], None]
OnFault = Callable[[str | None], None]
"""What is wrong, in one sentence; None: nothing any more."""


class Printer(ABC):
    """One printer. No call blocks; callbacks come on a thread of its own."""

    @abstractmethod
    def start(self, on_fault: OnFault) -> None:
        """Begins to look after it."""

    @abstractmethod
    def print(self, picture: Picture, on_printed: OnPrinted) -> bool:
        """Prints once. False: one is being printed, or it does not run; nothing will come of this call."""

    @abstractmethod
    def stop(self) -> None:
        """Lets it go. Safe at any time; what is being printed may be cut short."""


class NoPrinter(Printer):
    """A lane without a printer."""

    def start(self, on_fault: OnFault) -> None:
        """Nothing to look after."""

    def print(self, picture: Picture, on_printed: OnPrinted) -> bool:
        del picture, on_printed
        return False

    def stop(self) -> None:
        """Nothing to let go."""


class Wire(ABC):
    """Bytes to a printer and back, on one thread. Every call but `close` may raise `PrinterFault`."""

    @abstractmethod
    def open(self) -> None:
        """Finds it. What it sent before is forgotten."""

    @abstractmethod
    def send(self, data: bytes) -> None:
        """All of it, or a fault when it takes nothing for some seconds."""

    @abstractmethod
    def receive(self, many: int, within_s: float) -> bytes:
        """So many bytes, fewer when no more came in time."""

    @abstractmethod
    def close(self) -> None:
        """Lets it go. Safe at any time."""
