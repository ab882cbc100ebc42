"""The sheet of practice: every code with what the lane has to answer, on a page of A4 and as single cards."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from kiosk.desk.shift import HONG_KONG
from kiosk.i18n.texts import LANGUAGES, text
from kiosk.lane_view import Phase
from kiosk.practice.cases import Case
from kiosk.presenters import officer_texts
from kiosk.presenters import practice_texts as t
from kiosk.presenters.not_real import PRACTICE
from kiosk.presenters.officer_texts import say
from kiosk.presenters.qr import QUIET
from kiosk.theme.palette import DEMO_GROUND, DEMO_STRIPE, INK, LINE
from kiosk.widgets.letters import advance, draw_line
from kiosk.widgets.line_breaks import breakable, broken
from verification.issuing.symbol import symbol
from verification.reasons import ReasonId, reason
from verification.verdict import Outcome

RESOLUTION = 600
WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 8.0
"""A4 in millimetres."""
HEAD, BAND, LETTER = 30.0, 7.0, 3.7
COLUMNS, ROWS = 2, 4
CARD = ((WIDTH - 2 * MARGIN) / COLUMNS, (HEIGHT - 2 * MARGIN - HEAD) / ROWS)
CODE = 49.0
BESIDE = CARD[0] - CODE - 4
"""Room for words beside a code."""
LINES, GAP, LEAST = 1.25, 0.6, 2.6
DOTS = 9
"""Pixels for a millimetre of a card's picture."""


def sheet_pdf(made: list[Case], at: datetime, language: str) -> bytes:
    """One page of A4. Needs an application (`kiosk.reports.pdf.printing_application`)."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    writer.setTitle(say(t.TITLE, language))
    writer.setCreator("Checkpoint Kiosk")
    painter = QPainter(writer)
    painter.scale(RESOLUTION / 25.4, RESOLUTION / 25.4)
    draw_sheet(painter, made, at, language)
    painter.end()
    buffer.close()
    return bytes(data.data())


def card_picture(case: Case, number: int, language: str) -> QImage:
    """One card, for the screen of a telephone or a badge."""
    wide, high = CARD
    image = QImage(round(wide * DOTS), round(high * DOTS), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(DOTS, DOTS)
    draw_card(painter, QRectF(0, 0, wide, high), case, number, language)
    painter.end()
    return image


def draw_sheet(painter: QPainter, made: list[Case], at: datetime, language: str) -> None:
    """Paints on a painter whose unit is the millimetre: the mark in every language, then the cards."""
    band = QRectF(0, 0, WIDTH, BAND + 3)
    mark = "   ".join(text(PRACTICE, one) for one in LANGUAGES)
    _mark(painter, band, mark, language)
    y = _written(painter, say(t.TITLE, language), language, QPointF(MARGIN, band.bottom() + 3), 190, 7, True)
    local = at.astimezone(HONG_KONG).strftime("%Y-%m-%d %H:%M")
    _written(painter, say(t.GOOD_ON, language, time=local), language, QPointF(MARGIN, y), 190, LETTER)
    wide, high = CARD
    for number, case in enumerate(made):
        place = QRectF(MARGIN + number % COLUMNS * wide, MARGIN + HEAD + number // COLUMNS * high, wide, high)
        draw_card(painter, place, case, number + 1, language)


def draw_card(painter: QPainter, box: QRectF, case: Case, number: int, language: str) -> None:
    """A code under the mark, and beside it what the lane has to answer."""
    painter.fillRect(box, QColor(LINE))
    line = 0.2
    painter.fillRect(box.adjusted(line, line, -line, -line), Qt.GlobalColor.white)
    _mark(painter, QRectF(box.x(), box.y(), box.width(), BAND), text(PRACTICE, language), language)
    top = box.y() + BAND + 1
    _code(painter, QRectF(box.x() + 1, top, CODE, CODE), case)
    x, told = box.x() + CODE + 2, _says(case, language)
    y = _written(painter, str(number), language, QPointF(x, top + 2), BESIDE, 7, True)
    size = letters(case, language)
    for words, bold in told:
        y = _written(painter, words, language, QPointF(x, y + GAP), BESIDE, size, bold)


def letters(case: Case, language: str) -> float:
    """The size in millimetres in which the words of a card have room; never below `LEAST`."""
    told, room = _says(case, language), CARD[1] - BAND - 1 - 2 - 7 * LINES - 2

    def height(size: float) -> float:
        return sum(GAP + len(_rows(one, language, BESIDE, size, bold)) * size * LINES for one, bold in told)

    size = LETTER
    while height(size) > room and size > LEAST:
        size *= 0.96
    return size


def _says(case: Case, language: str) -> list[tuple[str, bool]]:
    if not case.answers:
        return [(say(t.NO_CODE, language), True)]
    patterns = (t.FIRST, t.AGAIN) if len(case.answers) > 1 else ("",)
    told: list[tuple[str, bool]] = []
    for pattern, answer in zip(patterns, case.answers, strict=True):
        if answer is None:
            told.append((say(officer_texts.PHASES[Phase.GATHERING], language), True))
            continue
        outcome, why = _words(answer, language)
        told.append((say(pattern, language, what=outcome) if pattern else outcome, True))
        told.append((why, False))
    return told


def _words(answer: tuple[Outcome, ReasonId], language: str) -> tuple[str, str]:
    outcome, why = answer
    row = reason(why)
    return say(officer_texts.OUTCOMES[outcome], language), f"{row.code}  {row.officer[language]}"


def _mark(painter: QPainter, box: QRectF, words: str, language: str) -> None:
    painter.fillRect(box, QColor(DEMO_STRIPE))
    size = min(box.height() * 0.6, (box.width() - 4) / advance(words, language, True))
    start = QPointF(box.x() + 2, box.center().y() + size * 0.36)
    draw_line(painter, start, words, language, size, QColor(DEMO_GROUND), bold=True)


def _written(
    painter: QPainter, words: str, language: str, at: QPointF, room: float, size: float, bold: bool = False
) -> float:
    """Writes within `room`, in as few lines as it needs; returns where the next begins."""
    y = at.y()
    for row in _rows(words, language, room, size, bold):
        draw_line(painter, QPointF(at.x(), y + size * 0.95), row, language, size, QColor(INK), bold=bold)
        y += size * LINES
    return y


def _rows(words: str, language: str, room: float, size: float, bold: bool) -> list[str]:
    if advance(words, language, bold) * size <= room:
        return [words]
    split, rows = breakable(words), [words]
    for count in range(2, 12):
        rows = broken(split, count, lambda row: advance(row, language, bold))
        if max(advance(row, language, bold) for row in rows) * size <= room:
            break
    return rows


def _code(painter: QPainter, box: QRectF, case: Case) -> None:
    rows = list(symbol(case.code, colour_code=bool(case.answers)).matrix)
    size = box.width() / (len(rows) + 2 * QUIET)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                place = QRectF(box.x() + (x + QUIET) * size, box.y() + (y + QUIET) * size, size, size)
                painter.fillRect(place, Qt.GlobalColor.black)
