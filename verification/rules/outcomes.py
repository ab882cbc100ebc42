"""Which rules a genuine code breaks: the lane's own, those of the country of arrival, those of its issuer.

A rule that says no is told from a rule that gives no answer; the second is never a reason to refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from verification.assessment import Assessment
from verification.evidence import Evidence
from verification.policy import Arrival, LaneRule, Policy
from verification.reasons import ReasonId
from verification.rules.certificate import certificate_of, evidence_of
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
    told = {"validationClock": at.isoformat(timespec="milliseconds"), "direction": policy.direction.value}
    try:
        if not truth(rule.expression.evaluate({"payload": evidence_of(code, says), "external": told})):
            yield Broken(rule.id, _ON_FAIL[rule.on_fail])
    except Undefined:
        yield Broken(rule.id, ReasonId.RULE_OPEN)
