"""The newest crossings that are over: for the officer's list, and for what the gate adds afterwards."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from drivers.turnstile.port import PassageCorrected
from kiosk.lane_view import CrossingView
from sync.event_types import GateCorrected

SHOWN = 20


class Departed:
    """Newest first."""

    def __init__(self) -> None:
        self._views: deque[CrossingView] = deque(maxlen=SHOWN)
        self._passed = ("", "")
        """The newest authorisation that ended in PASSED, and its crossing."""

    @property
    def views(self) -> tuple[CrossingView, ...]:
        """As the screens are told of them."""
        return tuple(self._views)

    def add(self, view: CrossingView) -> None:
        """A crossing is over."""
        self._views.appendleft(view)

    def passed(self, authorisation: str, crossing: str) -> None:
        """Its traveller went through; somebody may still be reported close behind."""
        self._passed = (authorisation, crossing)

    def corrected(self, report: PassageCorrected) -> GateCorrected:
        """The gate says more of a passage: the list is put right, and the journal gets a record more."""
        authorisation, crossing = self._passed
        ours = crossing if report.authorisation == authorisation else ""
        for place, past in enumerate(self._views):
            if ours and past.crossing == ours:
                self._views[place] = replace(past, passage=report.passage)
        return GateCorrected(ours, report.authorisation, report.passage)
