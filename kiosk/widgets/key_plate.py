"""The plate of a key on the traveller's screen: edge and ground, the same for letters, pictures and words."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QPushButton

from kiosk.theme.dress import GROUND, TEXT, ink
from kiosk.theme.sizes import Sizes
from kiosk.widgets.shapes import pen


def draw_plate(painter: QPainter, key: QPushButton, sizes: Sizes, *, filled: bool) -> QColor:
    """Draws it in the page's colours, its edge thicker with the focus. Returns the ink for the rest."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    page = key.parentWidget() or key
    front, back = ink(page, TEXT), ink(page, GROUND)
    if filled:
        front, back = back, front
    edge = sizes.px(7 if key.hasFocus() else 3)
    painter.setPen(pen(ink(page, TEXT), edge))
    painter.setBrush(back)
    box = QRectF(key.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
    painter.drawRoundedRect(box, sizes.px(16), sizes.px(16))
    return front
