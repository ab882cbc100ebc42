"""The words of the mark that every screen of demo and practice bears."""

from __future__ import annotations

from kiosk.i18n.mark import QT_TRANSLATE_NOOP

DEMO = QT_TRANSLATE_NOOP("Traveller", "DEMO – not real")
PRACTICE = QT_TRANSLATE_NOOP("Traveller", "PRACTICE – not real")
PRACTICE_WORD = QT_TRANSLATE_NOOP("Traveller", "PRACTICE")
