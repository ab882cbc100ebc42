"""A lane whose clock fails in every way there is: it refers, says why, and comes back by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from drivers.turnstile.port import Passage, PassageReported, PulseAccepted
from kiosk.clock_watch import ClockWatch
from kiosk.crossing import Crossing
from kiosk.crossing_io import Effect, OpenGate, Record, Seen, Tick
from kiosk.lane_view import Phase
from kiosk.rulebook import LaneRulebook
from sync.clock.order import Order, leave_order
from sync.clock.store import FILE
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import CrossingDecided
from sync.journal import Journal
from tests.kiosk.lane_bench import assessment
from tests.kiosk.test_rulebook import POLICY
from tests.sync.clock.bench import NOON, Bench
from verification.assessment import Assessment, Signature, Validity
from verification.evidence import Colour
from verification.reasons import ReasonId
from verification.snapshot import Snapshot
from verification.trust.store import merged
from verification.verdict import Outcome
from verification.verifier import Verifier

FORGED = b"forged"


class Rules(LaneRulebook):
    """Real judgement over codes that are good for an hour from NOON."""

    def verify(self, content: bytes, at: datetime) -> Assessment:
        good = assessment(content)
        if content == FORGED:
            return replace(good, signature=Signature.INVALID, reasons=(ReasonId.SIGNATURE_INVALID,))
        assert good.evidence is not None
        ends = NOON + timedelta(hours=1)
        says = replace(good.evidence, expires_at=ends, colour=Colour.GREEN)
        if at <= ends:
            return replace(good, evidence=says)
        return replace(good, evidence=says, validity=Validity.EXPIRED, reasons=(ReasonId.EXPIRED,))


class Lane:
    """Crossing, rulebook, journal and clock, on a machine whose clocks are turned by hand."""

    def __init__(self, folder: Path) -> None:
        self.bench = Bench(folder)
        self.journal = Journal(folder, self.bench.clock, device_key(folder), reserve_bytes=100_000)
        self._codes = count(1)
        self.start()

    def start(self) -> None:
        """The kiosk program starts."""
        clock = self.bench.clock
        verifier = Verifier(lambda: Snapshot(merged([]), None), frozenset())
        rules = Rules(verifier, lambda: POLICY, self.journal, lambda: 1, timed=lambda: clock.works)
        ids = count(1)
        self.crossing = Crossing("lane-1", rules, clock, lambda: f"id-{next(ids)}")
        self.watch = ClockWatch(clock, has_hub=True)
        self.hear()

    def hear(self) -> list[Effect]:
        """The housekeeper's look at the clock, as the lane hears it."""
        effects: list[Effect] = []

        def tell(told: object) -> None:
            if not isinstance(told, Event):
                effects.extend(self.crossing.handle(told))  # type: ignore[arg-type]

        self.watch.look_again(tell)
        return effects

    def restart(self, *, battery: bool = True, off: timedelta = timedelta(minutes=2)) -> None:
        self.bench.restart(battery=battery, off=off)
        self.start()

    def traveller(self, content: bytes = b"") -> CrossingDecided:
        """One traveller shows a code; whatever comes of it is waited for."""
        self.hear()
        code = content or f"code {next(self._codes)}".encode()
        effects = self.crossing.handle(Seen(code, self.bench.machine.uptime))
        records = [event for effect in effects if isinstance(effect, Record) for event in effect.events]
        (decided,) = (event for event in records if isinstance(event, CrossingDecided))
        opened = [effect for effect in effects if isinstance(effect, OpenGate)]
        assert bool(opened) == (decided.outcome == Outcome.ADMIT)
        for gate in opened:
            self.crossing.handle(PulseAccepted(gate.authorisation, acknowledged=True))
            self.crossing.handle(PassageReported(gate.authorisation, Passage.PASSED))
        while self.crossing.view().phase is not Phase.WAITING:
            self.bench.machine.pass_time(seconds=30)
            self.crossing.handle(Tick())
        self.bench.machine.pass_time(seconds=5)
        return decided

    def refers(self) -> bool:
        """The next traveller is referred for the clock, and the officer's screen says so."""
        decided = self.traveller()
        named = any(fault.code == "CK" and not fault.stops for fault in self.crossing.view().faults)
        referred = decided.outcome == Outcome.REFER and decided.reasons[0] == ReasonId.CLOCK_UNTRUSTED
        assert named == referred
        return referred

    def admits(self) -> bool:
        """The next traveller passes."""
        decided = self.traveller()
        assert not any(fault.code == "CK" for fault in self.crossing.view().faults)
        return decided.outcome == Outcome.ADMIT


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Lane]:
    made = Lane(tmp_path)
    yield made
    made.journal.close()


def test_a_lane_that_nobody_confirmed_works(lane: Lane) -> None:
    assert lane.admits()


@pytest.mark.parametrize("turned", [timedelta(days=-2), timedelta(hours=3), timedelta(days=400)])
def test_a_clock_that_is_changed_while_running(lane: Lane, turned: timedelta) -> None:
    lane.bench.machine.utc += turned
    assert lane.refers()
    lane.bench.machine.utc -= turned
    assert lane.admits()


@pytest.mark.parametrize("turned", [timedelta(days=-2), timedelta(hours=3), timedelta(days=400)])
def test_a_confirmed_clock_goes_on_whatever_the_machine_says(lane: Lane, turned: timedelta) -> None:
    lane.bench.confirmed()
    lane.bench.machine.utc += turned
    assert lane.admits()
    assert {fault.code for fault in lane.crossing.view().faults} == {"CM"}


def test_a_dead_battery_until_the_hub_answers(lane: Lane) -> None:
    lane.bench.confirmed()
    lane.restart(battery=False)
    assert lane.refers()
    lane.bench.confirmed()
    assert lane.admits()


def test_a_clock_set_back_over_a_restart_does_not_let_an_old_code_through(lane: Lane) -> None:
    lane.bench.machine.pass_time(hours=3)
    lane.bench.confirmed()
    assert lane.traveller().outcome == Outcome.REFUSE
    lane.bench.machine.turn(hours=-3)
    lane.restart()
    assert lane.refers()


def test_a_clock_far_ahead_refuses_nobody_for_a_date(lane: Lane) -> None:
    lane.bench.confirmed()
    lane.bench.machine.turn(days=300)
    lane.restart()
    assert lane.refers()


def test_a_forged_code_is_refused_whatever_time_it_is(lane: Lane) -> None:
    lane.bench.machine.turn(days=300)
    decided = lane.traveller(FORGED)
    assert decided.outcome == Outcome.REFUSE
    assert decided.reasons == (ReasonId.SIGNATURE_INVALID,)


def test_a_damaged_record_of_the_clock(lane: Lane) -> None:
    lane.bench.confirmed()
    (lane.bench.folder / FILE).write_bytes(b"damaged")
    lane.restart()
    assert lane.refers()
    lane.bench.confirmed()
    assert lane.admits()


def test_a_hub_that_lies_by_a_year(lane: Lane) -> None:
    lane.bench.confirmed()
    lane.restart()
    lane.bench.hub_says(NOON + timedelta(days=365))
    assert lane.refers()
    lane.bench.confirmed()
    assert lane.admits()


def test_two_officers_bring_a_lane_back_that_no_clock_helps(lane: Lane) -> None:
    lane.bench.confirmed()
    lane.restart(battery=False)
    assert lane.refers()
    machine = lane.bench.machine
    leave_order(lane.bench.folder, Order(machine.true, machine.boot_id, machine.uptime, "O-1", "O-2"))
    assert lane.admits()


def test_a_machine_that_slept_over_the_end_of_a_code(lane: Lane) -> None:
    lane.bench.confirmed()
    lane.bench.machine.pass_time(hours=8)
    assert lane.traveller().outcome == Outcome.REFUSE
