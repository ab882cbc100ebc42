"""Keeps the guide calm: thirty opinions a second become one hint a person can follow."""

from __future__ import annotations

from drivers.reader.port import Hint
from kiosk.lane_view import SightView
from kiosk.presenters.traveller import Sight

AGREED_S = 0.35
"""A new hint must be repeated this long before it is shown."""
KEPT_S = 1.2
"""A shown hint stays at least this long, so that it can be read."""
READING_S = 0.5
"""A code in view without a hint counts as being read after this long."""


class SteadyHint:
    """Fed with every sight, answers with what to show. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._shown = Sight()
        self._shown_at = float("-inf")
        self._candidate = Sight()
        self._since = float("-inf")

    def see(self, view: SightView, now: float) -> Sight:
        """Takes one sight and answers with the steadied one."""
        seen = _simplified(view)
        if seen != self._candidate:
            self._candidate, self._since = seen, now
        needed = READING_S if seen.located and seen.hint is None else AGREED_S
        if seen != self._shown and now - self._since >= needed and now - self._shown_at >= KEPT_S:
            self._shown, self._shown_at = seen, now
        return self._shown

    def forget(self) -> None:
        """The next traveller starts without the hints of the one before."""
        self._shown = self._candidate = Sight()
        self._shown_at = self._since = float("-inf")


def _simplified(view: SightView) -> Sight:
    hint = None if view.hint is Hint.NOTHING_THERE else view.hint
    return Sight(hint, view.located)
