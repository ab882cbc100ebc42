"""The figures of a shift or a period: one pass over its records.

Memory grows with the minutes that have a verdict (2 kB each here, as much in a snapshot), not with records.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.desk.decision_count import Decision, DecisionCount
from kiosk.desk.outliers import StandsOut, outliers
from sync import event_types as e
from sync.canonical import utc_time
from sync.chain import Record

STEP = 1.02
"""Times are counted in steps of 2 %: a percentile is right to 1 %."""
MOST_OPEN = 1000
CALLED = "HELP_ASKED"
"""A traveller's call for an officer: no code was read, so it took no time to judge one."""
OUTCOMES = ("ADMIT", "REFER", "REFUSE")
OUT_OF_ORDER, HELD, STOPPED = "out_of_order", "held", "stopped"
CLOSED, ALARM = "closed", "alarm"


@dataclass(frozen=True, slots=True)
class OfficerFigures:
    """What one officer decided, each crossing once, and the notice where it stands out."""

    officer: str
    admit: int
    refuse: int
    desk: int
    notice: StandsOut | None

    @property
    def decided(self) -> int:
        """All of it."""
        return self.admit + self.refuse + self.desk

    @property
    def percent(self) -> int:
        """How many in a hundred were admitted against the first verdict; 0 where nothing was decided."""
        return round(100 * self.admit / self.decided) if self.decided else 0


@dataclass(frozen=True, slots=True)
class Figures:
    """A snapshot. Counts, and seconds or milliseconds where the name says so."""

    since: str
    until: str
    """Times of the first and the last record; empty: there are none."""
    records: int
    erased: int
    """Without what only stayed at its device."""
    outcomes: Mapping[str, int]
    minutes: Mapping[str, tuple[int, int, int]]
    """First verdicts (admit, refer, refuse) in each minute (UTC, `2026-11-23T08:00`) that has any."""
    per_minute: float
    """Mean over the time from the first to the last record."""
    peak: int
    """The most first verdicts in one minute."""
    verdict_ms: tuple[float, float] | None
    """From the last code read to the verdict: median and 95th percentile."""
    verdict_steps: Mapping[str, Mapping[int, int]]
    """For each minute as in `minutes`, how many verdicts took `STEP` to the power of how much, in ms."""
    crossing_s: tuple[float, float] | None
    """From the first code to the passage: median and 95th percentile."""
    referred_for: Mapping[str, int]
    refused_for: Mapping[str, int]
    overrides: Mapping[tuple[str, str], int]
    """Crossings that officers decided, by the action and reason of the last decision."""
    late: int
    """Those of them whose last decision was recorded after the crossing was over."""
    officers: tuple[OfficerFigures, ...]
    passages: Mapping[str, int]
    endings: Mapping[str, int]
    pulses: int
    gate_refused: int
    released: int
    down_s: Mapping[str, float]
    """Seconds the lane took nobody: out_of_order, held, closed, alarm, stopped."""
    faults: Mapping[str, int]
    demo: bool
    practice: bool = False

    @property
    def crossings(self) -> int:
        """How many got a verdict."""
        return sum(self.outcomes.values())


class _Times:
    """A histogram in steps of 2 %."""

    def __init__(self) -> None:
        self._steps: Counter[int] = Counter()

    def add(self, value: float) -> None:
        self._steps[_step(value)] += 1

    def percentiles(self) -> tuple[float, float] | None:
        return (within(self._steps, 0.5), within(self._steps, 0.95)) if self._steps else None


def within(steps: Mapping[int, int], part: float) -> float:
    """What the given part of all took at most; `steps` counts powers of `STEP`. 0 for none."""
    below, wanted = 0, math.ceil(part * sum(steps.values()))
    for step in sorted(steps):
        below += steps[step]
        if below >= wanted:
            return STEP**step
    return 0.0


@dataclass(slots=True)
class Tally:
    """The fold. `add` takes records in order; `figures` may be asked at any time."""

    since: str = ""
    until: str = ""
    records: int = 0
    erased: int = 0
    demo: bool = False
    practice: bool = False
    pulses: int = 0
    gate_refused: int = 0
    released: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    minutes: dict[str, list[int]] = field(default_factory=dict)
    verdict_steps: dict[str, Counter[int]] = field(default_factory=dict)
    referred_for: Counter[str] = field(default_factory=Counter)
    refused_for: Counter[str] = field(default_factory=Counter)
    decisions: DecisionCount = field(default_factory=DecisionCount)
    passages: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    _verdict: _Times = field(default_factory=_Times)
    _crossing: _Times = field(default_factory=_Times)
    _open: dict[str, str] = field(default_factory=dict)
    _down: dict[str, float] = field(default_factory=dict)
    _down_since: dict[str, str] = field(default_factory=dict)
    _shut_before: tuple[str, ...] = ()
    """How officers had shut the lane when it was switched off: it starts again so."""

    def add(self, record: Record) -> None:
        """The next record."""
        self.records += 1
        self.since = self.since or record.at
        self.until = max(self.until, record.at)
        if record.payload is None:
            self.erased += record.kind not in e.LOCAL_KINDS  # an export has notes without their words
        elif (taken := _TAKEN.get(record.kind)) is not None:
            taken(self, record.at, json.loads(record.payload))

    def figures(self, now: str = "") -> Figures:
        """All so far. `now` (as `utc_text`) ends what is still going on; without it the last record does."""
        until = max(self.until, now)
        down = dict(self._down)
        for cause, since in self._down_since.items():
            down[cause] = down.get(cause, 0.0) + _seconds(since, until)
        spans = _seconds(self.since, until) / 60 if self.since else 0.0
        total = sum(self.outcomes.values())
        return Figures(
            since=self.since,
            until=until,
            records=self.records,
            erased=self.erased,
            outcomes={name: self.outcomes[name] for name in OUTCOMES},
            minutes={minute: (one[0], one[1], one[2]) for minute, one in self.minutes.items()},
            per_minute=total / max(1.0, spans),
            peak=max(map(sum, self.minutes.values()), default=0),
            verdict_ms=self._verdict.percentiles(),
            verdict_steps={minute: dict(steps) for minute, steps in self.verdict_steps.items()},
            crossing_s=self._crossing.percentiles(),
            referred_for=_most(self.referred_for),
            refused_for=_most(self.refused_for),
            overrides=dict(self.decisions.overrides.most_common()),
            late=self.decisions.late,
            officers=self._officers(),
            passages=_most(self.passages),
            endings=_most(self.endings),
            pulses=self.pulses,
            gate_refused=self.gate_refused,
            released=self.released,
            down_s=down,
            faults=_most(self.faults),
            demo=self.demo,
            practice=self.practice,
        )

    def _officers(self) -> tuple[OfficerFigures, ...]:
        officers = self.decisions.officers
        noticed = outliers({officer: (one["admit"], one.total()) for officer, one in officers.items()})
        return tuple(
            OfficerFigures(officer, one["admit"], one["refuse"], one["desk"], noticed.get(officer))
            for officer, one in sorted(officers.items())
        )

    # --- what each kind of event adds ---

    def _started(self, at: str, told: dict[str, Any]) -> None:
        self.demo = self.demo or told["mode"] in ("demo", "practice")
        self.practice = self.practice or told["mode"] == "practice"
        self._up(at, STOPPED, OUT_OF_ORDER)
        for cause in self._shut_before:
            self._down_since.setdefault(cause, at)
        self._shut_before = ()

    def _stopped(self, at: str, _told: dict[str, Any]) -> None:
        self._shut_before = tuple(cause for cause in (HELD, CLOSED, ALARM) if cause in self._down_since)
        self._up(at, OUT_OF_ORDER, *self._shut_before)
        self._down_since[STOPPED] = at

    def _opened(self, at: str, told: dict[str, Any]) -> None:
        if len(self._open) >= MOST_OPEN:
            del self._open[next(iter(self._open))]
        self._open[told["crossing"]] = at

    def _decided(self, at: str, told: dict[str, Any]) -> None:
        outcome = told["outcome"]
        if outcome not in OUTCOMES:
            return
        self.outcomes[outcome] += 1
        self.minutes.setdefault(at[:16], [0, 0, 0])[OUTCOMES.index(outcome)] += 1
        if told["reasons"] != [CALLED]:
            self._verdict.add(told["read_to_verdict_ms"])
            self.verdict_steps.setdefault(at[:16], Counter())[_step(told["read_to_verdict_ms"])] += 1
        if outcome == "REFER":
            self.referred_for.update(told["reasons"])
        elif outcome == "REFUSE":
            self.refused_for.update(told["reasons"])

    def _closed(self, at: str, told: dict[str, Any]) -> None:
        self.endings[told["how"]] += 1
        since = self._open.pop(told["crossing"], None)
        if since is not None and told["how"] == "passed":
            self._crossing.add(_seconds(since, at))

    def _override(self, _at: str, told: dict[str, Any]) -> None:
        decision = Decision(told["officer"], told["action"], told["reason"], not told["in_time"])
        self.decisions.decided(told["crossing"], decision)

    def _approved(self, _at: str, told: dict[str, Any]) -> None:
        self.decisions.approved(told["crossing"], told["officer"])

    def _undone(self, _at: str, told: dict[str, Any]) -> None:
        self.decisions.taken_back(told["crossing"], told["officer"])

    def _passage(self, _at: str, told: dict[str, Any]) -> None:
        self.passages[told["passage"]] += 1

    def _corrected(self, _at: str, told: dict[str, Any]) -> None:
        """Somebody followed close behind: one PASSED less, if it was counted here, one of these more."""
        self.passages[told["passage"]] += 1
        if self.passages["PASSED"] > 0:
            self.passages["PASSED"] -= 1
        self.passages = +self.passages

    def _pulse(self, _at: str, _told: dict[str, Any]) -> None:
        self.pulses += 1

    def _no_pulse(self, _at: str, _told: dict[str, Any]) -> None:
        self.gate_refused += 1

    def _release(self, _at: str, _told: dict[str, Any]) -> None:
        self.released += 1

    def _out(self, at: str, _told: dict[str, Any]) -> None:
        self._down_since.setdefault(OUT_OF_ORDER, at)

    def _in(self, at: str, _told: dict[str, Any]) -> None:
        self._up(at, OUT_OF_ORDER)

    def _held(self, at: str, _told: dict[str, Any]) -> None:
        self._up(at, CLOSED)
        self._down_since.setdefault(HELD, at)

    def _shut(self, at: str, _told: dict[str, Any]) -> None:
        self._up(at, HELD)
        self._down_since.setdefault(CLOSED, at)

    def _freed(self, at: str, _told: dict[str, Any]) -> None:
        self._up(at, HELD, CLOSED)

    def _alarm(self, at: str, told: dict[str, Any]) -> None:
        if told["active"]:
            self._down_since.setdefault(ALARM, at)
        else:
            self._up(at, ALARM)

    def _fault(self, _at: str, told: dict[str, Any]) -> None:
        self.faults[told["code"]] += 1

    def _up(self, at: str, *causes: str) -> None:
        for cause in causes:
            since = self._down_since.pop(cause, None)
            if since is not None:
                self._down[cause] = self._down.get(cause, 0.0) + _seconds(since, at)


_TAKEN: Mapping[str, Callable[[Tally, str, dict[str, Any]], None]] = {
    e.LaneStarted.kind: Tally._started,
    e.LaneStopped.kind: Tally._stopped,
    e.LaneOutOfOrder.kind: Tally._out,
    e.LaneInOrder.kind: Tally._in,
    e.LaneHeld.kind: Tally._held,
    e.LaneClosed.kind: Tally._shut,
    e.LaneAlarm.kind: Tally._alarm,
    e.LaneFreed.kind: Tally._freed,
    e.CrossingOpened.kind: Tally._opened,
    e.CrossingDecided.kind: Tally._decided,
    e.CrossingClosed.kind: Tally._closed,
    e.GateAccepted.kind: Tally._pulse,
    e.GateRefused.kind: Tally._no_pulse,
    e.GatePassage.kind: Tally._passage,
    e.GateCorrected.kind: Tally._corrected,
    e.OfficerDecided.kind: Tally._override,
    e.OfficerApproved.kind: Tally._approved,
    e.OfficerUndone.kind: Tally._undone,
    e.OfficerReleasedOnce.kind: Tally._release,
    e.FaultRaised.kind: Tally._fault,
}


def fold(records: Iterable[Record], now: str = "") -> Figures:
    """The figures of all these records."""
    tally = Tally()
    for record in records:
        tally.add(record)
    return tally.figures(now)


def _step(value: float) -> int:
    return round(math.log(max(value, 1e-3), STEP))


def _most(counted: Counter[str]) -> dict[str, int]:
    return dict(counted.most_common())


def _seconds(since: str, until: str) -> float:
    return max(0.0, (utc_time(until) - utc_time(since)).total_seconds())
