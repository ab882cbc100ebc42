"""Lines of letters drawn once and kept as pictures: filling outlines was half of what a screen costs."""

from __future__ import annotations

from collections import OrderedDict
from math import floor

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from kiosk.widgets.letters import EM, draw_line, outline

MOST_BYTES = 32 << 20
"""Some five screens of 1080x1920 in letters, hundreds of lines. The longest unseen go first."""
_Key = tuple[str, str, float, int, bool, float, float]
_Kept = tuple[QImage, QPoint]


class LetterPictures:
    """The same pixels as `draw_line` gives, to the last one: a picture is of one place between two pixels."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self.bytes = most_bytes, 0
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()

    def paint(
        self,
        painter: QPainter,
        at: QPointF,
        text: str,
        language: str,
        pixels: float,
        colour: QColor | QBrush,
        *,
        bold: bool,
    ) -> None:
        """Draws a line whose base line starts at a point; turned, scaled or on paper from its outline."""
        if not text:
            return
        if not _pixel_for_pixel(painter):
            draw_line(painter, at, text, language, pixels, colour, bold=bold)
            return
        ink = colour.color() if isinstance(colour, QBrush) else colour
        left, top = floor(at.x()), floor(at.y())
        key = (text, language, pixels, ink.rgba(), bold, at.x() - left, at.y() - top)
        found = self._kept.get(key)
        if found is None:
            found = self._keep(key, _picture(text, language, pixels, ink, bold, QPointF(key[5], key[6])))
        else:
            self._kept.move_to_end(key)
        image, corner = found
        painter.drawImage(corner + QPoint(left, top), image)

    def _keep(self, key: _Key, made: _Kept) -> _Kept:
        self._kept[key] = made
        self.bytes += made[0].sizeInBytes()
        while self.bytes > self._most and len(self._kept) > 1:
            _, (image, _) = self._kept.popitem(last=False)
            self.bytes -= image.sizeInBytes()
        return made


LETTER_PICTURES = LetterPictures()
"""Those of this process. Only the GUI's thread paints."""


def _pixel_for_pixel(painter: QPainter) -> bool:
    """Whether it only moves, by whole pixels. Not asked for its device or engine: what Qt owns and frees
    stays out of Python.
    """
    turned = painter.deviceTransform()
    moved = not turned.isScaling() and not turned.isRotating()
    return moved and turned.dx().is_integer() and turned.dy().is_integer()


def _picture(text: str, language: str, pixels: float, ink: QColor, bold: bool, at: QPointF) -> _Kept:
    """The line at a place within one pixel, and where the picture's corner lies from that pixel's."""
    extent = outline(text, language, bold).boundingRect()
    scale = pixels / EM
    box = QRectF(extent.x() * scale, extent.y() * scale, extent.width() * scale, extent.height() * scale)
    around = box.translated(at).toAlignedRect().adjusted(-1, -1, 1, 1)
    image = QImage(around.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    draw_line(painter, at - QPointF(around.topLeft()), text, language, pixels, ink, bold=bold)
    painter.end()
    return image, around.topLeft()
