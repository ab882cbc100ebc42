"""The hub erases payloads by age, leaves alone what is held, and every chain verifies afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sync.hub.acts import Acts
from sync.hub.follower import Follower
from sync.hub.holds import HoldRefused, Holds
from sync.hub.lookback import Lookback, NoSuchCrossing
from sync.hub.people import SignedIn
from sync.hub.retention import Retention
from tests.sync.ground import HandClock, key
from tests.sync.hub.desk_ground import Desk, crossing

WHY = "case 12, challenged by the traveller"


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[Desk]:
    with closing(Desk(tmp_path, clock, database)) as desk:
        yield desk


def days(desk: Desk, count: int) -> None:
    desk.clock.pass_time(days=count)


def tidy(desk: Desk, chunk: int = 3) -> int:
    Follower(desk.engine, chunk).catch_up()
    return Retention(desk.engine, desk.clock, chunk=chunk).round()


def hold(desk: Desk, name: str = "c1", until_days: int = 100) -> tuple[SignedIn, int]:
    who = desk.person()
    until = (desk.clock().utc + timedelta(days=until_days)).date()
    return who, Holds(desk.engine, desk.clock).place_crossing(who, name, until, WHY)


def test_what_is_older_than_31_days_is_erased_and_the_chain_still_holds(desk: Desk) -> None:
    lane = desk.lane()
    desk.write("lane-1", *crossing("c1"), *crossing("c2"))
    days(desk, 16)
    desk.write("lane-1", *crossing("c3"))
    assert tidy(desk) == 0
    days(desk, 16)
    assert tidy(desk) == 8
    assert [payload is None for payload in desk.payloads(lane)] == [True] * 8 + [False] * 4
    assert desk.chain_holds(lane)
    assert tidy(desk) == 0


def test_events_about_the_journal_keep_their_payload(desk: Desk) -> None:
    lane = desk.lane()
    desk.write(
        "lane-1",
        ("lane.held", {"officer": "O-1"}),
        ("journal.erased", {"before": "x", "records": 1, "keys": 0}),
    )
    days(desk, 32)
    assert tidy(desk) == 1
    assert [payload is None for payload in desk.payloads(lane)] == [True, False]


def test_a_kiosk_whose_clock_runs_ahead_cannot_keep_its_records_for_longer(desk: Desk) -> None:
    lane = desk.lane()
    now = desk.clock.now
    days(desk, 3000)
    desk.write("lane-1", *crossing("c1"))
    desk.clock.now = now
    tidy(desk)
    days(desk, 32)
    assert tidy(desk) == 4
    assert set(desk.payloads(lane)) == {None}


def test_what_was_not_followed_yet_is_not_erased_before_it_is(desk: Desk) -> None:
    lane = desk.lane()
    desk.write("lane-1", *crossing("c1"))
    days(desk, 32)
    assert Retention(desk.engine, desk.clock).round() == 0
    assert tidy(desk) == 4
    assert set(desk.payloads(lane)) == {None}


def test_fingerprints_and_crossings_go_with_the_payloads_they_came_from(desk: Desk) -> None:
    desk.lane()
    desk.write("lane-1", *crossing("c1"))
    days(desk, 32)
    tidy(desk)
    who = desk.person()
    with pytest.raises(NoSuchCrossing):
        Lookback(desk.engine, desk.clock).ask_crossing(who, "c1", WHY)
    assert Lookback(desk.engine, desk.clock).ask(who, [bytes.fromhex("ab" * 16)], WHY) == []


def test_a_held_crossing_stays_when_all_around_it_goes(desk: Desk) -> None:
    lane = desk.lane()
    desk.write("lane-1", *crossing("c0"), *crossing("c1"), *crossing("c2"))
    tidy(desk)
    hold(desk)
    days(desk, 32)
    assert tidy(desk) == 8
    assert [payload is None for payload in desk.payloads(lane)] == [True] * 4 + [False] * 4 + [True] * 4
    assert desk.chain_holds(lane)


def test_a_decision_that_comes_after_the_hold_is_held_with_its_crossing(desk: Desk) -> None:
    lane = desk.lane()
    desk.write("lane-1", *crossing("c1"))
    tidy(desk)
    hold(desk)
    late = {"crossing": "c1", "officer": "O-1", "action": "admit", "reason": "x", "in_time": False}
    desk.write("lane-1", ("officer.decided", late))
    days(desk, 32)
    assert tidy(desk) == 0
    assert None not in desk.payloads(lane)


def test_a_hold_that_is_let_go_no_longer_protects(desk: Desk) -> None:
    lane = desk.lane()
    desk.write("lane-1", *crossing("c0"), *crossing("c1"), *crossing("c2"))
    tidy(desk)
    who, number = hold(desk)
    days(desk, 32)
    tidy(desk)
    Holds(desk.engine, desk.clock).release(who, number, "the case is closed")
    assert tidy(desk) == 4
    assert set(desk.payloads(lane)) == {None}
    with pytest.raises(HoldRefused, match="no_such_hold"):
        Holds(desk.engine, desk.clock).release(who, number, "the case is closed")


def test_a_hold_ends_by_itself_on_its_day_and_that_is_written_down(desk: Desk) -> None:
    lane = desk.lane()
    desk.write("lane-1", *crossing("c1"))
    tidy(desk)
    hold(desk, until_days=40)
    days(desk, 40)
    assert tidy(desk) == 0
    days(desk, 1)
    assert tidy(desk) == 4
    assert set(desk.payloads(lane)) == {None}
    ended = [act for act in Acts(desk.engine).all() if act.what == "released"]
    assert [(act.login, act.reason) for act in ended] == [("hub", "its time is over")]


def test_two_holds_on_one_record_protect_until_both_let_go(desk: Desk) -> None:
    lane = desk.lane()
    desk.write("lane-1", *crossing("c1"))
    tidy(desk)
    who, first = hold(desk)
    holds = Holds(desk.engine, desk.clock)
    holds.place_range(who, "lane-1", 2, 3, (desk.clock().utc + timedelta(days=90)).date(), WHY)
    days(desk, 32)
    holds.release(who, first, "the case is closed")
    tidy(desk)
    assert [payload is None for payload in desk.payloads(lane)] == [True, False, False, True]


def test_nothing_that_is_gone_and_no_day_that_is_past_can_be_held(desk: Desk) -> None:
    desk.lane()
    desk.write("lane-1", *crossing("c1"))
    tidy(desk)
    who, holds = desk.person(), Holds(desk.engine, desk.clock)
    today = desk.clock().utc.date()
    for refused, place in (
        ("no_such_crossing", lambda: holds.place_crossing(who, "c9", today, WHY)),
        ("until_is_wrong", lambda: holds.place_crossing(who, "c1", today - timedelta(days=1), WHY)),
        ("until_is_wrong", lambda: holds.place_crossing(who, "c1", today + timedelta(days=400), WHY)),
        ("until_is_wrong", lambda: holds.place_crossing(who, "c1", today.max, WHY)),
        ("no_such_range", lambda: holds.place_range(who, "lane-1", 1, 99, today, WHY)),
        ("no_such_range", lambda: holds.place_range(who, "lane-9", 1, 1, today, WHY)),
        ("no_such_range", lambda: holds.place_range(who, "lane-1", 3, 1, today, WHY)),
    ):
        with pytest.raises(HoldRefused, match=refused):
            place()
    days(desk, 32)
    tidy(desk)
    with pytest.raises(HoldRefused, match="nothing_left"):
        holds.place_range(who, "lane-1", 1, 4, desk.clock().utc.date(), WHY)
    assert holds.list() == []


def test_records_of_a_retired_device_are_erased_too(desk: Desk) -> None:
    old = desk.lane()
    desk.write("lane-1", *crossing("c1"))
    desk.ledger.enrol("lane-1", key().public, replace=True)
    days(desk, 32)
    assert tidy(desk) == 4
    assert set(desk.payloads(old)) == {None}


def test_each_round_that_erased_something_is_written_down(desk: Desk) -> None:
    desk.lane()
    desk.write("lane-1", *crossing("c1"))
    days(desk, 32)
    tidy(desk)
    tidy(desk)
    erased = [act.about for act in Acts(desk.engine).all() if act.what == "erased"]
    assert len(erased) == 1
    assert erased[0].startswith("4 records from before 2026-03-02")
