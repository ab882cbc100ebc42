"""A desk looks a crossing of its station up by nine digits: written down first, never another station's."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from kiosk.desk.crossing_lookup import Why
from kiosk.desk.finding import Answer, Failed, HubFinding
from kiosk.desk.shift import HONG_KONG
from kiosk.presenters.crossed import read
from kiosk.reference import in_groups, reference_of
from sync.canonical import canonical_json, utc_text
from sync.event import Event
from sync.event_types import (
    CodeAssessed,
    CrossingClosed,
    CrossingDecided,
    CrossingOpened,
    OfficerNoted,
    ReferenceAsked,
)
from sync.exchange import Exchange
from sync.hub.acts import Acts
from sync.hub.desks import NoDesk, NotPossible
from sync.hub.lookup import KINDS, WHYS, Lookup
from sync.hub.models import Stored
from sync.hub.picture_models import CrossingSpan
from sync.looked_up import MOST_RECORDS, FoundAtHub
from sync.session import open_session
from tests.sync.ground import HandClock
from tests.sync.hub.served import served
from tests.sync.hub.waiting_ground import Station

NAME = "0f" * 16
DIGITS = reference_of(NAME)


@pytest.fixture
def station(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[Station]:
    made = Station(tmp_path / "hub", clock, database)
    yield made
    made.close()


def crossed(station: Station, lane: int, *names: str) -> None:
    """Records of these crossings, one after the other, as the follower has found them."""
    with Session(station.hub.engine) as session, session.begin():
        sequence = 0
        for name in names:
            first = sequence + 1
            for event in (
                CrossingOpened(name, "any"),
                CrossingDecided(name, "REFER", ("UNKNOWN_SIGNER",), "p 1", 9.0, ()),
                OfficerNoted(name, "O-17", "a made-up note"),
                CrossingClosed(name, "timed_out"),
            ):
                sequence += 1
                payload = canonical_json(event.payload()).decode()
                row = {"digest": bytes(32), "head": bytes(32), "salt": bytes(16), "payload": payload}
                at = utc_text(station.clock().utc)
                session.add(Stored(device_id=lane, sequence=sequence, at=at, kind=event.kind, **row))
            session.add(CrossingSpan(device_id=lane, crossing=name, first=first, last=sequence))


def find(station: Station, desk: int | None = None, digits: str = DIGITS) -> FoundAtHub:
    rooms = Lookup(station.hub.engine, station.clock, an_hour=3)
    return rooms.find(desk or station.desk, digits, "O-17", "objection", secrets.token_urlsafe())


def test_a_crossing_of_any_lane_is_found_without_its_codes_and_notes(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    crossed(station, station.one, "another")
    monkeypatch.setattr("sync.hub.lookup.AT_A_TIME", 2)
    crossed(station, station.two, "one before", NAME, "one behind")
    (one,) = find(station).crossings
    assert (one.lane, one.crossing) == ("lane-2", NAME)
    assert [row.kind for row in one.records] == ["crossing.opened", "crossing.decided", "crossing.closed"]
    assert {row.told()["crossing"] for row in one.records} == {NAME}
    assert not {OfficerNoted.kind, CodeAssessed.kind} & set(KINDS)


def test_who_looked_is_an_act_also_where_nothing_is_found(station: Station) -> None:
    assert find(station).crossings == ()
    act = list(Acts(station.hub.engine).all())[-1]
    assert (act.what, act.login, act.full_name) == ("looked_up", "desk-1", "O-17")
    assert (act.about, act.reason) == (f"reference {DIGITS}", "objection")


def test_a_desk_of_another_station_finds_nothing_and_a_lane_may_not_look(station: Station) -> None:
    crossed(station, station.one, NAME)
    assert find(station, station.far).crossings == ()
    with pytest.raises(NoDesk):
        find(station, station.one)


def test_nobody_goes_through_all_digits(station: Station) -> None:
    for _ in range(3):
        find(station)
    with pytest.raises(NotPossible) as caught:
        find(station)
    assert caught.value.word == "too_often"
    find(station, station.other)
    station.clock.pass_time(hours=1, seconds=1)
    find(station)


def test_a_request_that_is_sent_again_writes_no_act_and_uses_nothing_up(station: Station) -> None:
    rooms, acts = Lookup(station.hub.engine, station.clock, an_hour=2), Acts(station.hub.engine)
    rooms.find(station.desk, DIGITS, "O-17", "objection", "the-nonce-of-one-request")
    for _ in range(3):
        with pytest.raises(NotPossible) as caught:
            rooms.find(station.desk, DIGITS, "O-17", "objection", "the-nonce-of-one-request")
        assert caught.value.word == "repeated"
    rooms.find(station.desk, DIGITS, "O-17", "objection", "the-nonce-of-another-one")
    assert [act.what for act in acts.all()].count("looked_up") == 2


def test_a_lane_that_writes_anything_hides_nothing_and_stops_no_desk(station: Station, qtbot: QtBot) -> None:
    crossed(station, station.one, NAME)
    good, far = utc_text(station.clock().utc), "9999-12-31T23:30:00.000000Z"
    strange = (
        ("crossing.decided", good, {}),
        ("crossing.decided", good, {"outcome": 5, "reasons": 7}),
        ("crossing.closed", far, {"how": "passed"}),
        *[("crossing.opened", good, {"x": "y" * 60_000})] * MOST_RECORDS,
    )
    with Session(station.hub.engine) as session, session.begin():
        for number, (kind, at, told) in enumerate(strange, start=10):
            payload = json.dumps({"crossing": NAME} | told)
            row = {"digest": bytes(32), "head": bytes(32), "salt": bytes(16), "payload": payload}
            session.add(Stored(device_id=station.one, sequence=number, at=at, kind=kind, **row))
        session.get_one(CrossingSpan, (station.one, NAME)).last = 1000
    with served(station.hub.app) as url:
        exchange = Exchange(
            url, "desk-1", station.keys["desk-1"].device, station.hub.hub.public, open_session()
        )
        finding = HubFinding(lambda: exchange, lambda _: None, "desk-1")
        with qtbot.waitSignal(finding.answered, timeout=20_000) as heard:
            finding.find(DIGITS, "O-17", Why.COLLEAGUE)
        finding.stop()
    ((lane, one),) = heard.args[0].rows
    assert (lane, one.outcome, one.how) == ("lane-1", "REFER", "timed_out")
    read(one, "en", HONG_KONG, date(2026, 11, 23), lambda _: False, "O-17")


def test_desk_and_hub_know_the_same_whys() -> None:
    assert tuple(Why) == WHYS


def test_a_desk_asks_over_http_and_records_it_before_it_shows_anything(
    station: Station, qtbot: QtBot
) -> None:
    crossed(station, station.one, NAME)
    keys, recorded = station.keys["desk-1"], list[Event]()
    with served(station.hub.app) as url:
        finding = HubFinding(
            lambda: Exchange(url, "desk-1", keys.device, station.hub.hub.public, open_session()),
            recorded.append,
            "desk-1",
        )
        with qtbot.waitSignal(finding.answered, timeout=20_000) as heard:
            finding.find(in_groups(DIGITS), "O-17", Why.COLLEAGUE)
        ((lane, one),) = heard.args[0].rows
        assert (lane, one.outcome, one.how) == ("lane-1", "REFER", "timed_out")
        assert recorded == [ReferenceAsked("O-17", "desk-1", in_groups(DIGITS), NAME, "colleague", 1)]
        with qtbot.waitSignal(finding.answered, timeout=20_000) as heard:
            finding.find("12", "O-17", Why.COLLEAGUE)
        assert heard.args[0] == Answer("12", failed=Failed.AWAY), "the hub does not take what is no reference"
    with qtbot.waitSignal(finding.answered, timeout=20_000) as heard:
        finding.find(DIGITS, "O-17", Why.COLLEAGUE)
    assert heard.args[0].failed is Failed.AWAY
    finding.stop()
