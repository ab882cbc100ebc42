"""A commissioning sheet on paper: A4, to sign by hand and keep beside the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPageSize, QPainter

from kiosk.commissioning.words import Line
from kiosk.reports.pages import HEIGHT, MARGIN, WIDTH
from kiosk.reports.paper import printed
from kiosk.reports.pdf import printing_application
from kiosk.theme.palette import INK
from kiosk.widgets.letters import advance, draw_line

LETTER, HEADING = 9.0, 13.0
"""In points."""
_SPACING = 1.45
_COLUMN = 58.0
"""Where the text of a step begins, right of its mark."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Words from a point of the base line."""

    at: QPointF
    words: str
    size: float
    bold: bool


def sheet_pdf(lines: Sequence[Line]) -> bytes:
    """The sheet as PDF. Makes an application where there is none.

    Raises `kiosk.i18n.texts.TranslationsMissing`.
    """
    application = printing_application()
    drawn = [partial(draw_page, page) for page in paged(lines)]
    made = printed(lines[0].text, QPageSize(QPageSize.PageSizeId.A4), 72, drawn)
    del application
    return made


def paged(lines: Sequence[Line]) -> list[list[Placed]]:
    """Where each row stands, page by page."""
    pages: list[list[Placed]] = [[]]
    y = MARGIN
    for line in lines:
        size = HEADING if line.heading else LETTER
        left = MARGIN + (_COLUMN if line.step else 0.0)
        if line.mark:
            y += LETTER * 0.4
        for number, row in enumerate(_rows(line.text, WIDTH - MARGIN - left, size, line.heading)):
            if y + size * _SPACING > HEIGHT - MARGIN:
                pages.append([])
                y = MARGIN
            y += size * _SPACING
            if line.mark and not number:
                pages[-1].append(Placed(QPointF(MARGIN, y), line.mark, size, True))
            pages[-1].append(Placed(QPointF(left, y), row, size, line.heading))
    return pages


def draw_page(page: Sequence[Placed], painter: QPainter) -> None:
    """Paints on a painter whose unit is the point."""
    for one in page:
        draw_line(painter, one.at, one.words, "en", one.size, QColor(INK), bold=one.bold)


def _rows(text: str, width: float, size: float, bold: bool) -> list[str]:
    rows, row = list[str](), ""
    for word in text.split(" "):
        longer = f"{row} {word}" if row else word
        if row and advance(longer, "en", bold) * size > width:
            rows.append(row)
            longer = word
        row = longer
    return [*rows, row]
