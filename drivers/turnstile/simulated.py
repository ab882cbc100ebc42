"""Gates in memory, well and broken: for the tests of the lane and for practice without a device."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from enum import StrEnum

from drivers.turnstile.port import (
    FireAlarm,
    GateReport,
    LinkChanged,
    LinkState,
    Passage,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Tamper,
    Turnstile,
    Way,
)
from drivers.turnstile.used import REMEMBERED, Used

Later = Callable[[float, Callable[[], None]], None]
"""Runs something this many seconds later. Tests hand in one that runs on virtual time, or at once."""


def later_by_timer(seconds: float, act: Callable[[], None]) -> None:
    """The real thing: on a thread of its own."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def at_once(_seconds: float, act: Callable[[], None]) -> None:
    """For tests in which time does not matter."""
    act()


class SimulatedTurnstile(Turnstile):
    """A gate that confirms each pulse and reports what the next in `people` did, else `usually`.

    Not a real gate: it may be used with demo and specimen codes.
    """

    def __init__(
        self,
        later: Later = later_by_timer,
        answer_s: float = 0.02,
        passage_s: float = 1.0,
        usually: Passage = Passage.PASSED,
    ) -> None:
        self.people: deque[Passage] = deque()
        self._usually = usually
        self.pulses: list[str] = []
        """The newest authorisations that pulsed, in their order."""
        self._later = later
        self._answer_s = answer_s
        self._passage_s = passage_s
        self._used = Used()
        self._report: Callable[[GateReport], None] = lambda _: None
        self._flying: str | None = None
        self._fire = False
        self._up = False
        self._lock = threading.RLock()

    def start(self, report: Callable[[GateReport], None]) -> None:
        self._report = report
        self.replug()

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:  # noqa: ARG002
        with self._lock:
            why = self._hindrance(fresh=self._used.take(authorisation))
            if not why:
                self._flying = authorisation
                self.pulses.append(authorisation)
                del self.pulses[:-REMEMBERED]
        if why:
            self._report(PulseRefused(authorisation, why))
        else:
            self._later(self._answer_s, lambda: self._accept(authorisation))

    def stop(self) -> None:
        self._end_unknown()
        self._up = False

    def unplug(self) -> None:
        """The cable is pulled."""
        self._up = False
        self._report(LinkChanged(LinkState.DOWN, "The simulated gate was unplugged: plug it in."))
        self._end_unknown()

    def replug(self) -> None:
        """The cable is back."""
        self._up = True
        self._report(LinkChanged(LinkState.UP))

    def fire(self, active: bool) -> None:
        """The fire contact opens or closes."""
        self._fire = active
        self._report(FireAlarm(active))
        if active:
            self._end_unknown()

    def tamper(self, active: bool) -> None:
        """Somebody forces the gate, or stops doing so."""
        self._report(Tamper(active))

    def _hindrance(self, *, fresh: bool) -> str:
        if not fresh:
            return "This authorisation was used before."
        if self._fire:
            return "The fire contact is open: nothing is commanded."
        if not self._up:
            return "The gate is not connected, or does not answer."
        if self._flying is not None:
            return "The authorisation before this one is not over."
        return ""

    def _accept(self, authorisation: str) -> None:
        if self._flying != authorisation:
            return
        self._report(PulseAccepted(authorisation, acknowledged=True))
        self._later(self._passage_s, lambda: self._pass(authorisation))

    def _pass(self, authorisation: str) -> None:
        with self._lock:
            if self._flying != authorisation:
                return
            self._flying = None
            passage = self.people.popleft() if self.people else self._usually
        self._report(PassageReported(authorisation, passage))

    def _end_unknown(self) -> None:
        with self._lock:
            flying, self._flying = self._flying, None
        if flying is not None:
            self._report(PassageReported(flying, Passage.UNKNOWN))


class Fault(StrEnum):
    """How a gate fails its lane."""

    ABSENT = "absent"
    """Never there."""
    REFUSES = "refuses"
    """There, and takes no command."""
    SILENT = "silent"
    """Takes the pulse and never says a word again."""
    NO_ACK = "no_ack"
    """The pulse may have been made; the gate does not confirm it and the end is unknown."""
    BREAKS = "breaks"
    """The link breaks right after the pulse."""


class FaultyTurnstile(Turnstile):
    """A gate with one fault. Its reports come at once, on the caller's thread."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        self._report: Callable[[GateReport], None] = lambda _: None

    def start(self, report: Callable[[GateReport], None]) -> None:
        self._report = report
        if self._fault is Fault.ABSENT:
            report(LinkChanged(LinkState.DOWN, "No gate is there: plug it in and check its power."))
        else:
            report(LinkChanged(LinkState.UP))

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:  # noqa: ARG002
        match self._fault:
            case Fault.ABSENT:
                self._report(PulseRefused(authorisation, "The gate is not connected, or does not answer."))
            case Fault.REFUSES:
                self._report(PulseRefused(authorisation, "The gate would not take the command."))
            case Fault.SILENT:
                self._report(PulseAccepted(authorisation, acknowledged=False))
            case Fault.NO_ACK:
                self._report(LinkChanged(LinkState.DEGRADED, "The gate does not answer: check its power."))
                self._report(PassageReported(authorisation, Passage.UNKNOWN))
            case Fault.BREAKS:
                self._report(PulseAccepted(authorisation, acknowledged=True))
                self._report(LinkChanged(LinkState.DOWN, "The gate was unplugged: check cable and power."))
                self._report(PassageReported(authorisation, Passage.UNKNOWN))

    def stop(self) -> None:
        """Nothing was held."""
