"""What is wrong with the rules of a policy: never asked, always or never met, never answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verification.evidence import Kind
from verification.formats.offers import OFFERS, WITH_BUSINESS_RULES
from verification.policy import Policy
from verification.policy_rules import LaneRule, TogetherRule
from verification.review.finding import Finding
from verification.review.logic import Name, flaws, names_of_codes, names_of_one_code, operators, paths
from verification.rules.values import Undefined, truth

_TODAY = "external.today"
_OF_BARE_DATE = frozenset({Kind.VACCINATION, Kind.RECOVERY, Kind.PROPHYLAXIS})


def review_rules(policy: Policy) -> Iterator[Finding]:
    """Every finding about `arrival`, `rules`, the rules of alternatives, and the `zone` of days."""
    if policy.arrival is not None and WITH_BUSINESS_RULES.isdisjoint(policy.formats):
        yield Finding("arrival", "is never asked: no format of the lane has certificates of the EU scheme")
    said = frozenset[Kind]().union(*(OFFERS[name].kinds for name in policy.formats))
    asked = {one.kind for one in policy.requirements}
    for number, rule in enumerate(policy.rules):
        where = f"rules.{number}"
        for kind in rule.kinds or ():
            if kind not in said:
                yield Finding(f"{where}.kinds", f"no format of the lane has codes that are a {kind}")
            elif kind not in asked:
                yield Finding(f"{where}.kinds", f"no requirement asks for a {kind}", False)
        yield from _of_logic(where, rule, names_of_one_code(), policy)
    for place, alternative in enumerate(policy.evidence.any_of):
        names = names_of_codes(len(alternative.all_of))
        for number, together in enumerate(alternative.rules):
            yield from _of_logic(f"evidence.any_of.{place}.rules.{number}", together, names, policy)
    if policy.zone is not None and not _counts_days(policy):
        yield Finding("zone", f"has no effect: no rule reads {_TODAY}, and no age counts from a bare date")


def _of_logic(
    where: str, rule: LaneRule | TogetherRule, names: Mapping[str, Name], policy: Policy
) -> Iterator[Finding]:
    where = f"{where}.logic"
    found = flaws(rule.logic, names)
    for flaw in found:
        yield Finding(where, flaw)
    read = set(paths(rule.logic))
    if not read and not found:
        yield Finding(where, _always(rule))
    if _TODAY in read and policy.zone is None:
        yield Finding(where, f"reads {_TODAY}, but the policy names no zone: every code is referred")
    if "dccDateOfBirth" in operators(rule.logic) and "external.validationClock" in read:
        yield Finding(where, f"counts birthdays in UTC: with {_TODAY} they begin at midnight in zone", False)


def _counts_days(policy: Policy) -> bool:
    from_a_date = any(
        asked.counted_from == "event" and asked.max_age_h is not None and asked.kind in _OF_BARE_DATE
        for asked in policy.requirements
    )
    return from_a_date or any(_TODAY in paths(rule.logic) for rule in policy.all_rules)


def _always(rule: LaneRule | TogetherRule) -> str:
    try:
        met = truth(rule.expression.evaluate(None))
    except Undefined:
        return "never gives an answer: every code it is asked of is referred"
    return "is always met" if met else "is never met"
