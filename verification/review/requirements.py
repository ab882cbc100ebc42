"""What is wrong with one requirement: formats, schemes and limits that no code can have."""

from __future__ import annotations

from collections.abc import Iterator

from verification.evidence import Direction, Kind
from verification.formats.offers import COLOUR_CODES, OFFERS
from verification.policy import Policy, Requirement
from verification.review.finding import Finding

_WITH_EVENT = frozenset({Kind.VACCINATION, Kind.TEST, Kind.RECOVERY, Kind.PROPHYLAXIS})
_WITHOUT_DECLARATION = frozenset({Direction.TO_HONG_KONG, Direction.TO_MACAO})
_LONGEST_DAY_H = 25
"""Of the year, where clocks are put back."""


def counting(asked: Requirement, policy: Policy) -> frozenset[str]:
    """Formats whose codes can meet the requirement in this lane."""
    named = policy.formats if asked.formats is None else asked.formats
    return frozenset(
        name
        for name in named
        if name in policy.formats
        and asked.kind in OFFERS[name].kinds
        and (asked.schemes is None or any(OFFERS[name].has_scheme(scheme) for scheme in asked.schemes))
    )


def never_met(asked: Requirement, policy: Policy) -> bool:
    """Whether no code whatever can meet the requirement and be admitted."""
    formats = counting(asked, policy)
    limited = asked.max_age_h is not None or asked.same_day is not None
    eventless = asked.counted_from == "event" and limited and asked.kind not in _WITH_EVENT
    unspendable = asked.use == "single" and formats.isdisjoint(COLOUR_CODES)
    return not formats or eventless or unspendable


def review_requirement(where: str, asked: Requirement, policy: Policy) -> Iterator[Finding]:
    """Every finding about one requirement."""
    yield from _formats(where, asked, policy)
    yield from _schemes(where, asked, policy)
    yield from _limits(where, asked)
    if asked.kind is Kind.CUSTOMS_DECLARATION and policy.direction in _WITHOUT_DECLARATION:
        what = "is made to the mainland's customs: who crosses this way need not have one"
        yield Finding(f"{where}.kind", f"a customs_declaration {what}", False)
    formats = counting(asked, policy)
    if formats and formats.isdisjoint(COLOUR_CODES):
        if "colours" in asked.model_fields_set:
            yield Finding(f"{where}.colours", "has no effect: no code that counts here has a colour")
        if asked.use == "single":
            yield Finding(f"{where}.use", "cannot be kept: codes of these formats cannot be counted as used")


def _formats(where: str, asked: Requirement, policy: Policy) -> Iterator[Finding]:
    for name in asked.formats or ():
        if name not in policy.formats:
            yield Finding(f"{where}.formats", f"{name} is not among the formats of the lane")
        elif asked.kind not in OFFERS[name].kinds:
            yield Finding(f"{where}.formats", f"no {name} code is a {asked.kind}")
    if asked.formats is None and not any(asked.kind in OFFERS[name].kinds for name in policy.formats):
        yield Finding(f"{where}.kind", f"no format of the lane has codes that are a {asked.kind}")


def _schemes(where: str, asked: Requirement, policy: Policy) -> Iterator[Finding]:
    named = policy.formats if asked.formats is None else asked.formats
    usable = [OFFERS[name] for name in named if name in policy.formats and asked.kind in OFFERS[name].kinds]
    for scheme in asked.schemes or ():
        if usable and not any(offer.has_scheme(scheme) for offer in usable):
            yield Finding(f"{where}.schemes", f"no code that counts here can be of scheme {scheme}")


def _limits(where: str, asked: Requirement) -> Iterator[Finding]:
    if asked.counted_from == "event":
        if asked.max_age_h is None and asked.same_day is None:
            yield Finding(f"{where}.counted_from", "has no effect without max_age_h or same_day")
        elif asked.kind not in _WITH_EVENT:
            yield Finding(f"{where}.counted_from", f"a {asked.kind} has no event to count from")
    if asked.same_day is not None and asked.max_age_h is not None and asked.max_age_h >= _LONGEST_DAY_H:
        yield Finding(f"{where}.max_age_h", "has no effect: same_day is always the shorter limit")
