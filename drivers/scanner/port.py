"""The scanner port: bytes of codes that a hand scanner or a built-in one read, and why none come."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field

LONGEST = 8192
"""Bytes. The densest QR symbol holds 7,089 digits; whatever is longer is no symbol."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """One code. `content` is the exact bytes, never guessed text; `scanned_at` in monotonic seconds."""

    content: bytes = field(repr=False)
    scanned_at: float


class ScannerFault(Exception):
    """The scanner cannot be used. `str()` is one sentence that says what to do."""


OnCode = Callable[[Scanned], None]
OnFault = Callable[[str | None], None]
"""Gets one sentence when the scanner does not work (again after each change of it), None when it does."""


class Scanner(ABC):
    """A scanner. What it reads arrives on a thread of the driver's own, like the camera's readings."""

    @abstractmethod
    def start(self, on_code: OnCode, on_fault: OnFault) -> None:
        """Starts the device's owner. Never raises for a missing device: that is a fault told."""

    @abstractmethod
    def stop(self) -> None:
        """Lets the device go. Returns within a second; safe more than once."""


class NoScanner(Scanner):
    """A lane without one: nothing is read and nothing is missing."""

    def start(self, on_code: OnCode, on_fault: OnFault) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to stop."""


class Decoder(ABC):
    """What a device sends, to codes. Pure: bytes and monotonic seconds in, whole codes out. Never raises."""

    @abstractmethod
    def feed(self, data: bytes, now: float) -> list[bytes]:
        """What arrived, and the codes that it completed."""

    @abstractmethod
    def due(self) -> float | None:
        """When `silent` is to be called if nothing arrives before; None: there is nothing to wait for."""

    @abstractmethod
    def silent(self, now: float) -> list[bytes]:
        """Time went on with nothing arriving: the code that this completes, if any."""

    @abstractmethod
    def reset(self) -> None:
        """Forgets what is half read: the device is new."""


class Source(ABC):
    """An open or closed device node, owned by one thread. Every method but `close` raises `ScannerFault`."""

    @abstractmethod
    def open(self) -> Decoder:
        """Claims the device; what it sends is for this decoder."""

    @abstractmethod
    def fileno(self) -> int:
        """Something `select` can wait for; only while open."""

    @abstractmethod
    def read(self) -> bytes:
        """What is there now, at least one byte once `fileno` is readable."""

    @abstractmethod
    def close(self) -> None:
        """Lets the device go. Safe at any time, more than once, and never raises."""
