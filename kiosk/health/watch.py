"""Looks at a running lane's parts: what is found stands on the officer's screen and in the lane's word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from config.moment import Clock, system_clock
from config.settings import Settings
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.health.codes import looked_at
from kiosk.health.finding import Check, Finding, Severity, run_checks
from kiosk.health.readiness import Readiness
from kiosk.health.running import parts_of
from kiosk.health.word import SAID_AGAIN_S, leave_word, since_boot, take_back_word
from kiosk.lane_view import Fault, LaneView

EVERY_S = 300.0
TELL_S = 1.0
SILENT_S = 10.0
"""A lane says how it is once a second: what was said longer ago is not told on."""


class HealthWatch:
    """`start`, `stop`. One thread; a part that is well again is told so."""

    def __init__(
        self,
        checks: Sequence[tuple[str, Check]],
        settings: Settings,
        post: Callable[[PartFailed | PartRecovered], None],
        clock: Clock = system_clock,
    ) -> None:
        self._checks, self._settings, self._post, self._clock = checks, settings, post, clock
        self._named: set[str] = set()
        self._found: tuple[Finding, ...] = ()
        self._view: tuple[LaneView, float] | None = None
        self._left: tuple[tuple[Finding, ...], float] | None = None
        self._looked_at = float("-inf")
        self.report: Readiness | None = None
        """How every part was a second ago; None until the lane said it."""
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="health", daemon=True)

    def start(self) -> None:
        """Looks at once, then every five minutes."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; does not wait for a check that hangs."""
        self._ending.set()
        with suppress(OSError):
            take_back_word(self._settings.journal.folder)

    def look_soon(self) -> None:
        """At the start of a shift: looks again within a second, whenever it was done last."""
        self._looked_at = float("-inf")

    def heard(self, view: LaneView) -> None:
        """The lane says how it is. On any thread; returns at once."""
        self._view = (view, self._clock().mono)

    def look(self) -> None:
        """One round. Of several findings with one code the first is named."""
        self._found = tuple(run_checks(self._checks, self._settings))
        worst = {found.code: found for found in reversed(self._found) if found.severity is not Severity.WELL}
        for code in self._named - set(worst):
            self._post(PartRecovered(looked_at(code)))
        for code, found in worst.items():
            self._post(PartFailed(Fault(looked_at(code), code, found.detail)))
        self._named = set(worst)

    def tell(self) -> None:
        """Puts together how every part is, and leaves word of it when it changed, or now and then."""
        now = self._clock()
        if self._view is None or now.mono - self._view[1] > SILENT_S:
            self.report = None
            return
        self.report = parts_of(self._view[0], self._settings, self._found, now.utc)
        changed = self._left is None or self._left[0] != self.report.findings
        if changed or (self._left and now.mono - self._left[1] >= SAID_AGAIN_S):
            with suppress(OSError):
                # A disk that takes nothing is named by the journal; here it only means that nobody can ask.
                leave_word(self._settings.journal.folder, self.report, since_boot())
            self._left = (self.report.findings, now.mono)

    def _run(self) -> None:
        while not self._ending.is_set():
            if self._clock().mono - self._looked_at >= EVERY_S:
                self._looked_at = self._clock().mono
                self.look()
            if not self._ending.is_set():
                self.tell()
            self._ending.wait(TELL_S)
