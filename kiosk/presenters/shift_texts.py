"""Every sentence of the shift: the supervisor's screen and the printable report (context Shift)."""

from __future__ import annotations

from drivers.turnstile.port import Passage
from kiosk.desk.figures import ALARM, CLOSED, HELD, OUT_OF_ORDER, STOPPED
from kiosk.desk.shift import ShiftNo
from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from kiosk.i18n.texts import text
from sync.export.layout import Stage

SHIFT = "Shift"


def say(source: str, language: str, **values: object) -> str:
    """A text of this page in a language, with its values put in."""
    words = text(source, language, SHIFT)
    return words.format(**values) if values else words


TITLE = QT_TRANSLATE_NOOP("Shift", "Shift")
REPORT = QT_TRANSLATE_NOOP("Shift", "Shift report")
PERIOD = QT_TRANSLATE_NOOP("Shift", "Report of a period")
LANE = QT_TRANSLATE_NOOP("Shift", "Lane {lane}")
FROM_TO = QT_TRANSLATE_NOOP("Shift", "{since} to {until} (Hong Kong time)")
NO_RECORDS = QT_TRANSLATE_NOOP("Shift", "No records")
OPENED_BY = QT_TRANSLATE_NOOP("Shift", "Opened by {officer}")
CLOSED_BY = QT_TRANSLATE_NOOP("Shift", "Closed by {officer}")
NOT_CLOSED = QT_TRANSLATE_NOOP("Shift", "Not closed")
READY = QT_TRANSLATE_NOOP("Shift", "ready when it was opened")
NOT_READY = QT_TRANSLATE_NOOP("Shift", "not ready when it was opened")
NO_SHIFT = QT_TRANSLATE_NOOP("Shift", "No shift is open")
DEMO = QT_TRANSLATE_NOOP("Shift", "DEMO: nothing here is real")
PRACTICE = QT_TRANSLATE_NOOP("Shift", "PRACTICE: nothing here is real")
PRIVACY = QT_TRANSLATE_NOOP("Shift", "This page names no traveller. Officers stand here by service number.")
PAGE = QT_TRANSLATE_NOOP("Shift", "Page {page} of {pages}")
RECORDS = QT_TRANSLATE_NOOP("Shift", "Records {first} to {last}")
ERASED = QT_TRANSLATE_NOOP("Shift", "Records erased before and not counted: {count}")

CROSSINGS = QT_TRANSLATE_NOOP("Shift", "Crossings")
PER_MINUTE = QT_TRANSLATE_NOOP("Shift", "Crossings per minute")
MEAN_PEAK = QT_TRANSLATE_NOOP("Shift", "{mean} on average, {peak} at most")
VERDICT = QT_TRANSLATE_NOOP("Shift", "From code to verdict")
WHOLE = QT_TRANSLATE_NOOP("Shift", "From code to passage")
MS = QT_TRANSLATE_NOOP("Shift", "half in {half} ms, 95 % in {most} ms")
SECONDS = QT_TRANSLATE_NOOP("Shift", "half in {half} s, 95 % in {most} s")
NOT_MEASURED = QT_TRANSLATE_NOOP("Shift", "none")
PULSES = QT_TRANSLATE_NOOP("Shift", "Times the gate opened")
NO_PULSES = QT_TRANSLATE_NOOP("Shift", "Times the gate was not ready")
RELEASED = QT_TRANSLATE_NOOP("Shift", "Released once by an officer")
LATE = QT_TRANSLATE_NOOP("Shift", "Decided afterwards")
OVER_TIME = QT_TRANSLATE_NOOP("Shift", "Crossings in every {minutes} min")
SLOW = QT_TRANSLATE_NOOP("Shift", "From code to verdict, in every {minutes} min")
SLOW_LEGEND = QT_TRANSLATE_NOOP("Shift", "milliseconds, 95 % within")
VERDICTS = {
    "ADMIT": QT_TRANSLATE_NOOP("Shift", "admitted"),
    "REFER": QT_TRANSLATE_NOOP("Shift", "referred"),
    "REFUSE": QT_TRANSLATE_NOOP("Shift", "refused"),
}
REFERRED_FOR = QT_TRANSLATE_NOOP("Shift", "Referred for")
REFUSED_FOR = QT_TRANSLATE_NOOP("Shift", "Refused for")
OVERRIDES = QT_TRANSLATE_NOOP("Shift", "Officers' decisions")
ACTIONS = {
    "admit": QT_TRANSLATE_NOOP("Shift", "Admitted: {reason}"),
    "refuse": QT_TRANSLATE_NOOP("Shift", "Refused: {reason}"),
    "desk": QT_TRANSLATE_NOOP("Shift", "To the desk: {reason}"),
}
GATE = QT_TRANSLATE_NOOP("Shift", "At the gate")
PASSAGES = {
    Passage.PASSED.value: QT_TRANSLATE_NOOP("Shift", "passed"),
    Passage.NO_PASSAGE.value: QT_TRANSLATE_NOOP("Shift", "nobody passed"),
    Passage.TAILGATE.value: QT_TRANSLATE_NOOP("Shift", "two passed"),
    Passage.UNKNOWN.value: QT_TRANSLATE_NOOP("Shift", "not known"),
}
DOWN = QT_TRANSLATE_NOOP("Shift", "Minutes the lane took nobody")
CAUSES = {
    OUT_OF_ORDER: QT_TRANSLATE_NOOP("Shift", "out of order"),
    HELD: QT_TRANSLATE_NOOP("Shift", "held by an officer"),
    CLOSED: QT_TRANSLATE_NOOP("Shift", "closed by an officer"),
    ALARM: QT_TRANSLATE_NOOP("Shift", "an officer's alarm"),
    STOPPED: QT_TRANSLATE_NOOP("Shift", "switched off"),
}
FAULTS = QT_TRANSLATE_NOOP("Shift", "Faults")
OFFICERS = QT_TRANSLATE_NOOP("Shift", "Decisions by officer")
OFFICER = QT_TRANSLATE_NOOP("Shift", "{admit} admitted ({percent} %), {refuse} refused, {desk} to the desk")
ADMITS_MORE = QT_TRANSLATE_NOOP(
    "Shift",
    "{officer} admitted {admitted} of {decided} ({percent} %); as the others do, about {expected}. Ask why.",
)
ADMITS_LESS = QT_TRANSLATE_NOOP(
    "Shift",
    "{officer} admitted only {admitted} of {decided} ({percent} %); "
    "as the others do, about {expected}. Ask why.",
)
NOTHING = QT_TRANSLATE_NOOP("Shift", "none")

OPEN = QT_TRANSLATE_NOOP("Shift", "Open a shift")
CLOSE = QT_TRANSLATE_NOOP("Shift", "Close the shift")
EXPORT = QT_TRANSLATE_NOOP("Shift", "Export to the stick")
DAYS = QT_TRANSLATE_NOOP("Shift", "Export days …")
FROM = QT_TRANSLATE_NOOP("Shift", "From")
TO = QT_TRANSLATE_NOOP("Shift", "to")
DAY_BEFORE = QT_TRANSLATE_NOOP("Shift", "the day before")
DAY_AFTER = QT_TRANSLATE_NOOP("Shift", "the day after")
EXPORT_DAYS = QT_TRANSLATE_NOOP("Shift", "Export these days to the stick")
NO_DAYS = QT_TRANSLATE_NOOP("Shift", "No export")
CANCEL = QT_TRANSLATE_NOOP("Shift", "Cancel the export")
BACK = QT_TRANSLATE_NOOP("Shift", "Back to the lane")
COUNTING = QT_TRANSLATE_NOOP("Shift", "Counting the records …")
STAGES = {
    Stage.WRITING: QT_TRANSLATE_NOOP("Shift", "Writing the records: {done} of {total}"),
    Stage.SHEET: QT_TRANSLATE_NOOP("Shift", "Putting the table together. Leave the stick in."),
    Stage.READING_BACK: QT_TRANSLATE_NOOP("Shift", "Reading everything back. Leave the stick in."),
}
BEGINNING = QT_TRANSLATE_NOOP("Shift", "The export begins. Leave the stick in.")
SAVED = QT_TRANSLATE_NOOP("Shift", "Saved as {folder}. You may remove the stick.")
FAILURES = {
    "no_stick": QT_TRANSLATE_NOOP("Shift", "There is no stick: put one in and press again."),
    "many_sticks": QT_TRANSLATE_NOOP("Shift", "There is more than one stick: leave only one in."),
    "full": QT_TRANSLATE_NOOP("Shift", "The stick is full: take one with more room."),
    "locked": QT_TRANSLATE_NOOP("Shift", "The stick can't be written: slide its lock, or take another."),
    "gone": QT_TRANSLATE_NOOP(
        "Shift", "The stick is gone or fails: put it back, or take another, and press again."
    ),
    "large": QT_TRANSLATE_NOOP("Shift", "The stick takes no file so large: take one formatted as exFAT."),
    "differs": QT_TRANSLATE_NOOP("Shift", "The stick kept something else than was written: take another."),
    "empty": QT_TRANSLATE_NOOP("Shift", "There are no records of these days: choose others."),
    "practice": QT_TRANSLATE_NOOP("Shift", "This is practice: its records are not exported."),
    "cancelled": QT_TRANSLATE_NOOP("Shift", "Cancelled: nothing was saved."),
    "other": QT_TRANSLATE_NOOP("Shift", "The export failed, nothing was saved: call the operator."),
}
NOES = {
    ShiftNo.NOT_A_SUPERVISOR: QT_TRANSLATE_NOOP("Shift", "Only a supervisor opens and closes a shift."),
    ShiftNo.OPEN_ALREADY: QT_TRANSLATE_NOOP("Shift", "A shift is open already: close it first."),
    ShiftNo.NONE_OPEN: QT_TRANSLATE_NOOP("Shift", "No shift is open."),
}
