"""One lane of the station, for an officer at the desk: how it is, and what can be ordered of it from here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from kiosk.desk.decision import may_free, may_hold
from kiosk.desk.lane_control import LaneOrder
from kiosk.desk.orders_out import AT_THE_LANE
from kiosk.lane_view import LaneView
from kiosk.presenters import entry_texts as e
from kiosk.presenters import officer_texts as o
from kiosk.presenters import station_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.presenters.station import LaneRow
from kiosk.screens.lane_controls import LaneControls
from kiosk.screens.officer_mark import RoleMark


class LanePage(QFrame):
    """Shown while an officer has chosen a lane. It has the focus, and is read: which lane, and how it is."""

    reader_role = QAccessible.Role.Grouping
    ordered = Signal(object, str)
    """A `LaneOrder`, and the direction of a turn."""
    touched = Signal()
    left = Signal()
    entering = Signal()
    """A paper document of a person there who has no code."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.headline, self.detail, self.hint = QLabel(), QLabel(), QLabel(), QLabel()
        self.hold, self.enter, self.back = QPushButton(), QPushButton(), QPushButton()
        self.entered = QLabel()
        self.controls = LaneControls(AT_THE_LANE, columns=2)
        self._mark = RoleMark(46)
        self._free = False
        for label in (self.name, self.headline, self.detail, self.hint, self.entered):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.name.setProperty("rank", "strong")
        self.headline.setProperty("rank", "title")
        for label in (self.hint, self.entered):
            label.setProperty("rank", "quiet")
        words = QVBoxLayout()
        for label in (self.name, self.headline, self.detail):
            words.addWidget(label)
        head = QHBoxLayout()
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.hold)
        column.addWidget(self.controls)
        column.addWidget(self.hint)
        column.addSpacing(12)
        column.addWidget(self.enter)
        column.addWidget(self.entered)
        column.addStretch(1)
        column.addWidget(self.back)
        self.hold.clicked.connect(self._hold_or_free)
        self.controls.ordered.connect(self.ordered)
        self.controls.touched.connect(self.touched)
        self.enter.clicked.connect(self.entering)
        self.back.clicked.connect(self.left)

    def show_lane(self, row: LaneRow, view: LaneView | None, language: str, *, enters: bool = False) -> None:
        """Shows a lane as the desk's list does; `view` is None where nothing can be ordered of it.

        `enters`: a document can be entered for a person there.
        """
        self._mark.set_role(row.role)
        self.name.setText(row.lane)
        self.headline.setText(row.headline)
        self.detail.setText(row.detail)
        self.detail.setVisible(bool(row.detail))
        told = (row.lane, row.headline, *row.detail.splitlines())
        self.setAccessibleName(". ".join(words.rstrip(".") for words in told if words))
        self._free = view is not None and may_free(view)
        self.hold.setText(say(o.FREE if self._free else o.HOLD, language))
        self.hold.setVisible(view is not None)
        self.hold.setEnabled(view is not None and (self._free or may_hold(view)))
        self.controls.show_view(view, language)
        self.hint.setText(say(t.NO_ORDERS if view is None else t.ONLY_THERE, language))
        for widget in (self.enter, self.entered):
            widget.setVisible(enters)
        self.enter.setText(say(e.TITLE, language))
        self.entered.setText(say(t.NO_CODE_THERE, language))
        self.back.setText(f"{say(t.BACK, language)}  (Esc)")

    def _hold_or_free(self) -> None:
        self.ordered.emit(LaneOrder.OPEN if self._free else LaneOrder.HOLD, "")
