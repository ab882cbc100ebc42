"""Lanes that nobody hears of any more, for the strip of the station's desk: named, with what to do."""

from __future__ import annotations

from kiosk.desk.orders_out import SILENT_S
from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from kiosk.presenters.officer_panel import State
from kiosk.presenters.officer_texts import say
from kiosk.presenters.punctuation import listed
from kiosk.theme.palette import Role
from sync.referral import STOPPED, ForDesk, LaneShown

MOST_NAMED = 4
LOST = QT_TRANSLATE_NOOP("Officer", "Not heard of any more: {lanes}")
LOST_DO = QT_TRANSLATE_NOOP(
    "Officer",
    "Go there. If it works, decide at its own panel and have its network looked at. If not, use another "
    "lane and call the operator.",
)
SWITCHED_OFF = QT_TRANSLATE_NOOP("Officer", "Switched off")


def is_off(lane: LaneShown) -> bool:
    """It ended in order: its silence is none to worry about."""
    return lane.report is not None and lane.report.get("phase") == STOPPED


def alarm(said: ForDesk, since_s: float, station: str, language: str) -> State | None:
    """The strip while a lane is lost; None: none is. `since_s` is the age of what the hub said."""
    lost = [
        one.lane
        for one in said.lanes
        if one.age_s is not None and one.age_s + since_s > SILENT_S and not is_off(one)
    ]
    if not lost:
        return None
    more = f" +{len(lost) - MOST_NAMED}" if len(lost) > MOST_NAMED else ""
    names = listed(lost[:MOST_NAMED], language) + more
    return State(station, say(LOST, language, lanes=names), say(LOST_DO, language), "", Role.REFER)
