"""What is wrong between the alternatives of a policy: those that another makes needless or unreachable."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from verification.formats.offers import COLOUR_CODES, NAMED_HOLDERS
from verification.policy import Alternative, Policy, Requirement
from verification.policy_rules import TogetherRule
from verification.review.finding import Finding
from verification.review.logic import paths
from verification.review.requirements import counting, never_met
from verification.rules.values import Undefined, truth


def review_alternatives(policy: Policy) -> Iterator[Finding]:
    """Every finding about alternatives as wholes."""
    alternatives = policy.evidence.any_of
    for number, alternative in enumerate(alternatives):
        where = f"evidence.any_of.{number}"
        yield from _in_itself(where, alternative, policy)
        for other, weaker in enumerate(alternatives):
            if other != number and _needless(alternative, weaker, policy, comes_first=other < number):
                yield Finding(where, f"is never needed: whatever meets it meets any_of.{other} as well")
                break
    if all(impossible(alternative, policy) for alternative in alternatives):
        yield Finding("evidence", "no alternative can be met: nobody can be admitted here")


def impossible(alternative: Alternative, policy: Policy) -> bool:
    """Whether no codes whatever can meet the alternative and be admitted."""
    return (
        any(never_met(asked, policy) for asked in alternative.all_of)
        or any(_never_kept(rule) for rule in alternative.rules)
        or _unbindable(alternative, policy)
    )


def _never_kept(rule: TogetherRule) -> bool:
    """Whether a rule reads nothing and is not met."""
    try:
        return not any(paths(rule.logic)) and not truth(rule.expression.evaluate(None))
    except Undefined:
        return True


def _in_itself(where: str, alternative: Alternative, policy: Policy) -> Iterator[Finding]:
    never = any(never_met(asked, policy) for asked in alternative.all_of)
    if never or any(map(_never_kept, alternative.rules)):
        yield Finding(where, "can never be met")
    elif _unbindable(alternative, policy):
        yield Finding(where, "one_holder refers it always: its codes cannot be bound to one holder")
    for place, asked in enumerate(alternative.all_of):
        if asked in alternative.all_of[:place]:
            yield Finding(f"{where}.all_of.{place}", "asks for a second code of the very same sort", False)


def _unbindable(alternative: Alternative, policy: Policy) -> bool:
    """Several codes are bound by one digest in all of them, or by one person named in all of them."""
    if not policy.one_holder or len(alternative.all_of) < 2:
        return False
    formats = [counting(asked, policy) for asked in alternative.all_of]
    return not any(all(one & bound for one in formats) for bound in (COLOUR_CODES, NAMED_HOLDERS))


def _needless(alternative: Alternative, other: Alternative, policy: Policy, comes_first: bool) -> bool:
    """Whether any codes that meet `alternative` meet `other` too, at no other cost to the traveller."""
    if len(other.all_of) > len(alternative.all_of) or impossible(other, policy):
        return False
    if other.rules and not _same_codes_and_rules(alternative, other):
        return False  # its rules may say no where those of the first say yes
    if impossible(alternative, policy):
        return False  # that is said already
    same_cost = comes_first or len(other.all_of) == len(alternative.all_of)
    return same_cost and any(
        all(_weaker(one, asked, policy, comes_first) for one, asked in zip(other.all_of, chosen, strict=True))
        for chosen in permutations(alternative.all_of, len(other.all_of))
    )


def _same_codes_and_rules(alternative: Alternative, other: Alternative) -> bool:
    logic = [rule.logic for rule in alternative.rules]
    return alternative.all_of == other.all_of and all(rule.logic in logic for rule in other.rules)


def _weaker(one: Requirement, than: Requirement, policy: Policy, comes_first: bool) -> bool:
    """Whether every code that meets `than` meets `one`. The first alternative decides what is used up."""
    return (
        one.kind is than.kind
        and counting(than, policy) <= counting(one, policy)
        and (one.schemes is None or (than.schemes is not None and set(than.schemes) <= set(one.schemes)))
        and set(than.colours) <= set(one.colours)
        and (one.max_age_h is None or _no_older(one.max_age_h, one, than))
        and one.same_day in (None, than.same_day)
        and (one.same_day is None or one.counted_from == than.counted_from)
        and (comes_first or one.use == than.use)
    )


def _no_older(limit: float, one: Requirement, than: Requirement) -> bool:
    return one.counted_from == than.counted_from and than.max_age_h is not None and than.max_age_h <= limit
