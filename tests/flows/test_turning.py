"""An officer turns the lane: the next code is judged for the other direction, and the arrow points there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from drivers.turnstile.port import LinkChanged, LinkState, Passage, Way
from drivers.turnstile.turning import TURNING as TURNS
from kiosk.crossing_io import Ordered, PartFailed, PartRecovered
from kiosk.desk.lane_control import LaneOrder, Notice
from kiosk.gate_parts import part_news
from kiosk.lane_view import Fault
from kiosk.presenters.officer_texts import NOTICES, say
from kiosk.presenters.traveller_screen import Page
from kiosk.standing import Side, Standing
from tests.flows.checkpoint import Checkpoint, policy
from tests.flows.deeds import ASKED, ON_DUTY, OPENS, THROUGH, reported
from tests.flows.story import Step, Story, play
from verification.evidence import Direction
from verification.reasons import ReasonId, reason

SIDES = (Side("to_macao", Way.FORWARD, "right"), Side("to_hong_kong", Way.BACKWARD, "left"))
TURN = "Turn the lane: to Hong Kong"


@pytest.fixture
def checkpoint(qtbot: QtBot, tmp_path: Path) -> Iterator[Checkpoint]:
    made = Checkpoint(qtbot, tmp_path / "journal", Standing(SIDES))
    made.other_policy = policy(name="to-hong-kong", direction="to_hong_kong")
    yield made
    made.close()


def to_macao(at: Checkpoint) -> None:
    at.holds(at.code(direction=Direction.TO_MACAO))


def to_hong_kong(at: Checkpoint) -> None:
    at.holds(at.code(direction=Direction.TO_HONG_KONG))


TURNED = (
    ON_DUTY,
    Step("the lane says its direction", lambda at: None, Page.SCAN, "Direction: to Macao."),
    Step("one for Macao crosses", to_macao, Page.MOMENT, pulses=1),
    Step("the arrow is the lane's own", lambda at: at.gate_takes_it(), Page.ADMIT, pulses=1),
    Step("and is through", reported(Passage.PASSED), Page.SCAN, pulses=1),
    Step("the officer turns it", lambda at: at.touches(TURN), Page.SCAN, "now: to Hong Kong", pulses=1),
    Step("one for Hong Kong crosses", to_hong_kong, Page.MOMENT, pulses=2),
    Step("the gate takes it", lambda at: at.gate_takes_it(), Page.ADMIT, pulses=2),
)


def test_a_lane_is_turned_at_its_panel_and_judges_opens_and_points_the_other_way(
    checkpoint: Checkpoint,
) -> None:
    play(Story("the direction changes", TURNED), checkpoint)
    assert checkpoint.window.screen_shown.arrow == "left"
    assert checkpoint.gate.ways == [Way.FORWARD, Way.BACKWARD, Way.BACKWARD]
    kept = checkpoint.kept()
    (turned,) = (fields for kind, fields in kept if kind == "lane.turned")
    assert turned == {"officer": "O-17", "desk": "", "direction": "to_hong_kong", "way": "backward"}
    assert [fields["direction"] for kind, fields in kept if kind == "crossing.opened"] == [
        "to_macao",
        "to_hong_kong",
    ]
    judged = [str(fields["policy"]).split()[0] for kind, fields in kept if kind == "crossing.decided"]
    assert judged == ["to-macao", "to-hong-kong"]


def test_a_code_for_the_way_before_goes_to_the_officer(checkpoint: Checkpoint) -> None:
    checkpoint.signs_in()
    checkpoint.touches(TURN)
    to_macao(checkpoint)
    assert checkpoint.page is Page.REFER and not checkpoint.gate.asked
    assert reason(ReasonId.WRONG_DIRECTION).officer["en"] in checkpoint.officer_reads


def test_with_somebody_in_the_lane_nothing_is_turned(checkpoint: Checkpoint) -> None:
    play(Story("she is in the lane", (ON_DUTY, ASKED, OPENS)), checkpoint)
    assert not checkpoint.panel.controls.buttons[LaneOrder.TURN].isEnabled()
    checkpoint.hear(Ordered(LaneOrder.TURN, "O-17", "to_hong_kong"))
    assert say(NOTICES[Notice.IN_THE_LANE], "en") in checkpoint.officer_reads
    play(Story("she is through", (THROUGH,)), checkpoint)
    assert "lane.turned" not in [kind for kind, _ in checkpoint.kept()]


def test_who_stands_before_a_lane_that_is_being_turned_waits_a_moment_and_is_told_of_no_defect(
    checkpoint: Checkpoint,
) -> None:
    turning = part_news(LinkChanged(LinkState.PROBING, TURNS))
    assert turning is not None
    checkpoint.hear(turning)
    assert checkpoint.page is Page.HELD
    checkpoint.hear(PartFailed(Fault("camera", "CM", "Look at the camera.", stops=True)))
    assert checkpoint.page is Page.OUT_OF_ORDER, "another defect is one"
    checkpoint.hear(PartRecovered("camera"))
    lost = part_news(LinkChanged(LinkState.DOWN, "Look at the cable."))
    assert lost is not None
    checkpoint.hear(lost)
    assert checkpoint.page is Page.OUT_OF_ORDER
