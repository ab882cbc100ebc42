"""Where a finger finds the keys: asked of the same window, drawn out of sight at the same size."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from config.settings import Display
from kiosk.application import qt_application
from kiosk.i18n import texts
from kiosk.screens.traveller_window import TravellerWindow

Place = tuple[int, int]


class Places:
    """Middle points of keys, in pixels from the window's top left."""

    def __init__(self, width: int, height: int) -> None:
        qt_application()
        texts.load()
        self._window = TravellerWindow(
            Display(width=width, height=height, fullscreen=False), "test-1", still=True
        )
        self._window.show()

    def language(self, name: str) -> Place:
        """The key of a language."""
        return self._middle(self._window.keys.languages[name])

    def easy_to_read(self) -> Place:
        """The key of large letters and strong colours, which is elsewhere once it was touched."""
        place = self._middle(self._window.keys.look)
        self._window.keys.look.click()
        return place

    def call_officer(self) -> Place:
        """The key that calls an officer."""
        return self._middle(self._window.help.bar.call)

    def _middle(self, key: QWidget) -> Place:
        point = key.mapTo(self._window, key.rect().center())
        return point.x(), point.y()
