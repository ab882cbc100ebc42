"""A short run of the long count, and proof that it would notice."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from drivers.turnstile.emulators.catalogue import FIRMWARES
from drivers.turnstile.emulators.person import passes_after
from drivers.turnstile.gate import Gate
from drivers.turnstile.outbox import Outbox
from drivers.turnstile.port import Passage, PulseAccepted
from drivers.turnstile.used import Used
from tests.drivers.turnstile.virtual import VirtualLane
from tests.faults.gate_cycles import Broken, made, run

QUICK = ("lcus", "tx1500")
"""Asked nothing, so that a thousand crossings take a second; `make soak` does 100,000 of all."""


@pytest.mark.parametrize("name", sorted(FIRMWARES))
def test_crossings_with_people_and_faults_by_lot_break_no_rule(name: str) -> None:
    cycles = 1000 if name in QUICK else 60
    count = run(cycles, seed=7, name=name)
    assert count.cycles == cycles
    assert count.releases > cycles / 3


@pytest.mark.parametrize("name", sorted(FIRMWARES))
def test_without_faults_pulses_are_authorisations(name: str) -> None:
    chance = random.Random(3)
    lane = VirtualLane(made(name), passage_s=2.0).plug()
    lane.run(2.0)
    cycles = 300 if name in QUICK else 40
    for number in range(cycles):
        lane.firmware.person = passes_after(chance.uniform(0.1, 1.5))
        lane.authorise(str(number))
        lane.run(chance.uniform(4.0, 8.0))
    assert lane.firmware.pulses == lane.releases == cycles
    assert sum(isinstance(report, PulseAccepted) for report in lane.reports) == cycles
    if lane.dialect.capabilities.reports_passage:
        ends = Counter(lane.ended(str(number)) for number in range(cycles))
        assert ends == {Passage.PASSED: cycles}


def test_the_long_count_notices_a_gate_that_forgets_which_ids_were_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Used, "take", lambda *_: True)
    with pytest.raises(Broken):
        run(300, seed=7, name="tx1500")


def test_the_long_count_notices_a_relay_that_is_not_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outbox, "off", lambda *_: None)
    with pytest.raises((Broken, AssertionError)):
        run(300, seed=7, name="lcus")


def test_the_long_count_notices_a_gate_that_trusts_a_damaged_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting(self: Gate, data: bytes, now: float) -> list[object]:
        return [effect for event in self._decoder.feed(data) for effect in self.handle(event, now)]

    monkeypatch.setattr(Gate, "feed", trusting)
    with pytest.raises(Broken, match="NO_PASSAGE only when nobody passed"):
        run(400, seed=4, name="tx1500")
