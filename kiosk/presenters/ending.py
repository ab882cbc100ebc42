"""When a screen that a traveller has to act on is about to end: said in time, with how to keep it. Pure."""

from __future__ import annotations

from config.moment import Moment
from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from kiosk.lane_view import LaneView, Phase

NEED_LONGER = QT_TRANSLATE_NOOP("Traveller", "Touch for more time")
WARN_S = 10.0
"""So long before its end; half of its time where that is shorter."""


def ends_soon(view: LaneView, moment: Moment) -> bool:
    """Whether the one more code must come soon. No other screen takes anything away when it ends."""
    if view.phase is not Phase.GATHERING or view.until_mono is None:
        return False
    whole = view.until_mono - view.since_mono
    return view.until_mono - moment.mono <= min(WARN_S, whole / 2)
