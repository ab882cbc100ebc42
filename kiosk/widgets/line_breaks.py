"""Where lines break: evenly, after punctuation if there is any, never before a closing mark."""

from __future__ import annotations

import re
from collections.abc import Callable

Measure = Callable[[str], float]
_CLOSING = frozenset("，。、！？：；）」』》…,.!?:;)")
MAY_BREAK = "\u200b"
"""A place where a long address may break; it is not drawn."""
CLOSE = 0.005
"""Of an em: how near the narrowest width is searched."""
NEAR = 0.1
"""Of an em: a row and the sum of its pieces differ by less. No letter of ours is drawn nearer to a space."""
_AFTER = frozenset("，。、！？：；")


def broken(text: str, lines: int, measure: Measure) -> list[str]:
    """The text in at most this many lines, so that the widest is as narrow as may be.

    Latin breaks at spaces, Chinese between any two characters. A break after punctuation is taken when it
    costs at most a third of the width.
    """
    words = _words(text)
    lines = min(lines, len(words))
    if lines <= 1:
        return [_shown(text)]
    best = _narrowest(words, lines, measure)
    if lines == 2:
        pauses = [at for at in range(1, len(words)) if words[at - 1].rstrip()[-1:] in _AFTER]
        halves = [[_shown("".join(words[:at])), _shown("".join(words[at:]))] for at in pauses]
        narrow = min(halves, key=lambda half: max(map(measure, half)), default=best)
        if max(map(measure, narrow)) <= 4 / 3 * max(map(measure, best)):
            return narrow
    return best


def breakable(text: str) -> str:
    """An address that is wider than its place may break behind its strokes and dots."""
    return re.sub(r"(?<=[/.?=&-])(?![/ ]|$)", MAY_BREAK, text)


def _shown(row: str) -> str:
    return row.replace(MAY_BREAK, "").strip()


def _words(text: str) -> list[str]:
    """Pieces that stay whole; a Latin piece keeps the space behind it."""
    pieces: list[str] = []
    for letter in text:
        glued = bool(pieces) and (
            letter in (" ", MAY_BREAK)
            or letter in _CLOSING
            or (
                not _is_wide(letter)
                and not pieces[-1].endswith((" ", MAY_BREAK))
                and not _is_wide(pieces[-1][-1])
            )
        )
        if glued:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _is_wide(letter: str) -> bool:
    return ord(letter) >= 0x2E80


def _narrowest(words: list[str], lines: int, measure: Measure) -> list[str]:
    """Splits at the smallest width with which greedy filling needs no more lines than asked."""
    wide = [(measure(word), measure(word.rstrip())) for word in words]
    low = max(measure(word.strip()) for word in words)
    high = measure("".join(words))
    while high - low > CLOSE:
        middle = (low + high) / 2
        if len(_filled(words, wide, middle, measure)) <= lines:
            high = middle
        else:
            low = middle
    return _filled(words, wide, high + CLOSE, measure)


def _filled(words: list[str], wide: list[tuple[float, float]], width: float, measure: Measure) -> list[str]:
    """Greedy lines. A row is measured only where the sum of its pieces is near the width: that costs most."""
    rows: list[str] = []
    row, so_far = "", 0.0
    for word, (whole, bare) in zip(words, wide, strict=True):
        over = so_far + bare - width
        if row and over > -NEAR and (over > NEAR or measure((row + word).strip()) > width):
            rows.append(_shown(row))
            row, so_far = word, whole
        else:
            row, so_far = row + word, so_far + whole
    return [*rows, _shown(row)]
