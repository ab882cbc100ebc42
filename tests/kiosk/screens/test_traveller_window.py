"""The traveller's window, as people meet it."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from drivers.signals.port import Tone
from kiosk.i18n.texts import LANGUAGES, text
from kiosk.lane_view import DutyView, LaneView, Phase, SightView
from kiosk.presenters import phrases
from kiosk.presenters.not_real import DEMO
from kiosk.presenters.traveller_screen import ASIDE, Page
from kiosk.screens.admit import AdmitScreen
from kiosk.screens.scan import ScanScreen
from kiosk.screens.traveller_shots import AT, LAYOUTS, SHORT_SET, scene
from kiosk.theme.palette import DEMO_STRIPE
from kiosk.widgets.words import Words
from tests.kiosk.screens.stage import STORIES, Stage, nobody, pixels, portrait


def said(stage: Stage) -> set[str]:
    return {words.text() for words in stage.window.findChildren(Words) if words.isVisible()}


def test_people_see_four_languages_when_nobody_crosses(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    assert {text(phrases.SHOW_CODE, language) for language in LANGUAGES} <= said(stage)


def test_every_state_of_the_lane_has_its_screen(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    shown = set()
    for phase in Phase:
        stage.window.show_lane(LaneView(phase, "3"))
        assert stage.window.page.isVisible()
        shown.add(stage.window.screen_shown.page)
    assert shown == set(Page) - {Page.REFUSE, *ASIDE}  # a refusal without a reason goes to the officer


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_the_demo_mark_is_on_every_screen(qtbot: QtBot, layout: str) -> None:
    stage = Stage(qtbot, LAYOUTS[layout], demo=True)
    stripe = np.array([int(DEMO_STRIPE[at : at + 2], 16) for at in (1, 3, 5)])
    strip, band = stage.window.demo_strip, stage.window.demo_band
    assert strip is not None
    assert band is not None
    expected = (pixels(band.grab().toImage()) == stripe).all(axis=2)
    for name in SHORT_SET:
        stage.tell(name, "en")
        purple = (pixels(stage.picture()) == stripe).all(axis=2)
        assert purple[: strip.height()].mean() > 0.5, name
        corner = purple[band.y() : band.y() + band.height(), band.x() : band.x() + band.width()]
        assert corner[expected].mean() > 0.98, name
    words = {text(DEMO, language) for language in LANGUAGES}
    assert words <= said(stage)


def test_a_real_lane_bears_no_demo_mark(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    assert stage.window.demo_strip is None
    assert not any("DEMO" in words for words in said(stage))


def test_touching_a_language_changes_the_verdict_at_once(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    stage.tell("refused-expired", "zh_CN")
    assert text(phrases.PLEASE_STOP, "zh_CN") == stage.window.page.headline.text()  # type: ignore[attr-defined]
    button = next(
        one for one in stage.window.findChildren(QPushButton) if one.accessibleName() == "Português"
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert text(phrases.PLEASE_STOP, "pt") == stage.window.page.headline.text()  # type: ignore[attr-defined]


def test_the_next_traveller_does_not_inherit_the_language(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    stage.tell("refused-expired", "zh_CN")
    stage.window.choose_language("pt")
    stage.window.show_lane(nobody())
    stage.tell("refused-expired", "zh_CN")
    assert stage.window.screen_shown.headline[0].language == "zh_CN"


def test_a_language_chosen_before_the_code_is_kept_for_its_verdict(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    stage.window.choose_language("pt")
    stage.tell("gathering-test", "zh_CN")
    stage.tell("refused-expired", "zh_CN")
    assert stage.window.screen_shown.headline[0].language == "pt"


def test_one_wrong_character_is_seen_by_an_exact_comparison(qtbot: QtBot) -> None:
    stage = Stage(qtbot, LAYOUTS["small"])
    stage.tell("referred-unknown-signer", "zh_HK")
    before = stage.picture()
    stage.window.page.sub.setText("職員會與你一同查着")  # type: ignore[attr-defined]
    assert stage.picture() == before  # the text alone draws nothing until it is said
    line = stage.window.screen_shown.sub[0]
    stage.window.page.sub.say(replace(line, text=line.text[:-1] + "着"))  # type: ignore[attr-defined]
    assert stage.picture() != before


def heard(stage: Stage) -> list[Tone]:
    tones: list[Tone] = []
    stage.window.tone_wanted.connect(tones.append)
    return tones


def test_each_verdict_is_heard_once(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    tones = heard(stage)
    for at, name in enumerate(("passing", "waiting", "refused-expired", "waiting", "referred-revoked")):
        for _ in range(3):
            stage.window.show_lane(replace(STORIES[name].view, since_mono=float(at)))
    assert tones == [Tone.GO, Tone.STOP, Tone.ATTENTION]


def test_a_second_menu_is_heard_again_but_one_menu_only_once(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    tones = heard(stage)
    menu = replace(nobody(), not_a_code="link")
    for view in (menu, menu, nobody(), menu):
        stage.window.show_lane(view)
    assert tones == [Tone.AGAIN, Tone.AGAIN]


def test_a_menu_between_two_codes_does_not_tick_again_for_the_first(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    tones = heard(stage)
    gathering = STORIES["gathering-test"].view
    for view in (gathering, replace(gathering, not_a_code="link"), gathering):
        stage.window.show_lane(view)
    assert tones == [Tone.READ, Tone.AGAIN]


def test_a_lane_that_an_officer_silenced_is_lit_and_says_nothing_but_leave(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    tones = heard(stage)
    lights: list[object] = []
    spoken: list[object] = []
    stage.window.light_wanted.connect(lights.append)
    stage.window.prompts_wanted.connect(spoken.append)
    muted = replace(STORIES["refused-expired"].view, duty=DutyView(muted=True))
    stage.window.show_lane(muted)
    assert (tones, spoken) == ([], [])
    assert len(lights) == 1
    stage.window.show_lane(replace(muted, duty=DutyView()))
    assert tones == [], "the silence is over, this verdict was said by the screen"
    stage.window.show_lane(replace(muted, phase=Phase.EVACUATE))
    assert len(spoken) == 1


def test_in_a_silenced_lane_the_key_of_the_guide_reads_nothing_to_the_hall(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(), spoken=True)
    read: list[object] = []
    stage.window.guidance_wanted.connect(read.append)
    stage.window.show_lane(replace(STORIES["refused-expired"].view, duty=DutyView(muted=True)))
    stage.window.keys.guide.click()
    assert not any(read)
    stage.window.show_lane(STORIES["refused-expired"].view)
    assert any(read)


def test_the_bar_runs_out_with_the_clock(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(), still=False)
    stage.tell("refused-expired", "en")
    first = stage.window.screen_shown.progress
    stage.now = AT.later(2.0)
    qtbot.waitUntil(lambda: (stage.window.screen_shown.progress or 0) < (first or 0), timeout=20_000)


def test_a_frame_offered_by_another_thread_is_painted_by_this_one(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    before = stage.picture()
    with qtbot.waitSignal(stage.window.feed.ready, timeout=20_000):
        camera = threading.Thread(target=stage.window.show_frame, args=(scene(),))
        camera.start()
        camera.join()
    qtbot.waitUntil(lambda: stage.picture() != before, timeout=20_000)


def test_frames_are_dropped_and_never_queued(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    asked: list[None] = []
    stage.window.feed.ready.disconnect()
    stage.window.feed.ready.connect(lambda: asked.append(None))
    for shade in (10, 20, 30):
        stage.window.show_frame(np.full((720, 1280, 3), shade, np.uint8))
    image = stage.window.feed.take()
    assert len(asked) == 1
    assert image is not None
    assert image.pixelColor(5, 5).red() == 30
    assert stage.window.feed.take() is None


def test_frames_are_made_for_the_place_they_are_shown_in(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    scan = stage.window.page
    assert isinstance(scan, ScanScreen)
    qtbot.waitUntil(lambda: stage.window.feed.size == scan.preview.size().toTuple(), timeout=20_000)
    assert scan.preview.width() > 900
    stage.window.feed.ready.disconnect()
    stage.window.show_frame(scene())
    image = stage.window.feed.take()
    assert image is not None
    assert image.width() >= scan.preview.width()
    assert image.height() >= scan.preview.height()


def test_no_frame_is_converted_while_a_verdict_is_shown(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    stage.window.feed.ready.disconnect()
    stage.tell("refused-expired", "en")
    stage.window.show_frame(scene())
    assert stage.window.feed.take() is None
    stage.window.show_lane(nobody())
    stage.window.show_frame(scene())
    assert stage.window.feed.take() is not None


def test_the_chevrons_cost_nothing_when_they_are_not_seen(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(), still=False)
    admit = stage.window.pages[Page.ADMIT]
    assert isinstance(admit, AdmitScreen)
    stage.tell("passing", "en")
    assert admit.way.running
    stage.window.show_lane(nobody())
    assert not admit.way.running


def test_an_outline_follows_the_code_in_the_mirror(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    scan = stage.window.page
    assert isinstance(scan, ScanScreen)
    left_in_frame = ((300.0, 200.0), (500.0, 200.0), (500.0, 400.0), (300.0, 400.0))
    stage.window.show_sight(SightView(None, located=True, corners=left_in_frame, frame_size=(1280, 720)))
    corners = scan.preview.outline()
    assert len(corners) == 4
    assert all(point.x() > scan.preview.width() / 2 for point in corners)
    stage.window.show_sight(SightView())
    assert scan.preview.outline() == []


def test_another_size_of_window_is_laid_out_anew(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(), demo=True)
    stage.window.resize(1280, 800)
    stage.tell("passing", "en")
    assert stage.window.page.width() == 1280
    assert stage.picture().size().toTuple() == (1280, 800)
    assert stage.window.demo_strip is not None
    assert stage.window.demo_strip.isVisible()
