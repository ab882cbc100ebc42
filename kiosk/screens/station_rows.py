"""Rows of the station desk: one for each lane, one for each traveller who waits."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kiosk.presenters import officer_texts as o
from kiosk.presenters import station_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.presenters.station import LaneRow, WaitingRow
from kiosk.screens.officer_mark import RoleMark


class Rows(QScrollArea):
    """A column that is filled anew when what it shows changes, and only then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shown: object = None

    def fill(self, state: object, rows: list[QWidget], columns: int = 1) -> None:
        """Puts the rows in, side by side where there are several columns."""
        self._shown = state
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setSpacing(8)
        for place, row in enumerate(rows):
            grid.addWidget(row, place // columns, place % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(len(rows), 1)
        self.setWidget(body)


class LaneRows(Rows):
    """Every lane of the station: a mark, its name, how it is. `chosen` carries a lane."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}

    def show_lanes(self, lanes: tuple[LaneRow, ...], signed_in: bool, language: str) -> None:
        """Shows the lanes, or that there is none; buttons for whoever is signed in."""
        state = (lanes, signed_in, language)
        if state == self._shown:
            return
        focused = next((name for name, button in self.buttons.items() if button.hasFocus()), "")
        self.buttons = {}
        rows = [self._row(row, signed_in, language) for row in lanes]
        self.fill(state, rows or [_label(say(t.NO_LANES, language), "quiet")], 2 if lanes else 1)
        if focused in self.buttons:
            self.buttons[focused].setFocus()

    def _row(self, row: LaneRow, signed_in: bool, language: str) -> QWidget:
        frame, words = _lane(row, language)
        if row.takes_orders and signed_in:
            button = self.buttons[row.lane] = QPushButton(say(t.ORDER, language))
            button.setProperty("small", "true")
            button.setAccessibleName(f"{say(t.ORDER, language)}: {row.lane}")
            button.clicked.connect(partial(self.chosen.emit, row.lane))
            words.addWidget(button)
        return frame


class WaitingRows(Rows):
    """Who waits. `take` carries lane and crossing; digits take the first nine that can be taken."""

    take = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        """What the digits 1, 2, … take just now."""

    def show_waiting(self, waiting: tuple[WaitingRow, ...], signed_in: bool, language: str) -> None:
        """Shows who waits; buttons for whoever is signed in."""
        state = (waiting, signed_in, language)
        if state == self._shown:
            return
        focused = next((button.objectName() for button in self.buttons if button.hasFocus()), "")
        self.buttons = []
        rows = [self._row(row, signed_in, language) for row in waiting]
        self.fill(state, rows or [_label(say(t.NOBODY_WAITS, language), "quiet")])
        for button in self.buttons:
            if focused and button.objectName() == focused:
                button.setFocus()

    def press_digit(self, digit: int) -> bool:
        """Whether the digit stood for somebody."""
        if not 1 <= digit <= len(self.buttons):
            return False
        self.buttons[digit - 1].click()
        return True

    def _row(self, row: WaitingRow, signed_in: bool, language: str) -> QWidget:
        frame, line = _frame()
        mark = RoleMark(34)
        mark.set_role(row.role)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        title = _label(row.title, "strong")
        how = _label(row.how, "quiet" if not row.mine else "strong")
        how.setAccessibleName(f"{row.title}: {row.how}")
        for label in (title, *([_label(row.why, "")] if row.why else []), how):
            words.addWidget(label)
        if row.open and signed_in:
            self.buttons.append(button := QPushButton(f"{len(self.buttons) + 1}   {say(t.TAKE, language)}"))
            button.setProperty("role", "refer")
            button.setObjectName(row.crossing)
            button.setAccessibleName(f"{say(t.TAKE, language)}: {row.title}")
            button.clicked.connect(partial(self.take.emit, row.lane, row.crossing))
            words.addWidget(button)
        line.addLayout(words, 1)
        return frame


def _lane(row: LaneRow, language: str) -> tuple[QWidget, QVBoxLayout]:
    frame, line = _frame()
    mark = RoleMark(30)
    mark.set_role(row.role)
    line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    name = _label(row.lane, "strong")
    head = QHBoxLayout()
    head.addWidget(name, 1)
    if row.demo:
        demo = _label(say(o.DEMO, language), "demo")
        demo.setWordWrap(False)
        head.addWidget(demo)
    words.addLayout(head)
    headline = _label(row.headline, "")
    headline.setAccessibleName(f"{row.lane}: {row.headline}")
    words.addWidget(headline)
    if row.detail:
        words.addWidget(_label(row.detail, "quiet"))
    words.addStretch(1)
    line.addLayout(words, 1)
    return frame, words


def _frame() -> tuple[QFrame, QHBoxLayout]:
    frame = QFrame()
    frame.setProperty("panel", "true")
    line = QHBoxLayout(frame)
    line.setContentsMargins(12, 8, 12, 8)
    line.setSpacing(12)
    return frame, line


def _label(words: str, rank: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if rank:
        label.setProperty("rank", rank)
    return label
