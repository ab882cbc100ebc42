"""The shift report as pages of A4: painted in points, on paper and on pictures by the same code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from kiosk.presenters import shift_texts as t
from kiosk.presenters.shift import Bar, Sheet, Table
from kiosk.presenters.shift_texts import say
from kiosk.reports.charts import PAPER, counts_height, draw_bars, draw_counts
from kiosk.theme.fonts import font
from kiosk.theme.palette import DEMO_STRIPE, ROLES, Role

WIDTH, HEIGHT = 595.0, 842.0
"""A4 in points."""
MARGIN, FOOT = 42.0, 40.0
BODY, SMALL, HEAD, TITLE = 9.0, 7.5, 11.0, 20.0
_SHARP = 8
"""Letters are set at eight times their size and scaled down: fonts have whole pixels."""
Draw = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece that stays on one page, and how high it is in points."""

    height: float
    draw: Draw


@dataclass(frozen=True, slots=True)
class Origin:
    """What the foot of each page says of the records behind it."""

    words: str
    head: str


def pages(sheet: Sheet, origin: Origin) -> list[Draw]:
    """One function for each page; it paints on a painter whose unit is the point."""
    room = HEIGHT - 2 * MARGIN - FOOT
    laid: list[list[tuple[float, Block]]] = [[]]
    y = 0.0
    for block in _blocks(sheet):
        if y and y + block.height > room:
            laid.append([])
            y = 0.0
        laid[-1].append((y, block))
        y += block.height + 10

    def page(number: int) -> Draw:
        def draw(painter: QPainter, _box: QRectF) -> None:
            for y, block in laid[number]:
                block.draw(painter, QRectF(MARGIN, MARGIN + y, WIDTH - 2 * MARGIN, block.height))
            _draw_foot(painter, sheet, origin, number + 1, len(laid))

        return draw

    return [page(number) for number in range(len(laid))]


def picture(page: Draw, scale: float = 2.0) -> QImage:
    """A page as a picture, `scale` pixels for a point."""
    image = QImage(round(WIDTH * scale), round(HEIGHT * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    page(painter, QRectF(0, 0, WIDTH, HEIGHT))
    painter.end()
    return image


def _blocks(sheet: Sheet) -> list[Block]:
    made = [_heading(sheet), _rows(sheet)]
    made.append(_bars(sheet.bars_title, sheet.bars, sheet.legend, 150, sheet))
    made.append(_bars(sheet.slow_title, sheet.slow, sheet.slow_legend, 110, sheet))
    for table in sheet.tables:
        high = counts_height(table.counts, BODY)

        def draw(painter: QPainter, box: QRectF, table: Table = table) -> None:
            _sharp(
                painter,
                box,
                lambda p, b: draw_counts(
                    p,
                    b,
                    table.counts,
                    sheet.nothing,
                    PAPER,
                    BODY * _SHARP,
                    sheet.language,
                ),
            )

        made.append(_section(table.title, high, sheet, draw))
    made.append(_officers(sheet))
    return made


def _bars(title: str, bars: Sequence[Bar], legend: Sequence[str], high: float, sheet: Sheet) -> Block:
    def draw(painter: QPainter, box: QRectF) -> None:
        _sharp(
            painter,
            box,
            lambda p, b: draw_bars(p, b, bars, legend, PAPER, SMALL * _SHARP, sheet.language),
        )

    return _section(title, high, sheet, draw)


def _heading(sheet: Sheet) -> Block:
    high = TITLE * 1.6 + len(sheet.lines) * BODY * 1.6 + (BODY * 3 if sheet.demo else 0)

    def draw(painter: QPainter, box: QRectF) -> None:
        y = box.top()
        if sheet.demo:
            painter.fillRect(QRectF(box.left(), y, box.width(), BODY * 2.2), QColor(DEMO_STRIPE))
            _write(
                painter,
                QRectF(box.left() + 6, y, box.width(), BODY * 2.2),
                sheet.demo,
                BODY,
                sheet,
                "white",
                True,
            )
            y += BODY * 3
        _write(
            painter,
            QRectF(box.left(), y, box.width(), TITLE * 1.4),
            sheet.title,
            TITLE,
            sheet,
            PAPER.ink,
            True,
        )
        y += TITLE * 1.6
        for line in sheet.lines:
            _write(painter, QRectF(box.left(), y, box.width(), BODY * 1.6), line, BODY, sheet, PAPER.ink)
            y += BODY * 1.6

    return Block(high, draw)


def _rows(sheet: Sheet) -> Block:
    half = (len(sheet.rows) + 1) // 2
    step = BODY * 1.9

    def draw(painter: QPainter, box: QRectF) -> None:
        wide = box.width() / 2
        for number, row in enumerate(sheet.rows):
            x, y = box.left() + (number // half) * wide, box.top() + (number % half) * step
            _write(painter, QRectF(x, y, wide * 0.46, step), row.label, BODY, sheet, PAPER.quiet)
            _write(
                painter,
                QRectF(x + wide * 0.47, y, wide * 0.51, step),
                row.value,
                BODY,
                sheet,
                PAPER.ink,
                True,
            )

    return Block(half * step, draw)


def _officers(sheet: Sheet) -> Block:
    step = BODY * 1.9
    high = max(1, len(sheet.officers)) * step + len(sheet.notices) * BODY * 3.4

    def draw(painter: QPainter, box: QRectF) -> None:
        y = box.top()
        if not sheet.officers:
            _write(painter, QRectF(box.left(), y, box.width(), step), sheet.nothing, BODY, sheet, PAPER.quiet)
        for row in sheet.officers:
            _write(painter, QRectF(box.left(), y, 70, step), row.label, BODY, sheet, PAPER.ink, True)
            _write(
                painter, QRectF(box.left() + 70, y, box.width() - 70, step), row.value, BODY, sheet, PAPER.ink
            )
            y += step
        for words in sheet.notices:
            place = QRectF(box.left(), y + 2, box.width(), BODY * 3)
            painter.fillRect(place, QColor(ROLES[Role.REFER].panel))
            _write(painter, place.adjusted(8, 0, -8, 0), f"!  {words}", BODY, sheet, PAPER.ink)
            y += BODY * 3.4

    return _section(sheet.officers_title, high, sheet, draw)


def _section(title: str, high: float, sheet: Sheet, draw: Draw) -> Block:
    above = HEAD * 1.9

    def whole(painter: QPainter, box: QRectF) -> None:
        _write(
            painter,
            QRectF(box.left(), box.top(), box.width(), HEAD * 1.6),
            title,
            HEAD,
            sheet,
            PAPER.ink,
            True,
        )
        painter.fillRect(QRectF(box.left(), box.top() + HEAD * 1.65, box.width(), 0.7), QColor(PAPER.rule))
        draw(painter, QRectF(box.left(), box.top() + above, box.width(), high))

    return Block(above + high, whole)


def _draw_foot(painter: QPainter, sheet: Sheet, origin: Origin, page: int, of: int) -> None:
    y, wide = HEIGHT - MARGIN - FOOT + 8, WIDTH - 2 * MARGIN
    painter.fillRect(QRectF(MARGIN, y - 4, wide, 0.7), QColor(PAPER.rule))
    lines: Sequence[str] = (
        f"{origin.words}   {origin.head}",
        say(t.PRIVACY, sheet.language),
    )
    for number, line in enumerate(lines):
        place = QRectF(MARGIN, y + number * SMALL * 1.6, wide, SMALL * 1.6)
        _write(painter, place, line, SMALL, sheet, PAPER.quiet)
    place = QRectF(MARGIN, y + 2 * SMALL * 1.6, wide, SMALL * 1.6)
    _write(painter, place, say(t.PAGE, sheet.language, page=page, pages=of), SMALL, sheet, PAPER.quiet)


def _write(
    painter: QPainter, box: QRectF, words: str, letters: float, sheet: Sheet, colour: str, bold: bool = False
) -> None:
    """One line in its box, smaller where it would not fit."""

    def draw(p: QPainter, big: QRectF) -> None:
        size = letters * _SHARP
        while True:
            p.setFont(font(sheet.language, round(size), bold=bold))
            if (
                size <= letters * _SHARP * 0.5
                or QFontMetricsF(p.font()).horizontalAdvance(words) <= big.width()
            ):
                break
            size *= 0.95
        p.setPen(QColor(colour))
        p.drawText(big, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    _sharp(painter, box, draw)


def _sharp(painter: QPainter, box: QRectF, draw: Draw) -> None:
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(1 / _SHARP, 1 / _SHARP)
    draw(painter, QRectF(0, 0, box.width() * _SHARP, box.height() * _SHARP))
    painter.restore()
