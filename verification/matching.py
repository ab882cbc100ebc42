"""Which codes of a crossing meet which requirements: one code for each, as many as can be met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice

from verification.assessment import Assessment
from verification.binding import of_one_holder
from verification.evidence import Kind, Use
from verification.policy import Alternative, Policy, Requirement
from verification.reasons import ReasonId
from verification.record import record
from verification.rules.outcomes import Broken, broken_together
from verification.suitability import unsuited

MOST_CHOICES = 64
"""Ways to choose codes for an alternative that its rules are asked of: travellers show two to four codes."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@record
class Match:
    """How far one alternative is met. `used` pairs each met requirement with its code."""

    used: tuple[tuple[Requirement, Assessment], ...]
    missing: tuple[Kind, ...]
    broken: frozenset[Broken] = frozenset()
    """Rules over codes together that kept alternatives from being met which miss nothing else."""


def best_match(policy: Policy, codes: Sequence[Assessment], at: datetime) -> Match:
    """The first alternative that is wholly met, its rules included.

    If none is: one that further codes could complete, with most met and fewest missing; else one whose rules
    are not met; else one of which nothing was shown.
    """
    ready = _one_of_each(codes) if len(codes) > 1 else codes
    alternatives = policy.alternatives
    partial: dict[int, Match] = {}
    broken: frozenset[Broken] = frozenset()
    for number in _worth_trying(ready, policy):
        match = _match(alternatives[number], ready, policy, at)
        if not match.missing and not match.broken:
            return match
        partial[number] = match
        broken |= match.broken
    best = min(
        (
            partial.get(number) or Match((), alternative.kinds)
            for number, alternative in enumerate(alternatives)
        ),
        key=_closeness,
    )
    return Match(best.used, best.missing, broken) if broken else best


def _closeness(match: Match) -> tuple[int, int, int]:
    hope = 2 if not match.used else 1 if match.broken else 0
    return hope, -len(match.used), len(match.missing)


def _worth_trying(codes: Sequence[Assessment], policy: Policy) -> Sequence[int]:
    """The places of the alternatives, in order, that ask for a kind that was shown."""
    of_kind = policy.alternatives_with
    if len(codes) == 1 and (says := codes[0].evidence) is not None:
        return of_kind[says.kind]
    return sorted(
        {place for code in codes if code.evidence is not None for place in of_kind[code.evidence.kind]}
    )


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
    if len(asked) == 1 and not alternative.rules:
        return _first_fit(asked[0], codes, policy, at)
    fits = [
        [place for place, code in enumerate(codes) if not unsuited(code, one, policy, at)] for one in asked
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
    if alternative.rules and len(taken) == len(asked):
        return _keeping_rules(alternative, fits, codes, policy, at)
    code_of = {number: code for code, number in taken.items()}
    return Match(
        used=tuple((asked[number], codes[code_of[number]]) for number in sorted(code_of)),
        missing=tuple(one.kind for number, one in enumerate(asked) if number not in code_of),
    )


def _keeping_rules(
    alternative: Alternative,
    fits: Sequence[Sequence[int]],
    codes: Sequence[Assessment],
    policy: Policy,
    at: datetime,
) -> Match:
    """The first choice of codes that are of one holder and meet the rules together.

    Else a choice whose codes cannot be bound to one holder: rules are not asked of them, and the judgement
    refers them. Else what the first choice breaks. Rules that were not asked of every choice are open.
    """
    unbound: Match | None = None
    first: Match | None = None
    choices = _choices(fits, frozenset())
    for choice in islice(choices, MOST_CHOICES):
        chosen = [codes[place] for place in choice]
        match = Match(tuple(zip(alternative.all_of, chosen, strict=True)), ())
        if len(chosen) > 1 and not of_one_holder(chosen):
            unbound = unbound or match
            continue
        found = frozenset(broken_together(alternative.rules, chosen, policy, at))
        if not found:
            return match
        first = first or Match(match.used, (), found)
    if unbound is not None or first is None:
        return unbound or Match((), alternative.kinds)
    if next(choices, None) is None:
        return first
    return Match(first.used, (), frozenset(Broken(rule.id, ReasonId.RULE_OPEN) for rule in alternative.rules))


def _choices(fits: Sequence[Sequence[int]], taken: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Every way to give each requirement a code of its own, preferred codes first."""
    if not fits:
        yield ()
        return
    for code in fits[0]:
        if code not in taken:
            for rest in _choices(fits[1:], taken | {code}):
                yield (code, *rest)


def _first_fit(asked: Requirement, codes: Sequence[Assessment], policy: Policy, at: datetime) -> Match:
    for code in codes:
        if not unsuited(code, asked, policy, at):
            return Match(((asked, code),), ())
    return Match((), (asked.kind,))
