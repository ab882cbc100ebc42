"""Cutting a rectangle into rectangles: the grid every screen is laid on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect


def rows(box: QRect, shares: Sequence[float], gap: int = 0) -> list[QRect]:
    """Cuts a box from top to bottom in proportion to the shares."""
    cuts = _cuts(box.height(), shares, gap)
    return [QRect(box.left(), box.top() + start, box.width(), length) for start, length in cuts]


def columns(box: QRect, shares: Sequence[float], gap: int = 0) -> list[QRect]:
    """Cuts a box from left to right in proportion to the shares."""
    cuts = _cuts(box.width(), shares, gap)
    return [QRect(box.left() + start, box.top(), length, box.height()) for start, length in cuts]


def square(box: QRect) -> QRect:
    """The largest square in the middle of a box."""
    side = min(box.width(), box.height())
    return QRect(box.center().x() - side // 2, box.center().y() - side // 2, side, side)


def inset(box: QRect, by: int) -> QRect:
    """The box without a margin."""
    return box.adjusted(by, by, -by, -by)


def _cuts(length: int, shares: Sequence[float], gap: int) -> list[tuple[int, int]]:
    whole = max(0, length - gap * (len(shares) - 1))
    total = sum(shares) or 1.0
    cuts, start, passed = [], 0, 0.0
    for share in shares:
        before, passed = round(whole * passed / total), passed + share
        size = round(whole * passed / total) - before
        cuts.append((start, size))
        start += size + gap
    return cuts
