"""Charts drawn by hand on any painter: the same on the screen, on paper and in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from kiosk.presenters.shift import Bar, Count
from kiosk.theme.fonts import font
from kiosk.theme.palette import INK, LINE, MIST, ROLES, WHITE, Role


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one ground. `fills` are of admit, refer and refuse: apart in grey, and two are hatched."""

    ink: str
    quiet: str
    rule: str
    fills: tuple[str, str, str]
    bar: str


PAPER = Look(INK, "#4A5A68", "#B8C4CE", ("#00804A", "#FFC72C", "#9E0E1B"), "#5F7F9E")
SCREEN = Look(WHITE, MIST, LINE, ("#2FBF85", ROLES[Role.REFER].ground, "#D63A4A"), "#6CC4FF")
HATCHES = (None, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.DiagCrossPattern)


def draw_bars(
    painter: QPainter,
    box: QRectF,
    bars: Sequence[Bar],
    legend: Sequence[str],
    look: Look,
    letters: float,
    language: str,
) -> None:
    """Stacked bars over time with a scale, the legend above them."""
    painter.save()
    painter.setFont(font(language, round(letters)))
    metrics = QFontMetricsF(painter.font())
    _draw_legend(painter, box, legend, look, metrics)
    low = metrics.height() * 1.3
    left = metrics.horizontalAdvance("0000") + 4
    plot = box.adjusted(left, low * 1.3, -2, -low)
    top = _round_up(max((sum(bar.parts) for bar in bars), default=0))
    for part in (0, 1, 2):
        y = plot.bottom() - plot.height() * part / 2
        painter.setPen(QPen(QColor(look.rule), 0.5))
        painter.drawLine(int(plot.left()), int(y), int(plot.right()), int(y))
        painter.setPen(QColor(look.quiet))
        place = QRectF(box.left(), y - low / 2, left - 4, low)
        value = top * part / 2
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:g}")
    if bars:
        wide, fills = plot.width() / len(bars), _fills(look, legend)
        every = max(1, round(metrics.horizontalAdvance("00:00  ") / wide + 0.5))
        for number, bar in enumerate(bars):
            x, y = plot.left() + number * wide, plot.bottom()
            for part, value in enumerate(bar.parts):
                high = plot.height() * value / top
                _fill(painter, QRectF(x + wide * 0.1, y - high, wide * 0.8, high), part, fills)
                y -= high
            if number % every == 0:
                painter.setPen(QColor(look.quiet))
                place = QRectF(x, plot.bottom() + 2, wide * every, low)
                painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, bar.label)
    painter.restore()


def counts_height(counts: Sequence[Count], letters: float) -> float:
    """How high `draw_counts` is with these."""
    return max(1, len(counts)) * letters * 1.9


def draw_counts(
    painter: QPainter,
    box: QRectF,
    counts: Sequence[Count],
    nothing: str,
    look: Look,
    letters: float,
    language: str,
) -> None:
    """One line each: words, a bar, the figure. The words get what room they need, up to 60 %."""
    painter.save()
    painter.setFont(font(language, round(letters)))
    metrics = QFontMetricsF(painter.font())
    step, middle = letters * 1.9, Qt.AlignmentFlag.AlignVCenter
    if not counts:
        painter.setPen(QColor(look.quiet))
        painter.drawText(QRectF(box.left(), box.top(), box.width(), step), middle, nothing)
    words = min(
        box.width() * 0.6, max((metrics.horizontalAdvance(one.label) for one in counts), default=0) + letters
    )
    figure = max((metrics.horizontalAdvance(one.words) for one in counts), default=0) + letters
    most = max((one.value for one in counts), default=0) or 1
    for number, one in enumerate(counts):
        y = box.top() + number * step
        painter.setPen(QColor(look.ink))
        _draw_label(painter, QRectF(box.left(), y, words - letters / 2, step), one.label, letters, language)
        room = box.width() - words - figure
        long = max(1.0 if one.value else 0.0, room * one.value / most)
        painter.fillRect(QRectF(box.left() + words, y + step * 0.2, long, step * 0.6), QColor(look.bar))
        painter.drawText(QRectF(box.left() + words + long + letters / 3, y, figure, step), middle, one.words)
    painter.restore()


def _draw_label(painter: QPainter, box: QRectF, words: str, letters: float, language: str) -> None:
    """One line, down to three quarters of its size before anything is left out."""
    size = letters
    while (
        size > letters * 0.75
        and QFontMetricsF(font(language, round(size))).horizontalAdvance(words) > box.width()
    ):
        size *= 0.95
    painter.setFont(font(language, round(size)))
    shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.setFont(font(language, round(letters)))


def _fills(look: Look, legend: Sequence[str]) -> tuple[str, ...]:
    """A figure that is alone is no verdict, and has no verdict's colour."""
    return look.fills if len(legend) > 1 else (look.bar,)


def _draw_legend(
    painter: QPainter, box: QRectF, legend: Sequence[str], look: Look, metrics: QFontMetricsF
) -> None:
    x, side = box.left(), metrics.height() * 0.7
    for part, words in enumerate(legend):
        _fill(painter, QRectF(x, box.top() + metrics.height() * 0.15, side, side), part, _fills(look, legend))
        x += side * 1.4
        painter.setPen(QColor(look.ink))
        wide = metrics.horizontalAdvance(words)
        painter.drawText(
            QRectF(x, box.top(), wide + 2, metrics.height()), Qt.AlignmentFlag.AlignVCenter, words
        )
        x += wide + side * 1.5


def _fill(painter: QPainter, box: QRectF, part: int, fills: Sequence[str]) -> None:
    if box.height() <= 0:
        return
    painter.fillRect(box, QColor(fills[part]))
    if (hatch := HATCHES[part]) is not None:
        painter.fillRect(box, QBrush(QColor(0, 0, 0, 120), hatch))


def _round_up(value: int) -> int:
    """A scale's end: 2, 4, 10, 20, 40, 100 and so on."""
    end = 2
    while end < value:
        end = end * 5 // 2 if str(end)[0] == "4" else end * 2
    return end
