"""What the hub tells a device: the station's keys, the minimum version, and that it was revoked."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from sync.hub.station_keys import AHEAD_DAYS, StationKeys
from sync.line import DeviceRevoked, Line, NoAnswer
from sync.sealing import DAY_KEYS, NotOpened
from sync.session import open_session
from tests.sync.ground import HandClock, key
from tests.sync.hub.ground import CHAN, STATION, LaneKeys, StationHub
from tests.sync.hub.served import exchange, served


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[StationHub]:
    made = StationHub(tmp_path / "hub", clock, database=database)
    yield made
    made.close()


@pytest.fixture
def url(hub: StationHub) -> Iterator[str]:
    with served(hub.app) as url:
        yield url


def say(lane: LaneKeys, *, version: str = "1.0", keys: bool = True) -> dict[str, object]:
    return {"version": version, "seal": lane.seal.public.raw.hex(), "keys": keys}


def opened(lane: LaneKeys, sealed: object) -> dict[str, object]:
    plain = lane.seal.open(DAY_KEYS, base64.b64decode(str(sealed)))
    table: dict[str, object] = json.loads(plain)
    return table


def test_lanes_of_one_station_get_the_same_keys_and_nobody_else(url: str, hub: StationHub) -> None:
    one, two, far = LaneKeys("lane-1"), LaneKeys("lane-2"), LaneKeys("lane-3")
    hub.enrol(one), hub.enrol(two), hub.enrol(far, "macao")
    got = []
    for lane in (one, two, far):
        with exchange(url, lane.name, lane.device, hub.hub.public) as line:
            answer = line.ask("POST", "/device", say(lane)).table
            got.append(opened(lane, answer["keys"]))
            with pytest.raises(NotOpened):
                opened(LaneKeys("other"), answer["keys"])
    assert got[0] == got[1]
    assert got[0]["station"] == STATION
    keys, others = got[0]["keys"], got[2]["keys"]
    assert isinstance(keys, dict)
    assert isinstance(others, dict)
    assert not set(keys.values()) & set(others.values())
    days = sorted(keys)
    assert (days[0], days[-1]) == ("2026-01-30", "2026-04-30")
    assert len(set(keys.values())) == len(days) == 31 + AHEAD_DAYS


def test_keys_are_given_only_to_who_asks_for_them_and_has_a_seal_key(url: str, hub: StationHub) -> None:
    lane = LaneKeys("lane-1")
    hub.devices.enrol("lane-1", lane.device.public, station=STATION, hub=hub.hub.public)
    with exchange(url, "lane-1", lane.device, hub.hub.public) as line:
        assert line.ask("POST", "/device", say(lane, keys=False)).table["keys"] == ""
        assert line.ask("POST", "/device", say(lane)).table["keys"] != "", "it told its seal key itself"
        other = LaneKeys("lane-1", device=lane.device)
        answer = line.ask("POST", "/device", say(other)).table
        assert opened(lane, answer["keys"])["station"] == STATION, "the first seal key stays"


def test_a_key_is_the_same_on_another_day_and_destroyed_when_31_days_past(
    hub: StationHub, clock: HandClock
) -> None:
    hub.enrol(LaneKeys("lane-1"))
    rooms = StationKeys(hub.engine, clock)
    today = clock().utc.date()
    first = rooms.alive(STATION)
    clock.pass_time(days=30)
    assert rooms.destroy_due() == 30
    assert rooms.alive(STATION)[today] == first[today]
    clock.pass_time(days=1)
    assert rooms.destroy_due() == 1
    assert today not in rooms.alive(STATION)
    with hub.engine.connect() as connection:
        kept = connection.execute(text("SELECT min(day) FROM station_keys")).scalar_one()
    assert date.fromisoformat(kept) == today + timedelta(days=1)


def test_the_minimum_version_is_told(url: str, hub: StationHub) -> None:
    lane = LaneKeys("lane-1")
    hub.enrol(lane)
    with exchange(url, "lane-1", lane.device, hub.hub.public) as line:
        assert line.ask("POST", "/device", say(lane)).table["minimum_version"] == ""
        hub.devices.require_version("2.1.0", CHAN)
        assert line.ask("POST", "/device", say(lane, version="1.9")).table["minimum_version"] == "2.1.0"
    assert [(row.kiosk, row.version, row.sealed) for row in hub.devices.profiles()] == [
        ("lane-1", "1.9", True)
    ]


def test_a_status_that_is_none_is_refused_and_signed(url: str, hub: StationHub) -> None:
    lane = LaneKeys("lane-1")
    hub.enrol(lane)
    with exchange(url, "lane-1", lane.device, hub.hub.public) as line:
        for wrong in ({}, {"version": 1, "seal": "", "keys": True}, {"version": "", "seal": "", "keys": 1}):
            assert line.ask("POST", "/device", wrong).status == 400


class TestRevoked:
    """A device that may not speak for its kiosk any more."""

    def test_it_hears_so_signed_whatever_it_asks(self, url: str, hub: StationHub) -> None:
        lane = LaneKeys("lane-1")
        hub.enrol(lane)
        assert hub.devices.revoke("lane-1", "stolen from the store", CHAN) is not None
        with exchange(url, "lane-1", lane.device, hub.hub.public) as line:
            for method, path, content in (
                ("GET", "/time", None),
                ("POST", "/device", say(lane)),
                ("POST", "/spent", {"returned": [], "uses": []}),
            ):
                reply = line.ask(method, path, content)
                assert (reply.status, reply.table) == (
                    410,
                    {"refused": "revoked", "why": "stolen from the store"},
                )

    def test_its_batches_are_refused_with_a_receipt_that_says_why(self, url: str, hub: StationHub) -> None:
        lane = LaneKeys("lane-1")
        hub.enrol(lane)
        hub.devices.revoke("lane-1", "stolen from the store", CHAN)
        with open_session() as session:
            line = Line(url, "lane-1", lane.device, hub.hub.public, session)
            with pytest.raises(DeviceRevoked, match="stolen from the store"):
                line.ask("0123456789abcdef")
            with pytest.raises(DeviceRevoked, match="stolen from the store"):
                line.send(b"{}")
            impostor = Line(url, "lane-1", lane.device, key().public, session)
            with pytest.raises(NoAnswer, match="not signed by the hub this kiosk knows"):
                impostor.ask("0123456789abcdef")

    def test_strangers_learn_nothing_of_it(self, url: str, hub: StationHub) -> None:
        lane = LaneKeys("lane-1")
        hub.enrol(lane)
        hub.devices.revoke("lane-1", "stolen from the store", CHAN)
        with (
            exchange(url, "lane-1", key(), hub.hub.public) as line,
            pytest.raises(NoAnswer, match="not enrolled"),
        ):
            line.ask("GET", "/time")

    def test_the_kiosk_may_be_enrolled_anew_with_a_new_key_only(self, url: str, hub: StationHub) -> None:
        from sync.hub.ledger import EnrolmentRefused

        lane, fresh = LaneKeys("lane-1"), LaneKeys("lane-1")
        hub.enrol(lane)
        hub.devices.revoke("lane-1", "stolen from the store", CHAN)
        assert hub.devices.revoke("lane-1", "again", CHAN) is None
        with pytest.raises(EnrolmentRefused, match="make a new device key"):
            hub.enrol(lane)
        hub.enrol(fresh)
        with exchange(url, "lane-1", fresh.device, hub.hub.public) as line:
            assert line.ask("GET", "/time").status == 200
        assert [(gone.kiosk, gone.why, gone.by) for gone in hub.devices.revoked()] == [
            ("lane-1", "stolen from the store", CHAN.full_name)
        ]
