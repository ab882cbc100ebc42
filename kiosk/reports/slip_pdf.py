"""A slip on paper: the same words and the same code as on the screen, for an officer to print."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageSize, QPainter

from kiosk.presenters.qr import QUIET, modules
from kiosk.presenters.slip import Slip
from kiosk.reports.paper import printed
from kiosk.theme.palette import INK
from kiosk.widgets.letters import advance, draw_line
from kiosk.widgets.line_breaks import breakable, broken

WIDTH_MM, HEIGHT_MM, MARGIN_MM = 105.0, 148.0, 8.0
"""A6, as pocket-sized paper and half an A5."""
CODE_MM, LETTER_MM = 62.0, 3.6


def slip_pdf(made: Slip) -> bytes:
    """One page of A6. Needs an application (`kiosk.reports.pdf.printing_application`)."""
    size = QPageSize(QSizeF(WIDTH_MM, HEIGHT_MM), QPageSize.Unit.Millimeter)
    return printed(made.lines[0], size, 25.4, [lambda painter: draw_slip(painter, made)])


def draw_slip(painter: QPainter, made: Slip) -> None:
    """Paints on a painter whose unit is the millimetre: title, code, the other lines."""
    title, *lines = made.lines
    y = _written(painter, title, made.language, MARGIN_MM, LETTER_MM * 1.25, bold=True)
    _code(painter, QRectF((WIDTH_MM - CODE_MM) / 2, y + 1, CODE_MM, CODE_MM), made.content)
    y += CODE_MM + 3
    room = HEIGHT_MM - MARGIN_MM - y
    size = LETTER_MM
    while size > 2 and _height(lines, made.language, size) > room:
        size *= 0.95
    for at, line in enumerate(lines):
        y = _written(painter, line, made.language, y, size, bold=not at)


def _rows(line: str, language: str, size: float, bold: bool) -> list[str]:
    words = line if advance(line, language, bold) * size <= WIDTH_MM - 2 * MARGIN_MM else breakable(line)
    for count in range(1, 9):
        rows = broken(words, count, lambda row: advance(row, language, bold))
        if max(advance(row, language, bold) for row in rows) * size <= WIDTH_MM - 2 * MARGIN_MM:
            return rows
    return rows


def _height(lines: list[str], language: str, size: float) -> float:
    return sum(len(_rows(line, language, size, False)) * size * 1.25 for line in lines)


def _written(painter: QPainter, line: str, language: str, y: float, size: float, *, bold: bool) -> float:
    for row in _rows(line, language, size, bold):
        start = QPointF(MARGIN_MM, y + size * 0.95)
        draw_line(painter, start, row, language, size, QColor(INK), bold=bold)
        y += size * 1.25
    return y


def _code(painter: QPainter, box: QRectF, content: str) -> None:
    shown = modules(content)
    size = box.width() / (len(shown) + 2 * QUIET)
    painter.setPen(Qt.PenStyle.NoPen)
    for y, row in enumerate(shown):
        for x, dark in enumerate(row):
            if dark:
                place = QRectF(box.x() + (x + QUIET) * size, box.y() + (y + QUIET) * size, size, size)
                painter.fillRect(place, Qt.GlobalColor.black)
