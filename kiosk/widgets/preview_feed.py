"""From the camera's thread to the GUI's: the newest picture only, older ones are dropped and never queued."""

from __future__ import annotations

from threading import Lock

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from kiosk.widgets.preview_image import Pixels, preview_image


class PreviewFeed(QObject):
    """`offer` on any thread; `ready` fires once until the GUI took the picture."""

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._newest: QImage | None = None
        self._asked = False
        self.size = (0, 0)
        """Width and height in pixels of the place it is shown in; (0, 0): nobody looks, nothing is made."""

    def offer(self, pixels: Pixels) -> None:
        """Converts a frame on the calling thread and keeps it as the newest."""
        size = self.size
        if size == (0, 0):
            return
        image = preview_image(pixels, size)
        with self._lock:
            self._newest = image
            first = not self._asked
            self._asked = True
        if first:
            self.ready.emit()

    def take(self) -> QImage | None:
        """The newest picture that was not taken yet."""
        with self._lock:
            image, self._newest, self._asked = self._newest, None, False
        return image
