"""Which rules a genuine code breaks: the lane's own, those of the country of arrival, those of its issuer.

A rule that says no is told from a rule that gives no answer; the second is never a reason to refuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from verification.assessment import Assessment
from verification.evidence import Evidence
from verification.policy import Policy
from verification.policy_rules import Arrival, LaneRule, TogetherRule
from verification.reasons import ReasonId
from verification.rules.certificate import certificate_of, evidence_of
from verification.rules.certlogic import Expression
from verification.rules.dcc import Certificate, Result, RuleBook, RuleType
from verification.rules.values import Undefined, truth

_ON_FAIL = {"REFER": ReasonId.RULE_FAILED, "REFUSE": ReasonId.RULE_REFUSED}


class Broken(NamedTuple):
    """A rule that was not met or not answered, by its identifier, and what that is called."""

    identifier: str
    reason: ReasonId


def broken_rules(code: Assessment, policy: Policy, book: RuleBook | None, at: datetime) -> Iterator[Broken]:
    """Every rule of `policy` that `code` does not meet at `at`. The caller believes the code's signature."""
    says = code.evidence
    if says is None:
        return
    if policy.arrival is not None:
        certificate = certificate_of(code)
        if certificate is not None:
            yield from _of_certificates(certificate, policy.arrival, book, at)
    for rule in policy.rules:
        if rule.kinds is None or says.kind in rule.kinds:
            yield from _of_lane(rule, code, says, policy, at)


def _of_certificates(
    certificate: Certificate, arrival: Arrival, book: RuleBook | None, at: datetime
) -> Iterator[Broken]:
    """Without any rule of acceptance to ask, nothing is known: it is not taken for consent."""
    answers = book.check(certificate, arrival.country, arrival.region, at) if book is not None else []
    if not any(answer.rule.type is RuleType.ACCEPTANCE for answer in answers):
        yield Broken(arrival.country, ReasonId.RULE_OPEN)
    for answer in answers:
        if answer.result is Result.OPEN:
            yield Broken(answer.rule.identifier, ReasonId.RULE_OPEN)
        elif answer.result is Result.FAILED and answer.rule.type is RuleType.INVALIDATION:
            yield Broken(answer.rule.identifier, ReasonId.RULE_REFUSED)
        elif answer.result is Result.FAILED:
            yield Broken(answer.rule.identifier, _ON_FAIL[arrival.on_fail])


def _of_lane(
    rule: LaneRule, code: Assessment, says: Evidence, policy: Policy, at: datetime
) -> Iterator[Broken]:
    answer = _answer(rule.expression, evidence_of(code, says), policy, at)
    if answer is not True:
        yield Broken(rule.id, ReasonId.RULE_OPEN if answer is None else _ON_FAIL[rule.on_fail])


def broken_together(
    rules: Iterable[TogetherRule], codes: Sequence[Assessment], policy: Policy, at: datetime
) -> Iterator[Broken]:
    """Every rule of an alternative that its codes, in the order of its requirements, do not meet at `at`.

    The caller knows that all codes are of one holder, and believes their signatures.
    """
    told = {"codes": [evidence_of(code, code.evidence) for code in codes if code.evidence is not None]}
    for rule in rules:
        answer = _answer(rule.expression, told, policy, at)
        if answer is not True:
            yield Broken(rule.id, ReasonId.RULE_OPEN if answer is None else ReasonId.RULE_FAILED)


def _answer(expression: Expression, payload: Mapping[str, Any], policy: Policy, at: datetime) -> bool | None:
    """Whether a rule of the lane is met; None: it has no answer. Without a zone there is no `today`."""
    external = {
        "validationClock": at.isoformat(timespec="milliseconds"),
        "today": at.astimezone(policy.day_zone).date().isoformat() if policy.zone is not None else None,
        "direction": policy.direction.value,
    }
    try:
        return truth(expression.evaluate({"payload": payload, "external": external}))
    except Undefined:
        return None
