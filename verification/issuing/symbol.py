"""QR symbols for codes: as small as the text allows, and never larger than a cheap camera reads."""

from __future__ import annotations

import io
from typing import Literal

import segno

from verification.issuing.authority import CannotIssue

Level = Literal["M", "Q"]
LARGEST = {"M": 10, "Q": 13}
"""Largest QR version of a colour code per error-correction level (docs/colour-code.md)."""


def symbol(text: str, level: Level = "M", *, colour_code: bool = True) -> segno.QRCode:
    """The symbol for a code's text. Raises `CannotIssue` for a colour code that would be too large."""
    try:
        made = segno.make(text, error=level, boost_error=False, micro=False)
    except segno.DataOverflowError as error:
        raise CannotIssue("the text is longer than any QR symbol holds") from error
    version = int(made.version)
    if colour_code and version > LARGEST[level]:
        said = f"at level {level} the code needs QR version {version}, at most {LARGEST[level]} is allowed"
        raise CannotIssue(said)
    return made


def png(made: segno.QRCode, scale: int = 6) -> bytes:
    """A PNG picture with the quiet zone of four modules; `scale` is pixels per module."""
    picture = io.BytesIO()
    made.save(picture, kind="png", scale=scale, border=4)
    return picture.getvalue()
