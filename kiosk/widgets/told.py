"""What a screen reader says by itself, and what it takes our widgets for: Qt says too little for either."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QLabel, QWidget

TAKES_MS = 700
"""A reader asks for the words when it comes to them: so long they stand before others take their place."""


class Told(QLabel):
    """A line that is read aloud when other words come into it, wherever the focus is.

    A notification of AT-SPI and no announcement: Orca 43, which Debian 12 has, does not know announcements.
    """

    reader_role = QAccessible.Role.Notification

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about: object = None

    def tell(self, words: str, about: object = None) -> None:
        """Takes these words. They are read where they are news: others, or about something else."""
        about = words if about is None else about
        news, self._about = bool(words) and about != self._about, about
        super().setText(words)
        self.setAccessibleName(words)
        if news and self.isVisible():
            self.say_again()

    def setText(self, words: str | None) -> None:
        """Other words are news."""
        self.tell(words or "")

    def clear(self) -> None:
        """Nothing is to be said."""
        self.tell("")

    def say_again(self) -> None:
        """Has it read once more. A line that is shown after it was hidden is read by itself."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.ObjectShow))


class Unseen(Told):
    """Says what eyes see elsewhere on the screen: it takes no room and paints nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setGeometry(0, 0, 1, 1)
        self.hide()
        self._before: frozenset[object] = frozenset()
        self._next: dict[object, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TAKES_MS)
        self._pause.timeout.connect(self._say_next)

    def follow(self, now: Mapping[object, str]) -> None:
        """What holds now, by what it is about: says what is new, to who comes all of it."""
        seen_on = self.parentWidget()
        if seen_on is None or not seen_on.isVisible():
            self._before = frozenset()
            self._next.clear()
            self.hide()
            return
        holds = {about: words for about, words in now.items() if words}
        news = {about: words for about, words in holds.items() if about not in self._before}
        before, self._before = self._before, frozenset(holds)
        self._next = {about: words for about, words in self._next.items() if about in holds} | news
        if before - self._before and not self._next:
            self.clear()  # who signs out leaves no words behind
        if not self._pause.isActive():
            self._say_next()

    def _say_next(self) -> None:
        """What came since the last time, together."""
        if self._next:
            self.hide()
            self.tell(" ".join(self._next.values()))
            self.show()
            self._next.clear()
            self._pause.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing."""


class NameTold(Unseen):
    """A window's name. A reader reads it when it changes while the window itself has the focus; while one of
    its keys has, it is told here. Not while another window lies over it."""

    def name(self, words: str) -> None:
        """What the window says from now on."""
        window = self.parentWidget()
        if window is None:
            return
        window.setAccessibleName(words)
        if QAccessible.isActive():
            read = window.hasFocus() or not window.isEnabled()
            self.follow({words: "" if read else words})


def keep_place(line: Told) -> None:
    """Hidden while it has no words (a reader would say "notification" of it), it still takes its room."""
    policy = line.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    line.setSizePolicy(policy)


def shown_words(key: QAbstractButton) -> str:
    """What a key says; nothing while it is not shown."""
    return "" if key.isHidden() else key.text()


def reader_roles() -> None:
    """Widgets that have a `reader_role` are taken for that from now on."""
    QAccessible.installFactory(_with_role)


def _with_role(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    role = getattr(thing, "reader_role", None)
    if role is None or not isinstance(thing, QWidget):
        return None
    return _Key(thing, role) if isinstance(thing, QAbstractButton) else QAccessibleWidget(thing, role)


class _Key(QAccessibleWidget):
    """A key that is taken for another kind is still pressed or not."""

    def state(self) -> QAccessible.State:
        """With what a plain part of a window does not have."""
        state, key = super().state(), self.widget()
        if isinstance(key, QAbstractButton):
            state.checkable, state.checked = key.isCheckable(), key.isChecked()
        return state

    def text(self, which: QAccessible.Text) -> str:
        """Its words, where it has no name of its own."""
        words, key = super().text(which), self.widget()
        if which is QAccessible.Text.Name and not words and isinstance(key, QAbstractButton):
            return key.text()
        return words
