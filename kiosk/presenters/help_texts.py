"""What the help for travellers says, in English, marked for translation."""

from __future__ import annotations

from kiosk.i18n.mark import QT_TRANSLATE_NOOP

CALL = QT_TRANSLATE_NOOP("Traveller", "Call an officer")
BEING_CALLED = QT_TRANSLATE_NOOP("Traveller", "Calling an officer")
CALLED = QT_TRANSLATE_NOOP("Traveller", "Officer called")
CANCEL = QT_TRANSLATE_NOOP("Traveller", "Cancel")
HELP = QT_TRANSLATE_NOOP("Traveller", "Help")
BACK = QT_TRANSLATE_NOOP("Traveller", "Back")
SLIP = QT_TRANSLATE_NOOP("Traveller", "Your slip")
KEEPS = QT_TRANSLATE_NOOP("Traveller", "What is kept about you")
MORE = QT_TRANSLATE_NOOP("Traveller", "More ({at} of {of})")

TITLE = QT_TRANSLATE_NOOP("Traveller", "An officer will help you")
STAFFED = QT_TRANSLATE_NOOP("Traveller", "Use the staffed lane, or call an officer")
NO_PHONE = QT_TRANSLATE_NOOP("Traveller", "No phone or code")
CHILDREN = QT_TRANSLATE_NOOP("Traveller", "With children")
WHEELCHAIR = QT_TRANSLATE_NOOP("Traveller", "With a wheelchair")
GROUP = QT_TRANSLATE_NOOP("Traveller", "A group, one code")
NEEDS = (NO_PHONE, CHILDREN, WHEELCHAIR, GROUP)
"""In the order of the pictures."""

RENEW = QT_TRANSLATE_NOOP("Traveller", "Make a new code")
VENUE = QT_TRANSLATE_NOOP("Traveller", "For your own record")
READ_AT_HOME = QT_TRANSLATE_NOOP("Traveller", "To read at home")
