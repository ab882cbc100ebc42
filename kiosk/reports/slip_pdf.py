"""A slip on paper: the same words and the same code as on the screen, for an officer to print."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPageSize, QPainter

from kiosk.presenters.slip import Slip
from kiosk.reports.paper import printed
from kiosk.reports.slip_lines import draw_code, height, written

WIDTH_MM, HEIGHT_MM, MARGIN_MM = 105.0, 148.0, 8.0
"""A6, as pocket-sized paper and half an A5."""
CODE_MM, LETTER_MM = 62.0, 3.6
ROOM_MM = WIDTH_MM - 2 * MARGIN_MM


def slip_pdf(made: Slip) -> bytes:
    """One page of A6. Needs an application (`kiosk.reports.pdf.printing_application`)."""
    size = QPageSize(QSizeF(WIDTH_MM, HEIGHT_MM), QPageSize.Unit.Millimeter)
    return printed(made.lines[0], size, 25.4, [lambda painter: draw_slip(painter, made)])


def draw_slip(painter: QPainter, made: Slip) -> None:
    """Paints on a painter whose unit is the millimetre: title, code, the other lines."""
    title, *lines = made.lines
    top = QPointF(MARGIN_MM, MARGIN_MM)
    y = written(painter, title, made.language, top, LETTER_MM * 1.25, ROOM_MM, bold=True)
    draw_code(painter, QRectF((WIDTH_MM - CODE_MM) / 2, y + 1, CODE_MM, CODE_MM), made.content)
    y += CODE_MM + 3
    room = HEIGHT_MM - MARGIN_MM - y
    size = LETTER_MM
    while size > 2 and height(lines, made.language, size, ROOM_MM) > room:
        size *= 0.95
    for at, line in enumerate(lines):
        y = written(painter, line, made.language, QPointF(MARGIN_MM, y), size, ROOM_MM, bold=not at)
