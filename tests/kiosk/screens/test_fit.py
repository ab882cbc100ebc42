"""Nothing is cut off, covered or too small: measured in every language, layout, mode and state."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from config.settings import Display
from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import LaneView, Phase
from kiosk.presenters.traveller import Sight
from kiosk.screens.kiosk_window import DOOR
from kiosk.screens.traveller_shots import LAYOUTS, MODES, SHORT_SET, Story
from kiosk.theme.fonts import font
from kiosk.theme.sizes import CAPITAL_DEGREES, LARGE
from kiosk.widgets.hold_picture import HoldPicture
from kiosk.widgets.touch_key import TouchKey
from kiosk.widgets.words import Words
from tests.kiosk.screens.stage import STORIES, Stage, nobody

SHOWN = list(product(LAYOUTS, MODES))
FINGER_MM = 12.0
"""Smallest side of a key: more than the 9 mm that phones take, for unsure hands."""
EVERY_SCREEN = 4 * len({story.view.phase for story in STORIES.values()})


def display(layout: str, mode: str) -> Display:
    return LAYOUTS[layout].model_copy(update=MODES[mode])


def told(stage: Stage) -> Iterator[tuple[Story, str]]:
    """Every story in every language in one window; in strong colours, which have no size, a few."""
    strong = stage.window._sizes.strong
    for story in [STORIES[name] for name in SHORT_SET] if strong else STORIES.values():
        for language in LANGUAGES:
            stage.window.show_lane(replace(story.view, demo=True, language=language))
            if story.sight.located:
                stage.window._sight = Sight(story.sight.hint, True)
                stage.window._present()
            yield story, language


def spoken(stage: Stage) -> list[Words]:
    return [words for words in stage.window.findChildren(Words) if words.isVisible() and words.text()]


def place(stage: Stage, part: QWidget) -> QRect:
    return QRect(part.mapTo(stage.window, QPoint()), part.size())


@pytest.mark.parametrize(("layout", "mode"), SHOWN)
def test_every_word_fits_and_none_lies_on_another(qtbot: QtBot, layout: str, mode: str) -> None:
    stage = Stage(qtbot, display(layout, mode), demo=True, spoken=True)
    measured, looked_at = 0, set()
    for story, language in told(stage):
        shown = spoken(stage)
        places = [place(stage, words) for words in shown]
        for words, box in zip(shown, places, strict=True):
            measured += 1
            said = (story.name, language, words.text(), words.pixels, words.size(), words.filled())
            assert words.fits, said
            assert words is stage.window._plate or words.pixels >= stage.window._sizes.smallest, said
            assert stage.window.rect().contains(box), said
            assert words.parentWidget().rect().contains(words.geometry()), said
        seen = (stage.window.page, tuple((box.x(), box.y(), box.width(), box.height()) for box in places))
        if seen in looked_at:
            continue
        looked_at.add(seen)
        areas = [*places, place(stage, stage.window.keys)]
        for at, area in enumerate(areas):
            for other in areas[at + 1 :]:
                assert not area.intersects(other), (story.name, language, area, other)
    assert measured > EVERY_SCREEN


@pytest.mark.parametrize(("layout", "mode"), SHOWN)
def test_a_capital_is_as_tall_in_millimetres_as_the_reader_needs(
    qtbot: QtBot, layout: str, mode: str
) -> None:
    shown = display(layout, mode)
    stage = Stage(qtbot, shown, demo=True, spoken=True)
    mm_per_pixel = shown.diagonal_mm / math.hypot(shown.width, shown.height)
    capital = QFontMetricsF(font("en", 1000)).tightBoundingRect("H").height() / 1000
    needed = math.tan(math.radians(CAPITAL_DEGREES)) * shown.reading_mm
    if shown.letters == "large":
        needed *= LARGE
    smallest = min(words.pixels for words in spoken(stage) if words is not stage.window._plate)
    keys = [key.pixels for key in stage.window.keys.languages.values()]
    assert min(smallest, *keys) * capital * mm_per_pixel >= needed


@pytest.mark.parametrize(("layout", "mode"), SHOWN)
def test_keys_are_large_enough_for_a_finger_and_none_lies_on_another(
    qtbot: QtBot, layout: str, mode: str
) -> None:
    shown = display(layout, mode)
    stage = Stage(qtbot, shown, demo=True, spoken=True)
    stage.tell("refused-expired", "pt")
    stage.window.show_headphones(True)
    keys = [key for key in stage.window.findChildren(TouchKey) if key.isVisible()]
    assert len(keys) >= len(LANGUAGES) + 4
    pixels_per_mm = math.hypot(shown.width, shown.height) / shown.diagonal_mm
    for key in keys:
        assert min(key.width(), key.height()) >= FINGER_MM * pixels_per_mm, key.accessibleName()
        assert key.accessibleName()
    places = [place(stage, key) for key in keys]
    assert not any(box.intersects(other) for at, box in enumerate(places) for other in places[at + 1 :])


def test_on_a_tall_display_keys_are_where_a_seated_person_reaches_them(qtbot: QtBot) -> None:
    """Operable parts stand no higher than 1220 mm (EN 301 549, 8.3): on a tall display at its foot."""
    stage = Stage(qtbot, LAYOUTS["portrait"])
    assert all(place(stage, key).top() > 0.9 * stage.window.height() for key in stage.window.keys.keys)


@pytest.mark.parametrize(("layout", "mode"), SHOWN)
def test_the_officers_door_lies_on_no_key_of_the_travellers(qtbot: QtBot, layout: str, mode: str) -> None:
    shown = display(layout, mode)
    door = QRect(0, 0, round(shown.width * DOOR[0]), round(shown.height * DOOR[1]))
    for demo in (True, False):
        stage = Stage(qtbot, shown, demo=demo, spoken=True)
        assert not any(door.intersects(place(stage, key)) for key in stage.window.keys.keys)


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_the_moving_phone_stays_on_its_picture(qtbot: QtBot, layout: str) -> None:
    stage = Stage(qtbot, LAYOUTS[layout])
    stage.window.show_lane(nobody())
    picture = next(one for one in stage.window.findChildren(HoldPicture) if one.isVisible())
    whole = picture.rect()
    assert whole.width() > 2 * picture.distance.width()
    assert whole.contains(picture.distance.geometry())


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_the_longest_name_a_lane_can_have_is_not_cut_off(qtbot: QtBot, layout: str) -> None:
    stage = Stage(qtbot, LAYOUTS[layout], demo=True)
    longest = "shenzhen-bay-e07"
    for language in LANGUAGES:
        stage.window.choose_language(language)
        stage.window.show_lane(LaneView(Phase.WAITING, longest))
        plate = next(words for words in stage.window.findChildren(Words) if longest in words.text())
        assert plate.fits
