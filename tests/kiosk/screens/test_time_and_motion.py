"""A screen that is about to end says so to eyes and ears; a screen that asks for patience moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from drivers.signals.port import Prompt, Tone
from kiosk.i18n.texts import LANGUAGES, text
from kiosk.lane_view import LaneView, Phase
from kiosk.presenters.ending import NEED_LONGER, WARN_S, ends_soon
from kiosk.presenters.guidance import Guidance
from kiosk.presenters.signalled import spoken
from kiosk.presenters.traveller import TravellerPresenter
from kiosk.screens.gathering import GatheringScreen
from kiosk.screens.heard import Heard
from kiosk.screens.moment import MomentScreen
from kiosk.screens.traveller_shots import AT
from kiosk.widgets.waiting import Waiting
from tests.kiosk.screens.stage import Stage, pixels, portrait

GATHERING = LaneView(Phase.GATHERING, "3", since_mono=100.0, until_mono=120.0, language="pt")
PRESENT = TravellerPresenter().present


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_warning_is_shown_and_spoken_ten_seconds_before_the_end(language: str) -> None:
    view, heard = replace(GATHERING, language=language), Heard()
    assert heard.due(view, PRESENT(view, AT)) == (Tone.READ, ((Prompt.ONE_MORE_CODE, language),))
    assert heard.due(view, PRESENT(view, AT.later(9.9))) is None
    shown = PRESENT(view, AT.later(20 - WARN_S))
    assert [line.text for line in shown.sub] == [text(NEED_LONGER, language)]
    assert heard.due(view, shown) == (None, ((Prompt.MORE_TIME, language),)), "and no tone says something new"
    assert heard.due(view, PRESENT(view, AT.later(15))) is None, "once"


def test_who_took_more_time_is_warned_again() -> None:
    heard = Heard()
    heard.due(GATHERING, PRESENT(GATHERING, AT))
    heard.due(GATHERING, PRESENT(GATHERING, AT.later(12)))
    longer = replace(GATHERING, until_mono=140.0)
    assert not PRESENT(longer, AT.later(13)).ends_soon
    assert heard.due(longer, PRESENT(longer, AT.later(13))) is None
    assert heard.due(longer, PRESENT(longer, AT.later(31))) == (None, ((Prompt.MORE_TIME, "pt"),))


def test_who_listens_in_headphones_is_read_it() -> None:
    guidance = Guidance(plugged=True)
    guidance.touch()
    guidance.plug(True)
    guidance.read(PRESENT(GATHERING, AT))
    read = guidance.read(PRESENT(GATHERING, AT.later(12)))
    assert [line.text for line in read or ()] == [text(NEED_LONGER, "pt")]


def test_a_clock_stands_where_the_tick_was_while_more_time_is_offered(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    for story, soon in (("gathering-test", False), ("gathering-ends-soon", True), ("gathering-test", False)):
        stage.tell(story)
        page = stage.window.page
        assert isinstance(page, GatheringScreen)
        assert (page.clock.isVisible(), page.sign.isVisible()) == (soon, not soon)


def test_a_short_time_is_warned_of_in_its_second_half() -> None:
    short = replace(GATHERING, until_mono=106.0)
    assert not ends_soon(short, AT.later(2.9))
    assert ends_soon(short, AT.later(3))


def test_a_wrong_code_near_the_end_is_still_said_to_be_wrong() -> None:
    view = replace(GATHERING, not_a_code="link")
    shown = PRESENT(view, AT.later(15))
    assert spoken(shown) == ((Prompt.NOT_A_CODE, "pt"),)


@pytest.mark.parametrize("phase", [one for one in Phase if one is not Phase.GATHERING])
def test_nothing_else_asks_for_a_touch(phase: Phase) -> None:
    view = replace(GATHERING, phase=phase)
    assert not PRESENT(view, AT.later(19)).ends_soon


def test_the_window_warns_by_itself_while_time_runs(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(), still=False)
    stage.window.show_lane(GATHERING)
    with qtbot.waitSignal(stage.window.prompts_wanted, timeout=10_000) as heard:
        stage.now = AT.later(12)
    assert heard.args == [((Prompt.MORE_TIME, "pt"),)]


def test_while_the_gate_is_asked_the_dots_run(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait(), still=False)
    stage.window.show_lane(LaneView(Phase.ADMITTED, "3"))
    page = stage.window.page
    assert isinstance(page, MomentScreen)
    ring = page.sign
    assert isinstance(ring, Waiting)
    assert ring.running
    first = pixels(ring.grab().toImage())
    qtbot.waitUntil(lambda: bool(np.any(pixels(ring.grab().toImage()) != first)), timeout=10_000)
    stage.window.show_lane(LaneView(Phase.HELD, "3"))
    assert not ring.running, "and cost nothing where they are not seen"


@pytest.mark.parametrize("motion", [True, False])
def test_nothing_runs_where_nothing_may_move(qtbot: QtBot, motion: bool) -> None:
    display = portrait().model_copy(update={"motion": motion})
    stage = Stage(qtbot, display, still=motion)
    stage.window.show_lane(LaneView(Phase.ADMITTED, "3"))
    page = stage.window.page
    assert isinstance(page, MomentScreen)
    assert isinstance(page.sign, Waiting)
    assert not page.sign.running
    assert page.sign.part is None
