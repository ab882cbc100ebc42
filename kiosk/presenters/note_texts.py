"""What the keyboard on the screen says: names of its keys, sentences for a note (context Officer)."""

from __future__ import annotations

from kiosk.i18n.mark import QT_TRANSLATE_NOOP

KEYBOARD = QT_TRANSLATE_NOOP("Officer", "Keyboard on the screen")
CAPITALS = QT_TRANSLATE_NOOP("Officer", "Capitals")
SPACE = QT_TRANSLATE_NOOP("Officer", "Space")
WRITTEN = QT_TRANSLATE_NOOP("Officer", "Done")
LETTERS = QT_TRANSLATE_NOOP("Officer", "Letters")
DIGITS = QT_TRANSLATE_NOOP("Officer", "Digits and signs")
ACCENTS = QT_TRANSLATE_NOOP("Officer", "Letters with accents")
SENTENCES = QT_TRANSLATE_NOOP("Officer", "Sentences")
PHRASES = (
    QT_TRANSLATE_NOOP("Officer", "Compared with the travel document."),
    QT_TRANSLATE_NOOP("Officer", "The original was shown on paper."),
    QT_TRANSLATE_NOOP("Officer", "The phone's screen could not be read."),
    QT_TRANSLATE_NOOP("Officer", "Travels with children."),
    QT_TRANSLATE_NOOP("Officer", "The holder objects."),
    QT_TRANSLATE_NOOP("Officer", "The desk was told."),
)
