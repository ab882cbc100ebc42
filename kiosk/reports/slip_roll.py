"""A slip on a printer's roll: as wide as its paper, as long as it needs, in black dots."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from drivers.printer.port import Picture
from kiosk.presenters.qr import QUIET, modules
from kiosk.presenters.slip import Slip
from kiosk.reports.slip_lines import draw_code, height, written

LETTERS_ACROSS = 18
"""So many sizes of a letter go across the paper: 4 mm letters on a roll of 80 mm."""
TITLE = 1.25


def roll_picture(made: Slip, dots: int) -> Picture:
    """The dots of a slip. Needs an application; `dots` is a multiple of eight."""
    title, *lines = made.lines
    size = dots / LETTERS_ACROSS
    code = _whole_dots(made.content, dots)
    first = height([title], made.language, size * TITLE, dots)
    long = first + code + size + height(lines, made.language, size, dots) + size
    image = QImage(dots, round(long), QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    y = written(painter, title, made.language, QPointF(0, 0), size * TITLE, dots, bold=True)
    draw_code(painter, QRectF((dots - code) // 2, round(y), code, code), made.content)
    y += code + size / 2
    for at, line in enumerate(lines):
        y = written(painter, line, made.language, QPointF(0, y), size, dots, bold=not at)
    painter.end()
    return _dots(image)


def _whole_dots(content: str, dots: int) -> int:
    """The side of the largest symbol whose modules are all equally many dots wide."""
    count = len(modules(content)) + 2 * QUIET
    return max(1, dots // count) * count


def _dots(image: QImage) -> Picture:
    """One bit a dot, 1 for black."""
    paper = image.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
    if paper.pixelIndex(0, paper.height() - 1):  # the last line is empty
        paper.invertPixels()
    data, step, wide = bytes(paper.constBits()), paper.bytesPerLine(), paper.width() // 8
    return Picture(tuple(data[at : at + wide] for at in range(0, step * paper.height(), step)))
