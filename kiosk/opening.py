"""What stands on the displays while a program is made ready, and how its own windows take their places.

Whatever takes time is imported after `FirstScreen` has painted, and done on another thread.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from types import FrameType, TracebackType
from typing import Protocol, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from config.glimpse import Glimpse
from kiosk.application import qt_application
from kiosk.screens.starting import FirstWindow, Painted

Done = TypeVar("Done")
ENDS = (signal.SIGINT, signal.SIGTERM)
SIGNALS_MS = 100
"""How often Python looks whether somebody asked the program to end."""
PAINT_MS = 2000
"""A display that shows nothing in this time (asleep, covered) is waited for no longer."""


class AskedToEnd(Exception):
    """Somebody ended the program before it was ready."""


class Opening(Protocol):
    """How a program comes up."""

    asked: bool
    """Whether somebody has asked the program to end."""

    def meanwhile(self, work: Callable[[], Done]) -> Done:
        """Does what needs no Qt and takes time; returns or raises what it returns or raises."""
        ...

    def show(self, windows: Sequence[QWidget], fullscreen: bool) -> None:
        """Shows the program's windows, one for each display."""
        ...

    def close(self) -> None:
        """Nothing is shown any more."""
        ...


class AtOnce:
    """No first screen: for demonstrations without a display, and for tests."""

    asked = False
    windows: Sequence[QWidget] = ()

    def meanwhile(self, work: Callable[[], Done]) -> Done:
        """On this thread."""
        return work()

    def show(self, windows: Sequence[QWidget], fullscreen: bool) -> None:
        """As windows of their own."""
        self.windows = windows
        for window in windows:
            window.showFullScreen() if fullscreen else window.show()

    def close(self) -> None:
        """Closes them."""
        for window in self.windows:
            window.close()


class FirstScreen:
    """Up as soon as Qt is. A context manager: in it the first screen stands until `show`.

    Ctrl-C, SIGTERM and closing its window end the program with `AskedToEnd`, once the work at hand is done.
    """

    def __init__(self, display: Glimpse, *, windowed: bool = False, not_real: str = "") -> None:
        """`not_real`: `demo` or `practice`, whose mark is on every screen."""
        self._display, self._not_real = display, not_real
        self._fullscreen = display.fullscreen and not windowed
        self.asked = False
        self.windows: list[FirstWindow] = []

    def __enter__(self) -> FirstScreen:
        application = qt_application()
        application.setQuitOnLastWindowClosed(False)
        self._application = application
        self._waits = QEventLoop()
        self._bridge = _Bridge()
        self._bridge.done.connect(self._waits.quit)
        self._before = {number: signal.signal(number, self._asks) for number in ENDS}
        self._looks = QTimer()
        self._looks.timeout.connect(self._look)
        self._looks.start(SIGNALS_MS)
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self._looks.stop()
        self._application.setQuitOnLastWindowClosed(True)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def run(self, program: Callable[[], int]) -> int:
        """The exit code of a program that is made ready here; 0 where somebody ended it before it was."""
        try:
            return program()
        except AskedToEnd:
            return 0

    def meanwhile(self, work: Callable[[], Done]) -> Done:
        """On a thread of its own; the screen goes on. Raises `AskedToEnd` afterwards."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1, "start") as pool:
            future = pool.submit(work)
            future.add_done_callback(lambda _: self._bridge.done.emit())
            while not future.done():
                self._waits.exec()
            done = future.result()
        if self.asked:
            raise AskedToEnd
        return done

    def show(self, windows: Sequence[QWidget], fullscreen: bool) -> None:
        """Each display's first window gives way; a display that nothing is for is left alone again."""
        for at, window in enumerate(windows):
            if at < len(self.windows):
                self.windows[at].give_way(window)
            else:
                window.showFullScreen() if fullscreen else window.show()
        for window in self.windows[len(windows) :]:
            window.close()
        self._application.setQuitOnLastWindowClosed(True)

    def close(self) -> None:
        """Closes what is open."""
        for window in self.windows:
            window.close()

    def _open(self) -> None:
        """The first display at once; a second one, which may be the officer's, when that has painted."""
        first = FirstWindow(self._display, not_real=self._not_real)
        self.windows.append(first)
        if self._fullscreen:
            first.setGeometry(self._application.primaryScreen().geometry())  # there may be no window manager
            first.showFullScreen()
        else:
            first.show()
        painted = Painted(first)
        painted.seen.connect(self._waits.quit)
        QTimer.singleShot(PAINT_MS, painted, painted.seen.emit)
        self._waits.exec()
        painted.deleteLater()
        for screen in QApplication.screens()[1:2] if self._fullscreen else []:
            second = FirstWindow(self._display, not_real=self._not_real)
            second.setGeometry(screen.geometry())
            second.showFullScreen()
            self.windows.append(second)

    def _asks(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def _look(self) -> None:
        """Python hears of signals while its code runs, which this is."""
        if any(window.closed for window in self.windows):
            self.asked = True


class _Bridge(QObject):
    done = Signal()
