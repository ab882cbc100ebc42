"""Ten minutes of travellers, one a second, at the crossing and the gate's own machine, in virtual time."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from drivers.turnstile.emulators.person import passes_after
from drivers.turnstile.emulators.tx1500 import Tx1500Firmware
from drivers.turnstile.port import PassageCorrected, PulseAccepted, Tamper
from kiosk.crossing_io import OpenGate
from kiosk.lane_view import Phase
from sync.event_types import CodeAssessed, CrossingDecided, GateAuthorised, GatePassage
from tests.drivers.turnstile.virtual import VirtualLane
from tests.kiosk.lane_bench import LaneBench
from verification.assessment import Assessment
from verification.reasons import ReasonId
from verification.verdict import Outcome, Verdict

TRAVELLERS = 600
PASSAGE_S = 0.5
FRAME_S = 0.1


class EverySecond:
    """Each comes at a moment of their own second, and waits with the code held up for the one before."""

    def __init__(self) -> None:
        self.lane = LaneBench()
        self.lane.rules.decision = self._admits
        self.gate = VirtualLane(Tx1500Firmware(person=passes_after(PASSAGE_S))).up()
        self._asked = self._heard = 0
        self.shown: dict[str, set[str]] = {}
        """Which crossings stood on the screen with a verdict while each code was held up."""

    @staticmethod
    def _admits(codes: Sequence[Assessment]) -> Verdict:
        spends = tuple(code.identity.signed for code in codes if code.identity)
        return Verdict(Outcome.ADMIT, (ReasonId.ADMITTED,), spends=spends)

    def play(self) -> None:
        """All of them, and the time until the last one is through."""
        lots = random.Random(7)
        begun = self.lane.now.mono
        for number in range(TRAVELLERS):
            code = f"code {number:03}"
            comes = begun + number + lots.random() * 0.8
            while self.lane.now.mono < comes:
                self._frame("")
            last = self.lane.now.mono + 3.0
            while not self._let_in(code) and self.lane.now.mono < last:
                self._frame(code)
        for _ in range(20):
            self._frame("")

    def _let_in(self, code: str) -> bool:
        return self.lane.view.phase is Phase.PASSING and bool(self.shown.get(code))

    def _frame(self, code: str) -> None:
        """A tenth of a second, at its end a picture with this code in it."""
        self.lane.wait(FRAME_S)
        self.gate.run(FRAME_S)
        self._carry()
        before = len(self.lane.opened)
        if code:
            self.lane.show(code.encode())
        self._carry()
        view = self.lane.view
        if view.crossing and view.crossing.outcome and len(self.lane.opened) > before:
            self.shown.setdefault(code, set()).add(view.crossing.crossing)

    def _carry(self) -> None:
        """The lane's wishes to the gate, the gate's reports to the lane."""
        for effect in self.lane.effects[self._asked :]:
            if isinstance(effect, OpenGate):
                self.gate.authorise(effect.authorisation, effect.way)
        self._asked = len(self.lane.effects)
        for report in self.gate.reports[self._heard :]:
            self.lane.hear(report)
        self._heard = len(self.gate.reports)


@pytest.fixture(scope="module")
def day() -> EverySecond:
    """Played once."""
    played = EverySecond()
    played.play()
    return played


def test_of_six_hundred_one_a_second_each_has_one_verdict_of_their_own_and_passes(day: EverySecond) -> None:
    codes = [f"code {number:03}" for number in range(TRAVELLERS)]
    events = day.lane.events
    of = {one.crossing: one.fingerprint for one in events if isinstance(one, CodeAssessed)}
    assert list(of.values()) == [f"print of {code}" for code in codes], "each code once, in its turn"
    for kind in (CrossingDecided, GateAuthorised, GatePassage):
        assert [one.crossing for one in events if isinstance(one, kind)] == list(of), kind.kind
    assert [record.spend for record in day.lane.records if record.spend] == [
        (code.encode(),) for code in codes
    ], "and no verdict is about two"
    assert {code: {crossing} for code, crossing in zip(codes, of, strict=True)} == day.shown
    assert set(day.lane.closed) == {"passed"} and len(day.lane.closed) == TRAVELLERS


def test_whoever_is_let_in_while_the_gate_watches_behind_the_one_before_is_no_tailgater(
    day: EverySecond,
) -> None:
    reports = day.gate.reports
    assert day.gate.firmware.pulses == TRAVELLERS
    assert sum(isinstance(one, PulseAccepted) for one in reports) == TRAVELLERS
    assert not [one for one in reports if isinstance(one, PassageCorrected | Tamper)]
