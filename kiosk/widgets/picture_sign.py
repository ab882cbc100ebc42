"""One of the keys' pictures as a sign, where nothing is to be touched."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from kiosk.theme.dress import ink
from kiosk.widgets.boxes import square
from kiosk.widgets.key_pictures import Picture


class PictureSign(QWidget):
    """In the middle of its place, as large as that allows, in one of the page's colours."""

    def __init__(self, parent: QWidget, picture: Picture, role: QPalette.ColorRole) -> None:
        """`role` is one of `kiosk.theme.dress`."""
        super().__init__(parent)
        self._picture, self._role = picture, role

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = square(self.rect())
        painter.translate(box.topLeft())
        painter.scale(box.width(), box.height())
        self._picture(painter, ink(self, self._role))
        painter.end()
