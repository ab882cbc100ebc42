"""The checks that may be made beside a running lane: what they find stands on the officer's screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from config.settings import Settings
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.health.finding import Check, Severity, run_checks
from kiosk.lane_view import Fault

EVERY_S = 300.0


class HealthWatch:
    """`start`, `stop`. One thread; a part that is well again is told so."""

    def __init__(
        self,
        checks: Sequence[tuple[str, Check]],
        settings: Settings,
        post: Callable[[PartFailed | PartRecovered], None],
    ) -> None:
        self._checks, self._settings, self._post = checks, settings, post
        self._named: set[str] = set()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="health", daemon=True)

    def start(self) -> None:
        """Looks at once, then every five minutes."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; does not wait for a check that hangs."""
        self._ending.set()

    def look(self) -> None:
        """One round. Of several findings with one code the first is named."""
        worst = {
            found.code: found
            for found in reversed(run_checks(self._checks, self._settings))
            if found.severity is not Severity.WELL
        }
        for code in self._named - set(worst):
            self._post(PartRecovered(_part(code)))
        for code, found in worst.items():
            self._post(PartFailed(Fault(_part(code), code, found.detail)))
        self._named = set(worst)

    def _run(self) -> None:
        while not self._ending.is_set():
            self.look()
            self._ending.wait(EVERY_S)


def _part(code: str) -> str:
    """The name of a part that only these checks look at."""
    return f"check {code}"
