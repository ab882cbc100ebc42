"""Every sentence of entering a paper document (context Officer)."""

from __future__ import annotations

from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from verification.entered import Mark
from verification.evidence import Kind

TITLE = QT_TRANSLATE_NOOP("Officer", "Enter a paper document")
KEY = QT_TRANSLATE_NOOP("Officer", "Paper document")
"""The same, where it is one key of several."""
STEP = QT_TRANSLATE_NOOP("Officer", "{place} of {of}: {question}")
QUESTIONS = {
    "kind": QT_TRANSLATE_NOOP("Officer", "What kind of document is it?"),
    "issuer": QT_TRANSLATE_NOOP("Officer", "Who issued it?"),
    "colour": QT_TRANSLATE_NOOP("Officer", "Which colour does it show?"),
    "result": QT_TRANSLATE_NOOP("Officer", "What is the result?"),
    "issued": QT_TRANSLATE_NOOP("Officer", "On which day was it issued?"),
    "until": QT_TRANSLATE_NOOP("Officer", "Until which day is it valid?"),
    "marks": QT_TRANSLATE_NOOP("Officer", "What have you seen? Choose all that is true."),
}
WHEN = {
    Kind.TEST: QT_TRANSLATE_NOOP("Officer", "On which day was the sample taken?"),
    Kind.VACCINATION: QT_TRANSLATE_NOOP("Officer", "On which day was the last dose given?"),
    Kind.PROPHYLAXIS: QT_TRANSLATE_NOOP("Officer", "On which day was the last dose given?"),
}
DAY = QT_TRANSLATE_NOOP("Officer", "Year, month, day")
NOT_A_DAY = QT_TRANSLATE_NOOP("Officer", "That is no day this can be: type it as 2026-11-23.")
NEXT = QT_TRANSLATE_NOOP("Officer", "Next")
MORE = QT_TRANSLATE_NOOP("Officer", "More …")
TODAY = QT_TRANSLATE_NOOP("Officer", "Today")
YESTERDAY = QT_TRANSLATE_NOOP("Officer", "Yesterday")
NO_END = QT_TRANSLATE_NOOP("Officer", "No end on it")
MARKS = {
    Mark.ORIGINAL: QT_TRANSLATE_NOOP("Officer", "The original, no copy"),
    Mark.SAME_PERSON: QT_TRANSLATE_NOOP("Officer", "Name as in the travel document"),
    Mark.SEALS: QT_TRANSLATE_NOOP("Officer", "Stamp or seal looks right"),
    Mark.CONFIRMED: QT_TRANSLATE_NOOP("Officer", "The issuer confirmed it"),
}
FINISH = QT_TRANSLATE_NOOP("Officer", "Show what the policy says")
NO_CHOICES = QT_TRANSLATE_NOOP("Officer", "The policy in use asks for no document that can be entered.")
WOULD_ADMIT = QT_TRANSLATE_NOOP("Officer", "If the document is genuine, the policy would admit. You decide.")
WOULD_NOT = QT_TRANSLATE_NOOP(
    "Officer", "Even if the document is genuine, the policy would not admit: {reasons}."
)
WOULD_ASK = QT_TRANSLATE_NOOP(
    "Officer", "Even if the document is genuine, the policy would also ask for: {kinds}."
)
