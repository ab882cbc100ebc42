"""Help on the traveller's screen: by touch, by keys, by ear, in every language, layout and mode."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
import zxingcpp
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from drivers.signals.port import Prompt
from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import Help, LaneView, Phase
from kiosk.presenters.aside import STAYS_S
from kiosk.presenters.traveller_screen import Page
from kiosk.screens.help_shots import ALONG, IDLE, STORIES, decided, helped
from kiosk.screens.traveller_shots import AT, LAYOUTS, MODES
from kiosk.widgets.letters import in_rows, outline
from kiosk.widgets.sheets import Sheets
from kiosk.widgets.word_key import WordKey
from kiosk.widgets.words import Words
from tests.kiosk.screens.stage import Stage, grey
from verification.reasons import ReasonId

BY_NAME = {story.name: story for story in STORIES}
FINGER_MM = 12.0
MEASURED = [BY_NAME[f"help-{name}"] for name in ("page", "keeps", "being-called", "called", "renew", "slip")]
"""Every page of help, and every state of its row; the other pictures are made of the same parts."""


def stage_of(qtbot: QtBot, layout: str = "portrait", mode: str = "") -> Stage:
    return Stage(qtbot, LAYOUTS[layout].model_copy(update=MODES[mode]), along=ALONG)


def place(stage: Stage, part: QWidget) -> QRect:
    return QRect(part.mapTo(stage.window, QPoint()), part.size())


def sheets_of(stage: Stage) -> Sheets | None:
    return next((one for one in stage.window.page.findChildren(Sheets) if one.isVisible()), None)


@pytest.mark.parametrize(
    ("layout", "mode"),
    [("portrait", ""), ("portrait", "-large"), ("landscape", ""), ("small", ""), ("small", "-large")],
)
def test_every_word_of_every_page_fits_and_none_lies_on_another(qtbot: QtBot, layout: str, mode: str) -> None:
    stage = stage_of(qtbot, layout, mode)
    smallest = stage.window._sizes.smallest
    for story, language in product(MEASURED, LANGUAGES):
        helped(stage.window, story, language)
        sheets = sheets_of(stage)
        for _ in range(sheets.count if sheets else 1):
            shown = [
                words for words in stage.window.findChildren(Words) if words.isVisible() and words.text()
            ]
            for words in shown:
                said = (story.name, language, words.text(), words.pixels, words.size(), words.filled())
                assert words.fits, said
                assert words is stage.window._plate or words.pixels >= smallest, said
                assert words.parentWidget().rect().contains(words.geometry()), said
            keys = [key for key in stage.window.findChildren(WordKey) if key.isVisible()]
            for key in keys:
                assert key.pixels >= smallest, (story.name, language, key.line.text, key.pixels)
                assert key.accessibleName() == key.line.text
            parts = [*shown, *keys, stage.window.keys]
            areas = [place(stage, part) for part in parts]
            if language != "pt":  # the longest words: where they do not touch, no others do
                areas = []
            for at, area in enumerate(areas):
                assert stage.window.rect().contains(area)
                for number, other in enumerate(areas[at + 1 :], at + 1):
                    assert not area.intersects(other), (story.name, language, parts[at], parts[number])
            if sheets:
                sheets.turn()


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_keys_of_help_are_large_enough_for_a_finger(qtbot: QtBot, layout: str) -> None:
    stage = stage_of(qtbot, layout)
    display = LAYOUTS[layout]
    pixels_per_mm = (display.width**2 + display.height**2) ** 0.5 / display.diagonal_mm
    helped(stage.window, BY_NAME["help-refused"], "en")
    for key in stage.window.help.bar.keys:
        assert min(key.width(), key.height()) >= FINGER_MM * pixels_per_mm


@pytest.mark.parametrize("layout", ["portrait", "small"])
@pytest.mark.parametrize("name", ["help-idle", "help-keeps", "help-referred", "help-renew", "help-slip"])
def test_what_can_be_photographed_is_read_from_the_screen(qtbot: QtBot, layout: str, name: str) -> None:
    stage = stage_of(qtbot, layout)
    helped(stage.window, BY_NAME[name], "zh_HK")
    wanted = stage.window.screen_shown.photograph
    assert wanted is not None
    found = zxingcpp.read_barcodes(grey(stage.picture()), formats=zxingcpp.BarcodeFormat.QRCode)
    assert wanted.content in [one.text for one in found]


@pytest.mark.parametrize("layout", ["portrait", "small"])
def test_with_large_letters_too_the_screen_leads_to_a_new_code(qtbot: QtBot, layout: str) -> None:
    stage = stage_of(qtbot, layout, "-large")
    helped(stage.window, BY_NAME["help-renew"], "en")
    found = zxingcpp.read_barcodes(grey(stage.picture()), formats=zxingcpp.BarcodeFormat.QRCode)
    assert [one.text for one in found] == [ALONG.place.objections.renew_url["HK"]]


def test_one_touch_calls_an_officer_from_every_page_but_the_alarm(qtbot: QtBot) -> None:
    stage = stage_of(qtbot)
    bar = stage.window.help.bar
    for phase in Phase:
        stage.window.show_lane(LaneView(phase, "3"))
        if phase is Phase.EVACUATE:
            assert not bar.isVisible()
            continue
        with qtbot.waitSignal(stage.window.help.officer_wanted, timeout=0):
            qtbot.mouseClick(bar.call, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("called", "words"), [(Help.NOTED, "Calling an officer"), (Help.CALLED, "Officer called")]
)
def test_the_call_is_acknowledged_and_can_be_withdrawn(qtbot: QtBot, called: Help, words: str) -> None:
    stage = stage_of(qtbot)
    stage.window.show_lane(replace(IDLE, help=called, language="en"))
    bar = stage.window.help.bar
    assert not bar.call.isVisible() and bar.said.isVisible() and bar.said.text() == words
    with qtbot.waitSignal(stage.window.help.officer_not_wanted, timeout=0):
        qtbot.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    stage.window.show_lane(IDLE)
    assert bar.call.isVisible() and not bar.said.isVisible()


def test_a_call_that_waits_is_spoken_of_at_once(qtbot: QtBot) -> None:
    stage = stage_of(qtbot)
    stage.window.show_lane(replace(IDLE, language="pt"))
    with qtbot.waitSignal(stage.window.prompts_wanted, timeout=0) as heard:
        stage.window.show_lane(replace(IDLE, help=Help.NOTED, language="pt"))
    assert heard.args == [((Prompt.OFFICER_COMES, "pt"),)]


def test_help_is_spoken_when_it_is_opened(qtbot: QtBot) -> None:
    stage = stage_of(qtbot)
    stage.window.choose_language("zh_CN")
    with qtbot.waitSignal(stage.window.prompts_wanted, timeout=0) as heard:
        qtbot.mouseClick(stage.window.help.bar.info, Qt.MouseButton.LeftButton)
    assert heard.args == [((Prompt.STAFFED_LANE, "zh_CN"),)]
    assert stage.window.screen_shown.page is Page.HELP


def test_the_picture_of_who_needs_help_opens_it(qtbot: QtBot) -> None:
    stage = stage_of(qtbot)
    stage.window.show_lane(IDLE)
    qtbot.mouseClick(stage.window.page.staffed_picture, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert stage.window.screen_shown.page is Page.HELP


def test_who_is_read_the_screen_is_read_the_page_of_help_instead(qtbot: QtBot) -> None:
    stage = Stage(qtbot, LAYOUTS["portrait"], spoken=True, along=ALONG)
    stage.window.choose_language("en")
    stage.window.show_headphones(True)
    with qtbot.waitSignal(stage.window.guidance_wanted, timeout=0) as read:
        qtbot.mouseClick(stage.window.help.bar.info, Qt.MouseButton.LeftButton)
    assert "An officer will help you" in [line.text for line in read.args[0]]


def test_everything_is_done_by_keys_alone(qtbot: QtBot) -> None:
    stage = stage_of(qtbot)
    window = stage.window
    with qtbot.waitActive(window, timeout=5000):
        window.activateWindow()
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.screen_shown.page is Page.HELP
    window.page.keeps.setFocus()  # type: ignore[attr-defined]
    qtbot.keyClick(window.page.keeps, Qt.Key.Key_Space)  # type: ignore[attr-defined]
    assert window.screen_shown.page is Page.KEEPS
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.screen_shown.page is Page.SCAN
    with qtbot.waitSignal(window.help.officer_wanted, timeout=0):
        qtbot.keyClick(window.help.bar.call, Qt.Key.Key_Space)


def test_keys_of_help_take_the_focus_in_the_order_they_stand(qtbot: QtBot) -> None:
    stage = stage_of(qtbot)
    helped(stage.window, BY_NAME["help-refused"], "en")
    bar = stage.window.help.bar
    order, part = [], bar.call
    for _ in range(60):
        if part in bar.keys and part.isVisible():
            order.append(part)
        part = part.nextInFocusChain()
    assert order[:3] == [bar.call, bar.slip, bar.info]


@pytest.mark.parametrize("phase", [Phase.WAITING, Phase.HELD, Phase.CLOSED, Phase.OUT_OF_ORDER])
def test_what_is_kept_is_two_touches_away_from_every_idle_screen(qtbot: QtBot, phase: Phase) -> None:
    stage = stage_of(qtbot)
    stage.window.show_lane(replace(IDLE, phase=phase))
    qtbot.mouseClick(stage.window.help.bar.info, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(stage.window.page.keeps, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert stage.window.screen_shown.page is Page.KEEPS


def test_a_slip_being_photographed_keeps_its_language_when_the_crossing_ends(qtbot: QtBot) -> None:
    stage = stage_of(qtbot)
    view = replace(decided(Phase.REFUSED, ReasonId.COLOUR_RED), language="zh_CN")
    stage.window.show_lane(view)
    stage.window.choose_language("pt")
    qtbot.mouseClick(stage.window.help.bar.slip, Qt.MouseButton.LeftButton)
    before = stage.window.screen_shown
    stage.window.show_lane(IDLE)
    assert stage.window.screen_shown == before and before.headline[0].language == "pt"
    stage.now = AT.later(STAYS_S)
    stage.window.show_lane(replace(IDLE, since_mono=99.0))
    assert stage.window.screen_shown.page is Page.SCAN


def test_who_opens_a_page_begins_with_its_first_sheet(qtbot: QtBot) -> None:
    stage = stage_of(qtbot, "small", "-large")
    for _ in range(2):
        stage.window.show_lane(IDLE)
        qtbot.mouseClick(stage.window.help.bar.info, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(stage.window.page.keeps, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
        sheets = sheets_of(stage)
        assert sheets is not None and (sheets.at, sheets.count > 1) == (0, True)
        qtbot.mouseClick(sheets.more, Qt.MouseButton.LeftButton)
        assert sheets.at == 1
        qtbot.mouseClick(stage.window.help.bar.home, Qt.MouseButton.LeftButton)


def test_a_verdict_comes_to_the_front_of_an_open_page(qtbot: QtBot) -> None:
    stage = stage_of(qtbot)
    stage.window.show_lane(IDLE)
    qtbot.mouseClick(stage.window.help.bar.info, Qt.MouseButton.LeftButton)
    stage.window.show_lane(decided(Phase.REFERRED, ReasonId.UNKNOWN_SIGNER))
    assert stage.window.screen_shown.page is Page.REFER


@pytest.mark.parametrize(("before", "after"), [("help-page", "help-keeps"), ("help-refused", "help-slip")])
def test_the_page_one_touch_away_is_made_in_pieces_beforehand(qtbot: QtBot, before: str, after: str) -> None:
    stage = stage_of(qtbot)
    for cache in (in_rows, outline):
        cache.cache_clear()
    helped(stage.window, BY_NAME[before], "zh_HK")
    side = stage.window.help
    qtbot.waitUntil(lambda: not side.beforehand.busy)
    broken, drawn = in_rows.cache_info().misses, outline.cache_info().misses
    (side._keeps if after == "help-keeps" else side._slip)()
    sheets = sheets_of(stage)
    assert sheets is not None and stage.window.screen_shown.page is BY_NAME[after].page
    told = sheets.findChildren(Words, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert len(told) > 5
    for words in told:
        words.make_letters()
    assert outline.cache_info().misses - drawn <= 1, "all but the plate's"
    assert in_rows.cache_info().misses - broken <= 4, "all but the keys'"
