"""Lanes wait at the hub for what others spent: told at once, for the price of a socket while all is quiet."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from sync.batch import SIGNATURE_HEADER
from sync.canonical import utc_text
from sync.exchange import NONCE_HEADER, sign_request
from sync.hub.spent_uses import SpentUses
from sync.hub.waiting import SpentBell
from sync.line import NoAnswer
from sync.spent_words import Returned, UseTold
from tests.sync.ground import START, HandClock
from tests.sync.hub.ground import CHAN, LaneKeys, StationHub
from tests.sync.hub.served import exchange, served

TOKEN = bytes([7]) * 32
GENEROUS_S = 20.0
NEAR, FAR = LaneKeys("lane-1"), LaneKeys("lane-2")
MANY = 100
"""More than a hub's process has threads for requests."""


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[StationHub]:
    made = StationHub(tmp_path / "hub", clock, database=database)
    yield made
    made.close()


def spend(room: SpentUses, device: int, reference: str = "crossing-1") -> None:
    room.take(device, [], [UseTold(reference, TOKEN, (), utc_text(START), taken=False)])


def waits(url: str, hub: StationHub, lane: LaneKeys, after: int = 0) -> tuple[threading.Thread, list[object]]:
    """A lane that waits for news, in a thread of the test."""
    heard: list[object] = []

    def ask() -> None:
        with exchange(url, lane.name, lane.device, hub.hub.public) as line:
            path = f"/spent?after={after}&wait={GENEROUS_S:g}"
            heard.append(line.ask("GET", path, read_s=GENEROUS_S * 2, answer_s=GENEROUS_S * 2).table)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread, heard


def listening(hub: StationHub) -> int:
    return len(hub.app.state.device_rooms.bell._listeners)


def until(holds: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(400):
        if holds():
            return
        pause.wait(0.05)
    raise AssertionError("it did not happen")


@pytest.mark.parametrize("through", ["this hub", "another hub of the same database"])
def test_who_waits_hears_at_once_what_another_lane_spent(hub: StationHub, through: str) -> None:
    one, two = LaneKeys("lane-1"), LaneKeys("lane-2")
    hub.enrol(one)
    other = hub.enrol(two)
    with served(hub.app) as url:
        thread, heard = waits(url, hub, one)
        until(lambda: listening(hub) == 1)
        if through == "this hub":
            use = {"reference": "crossing-1", "token": TOKEN.hex(), "also": [], "at": utc_text(START)}
            with exchange(url, two.name, two.device, hub.hub.public) as line:
                line.ask("POST", "/spent", {"returned": [], "uses": [use | {"taken": False}]})
        else:
            spend(SpentUses(hub.engine, hub.clock), other)
        thread.join(GENEROUS_S / 2)
        assert not thread.is_alive(), "before its wait was over"
    (feed,) = heard
    assert isinstance(feed, dict)
    assert [(row["token"], row["lane"]) for row in feed["changes"]] == [(TOKEN.hex(), "lane-2")]
    assert listening(hub) == 0


def test_what_a_lane_spent_itself_is_no_news_to_it(hub: StationHub) -> None:
    lane, other = LaneKeys("lane-1"), LaneKeys("lane-2")
    own, second = hub.enrol(lane), hub.enrol(other)
    room = SpentUses(hub.engine, hub.clock)
    with served(hub.app) as url:
        thread, heard = waits(url, hub, lane)
        until(lambda: listening(hub) == 1)
        spend(room, own)
        room.take(own, [Returned("crossing-1", TOKEN)], [])
        spend(room, second, "crossing-2")
        thread.join(GENEROUS_S / 2)
    (feed,) = heard
    assert isinstance(feed, dict)
    assert [row["lane"] for row in feed["changes"]] == ["lane-2"]


def test_a_hundred_lanes_that_wait_leave_the_hubs_threads_to_others(hub: StationHub) -> None:
    lanes = [LaneKeys(f"lane-{number}") for number in range(MANY)]
    for lane in lanes:
        hub.enrol(lane)
    late = LaneKeys("late")
    device = hub.enrol(late)

    news, looks = hub.app.state.device_rooms.news, []
    see = news._see
    news._see = lambda station, after: (looks.append(after), see(station, after))[1]

    async def all_wait(url: str) -> list[int]:
        limits = httpx.Limits(max_connections=MANY + 10)
        async with httpx.AsyncClient(base_url=url, timeout=GENEROUS_S * 2, limits=limits) as client:

            async def wait(lane: LaneKeys) -> int:
                target = f"/v1/kiosks/{lane.name}/spent?after=0&wait={GENEROUS_S:g}"
                nonce = "0123456789abcdef"
                signature = sign_request(lane.device, "GET", target, nonce, b"")
                headers = {NONCE_HEADER: nonce, SIGNATURE_HEADER: signature}
                return len((await client.get(target, headers=headers)).json()["changes"])

            waiting = [asyncio.create_task(wait(lane)) for lane in lanes]
            while listening(hub) < MANY:
                await asyncio.sleep(0.05)
            with exchange(url, late.name, late.device, hub.hub.public) as line:
                began = time.monotonic()
                reply = await asyncio.to_thread(line.ask, "GET", "/time")
                assert reply.status == 200
                assert time.monotonic() - began < GENEROUS_S / 2, "it waited for those who wait"
            looks.clear()
            await asyncio.to_thread(spend, SpentUses(hub.engine, hub.clock), device)
            return await asyncio.gather(*waiting)

    with served(hub.app) as url:
        assert asyncio.run(all_wait(url)) == [1] * MANY
    assert len(looks) < MANY / 4, "they share what the hub sees"


def test_a_device_revoked_while_it_waits_hears_that_and_no_news(hub: StationHub) -> None:
    one, two = LaneKeys("lane-1"), LaneKeys("lane-2")
    hub.enrol(one)
    other = hub.enrol(two)
    with served(hub.app) as url:
        for _ in range(2):  # the second time it is remembered
            with exchange(url, one.name, one.device, hub.hub.public) as line:
                line.ask("GET", "/spent?after=0")
        thread, heard = waits(url, hub, one)
        until(lambda: listening(hub) == 1)
        hub.devices.revoke(one.name, "stolen", CHAN)
        spend(SpentUses(hub.engine, hub.clock), other)
        thread.join(GENEROUS_S / 2)
    (answer,) = heard
    assert isinstance(answer, dict)
    assert answer == {"refused": "revoked", "why": answer["why"]}


def test_a_remembered_kiosk_signs_each_request_itself(hub: StationHub) -> None:
    lane, thief = LaneKeys("lane-1"), LaneKeys("lane-1")
    hub.enrol(lane)
    with served(hub.app) as url:
        with exchange(url, lane.name, lane.device, hub.hub.public) as line:
            assert line.ask("GET", "/spent?after=0").status == 200
        with (
            exchange(url, lane.name, thief.device, hub.hub.public) as line,
            pytest.raises(NoAnswer, match="another key"),
        ):
            line.ask("GET", "/spent?after=0")


def test_who_was_away_for_long_gets_all_of_it_in_runs(
    hub: StationHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("spent_news", "spent_uses"):
        monkeypatch.setattr(f"sync.hub.{module}.MOST_CHANGES", 3)
    near, far, other = (hub.enrol(lane) for lane in (NEAR, FAR, LaneKeys("lane-3")))
    room = SpentUses(hub.engine, hub.clock)
    for number in range(8):
        use = UseTold(f"crossing-{number}", bytes([number]) * 32, (), utc_text(START), taken=False)
        room.take(other, [], [use])
    assert near != far
    with served(hub.app) as url:

        def heard(lane: LaneKeys, after: int) -> tuple[int, bool, list[str]]:
            with exchange(url, lane.name, lane.device, hub.hub.public) as line:
                feed = line.ask("GET", f"/spent?after={after}").table
            assert isinstance(feed["changes"], list) and isinstance(feed["last"], int)
            return feed["last"], bool(feed["more"]), [row["token"][:2] for row in feed["changes"]]

        assert heard(NEAR, 6) == (8, False, ["06", "07"])
        assert heard(FAR, 0) == (3, True, ["00", "01", "02"])
        assert heard(FAR, 3) == (6, True, ["03", "04", "05"])
        assert heard(FAR, 6) == (8, False, ["06", "07"])


def test_a_bell_that_begins_to_look_wakes_whoever_looked_before(hub: StationHub) -> None:
    bell = SpentBell(hub.engine)
    device = hub.enrol(LaneKeys("lane-1"))

    async def wait() -> bool:
        from sync.hub.waiting import What

        with bell.listening("shenzhen-bay", What.CHANGE, device) as listener:
            await asyncio.to_thread(spend, SpentUses(hub.engine, hub.clock), device)
            await listener.wait(GENEROUS_S)
            return listener.event.is_set()

    assert asyncio.run(wait())


def test_nobody_waits_longer_than_the_hub_allows(hub: StationHub) -> None:
    lane = LaneKeys("lane-1")
    hub.enrol(lane)
    with served(hub.app) as url, exchange(url, lane.name, lane.device, hub.hub.public) as line:
        assert line.ask("GET", "/spent?after=0&wait=0.05").table["changes"] == []
        with pytest.raises(NoAnswer):
            line.ask("GET", "/spent?after=0&wait=86400")
