"""Where lines break: evenly, after punctuation if there is any, never before a closing mark."""

from __future__ import annotations

import re
from collections.abc import Callable

from kiosk.widgets.whole_words import inside_words

Measure = Callable[[str], float]
_CLOSING = frozenset("，。、！？：；）」』》…,.!?:;)")
_COUNT = re.compile(r"[0-9]+ ")
MAY_BREAK = "\u200b"
"""A place where a long address may break; it is not drawn."""
CLOSE = 0.005
"""Of an em: how near the narrowest width is searched."""
NEAR = 0.1
"""Of an em: a row and the sum of its pieces differ by less. No letter of ours is drawn nearer to a space."""
_AFTER = frozenset("，。、！？：；.!?:;")
"""Where a reader pauses. A Latin comma is none: "Aguarde, por favor" is one breath."""
COST, ROOMY = 4 / 3, 1.6
"""How much wider than the even break a break at a pause may be: where that makes letters smaller, or not."""


def broken(text: str, lines: int, measure: Measure, room: float | None = None) -> list[str]:
    """The text in at most this many lines, so that the widest is as narrow as may be.

    Latin breaks at spaces, Chinese between any two characters but inside a word we know. Two lines break
    after punctuation when that costs at most a third of the width. Where there is known to be `room` (in the
    measure's unit), lines break at pauses whenever they fit in it.
    """
    words = _words(text)
    lines = min(lines, len(words))
    if lines <= 1:
        return [_shown(text)]
    best = _narrowest(words, lines, measure)
    if lines == 2:
        after = [at for at in range(1, len(words)) if pauses(words[at - 1])]
        halves = [[_shown("".join(words[:at])), _shown("".join(words[at:]))] for at in after]
        narrow = min(halves, key=lambda half: max(map(measure, half)), default=best)
        width = max(map(measure, best))
        most = COST * width if room is None else min(ROOMY * width, room)
        return narrow if max(map(measure, narrow)) <= most else best
    if room is not None and len(best) == lines and max(map(measure, best)) <= room:
        for at in range(len(words) - 1, 0, -1):
            if not pauses(words[at - 1]) or measure(first := _shown("".join(words[:at]))) > room:
                continue
            for more in range(1, lines):
                rest = broken("".join(words[at:]), more, measure, room)
                if max(map(measure, rest)) <= room:
                    return [first, *rest]
    return best


def breakable(text: str) -> str:
    """An address that is wider than its place may break behind its strokes and dots."""
    return re.sub(r"(?<=[/.?=&-])(?![/ ]|$)", MAY_BREAK, text)


def pauses(word: str) -> bool:
    """Whether a reader pauses behind it."""
    return word.rstrip()[-1:] in _AFTER


def _shown(row: str) -> str:
    return row.replace(MAY_BREAK, "").strip()


def _words(text: str) -> list[str]:
    """Pieces that stay whole; a Latin piece keeps the space behind it, and a number what is counted."""
    pieces: list[str] = []
    inside = inside_words(text)
    for at, letter in enumerate(text):
        glued = bool(pieces) and (
            letter in (" ", MAY_BREAK)
            or at in inside
            or letter in _CLOSING
            or _COUNT.fullmatch(pieces[-1])
            or (
                not is_wide(letter)
                and not pieces[-1].endswith((" ", MAY_BREAK))
                and not is_wide(pieces[-1][-1])
            )
        )
        if glued:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def is_wide(letter: str) -> bool:
    """Whether it is a Chinese letter or mark."""
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
