"""Rows of the station desk: one for each lane, one for each traveller who waits."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kiosk.presenters import officer_texts as o
from kiosk.presenters import station_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.presenters.station import LaneRow, WaitingRow
from kiosk.screens.officer_mark import RoleMark

LEAST, USUAL = 5, 10
"""Lines of words that a column has room for at least, and one that takes what is left."""


class Rows(QScrollArea):
    """A column that is filled anew when what it shows changes, and only then."""

    def __init__(self, parent: QWidget | None = None, *, fits: bool = False) -> None:
        """`fits`: it is as high as what is in it, where there is room; else it takes what is left."""
        super().__init__(parent)
        self._fits = fits
        up_and_down = QSizePolicy.Policy.Maximum if fits else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, up_and_down)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shown: object = None

    def fill(self, state: object, rows: list[QWidget]) -> None:
        """Puts the rows in, one below the other."""
        self._shown = state
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for row in rows:
            column.addWidget(row)
        column.addStretch(1)
        self.setWidget(body)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """In pixels."""
        body, wide = self.widget(), self.viewport().width()
        high = self.fontMetrics().height() * USUAL
        if self._fits and body is not None:
            high = body.heightForWidth(wide) if body.hasHeightForWidth() else body.sizeHint().height()
        return QSize(super().sizeHint().width(), high)

    def minimumSizeHint(self) -> QSize:
        """In pixels."""
        least = self.fontMetrics().height() * LEAST
        high = min(least, self.sizeHint().height()) if self._fits else least
        return QSize(super().minimumSizeHint().width(), high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is in it needs another height: letters of another size, a longer sentence."""
        if self._fits and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        if self._fits and event.size().width() != event.oldSize().width():
            self.updateGeometry()


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
        self.fill(state, rows or [_label(say(t.NO_LANES, language), "quiet")])
        if focused in self.buttons:
            self.buttons[focused].setFocus()

    def _row(self, row: LaneRow, signed_in: bool, language: str) -> QWidget:
        frame, line = _lane(row, language)
        if row.takes_orders and signed_in:
            button = self.buttons[row.lane] = QPushButton(say(t.ORDER, language))
            button.setProperty("small", "true")
            button.setAccessibleName(f"{say(t.ORDER, language)}: {row.lane}")
            button.clicked.connect(partial(self.chosen.emit, row.lane))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return frame


class WaitingRows(Rows):
    """Who waits. `take` carries lane and crossing; digits take the first nine that can be taken."""

    take = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, fits=True)
        self.buttons: list[QPushButton] = []
        """What the digits 1, 2, … take just now."""
        self._hows: dict[str, QLabel] = {}

    def show_waiting(self, waiting: tuple[WaitingRow, ...], signed_in: bool, language: str) -> None:
        """Shows who waits; buttons for whoever is signed in. Seconds run where they stand: a key that is made
        anew would be read anew."""
        state = (tuple(replace(row, how="") for row in waiting), signed_in, language)
        if state == self._shown:
            for row in waiting:
                _say_how(self._hows[row.crossing], row)
            return
        focused = next((button.objectName() for button in self.buttons if button.hasFocus()), "")
        self.buttons, self._hows = [], {}
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
        how = self._hows[row.crossing] = _label("", "quiet" if not row.mine else "strong")
        _say_how(how, row)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        words.addLayout(head)
        if row.why:
            words.addWidget(_label(row.why, ""))
        if row.open:
            how.setWordWrap(False)
            head.addWidget(how)
        else:
            words.addWidget(how)
        if row.open and signed_in:
            self.buttons.append(button := QPushButton(f"{len(self.buttons) + 1}   {say(t.TAKE, language)}"))
            button.setProperty("role", "refer")
            button.setObjectName(row.crossing)
            button.setAccessibleName(f"{say(t.TAKE, language)}: {row.title.replace(' · ', ', ')}")
            button.clicked.connect(partial(self.take.emit, row.lane, row.crossing))
            words.addWidget(button)
        line.addLayout(words, 1)
        return frame


def _say_how(label: QLabel, row: WaitingRow) -> None:
    if label.text() != row.how:
        label.setText(row.how)
        label.setAccessibleName(f"{row.title}: {row.how}")


def _lane(row: LaneRow, language: str) -> tuple[QWidget, QHBoxLayout]:
    """The row: a key stands at its end."""
    frame, line = _frame()
    mark = RoleMark(30)
    mark.set_role(row.role)
    line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    name = _label(row.lane, "strong")
    head = QHBoxLayout()
    name.setWordWrap(False)
    headline = _label(row.headline, "")
    headline.setAccessibleName(f"{row.lane}: {row.headline}")
    head.setSpacing(12)
    for label, share in ((name, 0), (headline, 1)):
        head.addWidget(label, share, Qt.AlignmentFlag.AlignTop)
    words.addLayout(head)
    if row.demo:
        words.addWidget(_label(say(o.DEMO, language), "demo"))
    if row.detail:
        words.addWidget(_label(row.detail, "quiet"))
    words.addStretch(1)
    line.addLayout(words, 1)
    return frame, line


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
