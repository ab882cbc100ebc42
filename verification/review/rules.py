"""What is wrong with the rules of a policy: never asked, always or never met, reading what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verification.evidence import Kind
from verification.formats.offers import NAMED_HOLDERS, OFFERS
from verification.policy import LaneRule, Policy
from verification.review.finding import Finding
from verification.rules.certificate import NAMES
from verification.rules.values import Undefined, truth

TOLD = frozenset({"validationClock", "direction"})
"""What a lane's own rule finds under `external`."""


def review_rules(policy: Policy) -> Iterator[Finding]:
    """Every finding about `arrival` and `rules`."""
    if policy.arrival is not None and NAMED_HOLDERS.isdisjoint(policy.formats):
        yield Finding("arrival", "is never asked: no format of the lane has certificates of the EU scheme")
    said = frozenset[Kind]().union(*(OFFERS[name].kinds for name in policy.formats))
    for number, rule in enumerate(policy.rules):
        where = f"rules.{number}"
        for kind in rule.kinds or ():
            if kind not in said:
                yield Finding(f"{where}.kinds", f"no format of the lane has codes that are a {kind}")
        paths = set(_paths(rule.logic))
        for path in sorted(paths):
            if not _there(path):
                yield Finding(f"{where}.logic", f"reads {path}, which no code has")
        if not paths:
            yield Finding(f"{where}.logic", _always(rule))


def _always(rule: LaneRule) -> str:
    try:
        met = truth(rule.expression.evaluate(None))
    except Undefined:
        return "never gives an answer: every code it is asked of is referred"
    return "is always met" if met else "is never met"


def _there(path: str) -> bool:
    """Whether a path of the whole context leads somewhere. Paths inside `reduce` are left alone."""
    first, _, rest = path.partition(".")
    if first in ("", "current", "accumulator") or not rest:
        return first in ("", "payload", "external", "current", "accumulator")
    names = {"payload": NAMES, "external": TOLD}.get(first, frozenset())
    return rest in names or rest.partition(".")[0] in TOLD & names


def _paths(logic: Any) -> Iterator[str]:
    if isinstance(logic, dict):
        for operator, operands in logic.items():
            if operator == "var":
                yield str(operands)
            else:
                yield from _paths(operands)
    elif isinstance(logic, list):
        for item in logic:
            yield from _paths(item)
