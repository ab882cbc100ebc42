"""Nothing is cut off and nothing is too small: measured in every language, layout and state."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from config.settings import Display
from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import LaneView, Phase
from kiosk.screens.traveller_shots import LAYOUTS
from kiosk.theme.sizes import Sizes
from kiosk.widgets.words import Words
from tests.kiosk.screens.stage import STORIES, Stage


def in_order(layout: str, language: str) -> Display:
    others = tuple(other for other in LANGUAGES if other != language)
    return LAYOUTS[layout].model_copy(update={"languages": (language, *others)})


@pytest.mark.parametrize("layout", list(LAYOUTS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_fits_and_can_be_read(qtbot: QtBot, layout: str, language: str) -> None:
    display = in_order(layout, language)
    stage = Stage(qtbot, display, demo=True)
    sizes = Sizes.for_window(
        display.width, display.height, diagonal_mm=display.diagonal_mm, reading_mm=display.reading_mm
    )
    measured = 0
    for name in STORIES:
        stage.tell(name, language)
        for words in stage.window.findChildren(Words):
            if not words.isVisible() or not words.text():
                continue
            measured += 1
            said = (name, words.text(), words.pixels, words.width(), words.height(), words.filled())
            assert words.fits, said
            assert words.pixels >= sizes.smallest, said
            assert words.parentWidget().rect().contains(words.geometry()), said
    assert measured > 5 * len(STORIES)


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_buttons_of_languages_are_large_enough_for_a_finger(qtbot: QtBot, layout: str) -> None:
    stage = Stage(qtbot, LAYOUTS[layout])
    buttons = [button for button in stage.window.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) == len(LANGUAGES)
    assert all(min(button.width(), button.height()) >= 48 for button in buttons)
    assert all(button.accessibleName() for button in buttons)


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_words_do_not_lie_on_one_another(qtbot: QtBot, layout: str) -> None:
    stage = Stage(qtbot, LAYOUTS[layout], demo=True)
    for name in STORIES:
        stage.tell(name, "pt")
        page = stage.window.page
        shown = [words for words in page.findChildren(Words) if words.isVisible() and words.text()]
        places = [QRect(words.mapTo(page, QPoint()), words.size()) for words in shown]
        for at, place in enumerate(places):
            assert not any(place.intersects(other) for other in places[at + 1 :]), (name, shown[at].text())


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_the_longest_name_a_lane_can_have_is_not_cut_off(qtbot: QtBot, layout: str) -> None:
    stage = Stage(qtbot, LAYOUTS[layout], demo=True)
    longest = "shenzhen-bay-e07"
    stage.window.show_lane(LaneView(Phase.WAITING, longest))
    plate = next(words for words in stage.window.findChildren(Words) if longest in words.text())
    assert plate.fits
