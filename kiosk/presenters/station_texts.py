"""Every sentence of the station desk that the lane's own panel does not have (context Officer)."""

from __future__ import annotations

from kiosk.desk.desk_notice import DeskNotice
from kiosk.desk.orders_out import OrderNotice
from kiosk.i18n.mark import QT_TRANSLATE_NOOP

STATION = QT_TRANSLATE_NOOP("Officer", "Station desk")
HUB_WELL = QT_TRANSLATE_NOOP("Officer", "Connected to the hub")
HUB_AWAY = QT_TRANSLATE_NOOP("Officer", "The hub can't be reached: use each lane's own panel")
HUB_STARTING = QT_TRANSLATE_NOOP("Officer", "Connecting to the hub …")
HUB_SINCE = QT_TRANSLATE_NOOP(
    "Officer", "Nothing heard for {seconds} s. What the lanes do now is not known here."
)
LANES = QT_TRANSLATE_NOOP("Officer", "Lanes")
NO_LANES = QT_TRANSLATE_NOOP("Officer", "No lane of this station is enrolled at the hub.")
WAITING = QT_TRANSLATE_NOOP("Officer", "Travellers who wait")
NOBODY_WAITS = QT_TRANSLATE_NOOP("Officer", "Nobody waits")
WAITS = QT_TRANSLATE_NOOP("Officer", "waits, {seconds} s left")
HAS_IT = QT_TRANSLATE_NOOP("Officer", "{officer} at {desk} has this one")
YOU_HAVE_IT = QT_TRANSLATE_NOOP("Officer", "You have this one, {seconds} s left")
ON_ITS_WAY = QT_TRANSLATE_NOOP("Officer", "Decided, on its way to the lane")
ENDED = {
    "admit": QT_TRANSLATE_NOOP("Officer", "Admitted by {officer}"),
    "refuse": QT_TRANSLATE_NOOP("Officer", "Refused by {officer}"),
    "desk": QT_TRANSLATE_NOOP("Officer", "Sent to the desk by {officer}"),
    "withdrawn": QT_TRANSLATE_NOOP("Officer", "The traveller needs no officer any more"),
    "timed_out": QT_TRANSLATE_NOOP("Officer", "Time ran out: sent to the desk"),
}
ENDED_OTHERWISE = QT_TRANSLATE_NOOP("Officer", "The lane ended it")
NO_SOUND = QT_TRANSLATE_NOOP(
    "Officer", "No sound at this desk: look here for who waits, and check the loudspeaker."
)
TAKE = QT_TRANSLATE_NOOP("Officer", "Take this traveller")
TAKE_ONE = QT_TRANSLATE_NOOP("Officer", "Somebody waits: take one at the left, by touch or by digit")
LET_GO = QT_TRANSLATE_NOOP("Officer", "Let go")
NO_KEY = QT_TRANSLATE_NOOP(
    "Officer", "Your roster entry has no signing key: decide at the lane's own panel and ask for a new PIN."
)
NO_EVIDENCE = QT_TRANSLATE_NOOP("Officer", "The evidence can't be read here: go to the lane.")
NEVER_HEARD = QT_TRANSLATE_NOOP("Officer", "This lane has not reported yet.")
FAULTS = QT_TRANSLATE_NOOP("Officer", "Faults: {codes}")
UNKNOWN_STATE = QT_TRANSLATE_NOOP("Officer", "In a state that this desk does not know")
ORDER = QT_TRANSLATE_NOOP("Officer", "Order …")
BACK = QT_TRANSLATE_NOOP("Officer", "Back")
ONLY_THERE = QT_TRANSLATE_NOOP(
    "Officer", "The gate is released, and an alarm is ended, only at the lane's own panel."
)
NO_ORDERS = QT_TRANSLATE_NOOP(
    "Officer", "Nothing can be ordered of this lane from here just now: go to its own panel."
)
NO_CODE_THERE = QT_TRANSLATE_NOOP(
    "Officer", "For a person who stands at this lane without a code. The lane then waits for your decision."
)
NOTICES = {
    OrderNotice.ENTERED: QT_TRANSLATE_NOOP(
        "Officer", "Entered at the lane. Read what the policy says of it, then decide."
    ),
    OrderNotice.OBEYED: QT_TRANSLATE_NOOP("Officer", "The lane has done as ordered."),
    OrderNotice.IN_THE_LANE: QT_TRANSLATE_NOOP(
        "Officer", "Not done: somebody is in the lane. Order it again when nobody is."
    ),
    OrderNotice.NOT_OBEYED: QT_TRANSLATE_NOOP(
        "Officer", "The lane did not accept the order: order it at the lane's own panel."
    ),
    OrderNotice.NO_ANSWER: QT_TRANSLATE_NOOP("Officer", "The lane has not answered: go and see how it is."),
    DeskNotice.TAKEN: QT_TRANSLATE_NOOP("Officer", "Another officer has taken this traveller."),
    DeskNotice.DECIDED: QT_TRANSLATE_NOOP("Officer", "Another officer has already decided."),
    DeskNotice.OVER: QT_TRANSLATE_NOOP(
        "Officer", "The lane has finished with this traveller; the gate stays shut."
    ),
    DeskNotice.SECOND_OFFICER: QT_TRANSLATE_NOOP(
        "Officer", "One officer has admitted; another one has to as well."
    ),
    DeskNotice.NOT_TAKEN: QT_TRANSLATE_NOOP("Officer", "Take the traveller first."),
    DeskNotice.UNKNOWN: QT_TRANSLATE_NOOP("Officer", "This traveller does not wait any more."),
    DeskNotice.NO_DESK: QT_TRANSLATE_NOOP(
        "Officer", "This computer is not enrolled as a desk of the station. Tell the technician."
    ),
    DeskNotice.NO_KEY: NO_KEY,
    DeskNotice.NOT_NOW: QT_TRANSLATE_NOOP("Officer", "Not possible just now."),
    DeskNotice.HUB_AWAY: QT_TRANSLATE_NOOP(
        "Officer", "Nothing was sent: the hub can't be reached. Decide at the lane's own panel."
    ),
    DeskNotice.SENT: QT_TRANSLATE_NOOP("Officer", "Sent to the lane."),
    DeskNotice.NOT_BELIEVED: QT_TRANSLATE_NOOP(
        "Officer",
        "The lane did not accept the decision. Decide at the lane's own panel and tell the technician.",
    ),
    DeskNotice.TOO_LATE: QT_TRANSLATE_NOOP("Officer", "Too late to take it back: the gate may have moved."),
    DeskNotice.UNDONE: QT_TRANSLATE_NOOP(
        "Officer", "Taken back: the traveller waits for your decision again."
    ),
    DeskNotice.SPECIMEN: QT_TRANSLATE_NOOP("Officer", "A specimen code never opens a gate."),
}
