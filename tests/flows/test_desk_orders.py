"""What an officer orders at the desk's window happens at the lane, in its journal and on the hub's page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.desk.desk_notice import DeskNotice
from kiosk.desk.lane_control import LaneOrder
from kiosk.lane_view import Phase
from sync.lane_order import ORDERS
from tests.flows.desk_orders import LANE, OFFICER, ROUNDS, WHO, OrderedStation

LONG = int(os.environ.get(ROUNDS, "0"))


@pytest.fixture
def station(tmp_path: Path, qtbot: QtBot) -> Iterator[OrderedStation]:
    made = OrderedStation(tmp_path, qtbot)
    yield made
    made.stop()


def closes_and_opens(at: OrderedStation) -> None:
    at.orders(LaneOrder.CLOSE, lambda lane: lane.duty.shut == "close", "lane.closed", **WHO)
    at.is_shown("closed")
    at.orders(LaneOrder.OPEN, lambda lane: lane.duty.shut == "", "lane.freed", **WHO)
    at.is_shown("open")


def holds_mutes_and_turns(at: OrderedStation) -> None:
    at.orders(LaneOrder.HOLD, lambda lane: lane.duty.shut == "hold", "lane.held", **WHO)
    at.is_shown("held")
    at.orders(LaneOrder.OPEN, lambda lane: lane.duty.shut == "", "lane.freed", **WHO)
    at.is_shown("open")
    at.orders(LaneOrder.MUTE, lambda lane: lane.duty.muted, "lane.muted", **WHO, muted=True)
    at.orders(LaneOrder.UNMUTE, lambda lane: not lane.duty.muted, "lane.muted", **WHO, muted=False)
    turned = {"direction": "any", "way": "backward"}
    at.orders(LaneOrder.TURN, lambda lane: lane.duty.turned, "lane.turned", **WHO, **turned)
    at.is_shown("open", "Turned by an officer")
    turned = {"direction": "to_macao", "way": "forward"}
    at.orders(LaneOrder.TURN, lambda lane: not lane.duty.turned, "lane.turned", **WHO, **turned)
    at.is_shown("open", "Direction: to Macao")


def gives_longer_and_refuses(at: OrderedStation) -> None:
    at.somebody()
    at.is_shown("referral")
    crossing = at.recorded("crossing.decided")[-1]["crossing"]
    extended = {"crossing": crossing, "phase": "referred", "officer": OFFICER}
    at.orders(LaneOrder.MORE_TIME, lambda lane: lane.phase is Phase.REFERRED, "crossing.extended", **extended)
    at.refuses(crossing)
    at.until(lambda: (lane := at.lane()) is not None and lane.phase is Phase.WAITING)
    assert at.recorded("officer.decided")[-1].items() >= (WHO | {"action": "refuse", "in_time": True}).items()


def raises_the_alarm_and_cannot_end_it(at: OrderedStation) -> None:
    at.orders(LaneOrder.ALARM, lambda lane: lane.phase is Phase.EVACUATE, "lane.alarm", **WHO, active=True)
    at.is_shown("evacuate")
    assert at.lane() is not None
    assert not at.key(LaneOrder.ALL_CLEAR).isVisible(), "who ends it has looked: that is at the lane"
    assert "only at the lane's own panel" in at.window.lane.hint.text()
    at.desk.notices.clear()
    at.desk.desk.order(LANE, LaneOrder.ALL_CLEAR)
    assert at.desk.notices == [DeskNotice.NOT_NOW], "nor can it be signed"
    assert LaneOrder.ALL_CLEAR.value not in ORDERS


def test_what_is_ordered_at_the_desk_is_done_by_the_lane_recorded_there_and_on_the_hubs_page(
    station: OrderedStation,
) -> None:
    closes_and_opens(station)
    for _ in range(LONG):
        holds_mutes_and_turns(station)
        closes_and_opens(station)
        gives_longer_and_refuses(station)
    if LONG:
        raises_the_alarm_and_cannot_end_it(station)
    assert station.recorded("order.refused") == []
    assert [kind for kind, _ in station.live.events() if kind.startswith("gate.auth")] == []
    print(f"{len(station.took)} orders done and recorded in {LONG} rounds; {station.told()}")
