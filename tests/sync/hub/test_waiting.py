"""Whoever waits at one hub process is woken by what another one was told, and a desk's door is a desk's."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.decision import sign_decision
from sync.hub.waiting import MOST_WAITING, Bell, Listener, What
from sync.referral import LaneSays, read_for_desk, read_for_lane
from tests.sync.ground import HandClock
from tests.sync.hub.ground import STATION
from tests.sync.hub.served import exchange, served
from tests.sync.hub.waiting_ground import OFFICERS, Station, opened
from tests.sync.test_hub_process import wait_until

LONG_S = 25.0


@pytest.fixture
def station(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[Station]:
    made = Station(tmp_path / "hub", clock, database)
    yield made
    made.close()


async def _first_look(listener: Listener) -> None:
    """A bell that begins to look rings once for everybody."""
    await listener.wait(LONG_S)
    listener.event.clear()


def woken(station: Station, what: What, by: Callable[[], object]) -> bool:
    """Whether somebody who waits here is woken by what another process does."""
    bell = Bell(station.hub.engine)

    async def wait() -> bool:
        with bell.listening(STATION, what, 1) as listener:
            await _first_look(listener)
            thread = threading.Thread(target=by)
            thread.start()
            await listener.wait(LONG_S)
            thread.join(LONG_S)
            return listener.event.is_set()

    return asyncio.run(wait())


def test_a_change_made_by_another_process_wakes_a_desk(station: Station) -> None:
    referrals, _ = station.second_process()
    assert woken(station, What.CHANGE, lambda: referrals.says(station.one, LaneSays(opened=(opened(),))))


def test_who_waits_at_a_hub_that_ends_is_answered_and_nobody_waits_any_more(station: Station) -> None:
    bell = Bell(station.hub.engine)

    async def waits() -> tuple[bool, bool]:
        with bell.listening(STATION, What.CHANGE, 1) as before:
            await _first_look(before)
            bell.end()
            await before.wait(LONG_S)
            with bell.listening(STATION, What.CHANGE, 2) as late:
                return before.event.is_set() and before.over, late.over

    assert asyncio.run(waits()) == (True, True)


def test_a_decision_made_by_another_process_wakes_a_lane(station: Station) -> None:
    _, desks = station.second_process()
    station.opens()
    station.claim()
    assert woken(station, What.DECISION, lambda: station.decide(rooms=desks))


def test_nothing_new_wakes_nobody(station: Station) -> None:
    bell = Bell(station.hub.engine)

    async def wait() -> bool:
        with bell.listening(STATION, What.DECISION, 1) as listener:
            await _first_look(listener)
            bell.ring("macao")
            bell.ring(STATION, frozenset({What.CHANGE}))
            await listener.wait(0.2)
            return listener.event.is_set()

    assert asyncio.run(wait()) is False


def test_the_whole_way_over_http(station: Station) -> None:
    hub = station.hub
    with served(hub.app) as url:
        lane, desk = station.keys["lane-1"], station.keys["desk-1"]
        with (
            exchange(url, "lane-1", lane.device, hub.hub.public) as from_lane,
            exchange(url, "lane-1", lane.device, hub.hub.public) as listening,
            exchange(url, "desk-1", desk.device, hub.hub.public) as from_desk,
        ):
            heard: list[int] = []

            def listen() -> None:
                reply = listening.ask("GET", "/decisions?after=0&wait=25", read_s=40.0, answer_s=40.0)
                heard.extend(one.number for one in read_for_lane(reply.table).decisions)

            thread = threading.Thread(target=listen)
            thread.start()
            told = from_lane.ask("POST", "/referrals", {"opened": [opened().model_dump(mode="json")]})
            assert told.status == 200
            assert [one.name for one in read_for_lane(told.table).desks] == ["desk-1", "desk-2"]
            seen = read_for_desk(from_desk.ask("GET", "/desk?wait=25").table)
            assert [one.crossing for one in seen.referrals] == ["c-1"]
            claim: dict[str, object] = {"lane": "lane-1", "crossing": "c-1", "officer": "O-17"}
            assert from_desk.ask("POST", "/desk/claim", claim).status == 200
            statement = station.statement()
            content: dict[str, object] = {
                "statement": statement.text(),
                "signature": sign_decision(OFFICERS["O-17"], statement).hex(),
            }
            made = from_desk.ask("POST", "/desk/decide", content)
            assert made.status == 200
            thread.join(40)
            assert heard == [made.table["number"]]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/desk/claim", {"lane": "lane-1", "crossing": "c-1", "officer": "O-17"}),
        ("/desk/release", {"lane": "lane-1", "crossing": "c-1"}),
    ],
)
def test_a_lane_is_no_desk(station: Station, path: str, content: dict[str, object]) -> None:
    station.opens()
    lane = station.keys["lane-2"]
    with (
        served(station.hub.app) as url,
        exchange(url, "lane-2", lane.device, station.hub.hub.public) as from_lane,
    ):
        reply = from_lane.ask("POST", path, content)
        assert (reply.status, reply.table["refused"]) == (403, "no_desk")
        assert from_lane.ask("GET", "/desk").status == 403


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/desk/claim", {"lane": "lane-1", "crossing": "c-1", "officer": "Chan Tai Man"}),
        ("/desk/claim", {"lane": "lane-1", "crossing": "c/1", "officer": "O-17"}),
        ("/desk/claim", {"lane": "lane-1"}),
        ("/desk/decide", {"statement": "{}", "signature": "00"}),
        ("/desk/decide", {"statement": "x" * 3000, "signature": "00"}),
        ("/referrals", {"opened": [{"crossing": "c-1"}]}),
        ("/referrals", {"heard": [{"number": -1, "word": "taken"}]}),
        ("/referrals", {"closed": [{"crossing": "c-1", "how": "Chan Tai Man", "by": ""}]}),
    ],
)
def test_what_cannot_be_read_is_said_to_be_so(
    station: Station, path: str, content: dict[str, object]
) -> None:
    desk = station.keys["desk-1"]
    with (
        served(station.hub.app) as url,
        exchange(url, "desk-1", desk.device, station.hub.hub.public) as from_desk,
    ):
        assert from_desk.ask("POST", path, content).status == 400


@pytest.mark.parametrize(
    ("name", "path"),
    [("lane-1", "/spent?after=0"), ("lane-1", "/decisions?after=0"), ("desk-1", "/desk?after={change}")],
)
def test_the_oldest_of_too_many_questions_of_a_device_is_answered_at_once(
    station: Station, name: str, path: str
) -> None:
    """A kiosk that runs wild, and a recorded question sent again and again, hold two sockets and no more."""
    hub = station.hub
    path = path.format(change=station.desks.change(station.desk))
    with served(hub.app) as url:
        done: list[int] = []

        def ask(number: int) -> None:
            with exchange(url, name, station.keys[name].device, hub.hub.public) as line:
                reply = line.ask("GET", f"{path}&wait=20", read_s=LONG_S * 2, answer_s=LONG_S * 2)
                assert reply.status == 200
                done.append(number)

        rooms = hub.app.state.device_rooms if "spent" in path else hub.app.state.referral_rooms
        threads = []
        for number in range(MOST_WAITING + 2):
            threads.append(threading.Thread(target=ask, args=(number,)))
            threads[-1].start()
            wait_until(lambda n=number: len(done) == max(0, n + 1 - MOST_WAITING))
            wait_until(lambda n=number: len(rooms.bell._listeners) == min(n + 1, MOST_WAITING))
        assert done == [0, 1], "the oldest first, before their time was over"
        with exchange(url, name, station.keys[name].device, hub.hub.public) as line:
            assert line.ask("GET", path).status == 200, "who does not wait ends no question"
        assert len(rooms.bell._listeners) == MOST_WAITING
        for bell in (hub.app.state.device_rooms.bell, hub.app.state.referral_rooms.bell):
            for listener in list(bell._listeners):
                listener.over = True
            bell.ring(STATION)
        for thread in threads:
            thread.join(LONG_S)
        assert sorted(done) == list(range(MOST_WAITING + 2))
        assert not rooms.bell._of_device
