"""The figures of a shift, from what the journal holds and nothing else."""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk.figures import ALARM, CLOSED, HELD, OUT_OF_ORDER, STOPPED, Tally, fold, within
from kiosk.desk.outliers import outliers, stands_out
from kiosk.presenters.shift import sheet, slow_over_time
from sync.chain import Record
from sync.event import Event
from sync.event_types import (
    FaultRaised,
    GateCorrected,
    GateRefused,
    LaneAlarm,
    LaneClosed,
    LaneFreed,
    LaneHeld,
    LaneInOrder,
    LaneOutOfOrder,
    LaneStarted,
    LaneStopped,
    OfficerNoted,
    OfficerReleasedOnce,
)
from tests.kiosk.desk.told import crossing, decision, told


def test_first_verdicts_are_counted_by_minute_and_stay_whatever_an_officer_decides() -> None:
    events = [
        *crossing(1, 0),
        *crossing(2, 20, "REFER", ("SIGNATURE_INVALID",), how="desk"),
        *crossing(3, 70),
    ]
    events.append(decision(2, 80, "O-17", "admit", "checked_by_hand"))
    figures = fold(told(events))
    assert figures.outcomes == {"ADMIT": 2, "REFER": 1, "REFUSE": 0}
    assert figures.minutes == {"2026-11-23T00:00": (1, 1, 0), "2026-11-23T00:01": (1, 0, 0)}
    assert (figures.peak, figures.crossings) == (2, 3)
    assert figures.per_minute == pytest.approx(3 / (80 / 60))
    assert figures.referred_for == {"SIGNATURE_INVALID": 1}
    assert figures.overrides == {("admit", "checked_by_hand"): 1}


def test_a_percentile_is_right_to_one_percent() -> None:
    events = list(itertools.chain.from_iterable(crossing(n, 10 * n, ms=n) for n in range(1, 1001)))
    figures = fold(told(events))
    assert figures.verdict_ms == pytest.approx((500, 950), rel=0.011)
    assert figures.crossing_s == pytest.approx((6, 6), rel=0.011)


def test_downtime_is_told_by_cause_and_goes_on_until_now() -> None:
    events: list[tuple[float, Event]] = [
        (0, LaneStarted("1", "live", "p1")),
        (10, LaneOutOfOrder("GT", "Push the cable in.")),
        (10, FaultRaised("turnstile", "GT", "Push the cable in.")),
        (40, LaneInOrder()),
        (50, LaneHeld("O-17", "")),
        (55, LaneFreed("O-17", "")),
        (60, LaneStopped("asked")),
        (160, LaneStarted("1", "live", "p1")),
        (200, LaneHeld("O-17", "")),
    ]
    records = told(events)
    assert fold(records).down_s == {OUT_OF_ORDER: 30, HELD: 5, STOPPED: 100}
    later = fold(records, now="2026-11-23T00:03:30.000000Z")
    assert later.down_s[HELD] == 15
    assert later.faults == {"GT": 1}


def test_a_lane_that_was_closed_when_it_was_switched_off_is_closed_when_it_starts_again() -> None:
    events: list[tuple[float, Event]] = [
        (0, LaneHeld("O-17", "")),
        (10, LaneClosed("O-17", "desk-1")),
        (30, LaneStopped("asked")),
        (40, LaneStarted("1", "live", "p1")),
        (45, LaneAlarm("O-17", "", True)),
        (50, LaneFreed("O-17", "")),
        (57, LaneAlarm("O-17", "", False)),
    ]
    assert fold(told(events)).down_s == {HELD: 10, CLOSED: 30, STOPPED: 10, ALARM: 12}


def test_gate_outcomes_are_counted() -> None:
    events = [*crossing(1, 0), *crossing(2, 20, how="no_passage")]
    events += [(30, GateRefused("a2", "link down")), (31, OfficerReleasedOnce("O-17", "a3", "stuck"))]
    figures = fold(told(events))
    assert (figures.passages, figures.endings) == ({"PASSED": 1}, {"passed": 1, "no_passage": 1})
    assert (figures.pulses, figures.gate_refused, figures.released) == (1, 1, 1)


def test_somebody_close_behind_makes_a_tailgate_of_the_passage_that_was_counted() -> None:
    events = [*crossing(1, 0), (9, GateCorrected("c1", "a1", "TAILGATE"))]
    assert fold(told(events)).passages == {"TAILGATE": 1}
    assert fold(told(events[-1:])).passages == {"TAILGATE": 1}


def test_an_erased_record_counts_as_erased_and_nothing_else() -> None:
    records = [record.bare() for record in told(crossing(1, 0))]
    figures = fold(records)
    assert (figures.records, figures.erased, figures.crossings) == (5, 5, 0)


def test_a_note_that_stayed_at_its_lane_is_not_called_erased() -> None:
    records = [record.bare() for record in told([(0, OfficerNoted("c1", "O-17", "Seen."))])]
    assert fold(records).erased == 0


def test_a_demonstration_is_called_one() -> None:
    assert fold(told([(0, LaneStarted("1", "demo", "p1"))])).demo


def test_an_officer_who_admits_unlike_the_others_is_pointed_out() -> None:
    events = []
    for number in range(120):
        action = "admit" if number % 4 == 0 else "desk"
        events.append(decision(number, number, f"O-{10 + number % 3}", action, "other"))
    events += [decision(500 + number, 200 + number, "O-99", "admit", "other") for number in range(30)]
    figures = fold(told(events))
    pointed = {one.officer: one.notice for one in figures.officers if one.notice}
    assert list(pointed) == ["O-99"]
    assert pointed["O-99"] is not None and pointed["O-99"].more
    assert sum(one.decided for one in figures.officers) == 150


@pytest.mark.parametrize(
    ("own", "others", "notice"),
    [
        ((10, 19), (10, 100), False),  # too few to say anything
        ((19, 19), (10, 100), False),
        ((20, 20), (10, 19), False),
        ((20, 20), (10, 100), True),
        ((20, 100), (40, 200), False),
        ((20, 20), (100, 100), False),  # everybody admits everybody
        ((0, 40), (60, 100), True),
    ],
)
def test_the_statistic_speaks_of_twenty_decisions_and_three_spreads(
    own: tuple[int, int], others: tuple[int, int], notice: bool
) -> None:
    assert (stands_out(*own, *others) is not None) is notice


def test_the_second_who_stands_out_is_named_behind_the_first() -> None:
    rates = {"O-10": (20, 80), "O-11": (20, 80), "O-12": (20, 80), "O-98": (28, 40), "O-99": (40, 40)}
    assert list(outliers(rates)) == ["O-99", "O-98"]


def test_memory_does_not_grow_with_the_records() -> None:
    day = told(list(itertools.chain.from_iterable(crossing(n, n) for n in range(60))))

    def records(rounds: int) -> Iterator[Record]:
        for number in range(rounds):
            for record in day:
                payload = (record.payload or "").replace(':"c', f':"c{number}-')
                yield replace(record, payload=payload)

    tally = Tally()
    for record in records(20):
        tally.add(record)
    tracemalloc.start()
    try:
        for record in records(60):
            tally.add(record)
        grown, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert tally.records == 80 * len(day)
    assert grown < 30_000


def test_how_slow_each_minute_was_is_told_apart() -> None:
    quick = [event for number in range(20) for event in crossing(number, number, ms=40)]
    slow = [event for number in range(20, 30) for event in crossing(number, 40 + number, ms=400)]
    figures = fold(told([*quick, *slow]))
    first, second = (within(figures.verdict_steps[minute], 0.95) for minute in sorted(figures.verdict_steps))
    assert (first, second) == (pytest.approx(40, rel=0.011), pytest.approx(400, rel=0.011))
    slowest = max(slow_over_time(figures, ZoneInfo("Asia/Hong_Kong")), key=lambda bar: bar.parts)
    assert slowest.label == "08:01" and slowest.parts[0] == pytest.approx(400, rel=0.02)


def test_an_officers_rate_stands_beside_the_counts_and_in_the_notice() -> None:
    events = [decision(n, n, "O-17", "admit" if n < 8 else "desk", "OTHER") for n in range(30)]
    events += [decision(n, n, "O-21", "admit", "OTHER") for n in range(30, 60)]
    shown = sheet(fold(told(events)), None, "lane-1", "en")
    assert [row.value for row in shown.officers] == [
        "8 admitted (27 %), 0 refused, 22 to the desk",
        "30 admitted (100 %), 0 refused, 0 to the desk",
    ]
    assert any("of 30 (100 %)" in words or "of 30 (27 %)" in words for words in shown.notices)
