"""What the lane, its officer and its journal are told about the clock."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from kiosk import lane_clock
from kiosk.clock_watch import ClockWatch, advice
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_clock import LaneClock
from sync.clock.core import Heard
from sync.clock.order import Order, leave_order
from sync.clock.states import ClockState
from sync.clock.store import FILE
from sync.clock.trusted import TrustedClock
from sync.event import Event
from sync.event_types import ClockChanged, ClockFloor, ClockRecordDamaged, ClockReset
from sync.exchange import Exchange
from sync.line import NoAnswer
from tests.sync.clock.bench import NOON, Bench

Told = Event | PartFailed | PartRecovered


class Watched(Bench):
    """A clock, its watch, and everything that was told."""

    def watch(self, *, has_hub: bool = True) -> Watched:
        self.told: list[Told] = []
        self._watch = ClockWatch(self.clock, has_hub=has_hub)
        return self.look()

    def look(self) -> Watched:
        self._watch.look_again(self.told.append)
        return self

    @property
    def codes(self) -> dict[str, str]:
        """The faults that stand, by part."""
        standing: dict[str, str] = {}
        for one in self.told:
            if isinstance(one, PartFailed):
                standing[one.fault.part] = one.fault.code
            elif isinstance(one, PartRecovered):
                del standing[one.part]
        return standing

    def events(self, kind: type[Event]) -> list[Event]:
        return [one for one in self.told if isinstance(one, kind)]


@pytest.fixture
def bench(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def words(bench: Watched, code: str) -> str:
    return next(
        one.fault.advice
        for one in reversed(bench.told)
        if isinstance(one, PartFailed) and one.fault.code == code
    )


def test_a_start_with_a_hub_that_answers_calls_nobody(bench: Watched) -> None:
    bench.watch()
    bench.hub_says(bench.machine.true)
    bench.look()
    assert bench.codes == {}
    assert [event.payload()["state"] for event in bench.events(ClockChanged)] == ["UNSURE", "BELIEVED"]


def test_a_silent_hub_is_named_after_ten_minutes_and_forgotten_when_it_answers(bench: Watched) -> None:
    bench.watch()
    bench.machine.pass_time(minutes=9)
    assert bench.look().codes == {}
    bench.machine.pass_time(minutes=2)
    assert bench.look().codes == {"clock": "CU"}
    assert "2026-11-23 12:00 UTC" in words(bench, "CU")
    bench.machine.pass_time(hours=5)
    told = len(bench.told)
    bench.look()
    assert len(bench.told) == told
    bench.hub_says(bench.machine.true)
    assert bench.look().codes == {}


def test_without_a_hub_people_are_asked_after_a_week_only(bench: Watched) -> None:
    bench.watch(has_hub=False)
    bench.machine.pass_time(days=6)
    assert bench.look().codes == {}
    bench.machine.pass_time(days=2)
    assert bench.look().codes == {"clock": "CU"}
    assert not any(isinstance(one, PartFailed) and one.fault.stops for one in bench.told)


def test_a_clock_that_is_not_believed_is_named_with_what_to_do_and_comes_back_by_itself(
    bench: Watched,
) -> None:
    bench.confirmed()
    bench.restart(battery=False)
    bench.watch()
    assert bench.codes == {"clock": "CK"}
    assert "1970-01-01" in words(bench, "CK") and "clock reset" in words(bench, "CK")
    bench.hub_says(bench.machine.true)
    assert "clock" not in bench.look().codes


def test_a_wrong_machine_beside_a_confirmed_clock_is_the_operator_s_business(bench: Watched) -> None:
    bench.confirmed()
    bench.watch()
    bench.machine.turn(hours=2)
    assert bench.look().codes == {"machine's clock": "CM"}
    assert "is 2 hours ahead of what" in words(bench, "CM")
    bench.machine.turn(hours=-2)
    assert bench.look().codes == {}
    bench.machine.turn(hours=-24 * 40)
    bench.look()
    assert "is 40 days behind what" in words(bench, "CM")
    bench.machine.turn(hours=24 * 40 + 1)
    bench.look()
    assert "is 60 minutes ahead of what" in words(bench, "CM")


def test_a_hub_that_is_outvoted_is_named_while_the_lane_goes_on(bench: Watched) -> None:
    bench.confirmed()
    bench.watch()
    bench.hub_says(NOON + timedelta(days=365))
    assert bench.look().codes == {"hub's clock": "CH"}
    bench.hub_says(bench.machine.true)
    assert bench.look().codes == {}


def test_what_two_officers_did_is_recorded(bench: Watched) -> None:
    bench.watch()
    leave_order(bench.folder, Order(NOON, bench.machine.boot_id, bench.machine.uptime, "O-17", "S-3"))
    bench.look()
    (reset,) = bench.events(ClockReset)
    assert reset.payload()["officer"] == "O-17"
    assert reset.payload()["second"] == "S-3"
    assert reset.payload()["taken"] is True
    assert bench.state == "BELIEVED"


def test_the_journal_has_the_floor_at_the_start_when_confirmed_and_daily(bench: Watched) -> None:
    bench.watch()
    assert len(bench.events(ClockFloor)) == 1
    bench.hub_says(bench.machine.true)
    bench.look()
    assert len(bench.events(ClockFloor)) == 2
    for _ in range(52):
        bench.machine.pass_time(hours=1)
        bench.look()
    assert len(bench.events(ClockFloor)) == 4


def test_a_damaged_record_is_an_event(bench: Watched) -> None:
    (bench.folder / FILE).write_bytes(b"damaged")
    bench.start()
    bench.watch()
    assert len(bench.events(ClockRecordDamaged)) == 1
    assert bench.codes == {"clock": "CK"}
    assert bench.events(ClockFloor) == []


def test_a_record_that_can_t_be_written_is_a_fault_of_its_own(bench: Watched) -> None:
    bench.confirmed()
    bench.watch()
    hidden = bench.folder.with_name("hidden")
    bench.folder.rename(hidden)
    bench.machine.pass_time(minutes=6)
    assert bench.look().codes == {"record of the clock": "CF"}
    hidden.rename(bench.folder)
    bench.machine.pass_time(minutes=6)
    assert bench.look().codes == {}


@pytest.mark.parametrize("state", list(ClockState))
def test_every_state_has_one_sentence_for_the_officer(bench: Watched, state: ClockState) -> None:
    sentence = advice(replace(bench.clock.status, state=state))
    assert sentence.endswith(".") and sentence.count(". ") == 0
    assert "{" not in sentence and "`" not in sentence


def test_a_hub_that_comes_while_the_lane_runs_is_asked_and_missed_like_any_other(
    bench: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, exchange = threading.Event(), cast(Exchange, object())

    def ask(whom: Exchange, clock: TrustedClock) -> Heard:
        assert (whom, clock) == (exchange, bench.clock)
        asked.set()
        raise NoAnswer("it is made up")

    monkeypatch.setattr(lane_clock, "ask_hub", ask)
    told: list[Told] = []
    clock = LaneClock(bench.clock, None, 300.0)
    clock.start()
    clock.look_again(told.append)
    clock.join(exchange)
    assert asked.wait(30)
    clock.stop()
    bench.machine.pass_time(minutes=11)
    clock.look_again(told.append)
    assert [one.fault.code for one in told if isinstance(one, PartFailed)] == ["CU"]
