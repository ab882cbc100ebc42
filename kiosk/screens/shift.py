"""The supervisor's screen: figures of the shift as they come, opening, closing, and export to a stick."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kiosk.desk.desk import OfficerDesk
from kiosk.desk.figures import Figures
from kiosk.desk.shift import HONG_KONG, Shift, ShiftNo, readiness
from kiosk.desk.shift_desk import ShiftDesk
from kiosk.health.finding import Severity
from kiosk.presenters import shift_texts as t
from kiosk.presenters.parts import before_a_shift
from kiosk.presenters.shift import Sheet, sheet
from kiosk.presenters.shift_texts import say
from kiosk.screens.officer_style import set_rank
from kiosk.screens.shift_charts import BarsChart, CountsChart, FiguresText
from kiosk.screens.shift_period import PeriodRow
from kiosk.theme.palette import PANEL, SKY
from kiosk.widgets.told import Told
from sync.export.layout import Progress

LOOK_MS = 2000
TABLES = 6
SENTENCES, BESIDE = range(4, 7), 4
"""The figures of `Sheet.rows` that are sentences, and the rows that the others take side by side."""


class ShiftPage(QWidget):
    """A page of the officer's panel, for supervisors."""

    back = Signal()

    def __init__(self, desk: OfficerDesk, shifts: ShiftDesk, lane: str, language: str = "en") -> None:
        super().__init__()
        self._desk, self._shifts, self._lane, self._language = desk, shifts, lane, language
        self._figures: Figures | None = None
        self._shift: Shift | None = None
        self._exporting = self._choosing = False
        self.title, self.lines, self.notices, self.status = QLabel(), QLabel(), Told(), Told()
        self.begin, self.export, self.days, self.cancel, self.leave = (QPushButton() for _ in range(5))
        self.period = PeriodRow()
        self.progress = QProgressBar()
        self.may_open, self.ready = QLabel(), QLabel()
        """Whether the lane is ready, and how every part is, before a shift is opened."""
        self.rows = [(QLabel(), QLabel()) for _ in range(11)]
        self.bars_title, self.bars = QLabel(), BarsChart()
        self.slow_title, self.slow = QLabel(), BarsChart()
        self.tables = [(QLabel(), CountsChart()) for _ in range(TABLES)]
        self.officers_title, self.officers = QLabel(), QLabel()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(shifts.look)
        self._lay_out()
        self._connect()
        self.set_language(language)

    def set_language(self, language: str) -> None:
        """Speaks another language."""
        self._language = language
        self.leave.setText(say(t.BACK, language))
        self.export.setText(say(t.EXPORT, language))
        self.days.setText(say(t.DAYS, language))
        self.period.set_language(language)
        self.cancel.setText(say(t.CANCEL, language))
        self._say("")
        self._fill()

    @property
    def told(self) -> str:
        """What who comes here is told: that it counts, then which shift this is."""
        counted = self._figures is not None
        return f"{self.title.text()}\n{self.lines.text()}" if counted else self.lines.text()

    def show_figures(self, figures: Figures, shift: Shift | None) -> None:
        """Another count came."""
        news = self._figures is not None and shift is not None and _who(shift) != _who(self._shift)
        self._figures, self._shift = figures, shift
        if news and shift is not None and not self._exporting:
            what = t.CLOSED_BY if shift.closed_by else t.OPENED_BY
            self._say(say(what, self._language, officer=shift.closed_by or shift.officer))
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Counts while it is seen."""
        super().showEvent(event)
        self._shifts.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """And not otherwise."""
        self._timer.stop()
        self._choosing = False
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size: the charts take it too."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fill()

    def _fill(self) -> None:
        language, shift = self._language, self._shift
        exporting = self._exporting
        is_open = shift is not None and shift.last is None
        self.begin.setText(say(t.CLOSE if is_open else t.OPEN, language))
        self.begin.setEnabled(self._figures is not None)
        self.export.setEnabled(shift is not None and not exporting)
        choosing = self._choosing and not exporting
        self.period.setVisible(choosing)
        for button in (self.begin, self.leave):
            button.setVisible(not choosing)
        for button in (self.export, self.days):
            button.setVisible(not exporting and not choosing)
        self.cancel.setVisible(exporting)
        self.progress.setVisible(exporting)
        self._scroll.setVisible(self._figures is not None and shift is not None)
        self.title.setText(say(t.TITLE, language))
        report = self._desk.parts() if self._desk.in_contact else None
        first, *rest = before_a_shift(report, language) if report else ("",)
        for label, words in ((self.may_open, first), (self.ready, "\n".join(rest))):
            label.setVisible(report is not None and not is_open and not choosing)
            label.setText(words)
        set_rank(self.may_open, "warning" if report and report.severity >= Severity.BROKEN else "strong")
        if self._figures is None:
            self.lines.setText(say(t.COUNTING, language))
        elif shift is None:
            self.lines.setText(say(t.NO_SHIFT, language))
        else:
            self._show_sheet(sheet(self._figures, shift, self._lane, language))

    def _show_sheet(self, shown: Sheet) -> None:
        letters = max(13, self.fontInfo().pixelSize())
        self.lines.setText("\n".join(shown.lines))
        self.notices.tell("\n".join(shown.notices))
        self.notices.setVisible(bool(shown.notices))
        for (label, value), row in zip(self.rows, shown.rows, strict=True):
            label.setText(row.label)
            value.setText(row.value)
        self.figures.setAccessibleName("; ".join(f"{row.label}: {row.value}" for row in shown.rows))
        self.bars_title.setText(shown.bars_title)
        self.bars.show_bars(shown.bars_title, shown.bars, shown.legend, shown.language, letters)
        self.slow_title.setText(shown.slow_title)
        self.slow.show_bars(shown.slow_title, shown.slow, shown.slow_legend, shown.language, letters)
        for (title, chart), table in zip(self.tables, shown.tables, strict=True):
            title.setText(table.title)
            chart.show_table(table, shown.nothing, shown.language, letters)
        self.officers_title.setText(shown.officers_title)
        told = "\n".join(f"{row.label}   {row.value}" for row in shown.officers)
        self.officers.setText(told or shown.nothing)

    def _connect(self) -> None:
        shifts = self._shifts
        shifts.counted.connect(self.show_figures)
        shifts.refused.connect(self._refused)
        shifts.progressed.connect(self.show_progress)
        shifts.saved.connect(self.show_saved)
        shifts.failed.connect(self.show_failed)
        self.leave.clicked.connect(self.back)
        self.begin.clicked.connect(self._open_or_close)
        self.export.clicked.connect(self._export)
        self.days.clicked.connect(self.choose_days)
        self.period.wanted.connect(self._export_days)
        self.period.left.connect(self._choose_no_days)
        self.cancel.clicked.connect(shifts.cancel)

    def _open_or_close(self) -> None:
        officer = self._desk.session.officer
        if officer is None:
            return
        self._desk.session.touched()
        self._say("")
        if self.begin.hasFocus():
            self.setFocus()  # or the export's key takes it, and the Enter that comes too late
        self.begin.setEnabled(False)
        if self._shift is not None and self._shift.last is None:
            self._shifts.close(officer)
        else:
            self._shifts.open(officer, readiness(self._desk.view if self._desk.in_contact else None))
        self._shifts.look()

    def choose_days(self) -> None:
        """Shows the days of an export, beginning with today."""
        self._desk.session.touched()
        self._say("")
        self.period.open(self._desk.clock().utc.astimezone(HONG_KONG).date())
        here = self.days.hasFocus()
        self._choosing = True
        self._fill()
        if here:
            self.period.since.before.setFocus()  # or Qt takes it to the window's first key

    def _choose_no_days(self) -> None:
        here = self.period.leave.hasFocus()
        self._choosing = False
        self._fill()
        if here:
            self.days.setFocus()

    def _export(self) -> None:
        officer, shift = self._desk.session.officer, self._shift
        if officer is not None and shift is not None:
            self._begun()
            self._shifts.export(officer, shift)

    def _export_days(self, first: date, last: date) -> None:
        officer = self._desk.session.officer
        if officer is not None:
            self._begun()
            self._shifts.export_days(officer, first, last)

    def _begun(self) -> None:
        self._desk.session.touched()
        self.progress.setRange(0, 0)
        self.setFocus()  # or the key that cancels takes it, and the Enter that comes too late
        self._say(say(t.BEGINNING, self._language))
        self._exporting = True
        self._fill()

    def _refused(self, no: ShiftNo) -> None:
        self._say(say(t.NOES[no], self._language), wrong=True)

    def show_progress(self, progress: Progress) -> None:
        """How far the export is."""
        if not self._exporting:
            self._exporting = True
            self._fill()
        words = t.STAGES[progress.stage]
        told = say(words, self._language, done=progress.done, total=progress.total)
        self._say(told, about=progress.stage)
        self.progress.setRange(0, 1000 if progress.total and progress.done else 0)
        self.progress.setValue(progress.done * 1000 // max(1, progress.total))
        self._desk.session.touched()

    def show_saved(self, folder: str) -> None:
        """The export is on the stick, flushed and read back."""
        self._ended(say(t.SAVED, self._language, folder=folder))

    def show_failed(self, what: str) -> None:
        """Nothing was saved: a key of `FAILURES` says why."""
        self._ended(say(t.FAILURES.get(what, t.FAILURES["other"]), self._language), wrong=what != "cancelled")

    def _ended(self, words: str, *, wrong: bool = False) -> None:
        if self.cancel.hasFocus():
            self.setFocus()
        self._exporting = False
        self._choosing = self._choosing and wrong  # who is told to press again finds the same days
        self._say(words, wrong=wrong)
        self._fill()

    def _say(self, words: str, *, wrong: bool = False, about: object = None) -> None:
        set_rank(self.status, "warning" if wrong else "strong")
        self.status.tell(words, about)
        self.status.setVisible(bool(words))

    def _lay_out(self) -> None:
        self.title.setProperty("rank", "title")
        for label in (self.notices, self.status, self.officers):
            label.setWordWrap(True)
        self.notices.setProperty("rank", "warning")
        self.notices.hide()
        self.status.setProperty("rank", "strong")
        self.lines.setProperty("rank", "quiet")
        self.lines.setWordWrap(True)
        for label in (self.may_open, self.ready):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self.notices)
        self.figures = FiguresText()
        grid = QGridLayout(self.figures)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, (label, value) in enumerate(self.rows):
            label.setProperty("rank", "quiet")
            value.setProperty("rank", "strong")
            label.setWordWrap(True)
            value.setWordWrap(True)
            row, column_of_grid, wide = _place(number)
            grid.addWidget(label, row, column_of_grid)
            grid.addWidget(value, row, column_of_grid + 1, 1, wide)
        grid.setHorizontalSpacing(18)
        for column_of_grid, share in enumerate((3, 1, 3, 1)):
            grid.setColumnStretch(column_of_grid, share)
        column.addWidget(self.figures)
        for title, chart in (
            (self.bars_title, self.bars),
            (self.slow_title, self.slow),
            *self.tables,
            (self.officers_title, self.officers),
        ):
            title.setProperty("rank", "strong")
            column.addWidget(title)
            column.addWidget(chart)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        buttons = QHBoxLayout()
        for button in (self.begin, self.export, self.days, self.cancel, self.leave):
            buttons.addWidget(button)
        self.progress.setTextVisible(False)
        self.progress.setStyleSheet(
            f"QProgressBar {{ background: {PANEL}; border: none; min-height: 14px; max-height: 14px; }}"
            f"QProgressBar::chunk {{ background: {SKY}; }}"
        )
        self.progress.hide()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.title)
        page.addWidget(self.lines)
        page.addWidget(self.may_open)
        page.addWidget(self.ready)
        page.addWidget(self._scroll, 1)
        page.addStretch(0)
        page.addWidget(self.status)
        page.addWidget(self.progress)
        page.addWidget(self.period)
        page.addLayout(buttons)


def _who(shift: Shift | None) -> tuple[str, str]:
    """Which shift it is, and whether it is over."""
    return ("", "") if shift is None else (shift.id, shift.closed_by)


def _place(number: int) -> tuple[int, int, int]:
    """Where a figure stands: its row and column, and how many columns its value takes.

    Counts side by side, crossings beside the gate's; below them the three that are sentences.
    """
    if number in SENTENCES:
        return BESIDE + number - SENTENCES.start, 0, 3
    return (number, 0, 1) if number < SENTENCES.start else (number - SENTENCES.stop, 2, 1)
