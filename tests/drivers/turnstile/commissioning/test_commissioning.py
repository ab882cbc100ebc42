"""A gate that works passes; each thing that only a bench can show is found and named."""

from __future__ import annotations

import re

import pytest

from drivers.turnstile.commissioning.bench import LoopBack, Source
from drivers.turnstile.commissioning.plan import PLAN
from drivers.turnstile.commissioning.steps import Result, Verdict, verdict
from drivers.turnstile.emulators.catalogue import FIRMWARES
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.modbus import LcTechFirmware
from tests.drivers.turnstile.commissioning.virtual_bench import (
    Helper,
    VirtualBench,
    best_loop,
    by_input,
    commissioned,
)
from tests.drivers.turnstile.devices import NAMES

LINE = LoopBack(Source.LINE)
BY_EYE = LoopBack(Source.PERSON)


@pytest.mark.parametrize("name", NAMES)
def test_every_device_that_works_is_fit(name: str) -> None:
    loop = best_loop(name)
    bench = VirtualBench(FIRMWARES[name](), loop)
    helper = Helper(bench)
    if bench.dialect.withdrawn_by_off:
        helper.answers["how many milliseconds"] = 2000.0
    rows = commissioned(bench, loop, helper)
    assert [row for row in rows.values() if row.result is Result.FAIL] == []
    assert verdict(list(rows.values()), PLAN) is Verdict.FIT, rows
    assert (rows["fire"].result is Result.PASS) is bool(bench.dialect.inputs.fire)
    assert (rows["passage"].result is Result.PASS) is bench.dialect.capabilities.reports_passage
    assert rows["unplugged in a pulse"].result is Result.PASS
    assert not bench.lane.firmware.on


@pytest.mark.parametrize("loop", [by_input(), LINE, LoopBack(Source.READ_BACK)])
def test_the_pulse_is_measured_by_whatever_sees_the_contact(loop: LoopBack) -> None:
    bench = VirtualBench(FIRMWARES["waveshare"](), loop)
    row = commissioned(bench, loop, None, "identify", "pulse")["pulse"]
    assert row.result is Result.PASS
    measured = re.findall(r"(\d+) ms, give or take (\d+)", row.measured)
    assert len(measured) == 3
    assert all(abs(int(ms) - 400) <= int(give_or_take) + 10 for ms, give_or_take in measured)


def test_a_person_with_a_meter_does_where_nothing_is_wired() -> None:
    bench = VirtualBench(FIRMWARES["lcus"](), BY_EYE)
    rows = commissioned(bench, BY_EYE)
    assert verdict(list(rows.values()), PLAN) is Verdict.FIT
    assert rows["pulse"].measured == "400 ms, 400 ms, 400 ms: read by a person"


def test_a_contact_that_is_closed_at_rest_is_the_wrong_way_round() -> None:
    loop = LoopBack(Source.INPUT, 5, closed_reads=0)
    rows = commissioned(VirtualBench(FIRMWARES["lctech"](), loop), loop, None, "identify", "polarity")
    assert (rows["polarity"].result, rows["polarity"].measured) == (Result.FAIL, "closed at rest")
    assert "COM and NO" in rows["polarity"].why


def test_a_person_who_sees_it_open_at_rest_finds_the_wrong_way_round() -> None:
    bench = VirtualBench(FIRMWARES["lcus"](), BY_EYE)
    helper = Helper(bench)
    helper.answers["Is the gate locked now"] = False
    row = commissioned(bench, BY_EYE, helper, "identify", "polarity")["polarity"]
    assert row.result is Result.FAIL
    assert bench.lane.releases == 0, "a gate that is open at rest gets no pulse"


def test_a_loop_back_that_never_closes_is_named() -> None:
    loop = LoopBack(Source.INPUT, 6)
    row = commissioned(VirtualBench(FIRMWARES["lctech"](), loop), loop, None, "identify", "polarity")[
        "polarity"
    ]
    assert (row.result, row.measured) == (Result.FAIL, "open at rest and open in the pulse")


class Slow(LcTechFirmware):
    """A board whose relay has an off-delay of its own."""

    def _energise(self, on: bool, now: float, for_s: float | None = None) -> None:
        if on or not self.on or now >= self.record[-1].at + 1.6:
            super()._energise(on, now, for_s)


def test_a_pulse_that_is_too_long_is_found() -> None:
    bench = VirtualBench(Slow(), by_input())
    row = commissioned(bench, by_input(), None, "identify", "pulse")["pulse"]
    assert row.result is Result.FAIL
    assert "longer than turnstile.max_on_ms" in row.why
    assert 1500 <= float(row.measured.split(" ms")[0]) <= 2000


@pytest.mark.parametrize(("milliseconds", "words"), [(1600.0, "longer than"), (150.0, "not as long as")])
def test_a_pulse_that_a_person_reads_is_judged_as_well(milliseconds: float, words: str) -> None:
    bench = VirtualBench(FIRMWARES["lcus"](), BY_EYE)
    helper = Helper(bench)
    helper.answers["how many milliseconds"] = milliseconds
    assert words in commissioned(bench, BY_EYE, helper, "identify", "pulse")["pulse"].why


@pytest.mark.parametrize("loop", [LINE, by_input()])
def test_a_relay_that_wakes_on_is_found(loop: LoopBack) -> None:
    bench = VirtualBench(FIRMWARES["lctech"](), loop)
    helper = Helper(bench)
    helper.power_faults = Faults(wakes_on=True)
    row = commissioned(bench, loop, helper, "identify", "power")["power"]
    assert row.result is Result.FAIL
    assert "when its power returns" in row.why
    assert not bench.lane.firmware.on, "OFF was sent all the same"


@pytest.mark.parametrize("name", ["lctech", "modbus-b"])
def test_a_relay_that_stays_on_after_its_power_came_back_is_found(name: str) -> None:
    """Read back by the board itself, or seen by the loop-back alone."""
    bench = VirtualBench(FIRMWARES[name](), by_input())
    helper = Helper(bench)
    helper.power_faults = Faults(wakes_on=True, stuck_relay=True)
    helper.answers["When the power came back"] = False
    row = commissioned(bench, by_input(), helper, "identify", "power")["power"]
    assert row.result is Result.FAIL


def test_a_board_without_a_timer_is_switched_off_by_the_next_process() -> None:
    bench = VirtualBench(FIRMWARES["lcus"](), LINE)
    row = commissioned(bench, LINE, None, "identify", "longest ON")["longest ON"]
    assert row.result is Result.PASS
    assert 500 <= float(row.measured.split(" ms")[0]) <= 700


def test_a_welded_relay_fails_the_longest_on() -> None:
    bench = VirtualBench(FIRMWARES["lcus"](Faults(stuck_relay=True)), LINE)
    row = commissioned(bench, LINE, None, "identify", "longest ON")["longest ON"]
    assert row.result is Result.FAIL
    assert "not over" in row.measured


@pytest.mark.parametrize("faults", [Faults(mute=True), Faults(wrong_device=True)])
def test_a_gate_that_does_not_answer_is_asked_nothing_more(faults: Faults) -> None:
    bench = VirtualBench(FIRMWARES["numato"](faults), by_input())
    rows = commissioned(bench, by_input())
    assert rows["identify"].result is Result.FAIL
    assert "turnstile.protocol" in rows["identify"].why
    assert {row.why for row in list(rows.values())[1:]} == {"the gate was not identified"}
    assert bench.lane.releases == 0
    assert verdict(list(rows.values()), PLAN) is Verdict.UNFIT


def test_a_path_that_changes_with_the_socket_is_refused() -> None:
    bench = VirtualBench(FIRMWARES["numato"](), by_input())
    row = commissioned(bench, by_input(), None, stable=False)["identify"]
    assert row.result is Result.FAIL
    assert "by-path" in row.why


def test_a_step_that_nobody_does_is_left_out_with_the_reason_and_the_sheet_has_a_gap() -> None:
    bench = VirtualBench(FIRMWARES["numato"](), by_input())
    helper = Helper(bench)
    helper.answers["Switch the power"] = None
    rows = commissioned(bench, by_input(), helper)
    assert (rows["power"].result, rows["power"].why) == (Result.SKIPPED, "nobody answered")
    assert rows["unplugged at rest"].result is Result.PASS, "the gate serves the steps after it"
    assert verdict(list(rows.values()), PLAN) is Verdict.GAPS


def test_a_cable_that_stays_in_is_no_proof_of_anything() -> None:
    bench = VirtualBench(FIRMWARES["numato"](), by_input())
    helper = Helper(bench)
    helper.do = lambda what: helper.heard.append(what)  # type: ignore[method-assign]
    rows = commissioned(bench, by_input(), helper, "identify", "unplugged at rest", "unplugged in a pulse")
    assert rows["unplugged at rest"].result is Result.FAIL
    assert rows["unplugged in a pulse"].why == "in 5 tries the cable stayed in"


def test_a_fire_wire_that_is_wired_elsewhere_is_found() -> None:
    bench = VirtualBench(FIRMWARES["lctech"](), by_input())
    helper = Helper(bench)
    helper.do = lambda what: helper.heard.append(what)  # type: ignore[method-assign]
    assert "turnstile.inputs.fire" in commissioned(bench, by_input(), helper, "identify", "fire")["fire"].why


def test_a_gate_that_opens_the_wrong_way_is_found() -> None:
    bench = VirtualBench(FIRMWARES["tx1500"](), BY_EYE)
    helper = Helper(bench)
    helper.answers["Did it open the way"] = False
    row = commissioned(bench, BY_EYE, helper, "identify", "passage")["passage"]
    assert (row.result, row.measured) == (Result.FAIL, "the wrong way")
