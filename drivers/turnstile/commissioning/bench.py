"""What commissioning needs: a gate whose words are kept, a loop-back, a person who does and answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from drivers.turnstile.port import GateReport
from drivers.turnstile.wire import Noticed


@dataclass(frozen=True, slots=True)
class Level:
    """The loop-back contact on a control line, as it was at one moment."""

    closed: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `at` is in monotonic seconds."""

    at: float
    what: GateReport | Noticed | Level


class Bench(ABC):
    """A gate on its place. Everything that it tells is kept in its order."""

    @abstractmethod
    def start(self) -> None:
        """Connects, which sends OFF. A missing device is a report."""

    @abstractmethod
    def stop(self) -> None:
        """OFF, and lets the device go, which is kept as the last thing that happened: DOWN."""

    @abstractmethod
    def crash(self) -> None:
        """Ends the gate's process in mid-air; another is started, as a lane does."""

    @abstractmethod
    def authorise(self) -> str:
        """Asks for one pulse; returns its fresh id."""

    @abstractmethod
    def now(self) -> float:
        """Monotonic seconds."""

    @abstractmethod
    def mark(self) -> int:
        """How much has happened so far."""

    @abstractmethod
    def since(self, mark: int) -> Sequence[Entry]:
        """What happened after `mark`."""

    @abstractmethod
    def wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Lets time pass until `until` holds; whether it did in that time."""


class Skipped(Exception):
    """This step was not done. `str()` is the reason."""


class Person(ABC):
    """Somebody at the gate. Each call may raise `Skipped`: the person says why, or nobody is there."""

    @abstractmethod
    def do(self, what: str) -> None:
        """Returns when it was done."""

    @abstractmethod
    def sees(self, question: str) -> bool:
        """Yes or no."""

    @abstractmethod
    def reads(self, question: str) -> float:
        """A number."""

    @abstractmethod
    def hear(self, words: str) -> None:
        """Tells what goes on now; nothing is answered."""


class Source(StrEnum):
    """How the relay's contact is seen."""

    INPUT = "input"
    """It is wired to an input of its own board."""
    LINE = "line"
    """It is wired to a control line of a serial port."""
    READ_BACK = "read back"
    """By the board's own word."""
    PERSON = "person"
    """By a lamp or a meter, and a person who looks."""


@dataclass(frozen=True, slots=True)
class LoopBack:
    """Where the relay's contact is seen. `number`: the board's input; `closed_reads`: what closed reads."""

    source: Source
    number: int = 0
    closed_reads: int = 1
    says: str = ""
    """For the sheet."""
