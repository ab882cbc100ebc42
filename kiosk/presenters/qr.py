"""A QR symbol as rows of dark and light, for a screen or a page to draw."""

from __future__ import annotations

from functools import lru_cache

import segno

QUIET = 4
"""Modules of light around a symbol (ISO/IEC 18004, 9.1)."""
Modules = tuple[bytes, ...]
"""One `bytes` for each row, 1 for dark."""


@lru_cache(maxsize=64)
def modules(content: str) -> Modules:
    """The symbol of a text, as small as it can be: a lit screen needs little error correction."""
    made = segno.make(content, error="l", micro=False, boost_error=True, encoding=_encoding(content))
    return tuple(bytes(1 if dark else 0 for dark in row) for row in made.matrix)


def _encoding(content: str) -> str | None:
    return None if content.isascii() else "utf-8"
