"""What the keys of the keyboard on the screen stand for: rows of Latin letters, digits and signs, accents."""

from __future__ import annotations

from enum import StrEnum

from kiosk.presenters import note_texts as t
from kiosk.presenters.officer_texts import say


class Layer(StrEnum):
    """One face of the keyboard."""

    LETTERS = "letters"
    DIGITS = "digits"
    ACCENTS = "accents"
    SENTENCES = "sentences"


ROWS: dict[Layer, tuple[str, str, str]] = {
    Layer.LETTERS: ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    Layer.DIGITS: ("1234567890", "-/:;()&@+", ".,?!'\"%#"),
    Layer.ACCENTS: ("áàâãéêíóôõ", "úüçªº«»–·", "äëïñöèìò"),
    Layer.SENTENCES: ("", "", ""),
}
"""The third row has room for one key more: capitals. Sentences stand in the place of all three."""
FACES = {Layer.LETTERS: "abc", Layer.DIGITS: "123", Layer.ACCENTS: "áéç"}
"""What the key to a layer shows, where that is no word."""
NAMES = {
    Layer.LETTERS: t.LETTERS,
    Layer.DIGITS: t.DIGITS,
    Layer.ACCENTS: t.ACCENTS,
    Layer.SENTENCES: t.SENTENCES,
}
CHINESE = ("zh_HK", "zh_CN")
NUMBER_ROWS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM-")
"""What a service number is made of beside its digits."""


def first_layer(language: str) -> Layer:
    """Where an officer begins: these keys write Chinese in whole sentences only."""
    return Layer.SENTENCES if language in CHINESE else Layer.LETTERS


def phrases(language: str) -> tuple[str, ...]:
    """Whole sentences for one touch: what officers write most, and for Chinese all that it can write."""
    return tuple(say(phrase, language) for phrase in t.PHRASES)


def with_phrase(words: str, phrase: str) -> str:
    """A note with one sentence more at its end."""
    close = not words or words[-1].isspace() or words[-1] in "，。；："
    return words + phrase if close else f"{words} {phrase}"
