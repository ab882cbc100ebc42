"""What stands on a slip, in English, marked for translation."""

from __future__ import annotations

from kiosk.i18n.mark import QT_TRANSLATE_NOOP

TITLE = QT_TRANSLATE_NOOP("Traveller", "Health code check: your slip")
REFERENCE = QT_TRANSLATE_NOOP("Traveller", "Reference {digits}")
TIME = QT_TRANSLATE_NOOP("Traveller", "{time} (Hong Kong time)")
PLACE = QT_TRANSLATE_NOOP("Traveller", "{station}, lane {lane}")
REFERRED = QT_TRANSLATE_NOOP("Traveller", "An officer was asked to decide")
REFUSED = QT_TRANSLATE_NOOP("Traveller", "The code was not accepted")
DECIDED = {
    "admit": QT_TRANSLATE_NOOP("Traveller", "An officer let you pass"),
    "refuse": QT_TRANSLATE_NOOP("Traveller", "An officer did not let you pass"),
    "desk": QT_TRANSLATE_NOOP("Traveller", "You were sent to the desk"),
}
REASON = QT_TRANSLATE_NOOP("Traveller", "Reason: {words} ({code})")
OFFICER_TELLS = QT_TRANSLATE_NOOP("Traveller", "The officer can tell you why")
OBJECT = QT_TRANSLATE_NOOP("Traveller", "You may object, with this reference:")
AT_THE_DESK = QT_TRANSLATE_NOOP("Traveller", "the officers at the desk of this station")
NOT_REAL = QT_TRANSLATE_NOOP("Traveller", "DEMO – not real")
PRACTICE = QT_TRANSLATE_NOOP("Traveller", "PRACTICE – not real")
