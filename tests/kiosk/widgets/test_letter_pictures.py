"""A line laid down as a picture is the line filled from its outline, to the last pixel."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any
from unittest.mock import patch

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from kiosk.widgets import letter_pictures
from kiosk.widgets.letter_pictures import LetterPictures
from kiosk.widgets.letters import draw_line

pytestmark = pytest.mark.usefixtures("qapp")

TEXTS = (("zh_HK", "請通行"), ("pt", "Aguarde, por favor, à frente"), ("en", "j"))
PLACES = (QPointF(12.0, 70.0), QPointF(-7.25, 41.6), QPointF(230.9, 99.99))
GROUNDS = (0xFFFFFF, 0x1D5C3A, 0x808182)


def drawn(paint: Callable[..., Any], at: QPointF, text: str, language: str, ground: int, **how: Any) -> bytes:
    """The pixels of one line on a ground."""
    image = QImage(320, 120, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.translate(3, 5)
    if "turned" in how:
        painter.rotate(how["turned"])
    paint(painter, at, text, language, 48, QColor(0xFBE9D1), bold=True)
    painter.end()
    return bytes(image.constBits())


def test_it_is_the_same_to_the_last_pixel_on_every_ground_and_between_pixels() -> None:
    pictures = LetterPictures()
    for (language, text), at, ground in product(TEXTS, PLACES, GROUNDS):
        outlined = drawn(draw_line, at, text, language, ground)
        assert drawn(pictures.paint, at, text, language, ground) == outlined
        assert drawn(pictures.paint, at, text, language, ground) == outlined, "the second time"


def test_a_line_that_was_shown_is_not_filled_from_its_outline_again() -> None:
    pictures = LetterPictures()
    drawn(pictures.paint, PLACES[0], "請通行", "zh_HK", GROUNDS[0])
    with patch.object(letter_pictures, "draw_line") as filled:
        drawn(pictures.paint, PLACES[0] + QPointF(40, 3), "請通行", "zh_HK", GROUNDS[1])
        filled.assert_not_called()
        drawn(pictures.paint, PLACES[0] + QPointF(0.5, 0), "請通行", "zh_HK", GROUNDS[1])
        filled.assert_called_once()


def test_a_line_that_is_turned_is_filled_from_its_outline() -> None:
    pictures = LetterPictures()
    turned = drawn(pictures.paint, PLACES[0], "DEMO", "en", GROUNDS[0], turned=30)
    assert turned == drawn(draw_line, PLACES[0], "DEMO", "en", GROUNDS[0], turned=30)
    assert pictures.bytes == 0


def test_it_keeps_no_more_than_it_may_and_forgets_what_was_not_shown_for_longest() -> None:
    pictures = LetterPictures(most_bytes=150_000)
    for text in ("甲", "乙", "丙", "甲", "丁"):
        drawn(pictures.paint, PLACES[0], text * 5, "zh_HK", GROUNDS[0])
        assert 0 < pictures.bytes <= 150_000
    with patch.object(letter_pictures, "draw_line") as filled:
        drawn(pictures.paint, PLACES[0], "甲" * 5, "zh_HK", GROUNDS[0])
        filled.assert_not_called()
        drawn(pictures.paint, PLACES[0], "乙" * 5, "zh_HK", GROUNDS[0])
        filled.assert_called_once()
