"""An officer's free words to a decision: one short line, and nothing in it that hides or turns letters."""

from __future__ import annotations

import unicodedata

LONGEST = 200
"""Letters. A note says what the reasons can't; it is no report."""


def note_of(typed: str) -> str:
    """The note as it is kept: control and format characters become blanks, blanks become one."""
    plain = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in typed)
    return " ".join(plain.split())[:LONGEST].rstrip()
