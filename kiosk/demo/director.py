"""Sends the cast before the camera, one after the other, and writes down what the lane made of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from config.moment import Clock
from drivers.camera.synthetic.appearance import held_better
from drivers.camera.synthetic.stage import Prop, Stage
from drivers.turnstile.port import Passage
from kiosk.demo.feed import ViewFeed
from kiosk.demo.part import NONE, Ending, Part, Person, StageHand
from kiosk.lane_view import CrossingView, LaneView, Phase
from verification.reasons import ReasonId, reason

SIGHT_S = 4.0
"""How long somebody holds a code up before trying to hold it better."""
TRIES = 4
"""How often they try before giving up."""
GATE_S = 20.0
QUIET_S = 2.2
"""How long the director looks on where nothing may happen."""
LOWER_S = 0.35
"""How long after the verdict the hand goes down."""
READY_S = 15.0
FOLLOW_S = 4.0
"""Within this time the gate tells that somebody followed close behind."""
STEP_UP_S = 0.6
"""How long the next traveller takes to step up."""
AGAIN_S = 1.2
"""How long a code stays out of view before it is held up again: longer than a lane needs to forget it."""


class Backstage(Protocol):
    """What the director can do to the lane's surroundings."""

    def person(self, person: Person) -> None:
        """How the next traveller behaves at the gate."""
        ...

    def do(self, task: StageHand) -> None:
        """Cuts, mends, unplugs, plugs in."""
        ...


@dataclass(slots=True)
class _Performance:
    part: Part
    shown_at: float
    crossing: CrossingView | None = None
    verdict_at: float = 0.0
    passing_at: float | None = None


class Director:
    """One performance. `run` blocks: give it a thread of its own."""

    def __init__(
        self,
        stage: Stage,
        feed: ViewFeed,
        backstage: Backstage,
        ended: Callable[[Ending], None],
        pictured: Callable[[str], None],
        clock: Clock,
    ) -> None:
        """`ended` is told of every part; `pictured` is asked for a picture of the screen, by name."""
        self._stage, self._feed, self._backstage = stage, feed, backstage
        self._ended, self._pictured, self._clock = ended, pictured, clock
        self._seen: set[str] = set()
        self._in_view: Part | None = None
        self._next_props: tuple[Prop, ...] = ()
        self._held: frozenset[str | bytes] = frozenset()
        """What the part before held up."""

    def run(self, parts: Sequence[Part]) -> None:
        """Plays every part in order. Ends early, without a word, when the feed is closed."""
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            for task in part.before:
                self._backstage.do(task)
                self._feed.pause(0.3)
            self._backstage.person(part.person)
            if StageHand.UNPLUG_THE_RELAY in part.before:
                self._feed.wait(lambda view: view.phase is Phase.OUT_OF_ORDER, READY_S)
            else:
                self._feed.wait(lambda view: view.phase is Phase.WAITING, READY_S)
            if self._in_view is not part:
                self._feed.pause(STEP_UP_S)
            if self._feed.is_closed():
                return
            ending = self._play(part, following)
            if self._feed.is_closed():
                return
            self._ended(ending)
        self._stage.clear()

    def _play(self, part: Part, following: Part | None) -> Ending:
        props = self._next_props if self._in_view is part else part.props(self._clock().utc)
        play = _Performance(part, self._clock().mono)
        if self._in_view is not part:
            if any(prop.content in self._held for prop in props):
                self._feed.pause(AGAIN_S)
            self._stage.show(*props[:1])
        self._in_view = part
        self._held = frozenset(prop.content for prop in props)
        if part.verdict is None:
            return self._nothing_happens(play)
        for prop in props[1:]:
            self._feed.wait(lambda view: self._is_new(view) and view.phase is Phase.GATHERING, SIGHT_S)
            self._pictured(f"{part.who}-gathering")
            self._stage.show(prop)
        view = self._wait_for_verdict(props[-1])
        if view is None or view.crossing is None:
            self._stage.clear()
            return self._end(play, remark="the code was not read")
        play.crossing, play.verdict_at = view.crossing, self._clock().mono
        self._pictured(f"{part.who}-{view.phase}")
        return self._see_it_out(play, following)

    def _wait_for_verdict(self, prop: Prop) -> LaneView | None:
        """Who is not read for a while holds it better, as people do when the screen tells them how."""
        for times in range(1, TRIES + 1):
            view = self._feed.wait(lambda view: self._is_new(view) and _outcome(view) is not None, SIGHT_S)
            if view is not None or self._feed.is_closed() or times == TRIES:
                return view
            better = held_better(prop.appearance, times)
            self._stage.show(replace(prop, appearance=better))
        return None

    def _see_it_out(self, play: _Performance, following: Part | None) -> Ending:
        assert play.crossing is not None
        crossing = play.crossing.crossing
        passing = self._feed.wait(
            lambda view: view.phase is Phase.PASSING or _left(view, crossing) is not None, LOWER_S
        )
        if passing is None:
            self._stage.clear()
            self._in_view = None
            passing = self._feed.wait(
                lambda view: view.phase is Phase.PASSING or _left(view, crossing) is not None, GATE_S
            )
        if passing is not None and passing.phase is Phase.PASSING:
            play.passing_at = self._clock().mono
            self._pictured(f"{play.part.who}-passing")
            if play.part.followed_closely and following is not None:
                self._next_props = following.props(self._clock().utc)
                self._stage.show(*self._next_props[:1])
                self._in_view = following
            else:
                self._feed.pause(LOWER_S)
                self._stage.clear()
                self._in_view = None
        over = self._feed.wait(lambda view: _left(view, crossing) is not None, GATE_S)
        self._seen.add(crossing)
        if over is None:
            return self._end(play, remark="the crossing did not end")
        if play.part.gate == Passage.TAILGATE:
            over = self._feed.wait(lambda view: _went(view, crossing) is Passage.TAILGATE, FOLLOW_S) or over
        play.crossing = _left(over, crossing)
        return self._end(play)

    def _nothing_happens(self, play: _Performance) -> Ending:
        view = self._feed.wait(self._is_new, QUIET_S)
        if view is not None and view.crossing is not None:
            play.crossing = view.crossing
            self._seen.add(view.crossing.crossing)
        self._pictured(play.part.who)
        self._stage.clear()
        self._in_view = None
        self._feed.pause(LOWER_S)
        return self._end(play)

    def _is_new(self, view: LaneView) -> bool:
        return view.crossing is not None and view.crossing.crossing not in self._seen

    def _end(self, play: _Performance, remark: str = "") -> Ending:
        part, crossing = play.part, play.crossing
        verdict = str(crossing.outcome) if crossing and crossing.outcome else NONE
        reasons = tuple(crossing.reasons) if crossing else ()
        gate = str(crossing.passage) if crossing and crossing.passage else ""
        override = crossing.override if crossing else ""
        expected = str(part.verdict) if part.verdict else NONE
        as_cast = (
            not remark
            and verdict == expected
            and (part.reason is None or reasons[:1] == (part.reason,))
            and gate == part.gate
            and override == part.override
        )
        return Ending(
            who=part.who,
            expected=expected,
            verdict=verdict,
            reasons=tuple(str(each) for each in reasons),
            timings_ms=self._timings(play),
            gate=gate,
            override=override,
            as_cast=as_cast,
            crossing=crossing.crossing if crossing else "",
            remark=remark,
        )

    def _timings(self, play: _Performance) -> dict[str, float]:
        timings: dict[str, float] = {}
        if play.crossing and play.crossing.read_to_verdict_ms is not None:
            timings["read_to_verdict"] = play.crossing.read_to_verdict_ms
        if play.verdict_at:
            timings["shown_to_verdict"] = round((play.verdict_at - play.shown_at) * 1000, 1)
        if play.passing_at:
            timings["verdict_to_gate"] = round((play.passing_at - play.verdict_at) * 1000, 1)
        return timings


def line(ending: Ending) -> str:
    """One printed line: who, verdict, reason code, read-to-verdict time, gate outcome."""
    first = ending.reasons[0] if ending.reasons else ""
    code = reason_code(first)
    took = ending.timings_ms.get("read_to_verdict")
    time_text = f"{took:7.1f} ms" if took is not None else "          "
    gate = ending.gate or "-"
    decided = f"  officer: {ending.override}" if ending.override else ""
    wrong = "" if ending.as_cast else f"  <- the cast says {ending.expected} {ending.remark}"
    return f"{ending.who:<28} {ending.verdict:<7} {code:<6} {time_text}  {gate:<11}{decided}{wrong}"


def reason_code(identifier: str) -> str:
    """The short code of a reason, `-` where there is none."""
    return reason(ReasonId(identifier)).code if identifier else "-"


def _outcome(view: LaneView) -> object:
    return view.crossing.outcome if view.crossing else None


def _left(view: LaneView, crossing: str) -> CrossingView | None:
    return next((past for past in view.last if past.crossing == crossing), None)


def _went(view: LaneView, crossing: str) -> Passage | None:
    past = _left(view, crossing)
    return past.passage if past else None
