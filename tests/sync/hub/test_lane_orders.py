"""Orders at the hub: from a desk of the station to one of its lanes, for half a minute, seen by its desks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.hub.desks import NoDesk, NotPossible
from sync.hub.lane_orders import MOST_AT_ONCE, LaneOrders
from sync.lane_order import OrderStatement, new_order, sign_order
from sync.referral import Heard
from tests.sync.ground import HandClock
from tests.sync.hub.waiting_ground import OFFICERS, Station

_numbers = itertools.count()


@pytest.fixture
def station(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[Station]:
    made = Station(tmp_path / "hub", clock, database)
    yield made
    made.close()


@pytest.fixture
def orders(station: Station, clock: HandClock) -> LaneOrders:
    return LaneOrders(station.hub.engine, clock)


def an_order(clock: HandClock, lane: str = "lane-1") -> OrderStatement:
    return new_order(lane, "close", "", "O-17", "desk-1", clock().utc, f"made-up-nonce-{next(_numbers):06}")


def send(orders: LaneOrders, desk: int, said: OrderStatement) -> int:
    number, _ = orders.send(desk, said, said.text(), sign_order(OFFICERS["O-17"], said))
    return number


def test_an_order_goes_to_its_lane_alone_until_it_has_answered(
    station: Station, orders: LaneOrders, clock: HandClock
) -> None:
    change = station.desks.change(station.desk)
    number = send(orders, station.desk, an_order(clock))
    assert [one.number for one in orders.for_lane(station.one, 0)] == [number]
    assert orders.for_lane(station.one, number) == ()
    assert orders.for_lane(station.two, 0) == ()
    orders.obeyed(station.two, (Heard(number=number, word="taken"),))
    assert orders.for_desk(station.desk)[0].word == "", "only the lane itself can answer"
    orders.obeyed(station.one, (Heard(number=number, word="taken"),))
    assert orders.for_lane(station.one, 0) == ()
    assert station.desks.change(station.desk) == change + 2


def test_every_desk_of_the_station_sees_it_and_no_other(
    station: Station, orders: LaneOrders, clock: HandClock
) -> None:
    send(orders, station.desk, an_order(clock))
    (one,) = orders.for_desk(station.other)
    assert (one.lane, one.order, one.officer, one.desk, one.word) == ("lane-1", "close", "O-17", "desk-1", "")
    assert orders.for_desk(station.far) == ()


def test_an_order_said_again_is_the_same(station: Station, orders: LaneOrders, clock: HandClock) -> None:
    said = an_order(clock)
    assert send(orders, station.desk, said) == send(orders, station.desk, said)
    assert len(orders.for_lane(station.one, 0)) == 1


def test_an_order_that_no_lane_fetched_is_not_carried_later(
    station: Station, orders: LaneOrders, clock: HandClock
) -> None:
    send(orders, station.desk, an_order(clock))
    clock.pass_time(seconds=31)
    assert orders.for_lane(station.one, 0) == ()
    assert orders.tidy() == 0
    clock.pass_time(hours=25)
    assert orders.tidy() == 1
    assert orders.for_desk(station.desk) == ()


def test_nobody_orders_a_lane_of_another_station_nor_a_desk_nor_from_a_lane(
    station: Station, orders: LaneOrders, clock: HandClock
) -> None:
    for desk, lane in ((station.far, "lane-1"), (station.desk, "desk-2"), (station.desk, "lane-9")):
        with pytest.raises(NotPossible, match="no lane of this name"):
            send(orders, desk, an_order(clock, lane))
    with pytest.raises(NoDesk):
        send(orders, station.two, an_order(clock))


def test_a_lane_that_does_not_answer_is_not_flooded(
    station: Station, orders: LaneOrders, clock: HandClock
) -> None:
    for _ in range(MOST_AT_ONCE):
        send(orders, station.desk, an_order(clock))
    with pytest.raises(NotPossible) as refused:
        send(orders, station.desk, an_order(clock))
    assert refused.value.word == "too_many"
