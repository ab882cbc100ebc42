"""An officer at the station's desk gives somebody in a lane more time, as one at the lane's panel can."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.crossing_io import MoreTime, Record, Tell
from kiosk.desk.lane_control import LaneOrder, Notice
from kiosk.lane_view import Phase
from kiosk.stay import EXTENDABLE
from sync.event_types import CrossingExtended
from sync.lane_order import OrderStatement, read_order
from tests.kiosk.lane_bench import LaneBench
from tests.kiosk.screens.test_station_orders import AtTheDesk
from tests.kiosk.test_desk_orders import OrderBench
from tests.kiosk.test_stay import bring_to

LATER = MoreTime("O-17", 7)


@pytest.mark.parametrize("phase", EXTENDABLE)
def test_the_lane_gives_it_and_tells_the_desk_so(lane: LaneBench, phase: Phase) -> None:
    bring_to(lane, phase)
    given, told = lane.hear(LATER)
    assert given == Record((CrossingExtended(lane.current, str(phase), "O-17"),))
    assert told == Tell(Notice.TAKEN, 7, order=True)


def test_where_nobody_stands_the_desk_is_told_that_nothing_was_given(lane: LaneBench) -> None:
    assert lane.hear(LATER) == [Tell(Notice.NOT_NOW, 7, order=True)]


def test_the_signed_order_becomes_more_time_at_the_lane() -> None:
    bench = OrderBench()
    bench.hub.carry_order(bench.order("more_time"))
    bench.listen()
    bench.listen()
    assert [one for one in bench.posted if isinstance(one, MoreTime)] == [MoreTime("O-17", 1)]
    assert bench.ordered == []


def test_the_key_stands_on_the_desk_while_a_lane_in_front_has_somebody_waiting(
    qtbot: QtBot, tmp_path: Path
) -> None:
    at = AtTheDesk(qtbot, tmp_path)
    at.window.show()
    key = at.window.strip.more_time
    at.sees(phase="referred")
    assert not key.isVisible(), "no lane is in front"
    at.window.choose_lane("lane-1")
    assert key.isVisible()
    qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    said: OrderStatement = read_order(at.line.orders[-1][1])
    assert (said.lane, said.order, said.officer) == ("lane-1", LaneOrder.MORE_TIME.value, "O-17")
    at.sees(phase="waiting")
    assert not key.isVisible()
    at.desk.stop()
