"""Names for an officer's screen: enough to compare with a document, not enough to write down."""

from __future__ import annotations

import unicodedata

LONGEST = 40


def masked(name: str) -> str:
    """Every word's first letter, the rest as asterisks: `CHAN TAI MAN` is `C*** T** M**`.

    Control and formatting characters are dropped, so that a name cannot turn the text around it.
    """
    visible = name if name.isprintable() else "".join(filter(_shown, name))
    return " ".join([word[0] + "*" * (len(word) - 1) for word in visible.split()])[:LONGEST]


def _shown(character: str) -> bool:
    return character == " " or not unicodedata.category(character).startswith(("C", "Z"))
