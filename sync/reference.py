"""The nine digits a crossing is known by on screen, slip and telephone; the last is a check."""

from __future__ import annotations

import hashlib
import unicodedata

DIGITS = 9
_QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2), (7, 0, 9, 2, 1, 5, 4, 8, 6, 3), (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6), (6, 1, 2, 3, 0, 4, 5, 9, 7, 8), (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4), (8, 9, 4, 5, 3, 6, 2, 0, 1, 7), (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)  # fmt: skip
"""H. M. Damm (2004): one wrong digit, or two in turned order, never pass."""


def reference_of(crossing: str) -> str:
    """The digits of a crossing, `471108153`. They tell nothing of who crossed.

    Two crossings of one lane in 31 days may share them (about one in a hundred million pairs does): a look-up
    names every one, and the slip's time tells them apart.
    """
    drawn = int.from_bytes(hashlib.sha256(crossing.encode()).digest()[:8], "big") % 10 ** (DIGITS - 1)
    digits = f"{drawn:0{DIGITS - 1}d}"
    return digits + str(_check(digits))


def in_groups(reference: str) -> str:
    """As it is shown and read aloud: `471 108 153`."""
    return " ".join(reference[at : at + 3] for at in range(0, len(reference), 3))


def read_reference(typed: str) -> str | None:
    """The digits of what somebody typed or was told; None where it cannot be one: a digit was misheard."""
    digits = ""
    for letter in typed.strip()[:40]:
        if letter.isdecimal():
            digits += str(unicodedata.decimal(letter))
        elif letter not in " -.\u3000\u00a0":
            return None
    return digits if len(digits) == DIGITS and _check(digits) == 0 else None


def names(crossing: str, typed: str) -> bool:
    """Whether what was typed means this crossing: its nine digits, or the end of its identifier."""
    digits = read_reference(typed)
    return crossing.lower().endswith(typed.strip().lower()) or digits == reference_of(crossing)


def _check(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _QUASIGROUP[interim][int(digit)]
    return interim
