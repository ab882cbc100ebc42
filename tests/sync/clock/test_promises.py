"""What holds whatever happens: generated histories of clocks, power, hubs and officers."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sync.clock.core import Heard
from sync.clock.order import Order, leave_order
from sync.clock.states import ClockState
from sync.clock.store import FILE
from tests.sync.clock.bench import BUILT, Bench

SPANS = st.sampled_from([1.0, 30.0, 59.0, 61.0, 3600.0, 86_400.0, 20 * 86_400.0, 400 * 86_400.0])
SIGNED = st.tuples(st.sampled_from([-1, 1]), SPANS).map(lambda pair: timedelta(seconds=pair[0] * pair[1]))
NEAR = timedelta(seconds=62)
"""A machine's clock may be so much before the floor and still count as on it."""


class Clocks(RuleBasedStateMachine):
    """One machine, one lane, one hub that may lie, two officers."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.bench = Bench(Path(self._folder.name))
        self._remember()

    def teardown(self) -> None:
        self._folder.cleanup()

    def _remember(self) -> None:
        status = self.bench.clock.look()
        self.floor, self.state = status.floor, status.state
        self.given, self.uptime = self.bench.now, self.bench.machine.uptime
        self.boot, self.told = self.bench.machine.booted, False
        self.saved = self.bench.clock

    @rule(span=st.sampled_from([0.5, 2.0, 300.0, 86_400.0, 9 * 86_400.0]))
    def time_passes(self, span: float) -> None:
        self.bench.machine.pass_time(seconds=span)

    @rule(turned=SIGNED)
    def somebody_turns_the_calendar(self, turned: timedelta) -> None:
        self.bench.machine.utc += turned

    @rule()
    def somebody_sets_it_right(self) -> None:
        self.bench.machine.utc = self.bench.machine.true

    @rule(on=st.booleans())
    def chrony(self, on: bool) -> None:
        self.bench.machine.synchronised = on

    @rule(off=SPANS, battery=st.booleans())
    def the_machine_starts_anew(self, off: float, battery: bool) -> None:
        self.bench.clock.save()
        self.bench.restart(off=timedelta(seconds=off), battery=battery)

    @rule()
    def the_program_starts_anew(self) -> None:
        self.bench.clock.save()
        self.bench.start()

    @rule(uncertainty=st.sampled_from([0.05, 1.0, 5.0]))
    def the_hub_tells_the_time(self, uncertainty: float) -> None:
        self.bench.hub_says(self.bench.machine.true, uncertainty)

    @rule(lie=SIGNED)
    def the_hub_lies(self, lie: timedelta) -> None:
        before, machine = self.bench.clock.look(), self.bench.machine.utc
        said = self.bench.machine.true + lie
        if self.bench.hub_says(said) is Heard.TAKEN:
            agreed = abs(said - machine) <= NEAR
            plausible = before.floor - NEAR <= said <= before.now + timedelta(days=31) + NEAR
            assert agreed or plausible

    @rule(wrong=st.sampled_from([0.0, 30.0, -3600.0, 86_400.0]))
    def two_officers_tell_the_time(self, wrong: float) -> None:
        machine = self.bench.machine
        to = max(BUILT, machine.true + timedelta(seconds=wrong))
        leave_order(self.bench.folder, Order(to, machine.boot_id, machine.uptime, "O-1", "O-2"))
        assert self.bench.clock.take_order() is not None
        assert self.bench.clock.status.state is ClockState.BELIEVED
        self.told = True

    @precondition(lambda self: (self.bench.folder / FILE).exists())
    @rule()
    def the_journal_stands_in_for_a_damaged_record(self) -> None:
        self.bench.clock.save()
        self.bench.mark = self.bench.clock.status.floor
        (self.bench.folder / FILE).write_bytes(b"damaged")
        self.bench.start()
        self.bench.mark = None

    @invariant()
    def the_promises_hold(self) -> None:
        status, now = self.bench.clock.look(), self.bench.now
        if not self.told:
            assert status.floor >= self.floor, "the floor goes down only by two persons"
            restarted = self.bench.machine.booted != self.boot
            counted = self.bench.machine.uptime - (0.0 if restarted else self.uptime)
            carried = self.floor + timedelta(seconds=max(0.0, counted))
            believed = now if status.state is ClockState.BELIEVED else carried
            assert status.floor <= max(believed, carried), "nothing but a believed time moves the floor"
            if self.state is status.state is ClockState.BELIEVED and not restarted:
                assert now >= self.given, "a believed clock does not go back"
        assert now >= status.floor - timedelta(seconds=1)
        if status.state.works:
            assert status.floor <= now
        self._remember()


Clocks.TestCase.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
TestClocks = Clocks.TestCase
