"""Pictures of the traveller's screen while the demonstration runs: taken on Qt's thread, saved on another."""

from __future__ import annotations

import re
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

PATIENCE_S = 3.0


class Photographer(QObject):
    """`take` may be called from any thread and returns when the picture is taken."""

    _asked = Signal(object)

    def __init__(self, window: QWidget, folder: Path) -> None:
        super().__init__()
        self._window, self._folder = window, folder
        self._count = 0
        self._darkroom = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._asked.connect(self._grab, Qt.ConnectionType.QueuedConnection)
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str) -> None:
        """Takes one picture; gives up after a few seconds, as when the window is being closed."""
        wanted: Future[QImage] = Future()
        self._asked.emit(wanted)
        try:
            image = wanted.result(PATIENCE_S)
        except NotInTime:
            return
        self._count += 1
        safe = re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")
        self._darkroom.submit(image.save, str(self._folder / f"{self._count:03d}-{safe}.png"))

    def close(self) -> None:
        """Waits for the last picture to be saved."""
        self._darkroom.shutdown(wait=True)

    @Slot(object)
    def _grab(self, wanted: Future[QImage]) -> None:
        wanted.set_result(self._window.grab().toImage())
