"""A gate whose two directions hang on two relays: turning is letting the one go and taking the other.

Each direction is a gate of its own with its own process, which sends OFF when it opens the device and before
it lets it go. So nothing of what one gate was proven to do changes by turning.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from drivers.turnstile.port import (
    GateReport,
    LinkChanged,
    LinkState,
    Passage,
    PassageReported,
    PulseRefused,
    Tamper,
    Turnstile,
    Way,
)
from drivers.turnstile.used import Used

TURNING = "The gate is being turned to the other direction."
FOLLOWERS_S = 2.0
"""So long after a passage somebody may still be reported right behind."""


class TurningGate(Turnstile):
    """`make` gives a gate, not started yet, that opens that way."""

    def __init__(
        self,
        make: Callable[[Way], Turnstile],
        way: Way,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Event, float], object] = threading.Event.wait,
    ) -> None:
        self._make, self._clock, self._wait = make, clock, wait
        self._wanted = self._way = way
        self._report: Callable[[GateReport], None] = lambda _: None
        self._gate: Turnstile | None = None
        """None: not started, turning, or stopped."""
        self._used = Used()
        self._takes = False
        """The other relay is being taken: its being looked for is part of the turning."""
        self._passed_at = float("-inf")
        self._forced = False
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._started = False
        self._turning: threading.Thread | None = None

    def start(self, report: Callable[[GateReport], None]) -> None:
        self._report, self._started = report, True
        self._begin(self._wanted)

    def face(self, way: Way) -> None:
        with self._lock:
            self._wanted = way
            if not self._started or self._stopped.is_set() or self._turning or way is self._way:
                return
            self._turning = threading.Thread(target=self._turn, name="gate-turning", daemon=True)
        self._report(LinkChanged(LinkState.PROBING, TURNING))
        self._turning.start()

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:
        with self._lock:
            used = not self._used.take(authorisation)
            gate = self._gate if way is self._way and not self._turning else None
        if used or gate is None:
            self._report(
                PulseRefused(authorisation, "This authorisation was used before." if used else TURNING)
            )
            if not used:
                self.face(way)
            return
        gate.authorise(authorisation, way)

    def stop(self) -> None:
        with self._lock:
            self._stopped.set()
            gate, turning = self._gate, self._turning
        if gate is not None:
            gate.stop()
        if turning is not None and turning.is_alive():
            turning.join(1.0)

    def _turn(self) -> None:
        """Lets the one go, then takes the other; once more where somebody changed their mind meanwhile."""
        while not self._stopped.is_set():
            left = self._passed_at + FOLLOWERS_S - self._clock()
            if left > 0:
                self._wait(self._stopped, left)
                continue
            with self._lock:
                gate, self._gate = self._gate, None
            if gate is not None:
                gate.stop()
            if self._forced:
                self._forced = False
                self._report(Tamper(False))  # the other one says so again where it still is so
            self._takes = True
            self._begin(self._wanted)
            with self._lock:
                if self._wanted is self._way:
                    self._turning = None
                    return

    def _begin(self, way: Way) -> None:
        gate = self._make(way)
        with self._lock:
            if self._stopped.is_set():
                return
            self._gate, self._way = gate, way
        gate.start(lambda report: self._heard(gate, report))

    def _heard(self, gate: Turnstile, report: GateReport) -> None:
        if isinstance(report, LinkChanged) and gate is not self._gate:
            return  # of the one that was let go
        if isinstance(report, LinkChanged) and self._takes:
            self._takes = report.state is LinkState.PROBING
            report = LinkChanged(report.state, TURNING) if self._takes else report
        if isinstance(report, PassageReported) and report.passage is Passage.PASSED:
            self._passed_at = self._clock()
        if isinstance(report, Tamper):
            self._forced = report.active
        self._report(report)
