"""The charts of the shift as widgets. Tab comes to each, and a screen reader gets its figures as words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.presenters.shift import Bar, Table
from kiosk.reports.charts import SCREEN, counts_height, draw_bars, draw_counts
from kiosk.theme.palette import SKY


class Chart(QWidget):
    """What can be come to by Tab and read: a frame says where one is."""

    reader_role = QAccessible.Role.Chart

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def draw_focus(self, painter: QPainter) -> None:
        """The frame, where one is here."""
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(SKY), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


class FiguresText(Chart):
    """Figures in labels, read one after the other."""

    reader_role = QAccessible.Role.Client

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Only the frame."""
        self.draw_focus(QPainter(self))


class BarsChart(Chart):
    """First verdicts over time, or one figure."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._legend: tuple[str, ...] = ()
        self._language, self._letters = "en", 15

    def show_bars(
        self, title: str, bars: tuple[Bar, ...], legend: tuple[str, ...], language: str, letters: int
    ) -> None:
        """Draws others. `letters` is their size in pixels."""
        self._bars, self._legend, self._language, self._letters = bars, legend, language, letters
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(_told(bar, legend) for bar in bars if any(bar.parts)))
        self.setFixedHeight(letters * 12)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        draw_bars(painter, box, self._bars, self._legend, SCREEN, self._letters * 0.85, self._language)
        self.draw_focus(painter)


class CountsChart(Chart):
    """Counts with their words."""

    def __init__(self) -> None:
        super().__init__()
        self._table = Table("", ())
        self._nothing, self._language, self._letters = "", "en", 15

    def show_table(self, table: Table, nothing: str, language: str, letters: int) -> None:
        """Draws others."""
        self._table, self._nothing, self._language, self._letters = table, nothing, language, letters
        self.setAccessibleName(table.title)
        told = "; ".join(f"{one.label}: {one.words}" for one in table.counts)
        self.setAccessibleDescription(told or nothing)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(200, round(counts_height(self._table.counts, self._letters * 0.9)) + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box, letters = QRectF(self.rect()), self._letters * 0.9
        draw_counts(painter, box, self._table.counts, self._nothing, SCREEN, letters, self._language)
        self.draw_focus(painter)


def _told(bar: Bar, legend: tuple[str, ...]) -> str:
    parts = zip(legend, bar.parts, strict=False)
    return f"{bar.label}: {', '.join(f'{name} {count}' for name, count in parts if count)}"
