"""Policy as data: which evidence a lane asks for, and what each doubt leads to. Checked when it is loaded."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, ValidationError, field_validator, model_validator

from config.mistakes import first_mistake, shown, written_as
from config.settings import FormatName
from config.taking_along import RenewUrls
from verification.evidence import Direction, Kind
from verification.policy_rules import Arrival, LaneRule, Once, Part, TogetherRule
from verification.reasons import ReasonId, reason
from verification.snapshot import ListAge
from verification.verdict import Outcome

MAX_BYTES = 65_536
"""A policy document is one or two kilobytes; anything larger is a mistake."""

NOT_KNOWING = frozenset(
    {
        ReasonId.NOT_VERIFIABLE_OFFLINE,
        ReasonId.INCOMPLETE,
        ReasonId.NO_TRUST_LIST,
        ReasonId.TRUST_LIST_STALE,
        ReasonId.UNKNOWN_SIGNER,
        ReasonId.NO_REVOCATION_LIST,
        ReasonId.REVOCATION_LIST_STALE,
        ReasonId.CLOCK_UNTRUSTED,
        ReasonId.VALIDITY_UNKNOWN,
        ReasonId.OTHER_LANES_UNKNOWN,
        ReasonId.USE_UNKNOWN,
        ReasonId.RECORDS_NEARLY_FULL,
        ReasonId.NO_POLICY,
        ReasonId.HOLDER_UNBOUND,
        ReasonId.RULE_OPEN,
        ReasonId.EVIDENCE_MISSING,
    }
)
"""Not knowing is never `ADMIT` and never `REFUSE`: no policy may move these away from `REFER`."""

FIXED = NOT_KNOWING | {
    ReasonId.NOT_A_HEALTH_CODE,
    ReasonId.SPOT_CHECK,
    ReasonId.HELP_ASKED,
    ReasonId.ENTERED_BY_OFFICER,
    ReasonId.RULE_REFUSED,
    ReasonId.RULE_FAILED,
    ReasonId.ADMITTED,
    ReasonId.ADMITTED_NOTED,
}
"""What no policy may move. What rules lead to is said where they are asked for."""


class PolicyError(Exception):
    """A policy that cannot be used. `str()` is one line: key, value, what is allowed."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("should be an IANA zone, for example Asia/Hong_Kong") from error
    return name


Hours = Annotated[float, Field(gt=0, le=24 * 366 * 10, allow_inf_nan=False)]
Scheme = Annotated[str, written_as(r"[A-Z0-9-]{1,16}", "1 to 16 capitals, digits or -")]


class Requirement(Part):
    """One code that a lane asks for."""

    kind: Kind
    formats: Annotated[tuple[FormatName, ...], Field(min_length=1), Once] | None = None
    """Format prefixes that count; None: every format the lane allows."""
    schemes: Annotated[tuple[Scheme, ...], Field(min_length=1), Once] | None = None
    """Schemes that count (mutual recognition); None: any."""
    colours: Annotated[tuple[Literal["green", "yellow"], ...], Field(min_length=1), Once] = ("green",)
    """Colours that count, where a code has one. Red can never be accepted."""
    max_age_h: Hours | None = None
    counted_from: Literal["issue", "event"] = "issue"
    """Whether the age runs from the issue of the code, or from the sample or dose it speaks of."""
    same_day: Annotated[str, AfterValidator(_zone)] | None = None
    """IANA zone: the code counts until 23:59:59 there on its day of issue."""
    use: Literal["as_issued", "single"] = "as_issued"
    """`single`: this lane lets the code be used once, even where its issuer allows more."""


class Alternative(Part):
    """Codes that together are enough."""

    all_of: Annotated[tuple[Requirement, ...], Field(min_length=1, max_length=6)]
    rules: Annotated[tuple[TogetherRule, ...], Field(max_length=16)] = ()
    """What the codes have to say together, all of them of one holder."""

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each requirement."""
        return tuple(asked.kind for asked in self.all_of)


class Asked(Part):
    """What the lane asks for: any one of the alternatives, tried in this order."""

    any_of: Annotated[tuple[Alternative, ...], Field(min_length=1, max_length=32)]


class Thresholds(Part):
    """How old a list may become, in hours: `warn` tells the officer, `refer` ends reliance on it."""

    warn_h: Hours
    refer_h: Hours

    @field_validator("refer_h")
    @classmethod
    def _after_warn(cls, refer_h: float, info: Any) -> float:
        if refer_h < info.data.get("warn_h", 0):
            raise ValueError("should be at least warn_h")
        return refer_h

    def age(self, signed_at: datetime, expires_at: datetime | None = None) -> ListAge:
        """The age of a list that was signed at `signed_at`, to be put into a snapshot."""
        return ListAge(signed_at, timedelta(hours=self.warn_h), timedelta(hours=self.refer_h), expires_at)


class ListFreshness(Part):
    """Thresholds per list."""

    trust: Thresholds = Thresholds(warn_h=36, refer_h=168)
    revocation: Thresholds = Thresholds(warn_h=36, refer_h=72)


class Policy(Part):
    """The policy of one lane profile."""

    name: Annotated[str, written_as(r"[a-z0-9-]{1,32}", "1 to 32 small letters, digits or -")]
    version: Annotated[int, Field(ge=1)]
    direction: Direction
    formats: Annotated[tuple[FormatName, ...], Field(min_length=1), Once]
    evidence: Asked
    freshness: ListFreshness = ListFreshness()
    zone: Annotated[str, AfterValidator(_zone)] | None = None
    """IANA zone of the lane: its calendar decides how old somebody is, and when a bare date begins."""
    one_holder: bool = True
    """All codes of a crossing must be of one holder; what cannot be bound is referred."""
    single_use_elsewhere: Literal["refer", "admit_noted"] = "refer"
    """What follows when the other lanes cannot be asked whether a single-use code was spent."""
    arrival: Arrival | None = None
    """The country whose rules certificates have to meet; None: no such rules are asked."""
    rules: Annotated[tuple[LaneRule, ...], Field(max_length=64)] = ()
    """The lane's own rules: each code has to meet all that are asked of its kind."""
    outcomes: dict[ReasonId, Literal["REFER", "REFUSE"]] = Field(default_factory=dict)
    """Reasons that this policy moves between REFER and REFUSE."""
    second_officer: Annotated[tuple[ReasonId, ...], Once] = (
        ReasonId.REVOKED,
        ReasonId.SIGNER_REVOKED,
        ReasonId.ALREADY_USED,
        ReasonId.COLOUR_RED,
    )
    """Reasons whose override needs a second officer."""
    spot_check_one_in: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """One crossing in N that would be admitted is referred to an officer; None: none."""
    again_after_s: Annotated[int, Field(ge=0, le=86_400)] = 0
    """Seconds in which the same code or holder passes this lane again by an officer only; 0: none."""
    renew_url: Annotated[RenewUrls, Field(max_length=64)] = Field(default_factory=dict)
    """Where a traveller makes a new code, by scheme or issuer: shown where one is out of date."""
    accept_specimens: bool = False
    """True only in a demo or practice lane: codes of demo signers count there."""

    @field_validator("outcomes")
    @classmethod
    def _only_what_may_move(cls, outcomes: dict[ReasonId, str]) -> dict[ReasonId, str]:
        for moved in outcomes:
            if moved in FIXED:
                raise ValueError(f"a policy cannot move {moved}: it always leads to {reason(moved).outcome}")
        return outcomes

    @model_validator(mode="after")
    def _rules_agree(self) -> Policy:
        names = [rule.id for rule in self.all_rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"of the rules two have the id {twice[0]}, each id is allowed once")
        for number, alternative in enumerate(self.evidence.any_of):
            if alternative.rules and len(alternative.all_of) > 1 and not self.one_holder:
                where = f"evidence.any_of.{number}"
                raise ValueError(f"the rules of {where} read several codes: one_holder must be true")
        return self

    @cached_property
    def all_rules(self) -> tuple[LaneRule | TogetherRule, ...]:
        """The rules asked of each code, then those of the alternatives."""
        together = (rule for alternative in self.evidence.any_of for rule in alternative.rules)
        return (*self.rules, *together)

    @cached_property
    def day_zone(self) -> tzinfo:
        """The zone whose calendar counts here; UTC where the policy names none."""
        return UTC if self.zone is None else ZoneInfo(self.zone)

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Each of the alternatives, any one of which is enough."""
        return self.evidence.any_of

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every requirement of every alternative, in the order of the document."""
        return tuple(asked for alternative in self.evidence.any_of for asked in alternative.all_of)

    @cached_property
    def alternatives_with(self) -> dict[Kind, tuple[int, ...]]:
        """The places of the alternatives that ask for a kind."""
        places: dict[Kind, tuple[int, ...]] = dict.fromkeys(Kind, ())
        for place, alternative in enumerate(self.evidence.any_of):
            for kind in set(alternative.kinds):
                places[kind] += (place,)
        return places

    @cached_property
    def single_uses(self) -> tuple[Requirement, ...]:
        """Requirements that let a code be used once, even where its issuer allows more."""
        return tuple(asked for asked in self.requirements if asked.use == "single")

    def outcome(self, why: ReasonId) -> Outcome:
        """What `why` leads to in this lane."""
        moved = self.outcomes.get(why)
        return Outcome(moved or reason(why).outcome)


def load(document: bytes) -> Policy:
    """Reads one JSON document (UTF-8, at most `MAX_BYTES`).

    Raises `PolicyError` with one line that names key, value and what is allowed. The signature of the
    document is the caller's affair.
    """
    if len(document) > MAX_BYTES:
        raise PolicyError(f"the document has {len(document)} bytes, at most {MAX_BYTES} are allowed")
    try:
        text = document.decode("utf-8")
        json.loads(text, object_pairs_hook=_each_key_once)
        return Policy.model_validate_json(text)
    except UnicodeDecodeError as error:
        raise PolicyError(f"the document is not UTF-8 text (byte {error.start})") from error
    except ValidationError as error:
        raise PolicyError(first_mistake(error)) from error
    except (ValueError, RecursionError) as error:
        raise PolicyError(f"the document is not JSON: {error}") from error


def built_in() -> Policy:
    """The policy where none is configured: any one valid credential, green where it has a colour."""
    formats: tuple[FormatName, ...] = (
        *("HC1", "LT1", "AT1", "NO1", "SHC", "VDSNC", "NZCP", "DIVOC"),
        *("HK1", "GD1", "MO1", "CN1", "CD1", "TC1", "IE1", "PV1"),
    )
    return Policy(
        name="built-in",
        version=1,
        direction=Direction.ANY,
        formats=formats,
        evidence=Asked(any_of=tuple(Alternative(all_of=(Requirement(kind=kind),)) for kind in Kind)),
    )


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise PolicyError(f"{shown(twice)} is written twice, each key is allowed once")
    return table
