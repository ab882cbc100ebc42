"""How far letters reach above and below their base line, so that no tail and no accent is cut off."""

from __future__ import annotations

ABOVE, BELOW = 0.88, 0.22
"""What letters of Noto Sans CJK fill above and below the base line, as parts of the pixel size."""
_CROWNED, _CROWN = frozenset("ÀÁÂÃÉÊÍÓÔÕÚ"), 1.01
_MARKED, _MARK = frozenset("àáâãéêíóôõú"), 0.92
_TAILED, _TAIL = frozenset("gjpqyçÇ"), 0.27
_BAR, _BAR_TAIL = "|", 0.285


def above(row: str) -> float:
    """How far a row reaches above its base line, in parts of its pixel size."""
    if not _CROWNED.isdisjoint(row):
        return _CROWN
    return ABOVE if _MARKED.isdisjoint(row) else _MARK


def below(row: str) -> float:
    """How far a row reaches below its base line, in parts of its pixel size."""
    if _BAR in row:
        return _BAR_TAIL
    return BELOW if _TAILED.isdisjoint(row) else _TAIL
