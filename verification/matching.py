"""Which codes of a crossing meet which requirements: one code for each, as many as can be met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from verification.assessment import Assessment
from verification.evidence import Kind, Use
from verification.policy import Alternative, Policy, Requirement
from verification.record import record
from verification.suitability import unsuited

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@record
class Match:
    """How far one alternative is met. `used` pairs each met requirement with its code."""

    used: tuple[tuple[Requirement, Assessment], ...]
    missing: tuple[Kind, ...]


def best_match(policy: Policy, codes: Sequence[Assessment], at: datetime) -> Match:
    """The first alternative that is wholly met; if none is, the one with most met and fewest missing."""
    ready = _one_of_each(codes) if len(codes) > 1 else codes
    alternatives = policy.evidence.any_of
    partial: dict[int, Match] = {}
    for number in _worth_trying(ready, policy):
        match = _match(alternatives[number], ready, policy, at)
        if not match.missing:
            return match
        partial[number] = match
    return min(
        (
            partial.get(number) or Match((), alternative.kinds)
            for number, alternative in enumerate(alternatives)
        ),
        key=lambda match: (-len(match.used), len(match.missing)),
    )


def _worth_trying(codes: Sequence[Assessment], policy: Policy) -> Sequence[int]:
    """The places of the alternatives, in order, that ask for a kind that was shown."""
    of_kind = policy.alternatives_with
    places = [of_kind[code.evidence.kind] for code in codes if code.evidence is not None]
    return places[0] if len(places) == 1 else sorted(set().union(*places))


def _one_of_each(codes: Sequence[Assessment]) -> list[Assessment]:
    """Twins of one code count once. Order: codes that may be used again first, then the newest."""
    kept: dict[bytes, Assessment] = {}
    for code in sorted(codes, key=_preference):
        kept.setdefault(_signed(code), code)
    return list(kept.values())


def _preference(code: Assessment) -> tuple[bool, float, bytes, str]:
    says = code.evidence
    single = says is not None and says.use is Use.SINGLE
    issued = (says.issued_at if says is not None else None) or _LONG_AGO
    return single, -issued.timestamp(), _signed(code), code.format


def _signed(code: Assessment) -> bytes:
    return b"" if code.identity is None else code.identity.signed


def _match(alternative: Alternative, codes: Sequence[Assessment], policy: Policy, at: datetime) -> Match:
    """A largest matching of requirements and codes (Kuhn's augmenting paths)."""
    asked = alternative.all_of
    if len(asked) == 1:
        return _first_fit(asked[0], codes, policy, at)
    fits = [
        [place for place, code in enumerate(codes) if not unsuited(code, one, policy.direction, at)]
        for one in asked
    ]
    taken: dict[int, int] = {}

    def place(number: int, tried: set[int]) -> bool:
        for code in fits[number]:
            if code in tried:
                continue
            tried.add(code)
            if code not in taken or place(taken[code], tried):
                taken[code] = number
                return True
        return False

    for number in range(len(asked)):
        place(number, set())
    code_of = {number: code for code, number in taken.items()}
    return Match(
        used=tuple((asked[number], codes[code_of[number]]) for number in sorted(code_of)),
        missing=tuple(one.kind for number, one in enumerate(asked) if number not in code_of),
    )


def _first_fit(asked: Requirement, codes: Sequence[Assessment], policy: Policy, at: datetime) -> Match:
    for code in codes:
        if not unsuited(code, asked, policy.direction, at):
            return Match(((asked, code),), ())
    return Match((), (asked.kind,))
