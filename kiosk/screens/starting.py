"""The first screen: up before anything heavy is loaded, in every language of the lane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QAccessible, QCloseEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from config.glimpse import Glimpse
from kiosk.presenters.starting import starting
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.everyone_page import EveryonePage
from kiosk.widgets.gate_mark import GateMark
from kiosk.widgets.page import say_all

if TYPE_CHECKING:
    from kiosk.widgets.demo_mark import DemoBand, DemoStrip

TURN_MS = 4000
"""How long a language stands where large letters leave room for one."""
READ_MS = 1200
"""So long a screen reader needs to take in what a new window is made of."""


class StartScreen(EveryonePage):
    """The mark whose arm moves, and who comes is asked for a moment."""

    def __init__(
        self,
        sizes: Sizes,
        languages: Sequence[str],
        *,
        still: bool = False,
        not_real: str = "",
    ) -> None:
        """`not_real`: `demo` or `practice`; such a screen bears the mark of it like every other."""
        super().__init__(sizes, Role.NEUTRAL, GateMark(still=still))
        self._headlines, self._subs = starting(languages)
        self._turn = QTimer(self)
        self._turn.setInterval(TURN_MS)
        self._turn.timeout.connect(self._next)
        self.mark = _mark(self, sizes, languages, not_real) if not_real else None
        self.setAccessibleName(self._headlines[0].text)
        self._say()

    def body(self, margin: int) -> QRect:
        """No rows of keys stand above and below; the strip of what is not real may."""
        top = self.mark[0].height() if self.mark else 0
        return super().body(margin).adjusted(0, top + margin, 0, -margin)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The mark of what is not real lies at the top and over the corner."""
        if self.mark:
            strip, band = self.mark
            strip.setGeometry(0, 0, self.width(), strip.height_for(self.sizes))
            strip.arrange()
            side = band.side_for(self.sizes)
            band.setGeometry(self.width() - side, strip.height(), side, side)
            band.raise_()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Languages take turns where there is room for one."""
        super().showEvent(event)
        if len(self.headlines) < len(self._headlines):
            self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody reads it."""
        super().hideEvent(event)
        self._turn.stop()

    def _next(self) -> None:
        self._headlines = self._headlines[1:] + self._headlines[:1]
        self._subs = self._subs[1:] + self._subs[:1]
        self._say()

    def _say(self) -> None:
        say_all(self.headlines, self._headlines)
        say_all(self.subs, self._subs)
        if self.mark:
            self.mark[0].speak(self._headlines[0].language)
        self.level()


def _mark(
    page: QWidget, sizes: Sizes, languages: Sequence[str], not_real: str
) -> tuple[DemoStrip, DemoBand] | None:
    """What every screen of demo and practice bears. Only they wait for its import.

    None without translations: the start says so in a moment, and ends.
    """
    from kiosk.i18n.texts import TranslationsMissing, load
    from kiosk.widgets.demo_mark import DemoStrip, band

    practice = not_real == "practice"
    try:
        load()
    except TranslationsMissing:
        return None
    strip = DemoStrip(page, sizes, languages, practice=practice)
    return strip, band(page, sizes, languages[0], practice=practice)


class FirstWindow(QWidget):
    """One display from the start to the end: first it shows `StartScreen`, then what takes its place.

    It stays the same window of the display's own, so that nothing flashes and the focus stays.
    """

    reader_role = QAccessible.Role.Window

    def __init__(self, display: Glimpse, *, not_real: str = "", still: bool = False) -> None:
        super().__init__()
        self._display, self._not_real = display, not_real
        self._still = still or not display.motion
        self.setWindowTitle("Checkpoint Kiosk")
        self.inside: QWidget | None = None
        self.closed = False
        self.resize(display.width, display.height)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Somebody closed it, where windows can be closed."""
        super().closeEvent(event)
        self.closed = True

    def give_way(self, to: QWidget) -> None:
        """Shows another widget in the place of the first screen, which is gone for good."""
        before, self.inside = self.inside, to
        to.setParent(self)
        to.setGeometry(self.rect())
        to.show()
        inner = to.focusWidget()
        to.setFocus()
        if inner is not None:
            read = (
                QAccessible.isActive()
            )  # a reader that still hears of the new window does not name its field
            QTimer.singleShot(READ_MS if read else 0, inner, lambda: to.hasFocus() and inner.setFocus())
        if before:
            before.hide()
            before.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first screen is made for the size there really is; whatever is inside fills the window."""
        super().resizeEvent(event)
        if self.inside is None or isinstance(self.inside, StartScreen):
            self.give_way(self._start_screen())
        else:
            self.inside.setGeometry(self.rect())

    def _start_screen(self) -> StartScreen:
        display = self._display
        sizes = Sizes.for_window(
            self.width(),
            self.height(),
            diagonal_mm=display.diagonal_mm,
            reading_mm=display.reading_mm,
            large=display.letters == "large",
            strong=display.contrast == "high",
        )
        return StartScreen(sizes, display.languages, still=self._still, not_real=self._not_real)


class Painted(QObject):
    """Tells once that a window that was shown has painted."""

    seen = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        shown = window.windowHandle()
        if shown is not None:
            shown.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It paints what is exposed as it hears of it, which is still to come: the next turn is after that.

        The window's own handle is asked and not the application, whose filter would be handed Qt's hidden
        objects, too: for one that it does not know Python loads all types of its module, some 15 ms.
        """
        if event.type() == QEvent.Type.Expose:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.seen.emit)
        return False
