"""What the page that looks a crossing up says to officers, in English; Qt Linguist has the rest."""

from __future__ import annotations

from kiosk.desk.crossing_lookup import Why
from kiosk.desk.finding import Failed
from kiosk.i18n.mark import QT_TRANSLATE_NOOP

FIND = QT_TRANSLATE_NOOP("Officer", "Find a reference")
DIGITS = QT_TRANSLATE_NOOP("Officer", "Nine digits, from a slip, a screen or the telephone")
WRONG = QT_TRANSLATE_NOOP("Officer", "A digit is wrong or missing: ask for all nine again.")
ASKED_WHY = QT_TRANSLATE_NOOP(
    "Officer", "Touch why you look: it is recorded with your number, then looked up."
)
WHYS = {
    Why.TRAVELLER: QT_TRANSLATE_NOOP("Officer", "The traveller asks"),
    Why.OBJECTION: QT_TRANSLATE_NOOP("Officer", "Somebody objects"),
    Why.COLLEAGUE: QT_TRANSLATE_NOOP("Officer", "A colleague asks"),
}
LOOKING = QT_TRANSLATE_NOOP("Officer", "Looking …")
NONE_HERE = QT_TRANSLATE_NOOP(
    "Officer",
    "This lane knows no such crossing. The slip names the lane; records are erased after 31 days at most.",
)
NONE_ANYWHERE = QT_TRANSLATE_NOOP(
    "Officer",
    "The hub has no such crossing of this station. What a lane has not sent yet is found at its own panel.",
)
FAILED = {
    Failed.JOURNAL: QT_TRANSLATE_NOOP("Officer", "The journal can't be read just now: try again."),
    Failed.AWAY: QT_TRANSLATE_NOOP("Officer", "The hub can't be reached: look at the panel of the lane."),
    Failed.TOO_OFTEN: QT_TRANSLATE_NOOP(
        "Officer", "This desk has looked up too often: try again in an hour, or at the panel of the lane."
    ),
}
SEVERAL = QT_TRANSLATE_NOOP(
    "Officer", "{count} crossings have these digits: the time on the slip tells which is meant."
)
AT_LANE = QT_TRANSLATE_NOOP("Officer", "At {lane}")
BACK = QT_TRANSLATE_NOOP("Officer", "Back")
