"""One part in the performance: who comes, with what, and how it has to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from drivers.camera.synthetic.stage import Prop
from verification.reasons import ReasonId
from verification.verdict import Outcome

NONE = "NONE"
"""In place of a verdict: no crossing took place, as it should be where the cast says so."""


class Person(StrEnum):
    """What the traveller does at an open gate."""

    PASSES = "passes"
    STAYS = "stays"
    BRINGS_A_FRIEND = "brings_a_friend"


class StageHand(StrEnum):
    """What happens to the lane before the traveller comes."""

    CUT_THE_NETWORK = "cut the network"
    MEND_THE_NETWORK = "mend the network"
    UNPLUG_THE_RELAY = "unplug the relay"
    PLUG_THE_RELAY_IN = "plug the relay in"


@dataclass(frozen=True, slots=True)
class Part:
    """One traveller. Several props are shown one after the other, when the lane asks for more."""

    who: str
    props: Callable[[datetime], tuple[Prop, ...]] = field(repr=False)
    """What is held up, made at the moment it is shown (aware UTC)."""
    verdict: Outcome | None = None
    """None: no crossing may come of it."""
    reason: ReasonId | None = None
    gate: str = ""
    """What the gate has to do: a `Passage`, or empty where it must not move."""
    override: str = ""
    """What the officer has to have decided."""
    person: Person = Person.PASSES
    before: tuple[StageHand, ...] = ()
    followed_closely: bool = False
    """The next traveller's code is already in view while this one's gate is open."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a part really ended."""

    who: str
    expected: str
    verdict: str
    reasons: tuple[str, ...]
    timings_ms: dict[str, float]
    gate: str
    override: str
    as_cast: bool
    crossing: str = ""
    remark: str = ""
