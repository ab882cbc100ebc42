"""The list of crossings and the page that reads one, as the panel shows them to who is signed in."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.desk.crossed import Crossed
from kiosk.desk.crossings_desk import CrossingsDesk
from kiosk.desk.crossings_which import Which
from kiosk.desk.desk import OfficerDesk
from kiosk.lane_view import LaneView
from kiosk.presenters import crossed_texts as c
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_panel import past
from kiosk.presenters.officer_texts import say
from kiosk.screens.crossings_keys import WhichKeys
from kiosk.screens.officer_crossing import CrossingPage
from kiosk.screens.officer_last import LastCrossings


class CrossingsPages(QObject):
    """Goes from the list to one crossing and back. Without a journal there is the list alone."""

    turned = Signal()
    """Another of the two is to be seen."""
    touched = Signal()

    def __init__(self, desk: OfficerDesk, rest: QWidget) -> None:
        super().__init__(rest)
        self._desk = desk
        self._title = t.LAST
        self.title, self.last = QLabel(), LastCrossings()
        self.which = WhichKeys()
        """Laid by the panel above the list; hidden where there is no journal to read."""
        self.which.hide()
        self.which.chosen.connect(self._choose)
        self.read = CrossingPage(rest, desk.needs_second_officer, lambda: desk.clock().mono)
        self._attached = False
        self.title.setProperty("rank", "strong")
        self.title.setWordWrap(True)
        self.last.opened.connect(self._open)
        self.read.left.connect(self._leave)
        self.read.touched.connect(self.touched)
        self.last.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def reading(self) -> bool:
        """Whether one is read."""
        return self.read.crossed is not None

    def attach(self, crossings: CrossingsDesk) -> None:
        """Lets officers go through the crossings of the day, read one, and add a decision to it."""
        self.last.attach(crossings)
        self.read.attach(crossings)
        self._title, self._attached = c.TITLE, True

    def set_language(self, language: str) -> None:
        """The list's name; the rest follows with the next `follow`."""
        self.title.setText(say(self._title, language))
        self.last.setAccessibleName(say(self._title, language))
        self.which.set_language(language)

    def follow(self, view: LaneView | None, language: str, zone: ZoneInfo) -> None:
        """`view` is None without contact; what the journal says holds all the same."""
        officer, now = self._desk.session.officer, self._desk.clock().utc
        self.which.setVisible(self._attached and officer is not None)
        if officer is None:
            self.which.show_which(Which.ALL)
            self.last.forget()
            self.read.forget()
            return
        self.last.show_lane(past(view, language, zone), language, zone, now)
        demo = view is not None and view.demo
        self.read.speak(officer.id, language, zone, now.astimezone(zone).date(), demo=demo)

    def press_digit(self, digit: int) -> bool:
        """A digit key, while one is read. Whether it stood for something."""
        return self.read.isVisible() and self.read.bar.press_digit(digit)

    def undo_if_shown(self) -> bool:
        """Ctrl+Z, while one is read. Whether there was a late word to take back."""
        return self.read.isVisible() and self.read.undo.click_if_shown()

    def step_back(self) -> bool:
        """Esc. Whether there was a step to take back."""
        if not self.read.isVisible():
            return False
        self.read.step_back()
        return True

    def _choose(self, which: str) -> None:
        self.touched.emit()
        self.last.choose(Which(which))

    def _open(self, crossed: Crossed) -> None:
        self.touched.emit()
        self.read.open_crossing(crossed)
        self.turned.emit()

    def _leave(self) -> None:
        self.touched.emit()
        self.turned.emit()
        self.last.setFocus()

    def _scrolled(self) -> None:
        """Whoever goes through the list is there."""
        if self.last.isVisible() and self.last.underMouse():
            self.touched.emit()
