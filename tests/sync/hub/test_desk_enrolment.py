"""A desk is enrolled as one by the same two codes, and a lane never becomes one by itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.canonical import NotCanonical
from sync.enrolment import REQUEST, EnrolmentAsked, commitment, read_request
from sync.hub.desks import Desks, NoDesk
from sync.hub.devices import Devices
from sync.hub.enrolments import Enrolments
from tests.sync.ground import HandClock
from tests.sync.hub.ground import CHAN, STATION, LaneKeys, StationHub

NUMBER = os.urandom(32)


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[StationHub]:
    made = StationHub(tmp_path / "hub", clock, database=database)
    yield made
    made.close()


def asked(keys: LaneKeys, *, desk: bool) -> bytes:
    device, seal = keys.device.public.raw, keys.seal.public.raw
    return EnrolmentAsked(keys.name, STATION, "1.0", device, seal, commitment(NUMBER), desk).body()


@pytest.mark.parametrize("desk", [True, False])
def test_what_was_asked_for_is_what_is_enrolled(hub: StationHub, clock: HandClock, desk: bool) -> None:
    keys = LaneKeys("desk-1")
    enrolments = Enrolments(hub.engine, clock, hub.hub.public)
    body = asked(keys, desk=desk)
    name, _, _ = enrolments.ask(body, keys.device.sign(REQUEST + body))
    enrolments.reveal(name, NUMBER)
    (waiting,) = enrolments.pending()
    assert waiting.desk is desk
    assert enrolments.approve(waiting.code, CHAN).desk is desk
    assert [one.desk for one in Devices(hub.engine, clock).profiles()] == [desk]
    desks = Desks(hub.engine, clock)
    if desk:
        assert desks.station(1) == STATION
    else:
        with pytest.raises(NoDesk):
            desks.station(1)


def test_a_lane_asks_as_it_always_did_and_other_kinds_are_none() -> None:
    lane, desk = (asked(LaneKeys("one"), desk=desk) for desk in (False, True))
    assert "kind" not in json.loads(lane)
    assert json.loads(desk)["kind"] == "desk"
    assert (read_request(lane).desk, read_request(desk).desk) == (False, True)
    for kind in ("lane", "DESK", 1, None):
        with pytest.raises(NotCanonical):
            read_request(json.dumps(json.loads(lane) | {"kind": kind}).encode())
