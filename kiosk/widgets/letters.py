"""Letters as outlines, so that a screen is the same to the last pixel each time it is drawn.

Qt draws large letters from outlines that FreeType scales, and the scaled outlines of one letter differ by a
sixteenth of a pixel with what was drawn before. At one pixel for each unit of the em nothing is rounded.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath

from kiosk.theme.fonts import font
from kiosk.widgets.line_breaks import broken

EM = 1000
"""Units of the em in Noto Sans CJK."""


@lru_cache(maxsize=2048)
def outline(text: str, language: str, bold: bool) -> QPainterPath:
    """The letters of a line from the origin of its base line, `EM` pixels to the em. Not to be changed."""
    path = QPainterPath()
    path.addText(QPointF(0, 0), font(language, EM, bold=bold), text)
    return path


@lru_cache(maxsize=8192)
def advance(text: str, language: str, bold: bool) -> float:
    """Width of a line in parts of its pixel size."""
    return float(_metrics(language, bold).horizontalAdvance(text)) / EM


@lru_cache(maxsize=16)
def _metrics(language: str, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(font(language, EM, bold=bold))


@lru_cache(maxsize=4096)
def in_rows(text: str, lines: int, language: str, bold: bool, room: float | None = None) -> tuple[str, ...]:
    """A text in at most so many lines. Words are fitted again and again; where they break stays."""
    return tuple(broken(text, lines, lambda row: advance(row, language, bold), room))


def draw_line(
    painter: QPainter,
    at: QPointF,
    text: str,
    language: str,
    pixels: float,
    colour: QColor | QBrush,
    *,
    bold: bool,
) -> None:
    """Fills one line whose base line starts at a point.

    A palette's own brush costs nothing; to make one of a colour imports all of Qt's names, once, in 15 ms.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    painter.scale(pixels / EM, pixels / EM)
    painter.fillPath(outline(text, language, bold), colour)
    painter.restore()
