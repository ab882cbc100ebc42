"""Each thing that can happen to a clock leads to the state that docs/clock.md names."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sync.clock.core import Heard, Limits
from sync.clock.line import Source
from sync.clock.order import Order, leave_order
from sync.clock.states import TABLE, ClockState, table
from tests.sync.clock.bench import BUILT, NOON, Bench, Machine

SECOND = timedelta(seconds=1)
PAGE = Path(__file__).resolve().parents[3] / "docs" / "clock.md"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def order(bench: Bench, to: datetime) -> None:
    leave_order(bench.folder, Order(to, bench.machine.boot_id, bench.machine.uptime, "O-1", "O-2"))
    done = bench.clock.take_order()
    assert done is not None and done.taken


def test_a_new_lane_goes_on_with_the_machine_s_clock_unconfirmed(bench: Bench) -> None:
    assert bench.state == "UNSURE"
    assert bench.now == NOON
    assert bench.floor < BUILT + timedelta(hours=1)


def test_the_hub_s_time_is_believed_and_carried_on(bench: Bench) -> None:
    bench.machine.turn(minutes=-10)
    bench.start()
    assert bench.hub_says(NOON) is Heard.TAKEN
    assert bench.state == "BELIEVED"
    bench.machine.pass_time(hours=5)
    assert abs(bench.now - bench.machine.true) < SECOND
    assert bench.machine.true - bench.floor < timedelta(seconds=10)


@pytest.mark.parametrize("turned", [timedelta(days=-400), timedelta(hours=-3), timedelta(days=3650)])
def test_a_confirmed_clock_does_not_care_what_the_machine_is_set_to(bench: Bench, turned: timedelta) -> None:
    bench.confirmed()
    bench.machine.utc += turned
    bench.machine.pass_time(seconds=30)
    assert bench.state == "BELIEVED"
    assert abs(bench.now - bench.machine.true) < SECOND
    assert bench.clock.status.machine_off_s == pytest.approx(turned.total_seconds(), abs=1)


@pytest.mark.parametrize("turned", [timedelta(hours=-1), timedelta(hours=2), timedelta(days=5)])
def test_an_unconfirmed_clock_that_is_changed_while_running_is_not_believed(
    bench: Bench, turned: timedelta
) -> None:
    bench.machine.utc += turned
    bench.machine.pass_time(seconds=30)
    assert bench.state == "JUMPED"
    assert abs(bench.now - bench.machine.true) < SECOND


def test_a_change_that_is_taken_back_is_forgiven(bench: Bench) -> None:
    bench.machine.turn(hours=1)
    assert bench.state == "JUMPED"
    bench.machine.turn(hours=-1)
    assert bench.state == "UNSURE"


def test_a_change_survives_a_new_start_of_the_program(bench: Bench) -> None:
    bench.machine.turn(hours=1)
    bench.start()
    assert bench.state == "JUMPED"


def test_chrony_may_correct_a_clock_that_nobody_confirmed(bench: Bench) -> None:
    bench.machine.turn(minutes=-20)
    bench.restart()
    bench.machine.turn(minutes=20)
    assert bench.state == "JUMPED"
    bench.machine.synchronised = True
    assert bench.state == "UNSURE"
    assert abs(bench.now - bench.machine.true) < SECOND


def test_chrony_may_not_carry_it_beyond_the_slack(bench: Bench) -> None:
    bench.machine.synchronised = True
    bench.machine.turn(days=300)
    assert bench.state == "JUMPED"


def test_a_calendar_before_the_floor_is_behind(bench: Bench) -> None:
    bench.confirmed()
    bench.machine.turn(hours=-3)
    bench.restart()
    assert bench.state == "BEHIND"
    assert bench.floor <= bench.now
    assert abs(bench.now - bench.machine.true) < timedelta(minutes=5)


def test_a_dead_battery_is_behind_until_the_hub_answers(bench: Bench) -> None:
    bench.confirmed()
    bench.restart(battery=False, off=timedelta(days=2))
    assert bench.state == "BEHIND"
    assert bench.now >= NOON
    assert bench.hub_says(bench.machine.true) is Heard.TAKEN
    assert bench.state == "BELIEVED"


def test_a_dead_battery_is_behind_until_somebody_sets_the_machine_s_clock(bench: Bench) -> None:
    bench.confirmed()
    bench.restart(battery=False)
    assert bench.state == "BEHIND"
    bench.machine.utc = bench.machine.true
    assert bench.state == "UNSURE"


def test_a_machine_that_was_off_for_a_week_is_plausible(bench: Bench) -> None:
    bench.confirmed()
    bench.restart(off=timedelta(days=7))
    assert bench.state == "UNSURE"
    assert abs(bench.now - bench.machine.true) < SECOND
    assert bench.floor < NOON + timedelta(minutes=1)


def test_a_calendar_far_ahead_is_not_believed_and_moves_nothing(bench: Bench) -> None:
    bench.confirmed()
    bench.machine.turn(days=365)
    bench.restart()
    assert bench.state == "AHEAD"
    bench.machine.pass_time(hours=1)
    assert bench.now < NOON + timedelta(hours=2)
    assert bench.floor < NOON + timedelta(hours=2)


def test_many_nights_without_power_and_hub_do_not_stop_a_lane(bench: Bench) -> None:
    for _ in range(100):
        bench.machine.pass_time(hours=14)
        bench.clock.look()
        bench.clock.save()
        bench.restart(off=timedelta(hours=10))
        assert bench.state == "UNSURE"
    assert abs(bench.now - bench.machine.true) < timedelta(minutes=1)


def test_a_machine_that_slept_is_as_before(bench: Bench) -> None:
    bench.confirmed()
    monotonic = bench.clock().mono
    bench.machine.pass_time(hours=8)
    assert bench.state == "BELIEVED"
    assert abs(bench.now - bench.machine.true) < timedelta(seconds=10)
    assert bench.clock().mono > monotonic


def test_a_hub_behind_the_floor_is_ignored_and_named(bench: Bench) -> None:
    bench.confirmed()
    before = bench.floor
    assert bench.hub_says(NOON - timedelta(days=1)) is Heard.BELOW_FLOOR
    assert bench.state == "BELIEVED"
    assert bench.floor >= before
    assert bench.clock.status.hub_said == NOON - timedelta(days=1)


@pytest.mark.parametrize("leap", [timedelta(hours=2), timedelta(days=365)])
def test_a_hub_that_leaps_is_outvoted_by_what_it_said_before_and_the_machine(
    bench: Bench, leap: timedelta
) -> None:
    bench.confirmed()
    assert bench.hub_says(NOON + leap) is Heard.OUTVOTED
    assert bench.state == "BELIEVED"
    assert bench.now == NOON
    assert bench.floor < NOON + SECOND


def test_a_hub_a_year_ahead_of_a_plausible_machine_is_disputed_and_moves_nothing(bench: Bench) -> None:
    bench.confirmed()
    bench.restart()
    assert bench.hub_says(bench.machine.true + timedelta(days=365)) is Heard.DISPUTED
    assert bench.state == "DISPUTED"
    assert bench.floor < bench.machine.true
    assert bench.hub_says(bench.machine.true) is Heard.TAKEN
    assert bench.state == "BELIEVED"


def test_a_year_in_a_store_is_believed_when_hub_and_machine_agree(bench: Bench) -> None:
    bench.confirmed()
    bench.restart(off=timedelta(days=365))
    assert bench.state == "AHEAD"
    assert bench.hub_says(bench.machine.true) is Heard.TAKEN
    assert bench.state == "BELIEVED"


def test_a_year_in_a_store_with_a_dead_battery_takes_two_officers(bench: Bench) -> None:
    bench.confirmed()
    bench.restart(off=timedelta(days=365), battery=False)
    assert bench.hub_says(bench.machine.true) is Heard.DISPUTED
    assert bench.state == "BEHIND"
    order(bench, bench.machine.true)
    assert bench.state == "BELIEVED"
    assert bench.hub_says(bench.machine.true) is Heard.TAKEN


def test_three_clocks_that_all_differ_are_a_dispute_also_after_a_new_start(bench: Bench) -> None:
    bench.confirmed()
    bench.machine.turn(hours=-1)
    assert bench.hub_says(NOON + timedelta(hours=2)) is Heard.DISPUTED
    assert bench.state == "DISPUTED"
    assert bench.now == NOON
    bench.start()
    assert bench.state == "DISPUTED"
    bench.machine.turn(hours=1)
    assert bench.hub_says(NOON + timedelta(hours=2)) is Heard.OUTVOTED
    assert bench.state == "BELIEVED"


def test_a_hub_and_a_machine_that_agree_outvote_the_line(bench: Bench) -> None:
    bench.confirmed()
    bench.machine.turn(hours=2)
    assert bench.hub_says(NOON + timedelta(hours=2)) is Heard.TAKEN
    assert bench.now == NOON + timedelta(hours=2)


def test_small_lies_of_the_hub_do_not_add_up(bench: Bench) -> None:
    bench.confirmed()
    for _ in range(500):
        bench.machine.pass_time(minutes=5)
        bench.hub_says(bench.now + timedelta(seconds=55))
    assert bench.now - bench.machine.true < timedelta(minutes=2)


def test_a_slow_answer_is_as_exact_as_it_can_be(bench: Bench) -> None:
    bench.hub_says(NOON + timedelta(seconds=3), uncertainty_s=5.0)
    assert bench.clock.status.uncertain_s == pytest.approx(5.0)
    before = bench.now
    bench.hub_says(NOON, uncertainty_s=0.05)
    assert bench.clock.status.uncertain_s == pytest.approx(0.05)
    assert bench.now == before
    bench.machine.pass_time(seconds=10)
    assert bench.now == bench.machine.true
    bench.hub_says(bench.machine.true + timedelta(seconds=4), uncertainty_s=5.0)
    assert bench.now == bench.machine.true


def test_a_new_start_of_the_program_keeps_what_was_confirmed(bench: Bench) -> None:
    bench.confirmed()
    bench.machine.pass_time(hours=1)
    bench.machine.turn(days=-40)
    bench.start()
    assert bench.state == "BELIEVED"
    assert abs(bench.now - bench.machine.true) < SECOND
    assert bench.clock.status.source is Source.HUB


def test_two_officers_may_set_the_floor_back(bench: Bench) -> None:
    bench.machine.turn(days=30)
    bench.restart()
    bench.hub_says(bench.machine.utc)
    assert bench.state == "BELIEVED"
    poisoned = bench.floor
    order(bench, bench.machine.true)
    assert bench.floor < poisoned
    assert bench.state == "BELIEVED"
    assert abs(bench.now - bench.machine.true) < SECOND
    assert bench.clock.status.source is Source.OFFICERS


def test_not_even_officers_go_back_before_the_build(bench: Bench) -> None:
    bench.confirmed()
    leave_order(bench.folder, Order(BUILT - SECOND, "boot-1", 100.0, "O-1", "O-2"))
    done = bench.clock.take_order()
    assert done is not None and not done.taken
    assert bench.now == NOON


def test_an_order_of_an_earlier_start_sets_the_floor_and_confirms_nothing(bench: Bench) -> None:
    leave_order(bench.folder, Order(NOON, bench.machine.boot_id, bench.machine.uptime, "O-1", "O-2"))
    bench.restart(off=timedelta(hours=1))
    assert bench.clock.take_order() is not None
    assert bench.state == "UNSURE"
    assert NOON - timedelta(minutes=2) < bench.floor < NOON + timedelta(minutes=2)


def test_a_lane_may_be_told_to_refer_without_confirmation(tmp_path: Path) -> None:
    bench = Bench(tmp_path, limits=Limits(refer_after=timedelta(days=3))).confirmed()
    bench.machine.pass_time(days=2)
    assert bench.state == "BELIEVED"
    bench.machine.pass_time(days=2)
    assert bench.state == "OVERDUE"
    bench.confirmed()
    assert bench.state == "BELIEVED"


def test_chrony_confirms_only_where_it_is_believed(tmp_path: Path) -> None:
    machine = Machine()
    machine.synchronised = True
    assert Bench(tmp_path / "a", machine).state == "UNSURE"
    believing = Bench(tmp_path / "b", machine, Limits(believe_chrony=True))
    assert believing.state == "BELIEVED"
    assert believing.clock.status.source is Source.CHRONY
    for _ in range(200):
        machine.turn(seconds=50)
        machine.pass_time(seconds=2)
        believing.clock.look()
    assert believing.now - machine.true < timedelta(minutes=2)


def test_the_hub_against_chrony_alone_is_a_dispute(tmp_path: Path) -> None:
    machine = Machine()
    machine.synchronised = True
    bench = Bench(tmp_path, machine, Limits(believe_chrony=True))
    assert bench.hub_says(NOON + timedelta(hours=1)) is Heard.DISPUTED
    assert bench.state == "DISPUTED"


def test_the_page_has_the_table_of_the_code() -> None:
    assert table() in PAGE.read_text(encoding="utf-8")
    assert set(TABLE) == set(ClockState)
    assert {state for state in ClockState if state.works} == {ClockState.BELIEVED, ClockState.UNSURE}


@pytest.mark.parametrize("state", list(ClockState))
def test_the_page_says_for_every_state_what_to_do(state: ClockState) -> None:
    assert f"**{state}**" in PAGE.read_text(encoding="utf-8")
