"""A program that says on standard output when it was how far: the kiosk itself, or an empty window.

    python -m tests.bench.started kiosk SETTINGS
    python -m tests.bench.started window

Every line is a word and the monotonic clock's seconds, which all processes of a machine share; `step` lines
are milliseconds from one move of the first screen to the next.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, Self


def say(word: str) -> None:
    """One line, at once."""
    print(f"{word} {time.monotonic():.6f}", flush=True)


def kiosk(settings: str) -> int:
    """`main.py run`, the whole way, until a frame was read by a lane that is waiting for travellers."""
    from kiosk import opening
    from kiosk.commands.door import main

    class Seen(opening.FirstScreen):
        """Says when the first screen stands, then notes how it moves until the lane's own takes its place."""

        def __enter__(self) -> Self:
            super().__enter__()
            say("first")
            self._motion, self._timed = Motion(), False
            return self

        def meanwhile(self, work: Callable[[], Any]) -> Any:
            done = super().meanwhile(work)
            loaded = sys.modules.get("kiosk.app")
            if loaded and not self._timed:
                self._timed = True
                loaded.KioskApp = timed()  # type: ignore[attr-defined]
            return done

        def show(self, windows: Sequence[Any], fullscreen: bool) -> None:
            self._motion.tell()
            super().show(windows, fullscreen)

    opening.FirstScreen = Seen  # type: ignore[misc]
    return main(["run", "--config", settings, "--windowed"])


class Motion:
    """When Qt's own animations were moved, noted without Python: a value that is the time."""

    def __init__(self) -> None:
        from PySide6.QtCore import QVariantAnimation
        from PySide6.QtTest import QSignalSpy

        self._runs = QVariantAnimation(startValue=0.0, endValue=6e5, duration=600_000)
        self._spy = QSignalSpy(self._runs.valueChanged)
        self._runs.start()

    def tell(self) -> None:
        """The milliseconds between one and the next."""
        at = [self._spy.at(number)[0] for number in range(self._spy.count())]
        self._runs.stop()
        for before, after in itertools.pairwise(at):
            print(f"step {after - before:.1f}", flush=True)


def timed() -> Any:
    """A `KioskApp` that says when its window is painted, waits for travellers, and has read a frame."""
    from PySide6.QtCore import QEvent, QObject, Qt

    from kiosk import app
    from kiosk.lane_view import LaneView, Phase

    class Seen(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                say("painted")
                watched.removeEventFilter(self)
            return False

    class Timed(app.KioskApp):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, watch=self._viewed, **named)
            self._began = self._waits = self._read = False
            self._seen = Seen()
            self.traveller.installEventFilter(self._seen)
            self._bridge.sight.connect(self._sighted, Qt.ConnectionType.DirectConnection)

        def _viewed(self, view: LaneView) -> None:
            self._began = self._began or view.phase is Phase.OUT_OF_ORDER
            if self._began and view.phase is Phase.WAITING and not self._waits:
                self._waits = True
                say("waiting")
                self._ready()

        def _sighted(self, _sight: object) -> None:
            if not self._read:
                self._read = True
                say("read")
                self._ready()

        def _ready(self) -> None:
            if self._waits and self._read:
                self.end()

    return Timed


def window() -> int:
    """The least a Qt program does before something can be seen."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Empty(QWidget):
        painted = False

        def paintEvent(self, _event: QPaintEvent) -> None:
            if not self.painted:
                self.painted = True
                say("painted")
                QTimer.singleShot(0, QApplication.quit)

    application = QApplication([])
    empty = Empty()
    empty.resize(1080, 1920)
    empty.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(kiosk(sys.argv[2]) if sys.argv[1] == "kiosk" else window())
