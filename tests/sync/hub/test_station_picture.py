"""The station as it stands: never better than what was last heard, people only in tens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sync.canonical import utc_text
from sync.hub.follower import Follower
from sync.hub.lane_reports import LaneReports
from sync.hub.metrics import HubNumbers
from sync.hub.station_picture import LaneNow, LaneState, Range, StationPicture
from sync.hub.web.words import Words
from sync.lane_report import FaultSaid, LaneReport, ListSaid
from tests.sync.ground import HandClock, key
from tests.sync.hub.desk_ground import Desk, crossing


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[Desk]:
    with closing(Desk(tmp_path, clock, database)) as desk:
        yield desk


def report(desk: Desk, phase: str = "waiting", **more: object) -> LaneReport:
    now = desk.clock().utc
    said: dict[str, object] = {
        "at": utc_text(now),
        "phase": phase,
        "demo": False,
        "version": "0.1.0",
        "faults": (),
        "lists": (
            ListSaid(kind="trust", name="", freshness="FRESH", signed_at=utc_text(now - timedelta(hours=5))),
        ),
        "unsent": 0,
        "oldest_unsent_at": None,
    }
    return LaneReport.model_validate(said | more)


def say(desk: Desk, lane: int, phase: str = "waiting", **more: object) -> None:
    LaneReports(desk.engine, desk.clock).take(lane, report(desk, phase, **more))


def now(desk: Desk) -> LaneNow:
    Follower(desk.engine).catch_up()
    (lane,) = StationPicture(desk.engine, desk.clock).now().lanes
    return lane


@pytest.mark.parametrize(
    ("phase", "state"),
    [
        ("waiting", LaneState.OPEN),
        ("passing", LaneState.OPEN),
        ("referred", LaneState.REFERRAL),
        ("gate_failed", LaneState.REFERRAL),
        ("held", LaneState.HELD),
        ("out_of_order", LaneState.OUT_OF_ORDER),
        ("evacuate", LaneState.EVACUATE),
        ("something_newer", LaneState.UNHEARD),
    ],
)
def test_a_lane_is_shown_as_it_last_said(desk: Desk, phase: str, state: LaneState) -> None:
    say(desk, desk.lane(), phase)
    assert now(desk).state is state


@pytest.mark.parametrize("phase", ["waiting", "held", "evacuate"])
def test_a_lane_not_heard_of_for_20_seconds_is_that_whatever_it_said_last(desk: Desk, phase: str) -> None:
    say(desk, desk.lane(), phase)
    desk.clock.pass_time(seconds=20)
    assert now(desk).state is not LaneState.UNHEARD
    desk.clock.pass_time(seconds=1)
    assert (now(desk).state, now(desk).heard_s, now(desk).lost) == (LaneState.UNHEARD, 21, True)


def test_a_lane_of_two_directions_shows_the_one_it_works_in_while_it_is_heard(desk: Desk) -> None:
    duty = {"direction": "to_hong_kong", "turns_to": "to_mainland", "turned": True}
    say(desk, desk.lane(), duty=duty | {"shut": "", "muted": False, "alarm": False})
    assert (now(desk).direction, now(desk).turned) == ("to_hong_kong", True)
    desk.clock.pass_time(seconds=21)
    assert (now(desk).direction, now(desk).turned) == ("", False)


def test_a_lane_of_one_direction_shows_none(desk: Desk) -> None:
    duty = {"direction": "to_hong_kong", "turns_to": "", "turned": False}
    say(desk, desk.lane(), duty=duty | {"shut": "", "muted": False, "alarm": False})
    assert now(desk).direction == ""


def test_a_lane_that_never_spoke_says_so(desk: Desk) -> None:
    desk.lane()
    assert (now(desk).state, now(desk).heard_s, now(desk).unsent) == (LaneState.NEVER, None, None)


def test_a_hub_whose_clock_was_set_back_does_not_show_old_green(desk: Desk) -> None:
    say(desk, desk.lane())
    desk.clock.pass_time(hours=-2)
    assert now(desk).state is LaneState.UNHEARD


def test_without_reports_the_records_tell_while_they_come(desk: Desk) -> None:
    desk.lane()
    desk.write("lane-1", ("lane.started", {"version": "0.1.0"}), ("lane.held", {"officer": "O-1"}))
    assert (now(desk).state, now(desk).version) == (LaneState.HELD, "0.1.0")
    desk.clock.pass_time(seconds=30)
    assert now(desk).state is LaneState.UNHEARD


def test_records_do_not_make_an_old_report_new(desk: Desk) -> None:
    lane = desk.lane()
    say(desk, lane, "waiting", faults=(FaultSaid(part="camera", code="CA", stops=True),))
    desk.clock.pass_time(seconds=60)
    desk.write("lane-1", ("lane.out_of_order", {"fault": "turnstile", "advice": "x"}))
    assert (now(desk).state, now(desk).faults) == (LaneState.OUT_OF_ORDER, ())


def test_a_lane_that_ended_in_order_is_switched_off_not_lost(desk: Desk) -> None:
    desk.lane()
    desk.write("lane-1", ("lane.stopped", {"why": "asked"}))
    desk.clock.pass_time(hours=1)
    assert (now(desk).state, now(desk).lost) == (LaneState.STOPPED, False)


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (("lane.stopped", {"why": "asked"}), LaneState.STOPPED),
        (("gate.fire", {"active": True}), LaneState.EVACUATE),
    ],
)
def test_a_record_after_the_last_report_is_believed_when_it_is_worse(
    desk: Desk, event: tuple[str, dict[str, object]], state: LaneState
) -> None:
    say(desk, desk.lane(), "waiting")
    desk.clock.pass_time(seconds=2)
    desk.write("lane-1", event)
    assert now(desk).state is state
    desk.clock.pass_time(seconds=2)
    desk.write("lane-1", ("lane.started", {"version": "0.1.0"}))
    assert now(desk).state is LaneState.OPEN


def test_fire_is_shown_from_the_records_too(desk: Desk) -> None:
    desk.lane()
    desk.write("lane-1", ("gate.fire", {"active": True}))
    assert now(desk).state is LaneState.EVACUATE
    desk.write("lane-1", ("gate.fire", {"active": False}))
    assert now(desk).state is LaneState.OPEN


def test_list_ages_and_the_oldest_unsent_record_grow_while_nothing_is_heard(desk: Desk) -> None:
    old = utc_text(desk.clock().utc - timedelta(minutes=10))
    say(desk, desk.lane(), unsent=12, oldest_unsent_at=old)
    desk.clock.pass_time(hours=1)
    lane = now(desk)
    assert (lane.unsent, lane.oldest_unsent_s) == (12, 4200)
    assert lane.lists[0].age_s == 6 * 3600


def test_crossings_are_counted_by_lane_and_hour_and_shown_in_tens(desk: Desk) -> None:
    desk.lane()
    desk.clock.pass_time(hours=-3)
    for number in range(12):
        desk.write("lane-1", *crossing(f"a{number}"))
    desk.clock.pass_time(hours=3)
    for number in range(11):
        desk.write("lane-1", *crossing(f"b{number}", outcome="REFER" if number else "REFUSE"))
    lane = now(desk)
    assert (lane.lately.all, lane.today.all) == (Range(10), Range(20))
    assert (lane.today.referred, lane.today.refused) == (Range(10), Range(0))


def test_today_begins_at_midnight_of_the_station(desk: Desk) -> None:
    desk.lane()
    desk.clock.pass_time(hours=7)  # 15:00 UTC is 23:00 in Hong Kong
    for number in range(10):
        desk.write("lane-1", *crossing(f"a{number}"))
    desk.clock.pass_time(hours=2)
    Follower(desk.engine).catch_up()
    for zone, low in ((UTC, 10), (ZoneInfo("Asia/Hong_Kong"), 0)):
        (lane,) = StationPicture(desk.engine, desk.clock, zone).now().lanes
        assert lane.today.all == Range(low)


@pytest.mark.parametrize(
    ("count", "said"), [(0, "fewer than 10"), (9, "fewer than 10"), (10, "10 to 19"), (37, "30 to 39")]
)
def test_a_number_of_people_is_told_in_tens_and_never_below(count: int, said: str) -> None:
    assert Words("en", UTC).people(Range.of(count).low) == said


def test_following_in_small_steps_and_twice_counts_everybody_once(desk: Desk) -> None:
    lane = desk.lane()
    desk.write("lane-1", *(event for number in range(30) for event in crossing(f"c{number}")))
    small = Follower(desk.engine, chunk=7)
    while small.step(lane):
        Follower(desk.engine, chunk=5).step(lane)
    assert now(desk).today.all == Range(30)
    assert small.behind() == []


def test_a_replaced_device_leaves_the_page_and_the_new_one_begins_anew(desk: Desk) -> None:
    say(desk, desk.lane())
    desk.ledger.enrol("lane-1", key().public, replace=True)
    assert now(desk).state is LaneState.NEVER


def test_the_metrics_say_the_same_and_nothing_about_people(desk: Desk) -> None:
    say(desk, desk.lane(), unsent=3)
    desk.write("lane-1", *crossing("c1", "ab" * 16))
    numbers = {
        (sample.name, *sample.labels.values()): sample.value
        for family in HubNumbers(desk.engine, desk.clock).collect()
        for sample in family.samples
    }
    assert numbers[("checkpoint_hub_lanes", "open")] == 1
    assert numbers[("checkpoint_hub_lane_unsent_records", "lane-1")] == 3
    assert numbers[("checkpoint_hub_lane_lost", "lane-1")] == 0
    assert numbers[("checkpoint_hub_records",)] == 4
    assert numbers[("checkpoint_hub_records_behind",)] == 4
    assert not any("c1" in part or "abab" in part for names in numbers for part in names)


def test_each_lane_that_is_lost_is_named_to_whoever_watches_the_numbers(desk: Desk) -> None:
    say(desk, desk.lane())
    desk.lane("never-heard-of")
    desk.clock.pass_time(seconds=21)
    numbers = {
        sample.labels["kiosk"]: sample.value
        for family in HubNumbers(desk.engine, desk.clock).collect()
        for sample in family.samples
        if sample.name == "checkpoint_hub_lane_lost"
    }
    assert numbers == {"lane-1": 1, "never-heard-of": 0}
