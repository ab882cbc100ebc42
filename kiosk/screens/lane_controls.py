"""What an officer may order of a lane, as buttons: one touch each, the alarm two."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton

from kiosk.desk.decision import orders
from kiosk.desk.lane_control import LaneOrder
from kiosk.lane_view import LaneView
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_texts import say
from verification.evidence import Direction

AGAIN_MS = 5000
"""So long the second touch of the alarm is waited for."""
SHOWN = (LaneOrder.CLOSE, LaneOrder.TURN, LaneOrder.MUTE, LaneOrder.ALARM)
NOT_URGENT = (LaneOrder.TURN,)
"""What waits until nobody stands there."""
_INSTEAD = {
    LaneOrder.UNMUTE: LaneOrder.MUTE,
    LaneOrder.ALL_CLEAR: LaneOrder.ALARM,
}
"""Which button's place an order takes."""


class LaneControls(QFrame):
    """Holding and letting go on have a button of their own beside it."""

    ordered = Signal(object, str)
    """A `LaneOrder`, and the direction of a turn."""
    touched = Signal()
    """The alarm was touched once: it waits for the second touch."""

    reader_role = QAccessible.Role.Client

    def __init__(self, without: tuple[LaneOrder, ...] = (), columns: int = len(SHOWN)) -> None:
        """`without`: what is not ordered from here."""
        super().__init__()
        self._without = without
        self.buttons = {order: QPushButton() for order in SHOWN}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self._meant: dict[LaneOrder, tuple[LaneOrder, str]] = {}
        for place, (order, button) in enumerate(self.buttons.items()):
            button.setProperty("small", "true")
            grid.addWidget(button, place // columns, place % columns)
            button.clicked.connect(partial(self._pressed, order))
        self._asked = QTimer(self)
        self._asked.setSingleShot(True)
        self._asked.setInterval(AGAIN_MS)

    def show_view(self, view: LaneView | None, language: str) -> None:
        """Offers what can be ordered now; nothing of a lane that is not heard."""
        possible = () if view is None else orders(view)
        self._meant = {}
        for order, to, why_not in possible:
            place = _INSTEAD.get(order, order)
            button = self.buttons.get(place)
            if button is None or order in self._without:
                continue
            self._meant[place] = (order, to)
            asked = order is LaneOrder.ALARM and self._asked.isActive()
            words = t.ALARM_AGAIN if asked else t.ORDERS[order]
            where = t.DIRECTIONS[Direction(to)] if to else ""
            button.setText(say(words, language, to=say(where, language)) if to else say(words, language))
            button.setEnabled(why_not is None)
        for place, button in self.buttons.items():
            if button.hasFocus() and place not in self._meant:
                self.setFocus()  # or the next key takes it, and the Enter that comes too late
            button.setVisible(place in self._meant)

    def _pressed(self, place: LaneOrder) -> None:
        meant = self._meant.get(place)
        if meant is None:
            return
        if meant[0] is LaneOrder.ALARM and not self._asked.isActive():
            self._asked.start()
            self.touched.emit()
            return
        self._asked.stop()
        self.ordered.emit(*meant)
