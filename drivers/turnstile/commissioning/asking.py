"""Small questions that several steps ask of the bench."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from drivers.turnstile.commissioning.bench import Source
from drivers.turnstile.commissioning.measure import Look, looks, pulses
from drivers.turnstile.commissioning.steps import Case, Failed
from drivers.turnstile.port import (
    GateReport,
    LinkChanged,
    LinkState,
    Passage,
    PassageReported,
    PulseRefused,
)
from drivers.turnstile.wire import Noticed, Seen

UP_S = 20.0
"""A gate that was connected again is expected to serve within this time."""
END_S = 4.0
"""How much longer than its passage window an authorisation may take to end."""

_Report = TypeVar("_Report")


def told(case: Case, mark: int, kind: type[_Report]) -> list[_Report]:
    """The reports of one kind since `mark`."""
    return [entry.what for entry in case.bench.since(mark) if isinstance(entry.what, kind)]


def states(case: Case, mark: int = 0) -> list[LinkChanged]:
    """How the link was since `mark`."""
    return told(case, mark, LinkChanged)


def is_up(case: Case) -> bool:
    """Whether the gate serves now."""
    known = states(case)
    return bool(known) and known[-1].state is LinkState.UP


def advice(case: Case) -> str:
    """What the gate's own advice is now."""
    return next((one.advice for one in reversed(states(case)) if one.advice), "It does not answer.")


def come_up(case: Case, seconds: float = UP_S) -> float:
    """Waits until the gate serves; in how many seconds it did. Raises `Failed`."""
    began = case.bench.now()
    if not case.bench.wait(seconds, lambda: is_up(case)):
        raise Failed(advice(case), f"not connected within {seconds:.0f} s")
    return case.bench.now() - began


def came(case: Case, mark: int, seconds: float, holds: Callable[[GateReport | Noticed], bool]) -> bool:
    """Whether such a thing was told since `mark`, or is within these seconds."""
    return case.bench.wait(
        seconds,
        lambda: any(holds(entry.what) for entry in case.bench.since(mark)),  # type: ignore[arg-type]
    )


def released(case: Case, mark: int) -> int:
    """How many releases left since `mark`."""
    return sum(one.what is Seen.RELEASE for one in told(case, mark, Noticed))


def authorised(case: Case) -> str:
    """One authorisation whose release left. Raises `Failed` where it was refused."""
    come_up(case)
    mark = case.bench.mark()
    name = case.bench.authorise()
    case.bench.wait(2.0, lambda: released(case, mark) > 0 or ended(case, name) is not None)
    refused = [one for one in told(case, mark, PulseRefused) if one.authorisation == name]
    if refused:
        raise Failed(refused[0].why, "the release was refused")
    if not released(case, mark):
        raise Failed(advice(case), "no release left within 2 s")
    return name


def refused(case: Case) -> bool:
    """Whether an authorisation now is refused and nothing leaves."""
    mark = case.bench.mark()
    name = case.bench.authorise()
    case.bench.wait(2.0, lambda: ended(case, name) is not None)
    why = [one for one in told(case, mark, PulseRefused) if one.authorisation == name]
    return bool(why) and not released(case, mark)


def ended(case: Case, name: str) -> Passage | str | None:
    """How this authorisation ended: a passage, "refused", or None while it has not."""
    for entry in reversed(case.bench.since(0)):
        if isinstance(entry.what, PassageReported) and entry.what.authorisation == name:
            return entry.what.passage
        if isinstance(entry.what, PulseRefused) and entry.what.authorisation == name:
            return "refused"
    return None


def wait_end(case: Case, name: str) -> Passage | str | None:
    """Waits for that end."""
    case.bench.wait(case.setup.passage_s + END_S, lambda: ended(case, name) is not None)
    return ended(case, name)


def automatic(case: Case) -> bool:
    """Whether the contact, or the board's word for it, is seen without a person."""
    return case.loop.source is not Source.PERSON


def sees_contact(case: Case) -> bool:
    """Whether the contact itself is seen, and not only what the board says of it."""
    return case.loop.source in (Source.INPUT, Source.LINE)


def seen(case: Case, mark: int) -> list[Look]:
    """The contact since `mark`."""
    return looks(case.bench.since(mark), case.loop)


def closed_since(case: Case, mark: int) -> bool:
    """Whether the contact was seen closed since `mark`."""
    return bool(pulses(seen(case, mark)))


def closed_now(case: Case) -> bool | None:
    """The contact at its next look; None where nothing tells within two seconds and nothing ever did."""
    mark = case.bench.mark()
    case.bench.wait(2.0, lambda: bool(seen(case, mark)))
    known = seen(case, mark) or seen(case, 0)
    return known[-1].closed if known else None
