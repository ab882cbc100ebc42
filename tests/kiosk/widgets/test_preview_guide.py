"""The guide over the live picture is laid down in pieces, and nothing of it is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from kiosk.widgets.preview import Preview

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    "size", [(1000, 760), (640, 480), (333, 217), (200, 620)], ids=lambda size: f"{size[0]}x{size[1]}"
)
def test_the_pieces_are_the_whole_guide_and_less_than_a_third_of_the_picture(size: tuple[int, int]) -> None:
    holder = QWidget()
    preview = Preview(holder)
    preview.resize(*size)
    preview.grab()
    whole = preview._drawn_guide().toImage()
    pieced = QImage(whole.size(), whole.format())
    pieced.fill(0)
    painter = QPainter(pieced)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for place, piece in preview._guide:
        painter.drawPixmap(QPoint(place), piece)
    painter.end()
    assert pieced == whole
    painted = sum(piece.width() * piece.height() for _, piece in preview._guide)
    assert painted < size[0] * size[1] / 3
