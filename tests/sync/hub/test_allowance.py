"""What a device may add in a day: beyond it nothing is stored, nothing is lost, and somebody hears of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sync.batch import batch_body, signed_message
from sync.canonical import utc_text
from sync.chain import Position, Record, follow, genesis
from sync.event_types import FaultCleared, FaultRaised
from sync.exchange import Exchange
from sync.hub.allowance import Allowance
from sync.hub.app import create_app
from sync.hub.database import open_database
from sync.hub.desks import Desks
from sync.hub.device_models import SpentUse
from sync.hub.lane_orders import LaneOrders
from sync.hub.ledger import Ledger
from sync.hub.models import Alarm, Device, Stored
from sync.hub.referrals import Referrals
from sync.hub.spent_uses import DayUsedUp, SpentUses
from sync.journal import Journal
from sync.journal_reader import JournalReader
from sync.lane_order import new_order
from sync.line import Line, NoAnswer
from sync.receipt import Answer, Receipt
from sync.referral import Closed, LaneSays
from sync.session import open_session
from sync.signing import SigningKey
from sync.spent_words import UseTold
from sync.uplink_core import FULL, Pace, Send, UplinkCore, Wait
from tests.sync.ground import HandClock, key, write
from tests.sync.hub.ground import LaneKeys, StationHub
from tests.sync.hub.served import served
from tests.sync.hub.waiting_ground import Station, opened

KIOSK = "lane-1"


class Ground:
    """Ten records of a lane, and a hub that takes six of a device in a day."""

    def __init__(self, folder: Path, clock: HandClock, database: str | None, records: list[Record]) -> None:
        self.engine = open_database(folder, database)
        self.clock, self.records, self.database = clock, records, database
        self.device = key()
        self.hub = Ledger(self.engine, clock, Allowance(records=6))
        self.hub.enrol(KIOSK, self.device.public)

    def body(self, first: int, last: int) -> bytes:
        after = follow(genesis(self.device.public.raw), self.records[: first - 1])
        assert isinstance(after, Position)
        return batch_body(KIOSK, after, self.records[first - 1 : last])

    def send(self, first: int, last: int, hub: Ledger | None = None) -> Receipt:
        body = self.body(first, last)
        return (hub or self.hub).take(KIOSK, body, self.device.sign(signed_message(body)))

    def count(self, what: type[Stored] | type[Alarm]) -> int:
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).select_from(what)) or 0


@pytest.fixture
def ground(
    tmp_path: Path, clock: HandClock, database: str | None, journal: Journal, folder: Path
) -> Iterator[Ground]:
    write(journal, clock, 10)
    with closing(JournalReader(folder)) as reader:
        records = [dataclasses.replace(one, head=None) for one in reader.records(0, 10, 1_000_000)]
    made = Ground(tmp_path / "hub", clock, database, records)
    yield made
    made.engine.dispose()


def test_beyond_it_nothing_is_stored_and_the_rest_comes_the_day_after(
    ground: Ground, clock: HandClock
) -> None:
    assert ground.send(1, 4).answer is Answer.STORED
    later = ground.send(5, 8)
    assert (later.answer, later.position.sequence) == (Answer.LATER, 4)
    assert "6 records" in later.why and "--day-records" in later.why
    assert ground.count(Stored) == 4
    assert ground.send(1, 4).answer is Answer.DUPLICATE, "what is held is said to be held"
    assert ground.send(5, 6).answer is Answer.STORED, "what still fits is taken"
    clock.pass_time(days=1)
    assert ground.send(7, 10).answer is Answer.STORED
    assert ground.count(Stored) == 10


def test_it_holds_for_every_hub_of_a_database_and_over_restarts(ground: Ground) -> None:
    second = Ledger(ground.engine, ground.clock, Allowance(records=6))
    assert ground.send(1, 4).answer is Answer.STORED
    assert ground.send(5, 8, second).answer is Answer.LATER
    assert ground.send(5, 8, Ledger(ground.engine, ground.clock)).answer is Answer.STORED, "as shipped"


def test_bytes_count_as_well_and_a_days_first_batch_is_always_taken(ground: Ground) -> None:
    small = Ledger(ground.engine, ground.clock, Allowance(megabytes=0))
    assert ground.send(1, 3, small).answer is Answer.STORED
    assert ground.send(4, 6, small).answer is Answer.LATER


def test_people_hear_of_it_once_a_day(ground: Ground, clock: HandClock) -> None:
    ground.send(1, 6)
    for _ in range(3):
        assert ground.send(7, 10).answer is Answer.LATER
    assert ground.count(Alarm) == 1
    with Session(ground.engine) as session:
        assert session.scalars(select(Alarm.what)).all() == ["day_limit"]


def test_what_a_batch_contradicts_is_still_a_fork(ground: Ground) -> None:
    ground.send(1, 6)
    changed = dataclasses.replace(ground.records[5], kind="gate.passage")
    ground.records = [*ground.records[:5], changed, *ground.records[6:]]
    assert ground.send(1, 6).answer is Answer.FORK


def test_the_answer_is_signed_and_the_lane_says_so_until_it_is_over(ground: Ground) -> None:
    hub_key = key()
    with served(create_app(ground.hub, hub_key)) as url, open_session() as session:
        line = Line(url, KIOSK, ground.device, hub_key.public, session)
        assert line.send(ground.body(1, 6)).receipt.answer is Answer.STORED
        later = line.send(ground.body(7, 10)).receipt
        assert later.answer is Answer.LATER
        stranger = Line(url, KIOSK, ground.device, key().public, session)
        with pytest.raises(NoAnswer):
            stranger.send(ground.body(7, 10))
    core = UplinkCore(later.position, Pace(gather_s=0.0), lambda: 1.0)
    told = core.answered(later, 0.0, lambda _: 4, lambda _: True)
    assert [(one.code, one.part) for one in told.events if isinstance(one, FaultRaised)] == [(FULL, "hub")]
    assert core.watermark.sequence == 6, "nothing counts as sent"
    assert isinstance(core.plan(10, 0.1), Wait) and isinstance(core.plan(10, 2.0), Send)
    assert core.answered(later, 2.0, lambda _: 4, lambda _: True).events == ()
    held = dataclasses.replace(later, answer=Answer.HELD)
    assert core.answered(held, 9.0, lambda _: 4, lambda _: True).events == (), "asked for, it is not over"
    stored = dataclasses.replace(later, answer=Answer.STORED)
    told = core.answered(stored, 20.0, lambda _: 0, lambda _: True)
    assert [one.code for one in told.events if isinstance(one, FaultCleared)] == [FULL]
    assert core.trouble == ""


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[StationHub]:
    made = StationHub(tmp_path / "station", clock)
    yield made
    made.close()


def test_told_uses_count_too_and_a_lane_hears_why(station: StationHub, device: SigningKey) -> None:
    lane = LaneKeys("lane-1", device)
    number = station.enrol(lane)
    room = SpentUses(station.engine, station.clock, Allowance(records=2))

    def use(name: str) -> UseTold:
        return UseTold(name, name.encode().ljust(32), (), utc_text(station.clock().utc), taken=False)

    said = [use("crossing-1"), use("crossing-2")]
    for _ in range(3):
        words = room.take(number, [], said)
        assert {word.heard for word in words} == {"first"}, "said again, it uses up nothing"
    with pytest.raises(DayUsedUp, match=r"^More than 2 records or 2000 MB .* midnight UTC .*\.$"):
        room.take(number, [], [use("crossing-3")])
    station.app.state.device_rooms.spent = room
    told = {"returned": [], "uses": [use("crossing-4").table()]}
    with served(station.app) as url, open_session() as session:
        line = Exchange(url, "lane-1", lane.device, station.hub.public, session)
        reply = line.ask("POST", "/spent", told)
        assert (reply.status, reply.table["refused"]) == (429, "day_limit")
    with Session(station.engine) as session:
        assert session.scalar(select(Device.day_records)) == 2, "what was refused is not counted"
        assert set(session.scalars(select(SpentUse.reference))) == {"crossing-1", "crossing-2"}


def test_referrals_decisions_and_orders_count_too_and_what_is_over_is_still_heard(
    tmp_path: Path, clock: HandClock
) -> None:
    station = Station(tmp_path / "hub", clock)
    limit = Allowance(records=2)
    referrals = Referrals(station.hub.engine, clock, limit)
    desks, orders = Desks(station.hub.engine, clock, limit), LaneOrders(station.hub.engine, clock, limit)
    for name in ("c-0", "c-1"):
        referrals.says(station.one, LaneSays(opened=(opened(name),)))
    referrals.says(station.one, LaneSays(opened=(opened("c-1", approved_by="O-17"),)))
    ending = Closed(crossing="c-1", how="admit", by="O-17")
    with pytest.raises(DayUsedUp, match="More than 2 records"):
        referrals.says(station.one, LaneSays(closed=(ending,), opened=(opened("c-2"),)))
    assert {one.crossing: one.state for one in station.shown()} == {"c-0": "closed", "c-1": "closed"}
    clock.pass_time(days=1)
    referrals.says(station.one, LaneSays(opened=(opened("c-2"), opened("c-1"))))
    assert [one.crossing for one in station.shown()] == ["c-2"]
    desks.claim(station.desk, "lane-1", "c-2", "O-17")
    for nonce in ("made-up-nonce-0001", "made-up-nonce-0002"):
        said = new_order("lane-1", "close", "", "O-17", "desk-1", clock().utc, nonce)
        orders.send(station.desk, said, said.text(), bytes(64))
        orders.send(station.desk, said, said.text(), bytes(64))
    decided = dataclasses.replace(station.statement(), crossing="c-2")
    with pytest.raises(DayUsedUp):
        desks.decide(station.desk, decided, decided.text(), bytes(64))
    with pytest.raises(DayUsedUp):
        third = new_order("lane-1", "open", "", "O-17", "desk-1", clock().utc, "made-up-nonce-0003")
        orders.send(station.desk, third, third.text(), bytes(64))
    station.close()
