"""What every screen shows most of: words in a language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """Words and the language they are in, which also decides the letters they are drawn with."""

    language: str
    text: str
