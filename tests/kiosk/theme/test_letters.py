"""Letters: the right forms for each language, and large enough from where people stand."""

from __future__ import annotations

import math

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QRawFont
from pytestqt.qtbot import QtBot

from kiosk.i18n.texts import LANGUAGES, text
from kiosk.theme.fonts import CAPITAL_RATIO, FAMILIES, font
from kiosk.theme.sizes import Sizes, capital_mm, letter_pixels
from tests.kiosk.i18n.sources import sources
from verification.reasons import reasons


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_family_of_a_language_is_installed(qtbot: QtBot, language: str) -> None:
    assert QFontInfo(font(language, 40)).family() == FAMILIES[language][0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bold", [False, True])
def test_every_letter_of_every_text_is_in_the_family_of_its_language(
    qtbot: QtBot, language: str, bold: bool
) -> None:
    raw = QRawFont.fromFont(font(language, 40, bold=bold))
    texts = [text(source, language, context) for context, source in sources(language)]
    texts += [
        words
        for row in reasons().values()
        for words in (row.traveller[language], row.officer[language], row.next[language])
    ]
    missing = {letter for words in texts for letter in words if not raw.supportsCharacter(ord(letter))}
    assert len(texts) > 50
    assert missing == set()


def test_hong_kong_and_the_mainland_read_different_forms_of_one_character(qtbot: QtBot) -> None:
    def picture(language: str) -> object:
        raw = QRawFont.fromFont(font(language, 80))
        return raw.pathForGlyph(raw.glyphIndexesForString("骨")[0])

    assert picture("zh_HK") != picture("zh_CN")


def test_a_capital_is_as_tall_as_the_theme_reckons(qtbot: QtBot) -> None:
    height = QFontMetricsF(font("en", 200)).capHeight()
    assert height / 200 == pytest.approx(CAPITAL_RATIO, abs=0.01)


def test_a_capital_subtends_seven_tenths_of_a_degree() -> None:
    assert capital_mm(600) == pytest.approx(7.3, abs=0.05)
    assert letter_pixels(600, 4.0) * CAPITAL_RATIO / 4.0 >= 7.3


def test_letters_grow_with_the_distance_of_the_reader() -> None:
    near = Sizes.for_window(1080, 1920, diagonal_mm=686, reading_mm=500)
    far = Sizes.for_window(1080, 1920, diagonal_mm=686, reading_mm=900)
    assert near.smallest < far.smallest


def test_a_headline_can_be_read_from_two_metres_on_the_usual_display() -> None:
    sizes = Sizes.for_window(1080, 1920, diagonal_mm=686, reading_mm=700)
    millimetres = sizes.far * CAPITAL_RATIO / (math.hypot(1080, 1920) / 686)
    assert math.degrees(math.atan(millimetres / 2000)) >= 0.7
