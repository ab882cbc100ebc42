"""Large letters and high contrast: one touch away, never needed, and gone with who wanted them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from drivers.signals.light import Light
from drivers.signals.port import Prompt, Tone
from kiosk.i18n.texts import LANGUAGES, text
from kiosk.presenters import phrases
from kiosk.presenters.looks import TURNS, Look, next_look
from kiosk.presenters.traveller import TURN_S
from kiosk.screens.admit import AdmitScreen
from kiosk.screens.scan import ScanScreen
from kiosk.screens.traveller_shots import AT
from kiosk.screens.traveller_window import CHOICE_MS
from tests.kiosk.screens.stage import STORIES, Stage, nobody, portrait

USUAL, BOTH = Look(), Look(large=True, strong=True)


def touch(qtbot: QtBot, key: QPushButton) -> None:
    qtbot.mouseClick(key, Qt.MouseButton.LeftButton)


def looks(stage: Stage) -> Look:
    return Look(stage.window._sizes.large, stage.window._sizes.strong)


@pytest.mark.parametrize("own", TURNS)
def test_the_key_goes_through_every_look_and_back_to_the_lanes_own(own: Look) -> None:
    seen, now = [], own
    for _ in TURNS:
        now = next_look(now, own)
        seen.append(now)
    assert seen[-1] == own
    assert set(seen) == set(TURNS)
    assert next_look(USUAL, USUAL) == BOTH, "one touch helps most people most"


def test_one_touch_makes_letters_large_and_contrast_high(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    stage.tell("refused-expired", "en")
    before = stage.window.page.sub.pixels  # type: ignore[attr-defined]
    touch(qtbot, stage.window.keys.look)
    assert looks(stage) == BOTH
    assert stage.window.keys.look.isChecked()
    assert stage.window._sizes.smallest >= 1.4 * 38
    assert stage.window.page.sub.text()  # type: ignore[attr-defined]
    assert stage.window.page.sub.pixels >= before  # type: ignore[attr-defined]


def test_the_next_traveller_finds_the_lanes_own_look(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    stage.tell("refused-expired", "en")
    touch(qtbot, stage.window.keys.look)
    stage.window.show_lane(nobody())
    assert looks(stage) == USUAL


def test_a_look_chosen_before_the_code_is_kept_for_its_verdict(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    touch(qtbot, stage.window.keys.look)
    stage.window.show_lane(nobody())
    stage.tell("passing", "en")
    assert looks(stage) == BOTH


def test_a_look_that_nobody_uses_is_given_up(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    touch(qtbot, stage.window.keys.look)
    assert stage.window._forget_choice.isActive()
    assert stage.window._forget_choice.interval() == CHOICE_MS
    stage.window._end_of_choice()
    assert looks(stage) == USUAL


def test_the_settings_say_what_everybody_finds(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(letters="large", contrast="high"))
    assert looks(stage) == BOTH
    assert not stage.window.keys.look.isChecked()
    touch(qtbot, stage.window.keys.look)
    assert looks(stage) != BOTH


def test_where_one_language_fits_they_take_turns_until_somebody_chooses(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(letters="large"))
    seen = []
    for turn in range(len(LANGUAGES)):
        stage.now = AT.later(turn * TURN_S)
        stage.window.show_lane(nobody())
        (line,) = stage.window.screen_shown.headline
        assert line.text == text(phrases.SHOW_CODE, line.language)
        seen.append(line.language)
    assert sorted(seen) == sorted(LANGUAGES)
    stage.window.choose_language("pt")
    for turn in range(len(LANGUAGES)):
        stage.now = AT.later(turn * TURN_S)
        stage.window.show_lane(nobody())
        assert stage.window.screen_shown.headline[0].language == "pt"


def test_turns_go_on_by_themselves(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(letters="large"), still=False)
    assert stage.window._refresh.isActive()
    usual = Stage(qtbot, portrait(), still=False)
    assert not usual.window._refresh.isActive()


def test_the_guide_moves_while_it_is_seen_and_only_where_motion_is_wanted(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(), still=False)
    scan = stage.window.page
    assert isinstance(scan, ScanScreen)
    assert scan.picture.running
    stage.tell("refused-expired", "en")
    assert not scan.picture.running
    calm = Stage(qtbot, portrait(motion=False), still=False)
    assert isinstance(calm.window.page, ScanScreen)
    assert not calm.window.page.picture.running


@pytest.mark.parametrize("way_out", ["up", "left", "right"])
def test_who_neither_reads_nor_touches_is_led_through(qtbot: QtBot, way_out: str) -> None:
    stage = Stage(qtbot, portrait(way_out=way_out), still=False)
    heard: list[object] = []
    for said in (stage.window.tone_wanted, stage.window.prompts_wanted, stage.window.light_wanted):
        said.connect(heard.append)
    scan = stage.window.page
    assert isinstance(scan, ScanScreen)
    assert scan.picture.running, "the phone comes up to the camera"
    stage.window.show_lane(replace(STORIES["admitted"].view, since_mono=101.0))
    assert heard == [Tone.READ, ()], "it was read"
    stage.window.show_lane(replace(STORIES["passing"].view, since_mono=102.0, language="pt"))
    go = {"up": Prompt.GO, "left": Prompt.GO_LEFT, "right": Prompt.GO_RIGHT}[way_out]
    assert heard[2:] == [Tone.GO, ((go, "pt"),), Light.GO]
    admit = stage.window.page
    assert isinstance(admit, AdmitScreen)
    assert admit.way.running
    assert admit.way.arrow == way_out


def test_more_time_is_offered_where_time_runs_and_asked_for_by_any_touch(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    asked: list[None] = []
    stage.window.more_time_wanted.connect(lambda: asked.append(None))
    stage.tell("waiting")
    assert not stage.window.keys.more_time.isVisible()
    qtbot.mouseClick(stage.window, Qt.MouseButton.LeftButton)
    stage.tell("passing", "en")
    assert not stage.window.keys.more_time.isVisible(), "the open gate's window is the gate's own"
    assert asked == []
    stage.tell("refused-expired", "en")
    touch(qtbot, stage.window.keys.more_time)
    assert len(asked) == 1
    qtbot.mouseClick(stage.window.page, Qt.MouseButton.LeftButton)
    assert len(asked) == 2, "nobody has to find the key"
    touch(qtbot, stage.window.keys.languages["pt"])
    assert len(asked) == 3, "who reads in another language needs the time, too"


def test_keys_are_named_in_the_language_of_the_screen(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(), spoken=True)
    stage.window.choose_language("pt")
    keys = stage.window.keys
    for key, name in ((keys.look, phrases.EASY_TO_READ), (keys.guide, phrases.SPOKEN_GUIDANCE)):
        assert key.accessibleName() == text(name, "pt")
    assert keys.languages["zh_HK"].accessibleName() == "繁體中文", "who looks for it reads it so"


def test_a_lane_without_words_to_say_has_no_key_for_them(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    assert not stage.window.keys.guide.isVisible()


def test_headphones_are_read_the_screen_and_what_comes_after(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(), spoken=True)
    heard: list[list[str]] = []
    stage.window.guidance_wanted.connect(lambda lines: heard.append([line.text for line in lines]))
    aloud: list[object] = []
    stage.window.prompts_wanted.connect(aloud.append)
    stage.window.show_headphones(True)
    assert stage.window.keys.louder.isVisible()
    assert stage.window.keys.guide.isChecked()
    assert heard[0][0] == text(phrases.SHOW_CODE, "zh_HK")
    stage.tell("passing", "en")
    assert heard[-1] == ["Please pass", "The gate is open: walk straight on"]
    assert aloud[-1] == (), "nobody hears it twice"
    stage.window.show_headphones(False)
    assert heard[-1] == []
    assert not stage.window.keys.louder.isVisible()


def test_the_volume_key_goes_round_and_reads_again(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(), spoken=True)
    touch(qtbot, stage.window.keys.guide)
    heard: list[object] = []
    volumes: list[float] = []
    stage.window.guidance_wanted.connect(heard.append)
    stage.window.guidance_loudness.connect(volumes.append)
    for _ in range(4):
        touch(qtbot, stage.window.keys.louder)
    assert volumes == [0.75, 1.0, 0.25, 0.5]
    assert len(heard) == 4
