"""The director of the demonstration, with nobody there to read the codes."""

from __future__ import annotations

import pytest

from config.moment import Moment, system_clock
from drivers.camera.synthetic.appearance import LOOKS
from drivers.camera.synthetic.stage import Prop, Stage
from kiosk.demo import director as directing
from kiosk.demo.director import Director
from kiosk.demo.feed import ViewFeed
from kiosk.demo.part import NONE, Ending, Part, Person, StageHand
from kiosk.lane_view import LaneView, Phase
from verification.reasons import ReasonId
from verification.verdict import Outcome

AT = system_clock()


class NobodyBackstage:
    def person(self, person: Person) -> None: ...

    def do(self, task: StageHand) -> None: ...


class WatchedStage(Stage):
    """Writes down what is held up."""

    def __init__(self) -> None:
        super().__init__(lambda: AT.mono)
        self.shown: list[Prop] = []

    def show(self, *props: Prop) -> None:
        self.shown += props


def play(monkeypatch: pytest.MonkeyPatch, part: Part) -> tuple[WatchedStage, list[Ending]]:
    for name in ("SIGHT_S", "QUIET_S", "LOWER_S", "STEP_UP_S", "AGAIN_S", "READY_S"):
        monkeypatch.setattr(directing, name, 0.001)
    stage, feed, endings = WatchedStage(), ViewFeed(), list[Ending]()
    feed.show(LaneView(Phase.WAITING, "1"))

    def clock() -> Moment:
        return AT

    Director(stage, feed, NobodyBackstage(), endings.append, lambda _: None, clock).run([part])
    return stage, endings


def test_somebody_who_is_not_read_holds_the_same_code_better_and_then_gives_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prop = Prop("a code", LOOKS["dim_cracked_phone"])
    part = Part("dim", lambda _: (prop,), Outcome.ADMIT, ReasonId.ADMITTED, gate="PASSED")
    stage, endings = play(monkeypatch, part)
    assert {held.content for held in stage.shown} == {"a code"}
    lights = [held.appearance.light for held in stage.shown]
    assert lights == sorted(set(lights)) and len(lights) == directing.TRIES
    assert [(ending.verdict, ending.as_cast) for ending in endings] == [(NONE, False)]


def test_nobody_is_expected_to_make_no_crossing(monkeypatch: pytest.MonkeyPatch) -> None:
    _, endings = play(monkeypatch, Part("nobody", lambda _: ()))
    assert [(ending.verdict, ending.as_cast) for ending in endings] == [(NONE, True)]
