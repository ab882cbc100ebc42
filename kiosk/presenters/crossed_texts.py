"""The sentences about crossings that are over, and about an officer's late word (context Officer)."""

from __future__ import annotations

from kiosk.desk.crossed import APPROVED, NOTED, TAKEN_BACK
from kiosk.desk.crossings_which import Which
from kiosk.desk.lane_control import Action
from kiosk.i18n.mark import QT_TRANSLATE_NOOP

TITLE = QT_TRANSLATE_NOOP(
    "Officer", "Crossings of today and yesterday (Hong Kong time): touch one to read it"
)
NONE = QT_TRANSLATE_NOOP("Officer", "Nobody has crossed here yet, today or yesterday.")
WHICH_ONES = QT_TRANSLATE_NOOP("Officer", "Which crossings")
WHICH: dict[Which, str] = {
    Which.ALL: QT_TRANSLATE_NOOP("Officer", "All"),
    Which.REFERRED: QT_TRANSLATE_NOOP("Officer", "Referred"),
    Which.LATE: QT_TRANSLATE_NOOP("Officer", "Decided afterwards"),
    Which.SECOND: QT_TRANSLATE_NOOP("Officer", "Waiting for a second officer"),
}
NONE_SUCH = QT_TRANSLATE_NOOP("Officer", "None of these, today or yesterday.")
UNREADABLE = QT_TRANSLATE_NOOP("Officer", "The records can't be read just now. It is tried again by itself.")
READING = QT_TRANSLATE_NOOP("Officer", "Reading the records …")
LATE = QT_TRANSLATE_NOOP("Officer", "{what}, afterwards")
BY = QT_TRANSLATE_NOOP("Officer", "{officer}: {what}")
SAID = {
    "admit": QT_TRANSLATE_NOOP("Officer", "admitted"),
    "refuse": QT_TRANSLATE_NOOP("Officer", "refused"),
    "desk": QT_TRANSLATE_NOOP("Officer", "sent to the desk"),
    APPROVED: QT_TRANSLATE_NOOP("Officer", "admitted as the first of two"),
    TAKEN_BACK: QT_TRANSLATE_NOOP("Officer", "took it back"),
    NOTED: QT_TRANSLATE_NOOP("Officer", "wrote a note"),
}
ENDS = {
    "passed": QT_TRANSLATE_NOOP("Officer", "went through"),
    "no_passage": QT_TRANSLATE_NOOP("Officer", "the gate opened, nobody went through"),
    "tailgate": QT_TRANSLATE_NOOP("Officer", "somebody followed close behind"),
    "unknown": QT_TRANSLATE_NOOP("Officer", "the gate did not say who went through"),
    "refused": QT_TRANSLATE_NOOP("Officer", "refused, the gate stayed shut"),
    "gate_failed": QT_TRANSLATE_NOOP("Officer", "the gate did not open"),
    "desk": QT_TRANSLATE_NOOP("Officer", "went to the desk"),
    "timed_out": QT_TRANSLATE_NOOP("Officer", "nobody decided in time: to the desk"),
    "abandoned": QT_TRANSLATE_NOOP("Officer", "left"),
    "stopped": QT_TRANSLATE_NOOP("Officer", "broken off: the kiosk was stopped"),
    "interrupted": QT_TRANSLATE_NOOP("Officer", "broken off: the kiosk failed"),
}
GOES_ON = QT_TRANSLATE_NOOP("Officer", "This crossing goes on: decide it where it waits.")
AFTERWARDS = QT_TRANSLATE_NOOP(
    "Officer",
    "This crossing is over: a decision is added to the records. The first verdict stays; no gate opens.",
)
ONE_ADMITTED = QT_TRANSLATE_NOOP("Officer", "{officer} has admitted. It counts once another officer does.")
VERDICT = QT_TRANSLATE_NOOP("Officer", "verdict {verdict}")
CONFIRM: dict[str, str] = {
    Action.ADMIT: QT_TRANSLATE_NOOP("Officer", "Record: admit"),
    Action.REFUSE: QT_TRANSLATE_NOOP("Officer", "Record: refuse"),
    Action.DESK: QT_TRANSLATE_NOOP("Officer", "Record: to the desk"),
}
WRITING = QT_TRANSLATE_NOOP("Officer", "Being recorded …")
TOOK_BACK = QT_TRANSLATE_NOOP("Officer", "Taken back. Both records stay.")
RECORDED = QT_TRANSLATE_NOOP("Officer", "Recorded.")
TO_LIST = QT_TRANSLATE_NOOP("Officer", "Back to the list")
