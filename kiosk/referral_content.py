"""What a desk has to see of a referral, as bytes that are sealed: no birth date, no full name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from kiosk.lane_view import Checked, CrossingView, LaneView, Phase, RuleView
from verification.entered import Choice, Supposed
from verification.evidence import Evidence, Kind, Personal
from verification.reasons import ReasonId
from verification.verdict import Outcome

MOST_BYTES = 40_000
"""More than this of evidence is somebody's attempt: the desk then sees the reasons alone."""


@dataclass(frozen=True, slots=True)
class ReferralContent:
    """The sealed part of a referral."""

    evidence: tuple[Evidence, ...] = ()
    claims: tuple[str, ...] = ()
    missing: tuple[Kind, ...] = ()
    rules: tuple[RuleView, ...] = ()
    decided_at: datetime | None = None
    called: bool = False
    checks: tuple[Checked, ...] = ()
    supposed: Supposed | None = None
    entered: int = 0
    choices: tuple[Choice, ...] = ()
    """What a desk can enter of a paper document of this traveller."""


class ContentUnreadable(Exception):
    """Bytes that are no referral's content. `str()` is one sentence."""


_CONTENT = TypeAdapter(ReferralContent)


def content_bytes(crossing: CrossingView, choices: tuple[Choice, ...] = ()) -> bytes:
    """The content of a crossing's referral, in JSON. Only the masked name names anybody."""
    evidence = tuple(_told(item) for item in crossing.evidence)
    said = ReferralContent(
        evidence,
        crossing.claims,
        crossing.missing,
        crossing.rules,
        crossing.decided_at,
        crossing.called,
        crossing.checks,
        crossing.supposed,
        crossing.entered,
        choices,
    )
    data = _CONTENT.dump_json(said)
    return data if len(data) <= MOST_BYTES else _CONTENT.dump_json(ReferralContent())


def read_content(data: bytes) -> ReferralContent:
    """Raises `ContentUnreadable`."""
    try:
        return _CONTENT.validate_json(data)
    except ValidationError as error:
        raise ContentUnreadable("the referral can't be read: is the lane of another version?") from error


def as_view(
    lane: str,
    crossing: str,
    outcome: str,
    reasons: tuple[str, ...],
    content: ReferralContent,
    *,
    demo: bool,
    until_mono: float,
    approved_by: str,
) -> LaneView:
    """The lane as its own panel would show it, for the same card."""
    known = {reason.value for reason in ReasonId}
    view = CrossingView(
        crossing=crossing,
        outcome=Outcome(outcome),
        reasons=tuple(ReasonId(reason) for reason in reasons if reason in known),
        missing=content.missing,
        evidence=content.evidence,
        claims=content.claims,
        decided_at=content.decided_at,
        rules=content.rules,
        approved_by=approved_by,
        checks=content.checks,
        supposed=content.supposed,
        entered=content.entered,
        called=content.called,
    )
    return LaneView(Phase.REFERRED, lane, demo, view, until_mono=until_mono)


def _told(item: Evidence) -> Evidence:
    personal = Personal(masked_name=item.personal.masked_name)
    return replace(item, personal=personal, content=None, holder=None)
