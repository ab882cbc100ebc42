"""What a lane shows: one immutable picture of its state, made by the crossing and read by the presenters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from drivers.reader.port import Hint
from drivers.turnstile.port import LinkState, Passage
from sync.bundle.station_files import Notice
from verification.assessment import Revocation, Signature, Validity
from verification.entered import Supposed
from verification.evidence import Evidence, Kind
from verification.reasons import ReasonId
from verification.snapshot import Freshness
from verification.verdict import Outcome


class Phase(StrEnum):
    """Where the lane is with the traveller in front of it."""

    WAITING = "waiting"
    """Nobody, or nobody's code yet: attract and guide."""
    GATHERING = "gathering"
    """A code is good, the policy asks for one more."""
    ADMITTED = "admitted"
    """The verdict is written, the gate was asked, its answer is awaited."""
    PASSING = "passing"
    """The gate took the pulse: please pass."""
    REFERRED = "referred"
    """An officer decides. The lane is held. Revoked codes stand here too, so that nobody can tell."""
    REFUSED = "refused"
    """Stop, and what to do next."""
    AT_DESK = "at_desk"
    """Sent to the desk: shown for a moment after a referral ended without the gate."""
    GATE_FAILED = "gate_failed"
    """Admitted, but the gate did not take the pulse: an officer opens."""
    HELD = "held"
    """An officer stopped the lane between travellers, for a moment."""
    CLOSED = "closed"
    """An officer closed the lane: travellers go to another one."""
    OUT_OF_ORDER = "out_of_order"
    """A part the lane needs is missing."""
    EVACUATE = "evacuate"
    """Fire, or an officer's alarm: the screen says leave, nothing is commanded."""


class Help(StrEnum):
    """How far a traveller's call for an officer is."""

    NONE = "none"
    NOTED = "noted"
    """It becomes a referral as soon as the lane can make one."""
    CALLED = "called"
    """Officers see it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A part that does not work: two-letter code and one sentence that says what to do."""

    part: str
    code: str
    advice: str
    stops: bool = False
    """Whether the lane takes no travellers without this part."""


@dataclass(frozen=True, slots=True)
class ListView:
    """One list the lane runs on, for the officer's screen."""

    kind: str
    """`trust`, `revocation` or `policy`."""
    freshness: Freshness
    signed_at: datetime | None = None
    """When the list was signed, aware UTC; None: there is no usable list."""
    name: str = ""
    """Which one, where there are several of the kind."""
    signed: bool = True
    """False: a file that the lane goes by although nobody signed it."""


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule that was not met or gave no answer: what it is called, and what it asks for in its own words."""

    id: str
    says: str = ""
    """Empty where the rule has no words, or there was none to ask."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How sure we are of one code: each check's own answer."""

    signature: Signature
    validity: Validity
    revocation: Revocation


@dataclass(frozen=True, slots=True)
class CrossingView:
    """The crossing in front, for the officer's screen. `evidence` may carry the masked name."""

    crossing: str
    outcome: Outcome | None
    """Our verdict; the traveller's screen never sees it when `reasons[0]` is private."""
    reasons: tuple[ReasonId, ...] = ()
    missing: tuple[Kind, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[str, ...] = ()
    """What codes that could not be checked say they are: `Assessment.looks_like`, else the format's name."""
    passage: Passage | None = None
    read_to_verdict_ms: float | None = None
    decided_at: datetime | None = None
    """When the verdict fell, aware UTC."""
    override: str = ""
    """What an officer decided later (`admit`, `refuse`, `desk`); empty: nobody did."""
    rules: tuple[RuleView, ...] = ()
    """The rules behind the verdict."""
    decided_by: str = ""
    """The officer of `override`."""
    approved_by: str = ""
    """The officer who admitted first, where it takes two: another one has to as well."""
    take_back_until: float | None = None
    """Until when `decided_by` can take it back, in monotonic seconds; None: the gate may have moved."""
    checks: tuple[Checked, ...] = ()
    """What was checked of each of `evidence`, in its order; what officers entered stands last, unchecked."""
    supposed: Supposed | None = None
    """What the policy would say if the documents that officers entered were genuine."""
    entered: int = 0
    """How many those are."""
    undone: int = 0
    """How often a decision about this traveller was taken back."""
    called: bool = False
    """Whether this traveller calls for an officer."""
    withdrawn: bool = False
    """Whether the traveller called for an officer and then needed none any more."""


@dataclass(frozen=True, slots=True)
class DutyView:
    """What officers ordered the lane to be, beside its phase."""

    direction: str = "any"
    turns_to: str = ""
    """The direction it can be turned to; empty: it has only one."""
    turned: bool = False
    """Whether it works in the other direction than its settings begin with."""
    shut: str = ""
    """`hold` or `close`: no further traveller is taken; empty: the lane is open."""
    muted: bool = False
    alarm: bool = False
    """Whether an officer raised the alarm; a fire contact is another matter."""
    arrow: str = ""
    """Where travellers walk as they face the screen; empty: as the display's settings say."""


@dataclass(frozen=True, slots=True)
class LaneView:
    """Everything a screen needs. A new one is published after every change."""

    phase: Phase
    lane: str
    demo: bool = False
    crossing: CrossingView | None = None
    faults: tuple[Fault, ...] = ()
    link: LinkState = LinkState.DOWN
    language: str | None = None
    """Language of the code's scheme (`en`, `zh_HK`, `zh_CN`, `pt`); None: the lane's own order."""
    not_a_code: str | None = None
    """What the last text looked like when it was no health code; shown for a moment, ends nothing."""
    since_mono: float = 0.0
    """When this phase began, in monotonic seconds."""
    until_mono: float | None = None
    """When this phase ends by itself, in monotonic seconds; None where it waits for something."""
    last: tuple[CrossingView, ...] = ()
    """The latest crossings, newest first, for the officer."""
    unsent: int = 0
    """Records the hub has no receipt for."""
    has_hub: bool = True
    """Whether the settings name one; else records stay here, and none of them waits."""
    oldest_unsent_s: float | None = None
    """How long the oldest of them has waited, in whole minutes' seconds; None: there is none, or no hub."""
    lists: tuple[ListView, ...] = ()
    """The lists in use and their ages, for the officer."""
    renew_url: Mapping[str, str] = field(default_factory=dict)
    """What the policy in use says of where new codes are made, by scheme or issuer."""
    policy: str = ""
    """Name and version of the policy in use; empty: there is none."""
    notices: tuple[Notice, ...] = ()
    """The station's words to its officers."""
    duty: DutyView = DutyView()
    help: Help = Help.NONE
    """A traveller's call for an officer."""
    practice: bool = False
    """A demo in the hands of officers who practise: `demo` is true with it, and screens say another word."""


@dataclass(frozen=True, slots=True)
class SightView:
    """What the camera sees just now, for the guide over the preview."""

    hint: Hint | None = None
    located: bool = False
    corners: tuple[tuple[float, float], ...] = field(default=())
    frame_size: tuple[int, int] = (0, 0)
    """Width and height of the frame in pixels."""
