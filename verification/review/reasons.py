"""Which reasons a policy speaks of although they cannot occur where it applies."""

from __future__ import annotations

from collections.abc import Iterator

from verification.evidence import Direction, Kind
from verification.formats.offers import COLOUR_CODES, OFFERS, WITH_BUSINESS_RULES
from verification.policy import Policy
from verification.reasons import ReasonId, reason
from verification.review.finding import Finding

_TESTED = frozenset({"HC1", "NO1", "SHC", "VDSNC"})
"""Formats whose certificates say what a test found."""
_OF_ONE_EVENT = frozenset({"HC1", "NO1", "AT1", "SHC", "DIVOC"})


def review_reasons(policy: Policy) -> Iterator[Finding]:
    """Every finding about `outcomes`, `second_officer` and what stands beside them."""
    absent = dict(_never(policy))
    for why, outcome in policy.outcomes.items():
        if why in absent:
            yield Finding(f"outcomes.{why}", f"cannot occur here: {absent[why]}")
        elif reason(why).outcome == outcome:
            yield Finding(f"outcomes.{why}", f"has no effect: it leads to {outcome} anyway")
    if "second_officer" in policy.model_fields_set:
        for why in policy.second_officer:
            if why in absent:
                yield Finding(f"second_officer.{why}", f"cannot occur here: {absent[why]}")
    if policy.spot_check_one_in == 1:
        yield Finding("spot_check_one_in", "draws every crossing: nobody is ever admitted")
    if "single_use_elsewhere" in policy.model_fields_set and ReasonId.ALREADY_USED in absent:
        yield Finding("single_use_elsewhere", f"has no effect: {absent[ReasonId.ALREADY_USED]}")
    for name, limits in (("trust", policy.freshness.trust), ("revocation", policy.freshness.revocation)):
        if limits.warn_h == limits.refer_h:
            yield Finding(f"freshness.{name}", "the officer is never warned before all are referred", False)
    if policy.accept_specimens:
        what = "is for the demonstration and for verify: main.py run does not start with it"
        yield Finding("accept_specimens", what, False)


def _never(policy: Policy) -> Iterator[tuple[ReasonId, str]]:
    """Reasons that cannot occur, each with the cause."""
    asked, colours = policy.requirements, not COLOUR_CODES.isdisjoint(policy.formats)
    several = any(len(alternative.all_of) > 1 for alternative in policy.evidence.any_of)
    fails = {rule.on_fail for rule in policy.rules} | {
        "REFER" for alternative in policy.evidence.any_of if alternative.rules
    }
    if policy.arrival is not None:
        fails.add(policy.arrival.on_fail)
    yield ReasonId.ADMITTED, "it is no doubt"
    yield ReasonId.ADMITTED_NOTED, "it is no doubt"
    yield ReasonId.NOT_A_HEALTH_CODE, "such a text ends no crossing"
    yield ReasonId.NO_POLICY, "there is this policy"
    if policy.accept_specimens:
        yield ReasonId.SPECIMEN, "specimens are accepted"
    if not policy.again_after_s:
        yield ReasonId.ADMITTED_JUST_NOW, "again_after_s is not set"
    if policy.spot_check_one_in is None:
        yield ReasonId.SPOT_CHECK, "there is no spot check"
    if not policy.one_holder or not several:
        cause = "one_holder is off" if not policy.one_holder else "one code is always enough"
        yield ReasonId.HOLDER_MISMATCH, cause
        yield ReasonId.HOLDER_UNBOUND, cause
    if not colours:
        colour_only = (ReasonId.COLOUR_RED, ReasonId.COLOUR_YELLOW, ReasonId.ALREADY_USED)
        for why in (*colour_only, ReasonId.USE_UNKNOWN):
            yield why, "no colour code is allowed"
    if not colours or policy.direction is Direction.ANY:
        yield ReasonId.WRONG_DIRECTION, "no code can be for another direction"
    offered = frozenset[Kind]().union(*(OFFERS[name].kinds for name in policy.formats))
    if _TESTED.isdisjoint(policy.formats) or Kind.TEST not in offered:
        yield ReasonId.TEST_POSITIVE, "no format of the lane has certificates of tests"
    if _OF_ONE_EVENT.isdisjoint(policy.formats):
        yield ReasonId.EVENTS_NOT_ONE, "no format of the lane has certificates that list events"
    if "VDSNC" not in policy.formats:
        yield ReasonId.SIGNER_REVOKED, "no format of the lane has a certificate in the code"
    if "SHC" not in policy.formats:
        yield ReasonId.INCOMPLETE, "no format of the lane comes in several codes"
    if all(one.max_age_h is None and one.same_day is None for one in asked):
        yield ReasonId.TOO_OLD, "no requirement has an age"
    if all(one.schemes is None for one in asked):
        yield ReasonId.SCHEME_NOT_ACCEPTED, "no requirement names schemes"
    if "REFER" not in fails:
        yield ReasonId.RULE_FAILED, "no rule leads to it"
    if not fails:
        yield ReasonId.RULE_OPEN, "there are no rules"
    if "REFUSE" not in fails and (policy.arrival is None or WITH_BUSINESS_RULES.isdisjoint(policy.formats)):
        yield ReasonId.RULE_REFUSED, "no rule leads to it"
