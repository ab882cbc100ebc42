"""Whether one sound code is what a requirement of the policy asks for, and if not, why not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from verification.assessment import Assessment
from verification.evidence import Colour, Direction, Evidence, Kind
from verification.policy import Policy, Requirement
from verification.reasons import ReasonId

_ANY, _COLOUR = Direction.ANY, Kind.HEALTH_COLOUR
COLOUR_REASONS = {Colour.YELLOW: ReasonId.COLOUR_YELLOW, Colour.RED: ReasonId.COLOUR_RED}


def unsuited(code: Assessment, asked: Requirement, policy: Policy, at: datetime) -> tuple[ReasonId, ...]:
    """Why `code` does not meet `asked`; empty where it does.

    A code of another kind, format or scheme is not compared further.
    """
    says = code.evidence
    if says is None:
        return (ReasonId.KIND_NOT_ACCEPTED,)
    another = _another(says, code.format, asked)
    if another is not None:
        return (another,)
    found = []
    if says.colour is None:
        if says.kind is _COLOUR:
            found.append(ReasonId.KIND_NOT_ACCEPTED)
    elif says.colour not in asked.colours:
        found.append(COLOUR_REASONS.get(says.colour, ReasonId.KIND_NOT_ACCEPTED))
    if says.direction is not policy.direction and _ANY not in (policy.direction, says.direction):
        found.append(ReasonId.WRONG_DIRECTION)
    too_old = _age(says, asked, policy, at)
    if too_old is not None:
        found.append(too_old)
    return tuple(found)


def age_is_limited(code: Assessment, policy: Policy, at: datetime) -> bool:
    """Whether a code that does not say when it ends meets a requirement that says how old it may be."""
    if code.evidence is None or not code.evidence.open_ended:
        return False
    return any(not unsuited(code, asked, policy, at) for asked in policy.requirements)


def nearest_miss(code: Assessment, policy: Policy, at: datetime) -> tuple[ReasonId, ...]:
    """Why `code` meets no requirement, told of the one it comes closest to; empty if it meets one."""
    misses = [unsuited(code, asked, policy, at) for asked in policy.requirements]
    return min(misses, key=_distance)


def _distance(miss: tuple[ReasonId, ...]) -> tuple[int, int]:
    if miss == (ReasonId.KIND_NOT_ACCEPTED,):
        return 2, 0
    return int(miss == (ReasonId.SCHEME_NOT_ACCEPTED,)), len(miss)


def refused_colour(says: Evidence, code_format: str, policy: Policy) -> ReasonId | None:
    """The reason of a red or yellow that no requirement for this kind and scheme accepts."""
    if says.colour is None or says.colour not in COLOUR_REASONS:
        return None
    for asked in policy.requirements:
        if _another(says, code_format, asked) is None and says.colour in asked.colours:
            return None
    return COLOUR_REASONS[says.colour]


def _another(says: Evidence, code_format: str, asked: Requirement) -> ReasonId | None:
    if says.kind is not asked.kind or (asked.formats is not None and code_format not in asked.formats):
        return ReasonId.KIND_NOT_ACCEPTED
    if asked.schemes is not None and says.scheme not in asked.schemes:
        return ReasonId.SCHEME_NOT_ACCEPTED
    return None


def _age(says: Evidence, asked: Requirement, policy: Policy, at: datetime) -> ReasonId | None:
    if asked.max_age_h is None and asked.same_day is None:
        return ReasonId.VALIDITY_UNKNOWN if says.open_ended else None
    begins = says.issued_at if asked.counted_from == "issue" else _event(says)
    if begins is None:
        return ReasonId.VALIDITY_UNKNOWN
    age = at - _moment(begins, policy.day_zone)
    if age < timedelta() and asked.counted_from == "event":
        return ReasonId.NOT_YET_VALID
    if asked.max_age_h is not None and age > timedelta(hours=asked.max_age_h):
        return ReasonId.TOO_OLD
    if asked.same_day is not None:
        zone = ZoneInfo(asked.same_day)
        day = begins.astimezone(zone).date() if isinstance(begins, datetime) else begins
        if at.astimezone(zone).date() > day:
            return ReasonId.TOO_OLD
    return None


def _moment(begins: date, zone: tzinfo) -> datetime:
    """A bare date begins as the day does where the lane stands."""
    return begins if isinstance(begins, datetime) else datetime.combine(begins, time(), zone)


def _event(says: Evidence) -> date | None:
    """When the sample was taken (a moment) or the dose given (a bare date)."""
    if says.medical is None:
        return None
    return says.medical.sampled_at or says.medical.on
