"""Rows of the station desk: one for each lane, one for each traveller who waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import count, pairwise

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
from kiosk.screens.officer_referral import plain_label
from kiosk.theme.palette import Role

State = tuple[object, ...]
"""Everything that a row says."""
LEAST, USUAL = 5, 10
"""Lines of words that a column has room for at least, and one that takes what is left."""


class Row(QFrame):
    """One row. It is not changed: whose words are others is made anew."""

    def __init__(self, name: str, role: Role, mark: int) -> None:
        """`name`: whose it is; `mark`: the width of its mark in pixels."""
        super().__init__()
        self.state: object = None
        """What it was made of."""
        self.key: QPushButton | None = None
        """What can be done about it."""
        self.how: QLabel | None = None
        """What runs with the seconds."""
        self.setProperty("panel", "true")
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(12, 8, 12, 8)
        self.line.setSpacing(12)
        self.setObjectName(name)
        picture = RoleMark(mark)
        picture.set_role(role)
        self.line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)


class Rows(QScrollArea):
    """A column of rows; those that say something else are changed for others, the rest stay as they are."""

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
        body = QWidget()
        self._none = plain_label("", "quiet")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._none)
        self._column.addStretch(1)
        self.rows: list[Row] = []
        self.setWidget(body)

    def fill(self, states: Sequence[State], make: Callable[..., Row], none: str) -> None:
        """Puts a row in for each state, one below the other; `make` makes it of its state. `none`: what is
        said where there is none.
        """
        if states and states == [row.state for row in self.rows]:
            return
        before = {row.state: row for row in self.rows}
        focused = next((row.objectName() for row in self.rows if row.key and row.key.hasFocus()), "")
        self.rows = [before.pop(state) if state in before else _made(make, state) for state in states]
        for at, row in enumerate(self.rows):
            if self._column.indexOf(row) != at:
                self._column.insertWidget(at, row)
                row.show()  # at once: else it is painted without, and the focus has nowhere to go
        for row in before.values():
            row.hide()
            self._column.removeWidget(row)
            row.deleteLater()
        self._none.setText(none)
        self._none.setVisible(not self.rows)
        keys = [row.key for row in self.rows if row.key is not None]
        for one, following in pairwise(keys):
            QWidget.setTabOrder(one, following)
        for row in self.rows:
            if row.key is not None and focused and row.objectName() == focused:
                row.key.setFocus()
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

    @property
    def buttons(self) -> dict[str, QPushButton]:
        """What opens a lane, by the lane's name."""
        return {row.objectName(): row.key for row in self.rows if row.key is not None}

    def show_lanes(self, lanes: tuple[LaneRow, ...], signed_in: bool, language: str) -> None:
        """Shows the lanes, or that there is none; buttons for whoever is signed in."""
        states = [(lane, lane.takes_orders and signed_in, language) for lane in lanes]
        self.fill(states, self._row, say(t.NO_LANES, language))

    def _row(self, lane: LaneRow, keyed: bool, language: str) -> Row:
        row = Row(lane.lane, lane.role, 30)
        words, head = QVBoxLayout(), QHBoxLayout()
        words.setSpacing(0)
        name, headline = plain_label(lane.lane, "strong"), plain_label(lane.headline)
        name.setWordWrap(False)
        headline.setAccessibleName(f"{lane.lane}: {lane.headline}")
        head.setSpacing(12)
        for part, share in ((name, 0), (headline, 1)):
            head.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        words.addLayout(head)
        if lane.demo:
            words.addWidget(plain_label(say(o.DEMO, language), "demo"))
        if lane.detail:
            words.addWidget(plain_label(lane.detail, "quiet"))
        words.addStretch(1)
        row.line.addLayout(words, 1)
        if keyed:
            row.key = key = QPushButton(say(t.ORDER, language))
            key.setProperty("small", "true")
            key.setAccessibleName(f"{say(t.ORDER, language)}: {lane.lane}")
            key.clicked.connect(partial(self.chosen.emit, lane.lane))
            row.line.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
        return row


class WaitingRows(Rows):
    """Who waits. `take` carries lane and crossing; digits take the first nine that can be taken."""

    take = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, fits=True)

    @property
    def buttons(self) -> list[QPushButton]:
        """What the digits 1, 2, … take just now."""
        return [row.key for row in self.rows if row.key is not None]

    def show_waiting(self, waiting: tuple[WaitingRow, ...], signed_in: bool, language: str) -> None:
        """Shows who waits; buttons for whoever is signed in. Seconds run where they stand: a key that is made
        anew would be read anew."""
        digits = count(1)
        states = [
            (replace(one, how=""), next(digits) if one.open and signed_in else 0, language) for one in waiting
        ]
        self.fill(states, self._row, say(t.NOBODY_WAITS, language))
        for row, one in zip(self.rows, waiting, strict=True):
            if row.how is not None and row.how.text() != one.how:
                row.how.setText(one.how)
                row.how.setAccessibleName(f"{one.title}: {one.how}")

    def press_digit(self, digit: int) -> bool:
        """Whether the digit stood for somebody."""
        keys = self.buttons
        if not 1 <= digit <= len(keys):
            return False
        keys[digit - 1].click()
        return True

    def _row(self, one: WaitingRow, digit: int, language: str) -> Row:
        row = Row(one.crossing, one.role, 34)
        words, head = QVBoxLayout(), QHBoxLayout()
        words.setSpacing(2)
        row.how = how = plain_label("", "quiet" if not one.mine else "strong")
        head.addWidget(plain_label(one.title, "strong"), 1)
        words.addLayout(head)
        if one.why:
            words.addWidget(plain_label(one.why))
        if one.open:
            how.setWordWrap(False)
            head.addWidget(how)
        else:
            words.addWidget(how)
        if digit:
            row.key = key = QPushButton(f"{digit}   {say(t.TAKE, language)}")
            key.setProperty("role", "refer")
            key.setObjectName(one.crossing)
            key.setAccessibleName(f"{say(t.TAKE, language)}: {one.title.replace(' · ', ', ')}")
            key.clicked.connect(partial(self.take.emit, one.lane, one.crossing))
            words.addWidget(key)
        row.line.addLayout(words, 1)
        return row


def _made(make: Callable[..., Row], state: State) -> Row:
    row = make(*state)
    row.state = state
    return row
