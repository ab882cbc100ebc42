"""The sentences of deciding beyond the plain panel's: taking back, notes, cards (context Officer)."""

from __future__ import annotations

from kiosk.i18n.mark import QT_TRANSLATE_NOOP

TAKE_BACK = QT_TRANSLATE_NOOP("Officer", "Take back “{what}” ({seconds} s)")
NOTE = QT_TRANSLATE_NOOP("Officer", "Note, if needed: it stays at this station. No names.")
