"""The live picture with the guide over it: where to hold the code, and that it was found."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from kiosk.lane_view import SightView
from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.dress import GROUND, PANEL, TEXT, ink
from kiosk.theme.palette import SKY, WHITE
from kiosk.widgets.shapes import draw, pen

GUIDE_PART = 0.62
"""Side of the guide's square as a part of the preview's height."""


class Preview(QWidget):
    """Paints the newest picture, scaled to cover, with rounded corners and a square to aim at."""

    placed = Signal()
    """It has another size."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._guide: list[tuple[QPoint, QPixmap]] = []
        self._corners: list[QPointF] = []
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_image(self, image: QImage) -> None:
        """Shows a picture made by `preview_image`."""
        self._image = image
        self.update()

    def show_sight(self, sight: SightView) -> None:
        """Draws an outline where a code was found. Corners come in frame pixels and are mirrored here."""
        width, height = sight.frame_size
        before = self._corners
        self._corners = []
        if sight.located and sight.corners and width and height:
            cover = self._cover(width, height)
            self._corners = [
                QPointF(
                    cover.left() + (width - x) / width * cover.width(),
                    cover.top() + y / height * cover.height(),
                )
                for x, y in sight.corners
            ]
        if self._corners != before:
            self.update()

    def outline(self) -> list[QPointF]:
        """Corners of the outline in the widget's own pixels; empty: no code in view."""
        return list(self._corners)

    def beside_guide(self) -> QRect:
        """A square at the right of the guide, in the parent's pixels."""
        free = self._guide_box().left()
        side = round(min(self.height() * 0.42, free * 0.8))
        middle = QPointF(self.geometry().right() - free / 2, self.geometry().center().y())
        return QRect(round(middle.x() - side / 2), round(middle.y() - side / 2), side, side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draws the guide once for this size, and keeps what is not empty of it: a tenth of the picture."""
        super().resizeEvent(event)
        guide = self._drawn_guide()
        self._guide = [(box.topLeft(), guide.copy(box)) for box in self._marked()]
        self.placed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, outline, guide."""
        painter = QPainter(self)
        if self._image is None:
            painter.fillRect(self.rect(), ink(self, PANEL))
            side = self.height() * 0.4
            place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            draw(painter, Shape.PHONE, place, ink(self, TEXT), ink(self, PANEL))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            target = QRectF(self.rect())
            painter.drawImage(target, self._image, self._visible(self._image))
        if self._corners:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen(QColor(SKY), max(4.0, self.height() / 90)))
            painter.drawPolygon(QPolygonF(self._corners))
        for at, piece in self._guide:
            painter.drawPixmap(at, piece)
        painter.end()

    def _cover(self, width: int, height: int) -> QRectF:
        """Where a whole frame would lie so that it covers the widget."""
        scale = max(self.width() / width, self.height() / height)
        return QRectF(
            (self.width() - width * scale) / 2,
            (self.height() - height * scale) / 2,
            width * scale,
            height * scale,
        )

    def _visible(self, image: QImage) -> QRectF:
        """The part of the picture that is seen when it covers the widget."""
        scale = max(self.width() / image.width(), self.height() / image.height())
        width, height = self.width() / scale, self.height() / scale
        return QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)

    def _marked(self) -> list[QRect]:
        """Where the guide has anything: at its own corners and at the preview's."""
        bend = round(self.height() / 22) + 2
        side, edge = self._guide_box().width(), self.height() / 84 + 2
        arm = round(side / 5 + 2 * edge)
        square = self._guide_box().adjusted(-edge, -edge, edge, edge).toAlignedRect()
        boxes = [*_corners(self.rect(), bend), *_corners(square, arm)]
        return [box & self.rect() for box in boxes if box.intersects(self.rect())]

    def _guide_box(self) -> QRectF:
        side = self.height() * GUIDE_PART
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _drawn_guide(self) -> QPixmap:
        guide = QPixmap(self.size())
        guide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(guide)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        inside = QPainterPath()
        inside.addRoundedRect(QRectF(self.rect()), self.height() / 22, self.height() / 22)
        painter.fillPath(outside.subtracted(inside), QBrush(ink(self, GROUND)))
        box = self._guide_box()
        for colour, width in (
            (QColor(0, 0, 0, 150), self.height() / 42),
            (QColor(WHITE), self.height() / 70),
        ):
            painter.setPen(pen(colour, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for bracket in _brackets(box):
                painter.drawPath(bracket)
        painter.end()
        return guide


def _corners(box: QRect, side: int) -> list[QRect]:
    """Squares in the corners of a box."""
    made = [QRect(0, 0, side, side) for _ in range(4)]
    made[0].moveTopLeft(box.topLeft())
    made[1].moveTopRight(box.topRight())
    made[2].moveBottomRight(box.bottomRight())
    made[3].moveBottomLeft(box.bottomLeft())
    return made


def _brackets(box: QRectF) -> list[QPainterPath]:
    arm, bend = box.width() / 5, box.width() / 14
    made = []
    for corner, right, down in (
        (box.topLeft(), 1, 1),
        (box.topRight(), -1, 1),
        (box.bottomRight(), -1, -1),
        (box.bottomLeft(), 1, -1),
    ):
        path = QPainterPath(corner + QPointF(0, down * arm))
        path.lineTo(corner + QPointF(0, down * bend))
        path.quadTo(corner, corner + QPointF(right * bend, 0))
        path.lineTo(corner + QPointF(right * arm, 0))
        made.append(path)
    return made
