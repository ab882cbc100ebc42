"""The lines of a slip in the width of its paper: what A6 and the roll of a printer have in common."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from kiosk.presenters.qr import QUIET, modules
from kiosk.theme.palette import INK
from kiosk.widgets.letters import advance, draw_line
from kiosk.widgets.line_breaks import breakable, broken

LINE = 1.25
"""From one base line to the next, in sizes of the letters."""
MOST_ROWS = 9


def wrapped(line: str, language: str, size: float, width: float, *, bold: bool) -> list[str]:
    """The rows of a line of letters of this size, none wider than `width` where that can be."""
    words = line if advance(line, language, bold) * size <= width else breakable(line)
    for count in range(1, MOST_ROWS):
        rows = broken(words, count, lambda row: advance(row, language, bold))
        if max(advance(row, language, bold) for row in rows) * size <= width:
            return rows
    return rows


def height(lines: list[str], language: str, size: float, width: float) -> float:
    """How high they stand together."""
    return sum(len(wrapped(line, language, size, width, bold=False)) * size * LINE for line in lines)


def written(
    painter: QPainter, line: str, language: str, at: QPointF, size: float, width: float, *, bold: bool
) -> float:
    """Draws one line from its upper left corner; where the next one begins."""
    y = at.y()
    for row in wrapped(line, language, size, width, bold=bold):
        start = QPointF(at.x(), y + size * 0.95)
        draw_line(painter, start, row, language, size, QColor(INK), bold=bold)
        y += size * LINE
    return y


def draw_code(painter: QPainter, box: QRectF, content: str) -> None:
    """The code to be photographed, with its quiet zone, filling a square."""
    shown = modules(content)
    size = box.width() / (len(shown) + 2 * QUIET)
    painter.setPen(Qt.PenStyle.NoPen)
    for y, row in enumerate(shown):
        for x, dark in enumerate(row):
            if dark:
                place = QRectF(box.x() + (x + QUIET) * size, box.y() + (y + QUIET) * size, size, size)
                painter.fillRect(place, Qt.GlobalColor.black)
