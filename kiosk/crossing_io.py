"""What a crossing hears and what it asks for: inputs and effects, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from drivers.turnstile.port import GateReport, Way
from kiosk.desk.lane_control import Action, LaneOrder, Notice
from kiosk.lane_view import Fault
from sync.event import Event
from verification.assessment import Assessment
from verification.entered import Entered, Supposed
from verification.evidence import Evidence
from verification.reasons import ReasonId
from verification.verdict import Gathering, Verdict


@dataclass(frozen=True, slots=True)
class Seen:
    """A symbol was read in a frame that was captured at `captured_at` (monotonic seconds)."""

    content: bytes = field(repr=False)
    captured_at: float


@dataclass(frozen=True, slots=True)
class Tick:
    """Time went on."""


@dataclass(frozen=True, slots=True)
class OfficerDecision:
    """An officer's decision about one crossing, in time or late."""

    crossing: str
    officer: str
    action: Action
    reason: str
    desk: str = ""
    """The station desk it came from through the hub; empty: the lane's own panel."""
    number: int = 0
    """The hub's number of it, which the answer goes to."""
    note: str = field(default="", repr=False)
    """The officer's free words. They stay in this lane's journal; empty: none, or kept by the desk."""


@dataclass(frozen=True, slots=True)
class DocumentEntered:
    """An officer entered what a document of the traveller says."""

    entered: Entered
    officer: str
    crossing: str = ""
    """The crossing it belongs to; empty: nobody's yet, a person without a code."""
    desk: str = ""
    number: int = 0
    """As in `OfficerDecision`."""
    ordered: bool = False
    """Whether the number is that of an order: about nobody whom the desk has taken."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """An officer takes the own decision about one crossing back."""

    crossing: str
    officer: str
    desk: str = ""
    number: int = 0
    """As in `OfficerDecision`."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """An officer orders how the lane is to be. It moves no gate."""

    order: LaneOrder
    officer: str
    to: str = ""
    """The direction of a turn."""
    desk: str = ""
    """The station desk it came from through the hub; empty: the lane's own panel."""
    number: int = 0
    """The hub's number of it, which the answer goes to."""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """Somebody needs longer than the screen in front would stand: the traveller, or an officer for them."""

    officer: str = ""
    number: int = 0
    """The hub's number of the order, where an officer at a station desk gave it."""


@dataclass(frozen=True, slots=True)
class ReleaseOnce:
    """An officer releases the gate once, outside any crossing."""

    officer: str
    reason: str


@dataclass(frozen=True, slots=True)
class AskForOfficer:
    """The traveller touched the call for an officer."""


@dataclass(frozen=True, slots=True)
class NoLongerAsks:
    """The traveller withdrew it."""


@dataclass(frozen=True, slots=True)
class PartFailed:
    """A part stopped working. A fault that `stops` puts the lane out of order until the part is back."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class PartRecovered:
    """A part works again."""

    part: str


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """The journal did not take a record, so whatever depended on it was not done."""

    fault: Fault
    not_asked: tuple[str, ...] = ()
    """Authorisations that the gate was therefore never asked for."""


Input = (
    Seen
    | Tick
    | GateReport
    | OfficerDecision
    | TakeBack
    | DocumentEntered
    | Ordered
    | MoreTime
    | ReleaseOnce
    | AskForOfficer
    | NoLongerAsks
    | PartFailed
    | PartRecovered
    | NotRecorded
)


@dataclass(frozen=True, slots=True)
class Record:
    """Write these events in one transaction, on stable storage, before the effects that follow."""

    events: tuple[Event, ...]
    spend: tuple[bytes, ...] = field(default=(), repr=False)
    give_back: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class OpenGate:
    """Ask the gate for one pulse."""

    authorisation: str
    way: Way


@dataclass(frozen=True, slots=True)
class FaceGate:
    """The lane works in this way from now on."""

    way: Way


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the officer who just asked for something what came of it."""

    notice: Notice
    number: int = 0
    """Of the decision that came through the hub; 0: the officer at the lane's own panel."""
    order: bool = False
    """Whether the number is that of an order to the lane."""


Effect = Record | OpenGate | FaceGate | Tell


class Rulebook(Protocol):
    """Everything a crossing must know of the world to decide: one consistent state of it."""

    @property
    def policy(self) -> str:
        """Name and version of the policy in use, for the record."""
        ...

    def verify(self, content: bytes, at: datetime) -> Assessment:
        """Checks one code. Never raises."""
        ...

    def judge(self, assessments: Sequence[Assessment], at: datetime, crossing: str) -> Verdict | Gathering:
        """Decides on every code gathered so far, spent codes and policy included.

        `crossing` is what the hub is told when it is asked whether a code was spent elsewhere.
        """
        ...

    def single_uses(self, assessments: Sequence[Assessment], at: datetime) -> tuple[bytes, ...]:
        """The single-use identities that an officer's admission of these codes consumes."""
        ...

    def needs_second_officer(self, reasons: Sequence[ReasonId]) -> bool:
        """Whether one officer alone may not admit somebody referred for these reasons."""
        ...

    def evidence_of(self, entered: Entered) -> Evidence:
        """What an officer's entry says, with days as they begin and end where the lane stands."""
        ...

    def suppose(
        self, entries: Sequence[Entered], assessments: Sequence[Assessment], at: datetime
    ) -> Supposed:
        """What the policy would say if these documents were genuine, beside the codes that are."""
        ...

    def rule_says(self, identifier: str) -> str:
        """What a rule asks for, in words; empty where it has none."""
        ...

    def fingerprint(self, signed: bytes, at: datetime) -> str:
        """The keyed fingerprint a code is known by in the journal."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the lane waits, in seconds."""

    gather: float = 20.0
    referral: float = 120.0
    refused: float = 6.0
    desk: float = 4.0
    not_a_code: float = 3.0
    rearm: float = 1.0
    gate_answer: float = 2.5
    undo: float = 5.0
    """How long an officer's decision can be taken back."""
    before_pulse: float = 0.0
    """How long an officer's admission waits for second thoughts before the gate is asked."""
    passage: float = 12.0
    """The gate itself ends its window sooner; this is for a gate that says nothing."""
