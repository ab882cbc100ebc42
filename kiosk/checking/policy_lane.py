"""A policy held against the settings and the rules of the lane that is to use it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from config.settings import Lane
from verification.policy import Policy
from verification.policy_rules import Arrival
from verification.review.finding import Finding
from verification.rules.dcc import Rule, RuleBook, RuleType

_VALUE_SETS = "external.valueSets."


def against_lane(policy: Policy, lane: Lane, other: str = "") -> Iterator[Finding]:
    """What does not fit the lane that is described in the settings; `other` is its other direction."""
    for name in policy.formats:
        if name not in lane.formats:
            yield Finding(
                "formats", f"{name} is not read by the lane (lane.formats): such codes are referred"
            )
    for name in lane.formats:
        if name not in policy.formats:
            yield Finding("formats", f"the lane reads {name} (lane.formats), but the policy refers it", False)
    if policy.direction.value not in (lane.direction, other):
        what = f"is {policy.direction}, but the lane records crossings as {lane.direction} (lane.direction)"
        yield Finding("direction", what)
    if policy.accept_specimens:
        yield Finding("accept_specimens", "main.py run does not start with such a policy")


def against_rules(policy: Policy, book: RuleBook | None, at: datetime) -> Iterator[Finding]:
    """What is wrong with the business rules that the policy asks for, at `at`."""
    if policy.arrival is None:
        return
    if book is None:
        yield Finding("arrival", "no rules are configured (trust.rules): every certificate is referred")
        return
    where = f"arrival.country {policy.arrival.country}"
    versions: dict[str, list[Rule]] = defaultdict(list)
    for rule in book.every(RuleType.ACCEPTANCE, policy.arrival.country):
        if rule.region in ("", policy.arrival.region):
            versions[rule.identifier].append(rule)
    in_force = {name: [rule for rule in rules if rule.in_force(at)] for name, rules in versions.items()}
    if not any(in_force.values()):
        known = ", ".join(book.countries) or "none"
        what = f"has no rule in force: every certificate is referred (there are rules of: {known})"
        yield Finding(where, what)
        return
    for name, rules in versions.items():
        yield from (
            _window(name, rules, at)
            if not in_force[name]
            else _answers(name, in_force[name], frozenset(book.value_sets(at)))
        )
    yield from _region(policy.arrival, book)


def _window(name: str, rules: list[Rule], at: datetime) -> Iterator[Finding]:
    begins = min((rule.valid_from for rule in rules if rule.valid_from > at), default=None)
    if begins is not None:
        yield Finding(f"rule {name}", f"is not in force before {begins:%Y-%m-%d %H:%M} UTC", False)
    else:
        ended = max(rule.valid_to for rule in rules)
        yield Finding(f"rule {name}", f"is no longer in force since {ended:%Y-%m-%d %H:%M} UTC", False)


def _answers(name: str, in_force: list[Rule], known: frozenset[str]) -> Iterator[Finding]:
    latest = max(in_force, key=lambda rule: rule.version)
    if not latest.understood:
        engine = ".".join(map(str, latest.engine_version))
        yield Finding(
            f"rule {name}", f"is for CertLogic {engine}, newer than ours: what it is asked of is referred"
        )
    sets = {path.removeprefix(_VALUE_SETS) for path in latest.logic.reads if path.startswith(_VALUE_SETS)}
    for missing in sorted(sets - known):
        what = f"looks up the value set {missing}, which is not there: what it is asked of is referred"
        yield Finding(f"rule {name}", what)


def _region(arrival: Arrival, book: RuleBook) -> Iterator[Finding]:
    rules = book.every(RuleType.ACCEPTANCE, arrival.country)
    if arrival.region and not any(rule.region == arrival.region for rule in rules):
        yield Finding(
            "arrival.region", f"no rule is for {arrival.region}: only those of the whole country", False
        )
