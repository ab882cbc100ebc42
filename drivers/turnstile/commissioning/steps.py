"""The rows of a commissioning sheet, what stands in one, and the order in which they are filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from drivers.turnstile.commissioning.bench import Bench, LoopBack, Person, Skipped
from drivers.turnstile.protocols.codec import Protocol
from drivers.turnstile.setup import Setup


class Result(StrEnum):
    """How a step ended."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    SKIPPED = "skipped"


class Verdict(StrEnum):
    """What the sheet says of the gate."""

    FIT = "fit"
    GAPS = "gaps"
    """Nothing failed, but a step that no gate should go without was left out."""
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Row:
    """One step as it was done."""

    step: str
    do: str
    """What the person was told to do."""
    expected: str
    measured: str
    result: Result
    why: str = ""
    """Why it failed or was left out."""


@dataclass(frozen=True, slots=True)
class Case:
    """One gate on the bench. `stable_name`: the path outlives a cable that is pulled and put back."""

    bench: Bench
    person: Person
    loop: LoopBack
    dialect: Protocol
    setup: Setup
    stable_name: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """`work` returns what was measured; it raises `Failed` or `Skipped`."""

    name: str
    do: str
    expected: Callable[[Case], str]
    work: Callable[[Case], str]
    needed: bool = True
    """Without it the gate is not proven."""


class Failed(Exception):
    """The gate does not do what it has to. `str()` says what to do; `measured` what was seen."""

    def __init__(self, why: str, measured: str = "") -> None:
        super().__init__(why)
        self.measured = measured


def perform(
    steps: Sequence[Step],
    case: Case,
    chosen: Sequence[str] = (),
    done: Callable[[Row], None] = lambda _: None,
) -> list[Row]:
    """Does the steps one after the other; a gate that cannot be identified is asked nothing more.

    `chosen`: only these (all when empty); `done` gets each row as it is filled. The device is let go in any
    case.
    """
    rows: list[Row] = []
    hopeless = ""
    try:
        case.bench.start()
        for step in steps:
            left_out = "not chosen" if chosen and step.name not in chosen else hopeless
            row = _left_out(step, case, left_out) if left_out else _row(step, case)
            rows.append(row)
            done(row)
            if step is steps[0] and row.result is Result.FAIL:
                hopeless = "the gate was not identified"
    finally:
        case.bench.stop()
    return rows


def verdict(rows: Sequence[Row], steps: Sequence[Step]) -> Verdict:
    """One word for all of them."""
    if any(row.result is Result.FAIL for row in rows):
        return Verdict.UNFIT
    needed = {step.name for step in steps if step.needed}
    passed = {row.step for row in rows if row.result is Result.PASS}
    return Verdict.FIT if needed <= passed else Verdict.GAPS


def _row(step: Step, case: Case) -> Row:
    case.person.hear(f"\n{step.name.upper()}: {step.do}\n  expected: {step.expected(case)}")
    try:
        measured = step.work(case)
    except Failed as failed:
        return Row(step.name, step.do, step.expected(case), failed.measured, Result.FAIL, str(failed))
    except Skipped as skipped:
        return _left_out(step, case, str(skipped))
    return Row(step.name, step.do, step.expected(case), measured, Result.PASS)


def _left_out(step: Step, case: Case, why: str) -> Row:
    return Row(step.name, step.do, step.expected(case), "", Result.SKIPPED, why)
