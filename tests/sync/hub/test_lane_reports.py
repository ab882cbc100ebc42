"""What a lane says of itself reaches the hub through the signed exchange, and nothing else does."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sync.canonical import NotCanonical, canonical_json, utc_text
from sync.exchange import Exchange
from sync.hub.alarm_room import MOST_OPEN
from sync.hub.lane_reports import LaneReports
from sync.hub.spent_uses import SpentUses
from sync.hub.station_picture import LaneState, StationPicture
from sync.lane_report import LaneReport, Reporter, read_lane_report
from sync.line import NoAnswer
from sync.receipt import Receipt
from sync.spent_words import UseTold
from tests.sync.ground import HandClock, key
from tests.sync.hub.desk_ground import Desk, crossing
from tests.sync.hub.ground import LaneKeys, StationHub
from tests.sync.hub.served import exchange, raw, served

AT = "2026-03-01T08:00:00.000000Z"
GOOD: dict[str, Any] = {
    "at": AT,
    "phase": "waiting",
    "demo": False,
    "version": "0.1.0",
    "faults": [{"part": "camera", "code": "CA", "stops": True}],
    "lists": [{"kind": "trust", "name": "gd", "freshness": "AGEING", "signed_at": None}],
    "unsent": 2,
    "oldest_unsent_at": AT,
}


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock) -> Iterator[StationHub]:
    hub = StationHub(tmp_path / "hub", clock)
    yield hub
    hub.engine.dispose()


def test_a_report_arrives_and_is_the_lanes_present_state(hub: StationHub) -> None:
    lane = LaneKeys("lane-1")
    hub.enrol(lane)
    with served(hub.app) as url, exchange(url, "lane-1", lane.device, hub.hub.public) as line:
        assert Reporter(line, lambda: read_lane_report(canonical_json(GOOD))).step()
        reply = line.ask("POST", "/status", {**GOOD, "phase": "held"})
        assert (reply.status, reply.table) == (200, {"at": utc_text(hub.clock().utc)})
    (shown,) = StationPicture(hub.engine, hub.clock).now().lanes
    assert (shown.state, shown.unsent, shown.faults[0].code) == (LaneState.HELD, 2, "CA")


def test_a_report_that_somebody_recorded_makes_no_lane_look_alive(hub: StationHub, clock: HandClock) -> None:
    device = hub.enrol(LaneKeys("lane-1"))
    reports, picture = LaneReports(hub.engine, clock), StationPicture(hub.engine, clock)

    def says(at: datetime, phase: str = "waiting") -> LaneReport:
        return read_lane_report(canonical_json({**GOOD, "at": utc_text(at), "phase": phase}))

    began = clock().utc
    first, held_back = says(began), says(began + timedelta(seconds=10))
    reports.take(device, first)
    clock.pass_time(seconds=5)
    reports.take(device, says(began + timedelta(seconds=5), "out_of_order"))
    reports.take(device, first)
    assert picture.now().lanes[0].state is LaneState.OUT_OF_ORDER, "an older word changes nothing"
    clock.pass_time(minutes=5)
    reports.take(device, says(began + timedelta(seconds=5), "out_of_order"))
    (lane,) = picture.now().lanes
    assert (lane.state, lane.heard_s) == (LaneState.UNHEARD, 300.0)
    reports.take(device, held_back)
    (lane,) = picture.now().lanes
    assert (lane.state, lane.heard_s) == (LaneState.UNHEARD, 295.0), "it is news of its own time"
    reports.take(device, says(clock().utc))
    assert picture.now().lanes[0].state is LaneState.OPEN


def test_a_lane_whose_clock_ran_ahead_is_heard_again_once_it_is_right(
    hub: StationHub, clock: HandClock
) -> None:
    device = hub.enrol(LaneKeys("lane-1"))
    reports = LaneReports(hub.engine, clock)
    for at, phase in ((clock().utc + timedelta(days=1), "waiting"), (clock().utc, "held")):
        reports.take(device, read_lane_report(canonical_json({**GOOD, "at": utc_text(at), "phase": phase})))
    assert StationPicture(hub.engine, clock).now().lanes[0].state is LaneState.HELD


def test_a_batch_sent_again_makes_no_lane_look_alive(
    tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Desk(tmp_path / "desk", clock)) as desk:
        desk.lane()
        bodies: list[tuple[bytes, bytes]] = []
        take = desk.ledger.take

        def listened(kiosk: str, body: bytes, signature: bytes) -> Receipt:
            bodies.append((body, signature))
            return take(kiosk, body, signature)

        monkeypatch.setattr(desk.ledger, "take", listened)
        desk.write("lane-1", *crossing("c-1"))
        clock.pass_time(minutes=5)
        assert take("lane-1", *bodies[0]).answer.value == "dup"
        (lane,) = StationPicture(desk.engine, clock).now().lanes
        assert (lane.state, lane.heard_s) == (LaneState.UNHEARD, 300.0)


def test_one_lane_cannot_bury_the_others_alarms(hub: StationHub, clock: HandClock) -> None:
    wild, other = hub.enrol(LaneKeys("lane-1")), hub.enrol(LaneKeys("lane-2"))
    spent, at = SpentUses(hub.engine, clock), utc_text(clock().utc)

    def use(number: int, token: bytes) -> UseTold:
        return UseTold(f"reference.{number:06d}", token, (), at, taken=True)

    tokens = [hashlib.sha256(b"%d" % number).digest() for number in range(3 * MOST_OPEN)]
    spent.take(other, [], [use(number, token) for number, token in enumerate(tokens)])
    spent.take(wild, [], [use(1000 + number, token) for number, token in enumerate(tokens)])
    lanes = {lane.kiosk: lane.alarms for lane in StationPicture(hub.engine, clock).now().lanes}
    assert lanes == {"lane-1": MOST_OPEN, "lane-2": 0}


def test_nobody_else_speaks_for_a_lane(hub: StationHub) -> None:
    hub.enrol(LaneKeys("lane-1"))
    with served(hub.app) as url:
        with exchange(url, "lane-1", key(), hub.hub.public) as line, pytest.raises(NoAnswer):
            line.ask("POST", "/status", GOOD)
        assert raw(f"{url}/v1/kiosks/lane-1/status", "POST", json=GOOD).status_code in (400, 403)
    (shown,) = StationPicture(hub.engine, hub.clock).now().lanes
    assert shown.state is LaneState.NEVER


@pytest.mark.parametrize(
    "change",
    [
        {"phase": "Waiting!"},
        {"at": "yesterday"},
        {"at": "2026-02-30T08:00:00.000000Z"},
        {"unsent": -1},
        {"unsent": True},
        {"faults": [{"part": "camera", "code": "CA"}]},
        {"faults": [{"part": "camera", "code": "CA", "stops": True}] * 33},
        {"lists": [{"kind": "trust", "name": "x" * 121, "freshness": "FRESH", "signed_at": None}]},
        {"lists": [{"kind": "trust", "name": "", "freshness": "GREEN", "signed_at": None}]},
        {"traveller": "somebody"},
        {"version": None},
    ],
)
def test_a_report_that_is_none_is_refused(hub: StationHub, change: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        read_lane_report(canonical_json({**GOOD, **change}))


def test_a_refused_report_is_answered_signed_and_changes_nothing(hub: StationHub) -> None:
    lane = LaneKeys("lane-1")
    hub.enrol(lane)
    with served(hub.app) as url, exchange(url, "lane-1", lane.device, hub.hub.public) as line:
        assert line.ask("POST", "/status", {"phase": "waiting"}).status == 400
        assert line.ask("POST", "/status", {**GOOD, "phase": "x" * 70_000}).status == 400
    (shown,) = StationPicture(hub.engine, hub.clock).now().lanes
    assert shown.unsent is None


def test_two_first_reports_at_once_leave_one(hub: StationHub) -> None:
    device = hub.enrol(LaneKeys("lane-1"))
    reports = LaneReports(hub.engine, hub.clock)
    good = read_lane_report(canonical_json(GOOD))
    threads = [threading.Thread(target=reports.take, args=(device, good)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(StationPicture(hub.engine, hub.clock).now().lanes) == 1


class _AwayExchange(Exchange):
    def __init__(self) -> None:
        """No hub."""
        self.asked = threading.Semaphore(0)

    def ask(self, *_: Any, **__: Any) -> Any:
        self.asked.release()
        raise NoAnswer("the hub can't be reached")


def test_a_hub_that_is_away_is_told_again_and_again_and_the_end_is_quick() -> None:
    away = _AwayExchange()
    said: list[LaneReport | None] = [None, read_lane_report(canonical_json(GOOD))]
    reporter = Reporter(away, lambda: said[-1], every_s=0.01)
    reporter.start()
    assert all(away.asked.acquire(timeout=20) for _ in range(3))
    reporter.stop()
    assert not reporter._thread.is_alive()


def test_before_the_lane_has_shown_anything_there_is_nothing_to_say() -> None:
    away = _AwayExchange()
    assert not Reporter(away, lambda: None).step()
    assert not away.asked.acquire(blocking=False)
