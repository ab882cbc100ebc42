"""What remains of a decision when the lane's clock cannot be believed."""

from __future__ import annotations

from verification.reasons import ReasonId
from verification.verdict import Gathering, Outcome, Verdict

TIMED = frozenset(
    {
        ReasonId.TRUST_LIST_STALE,
        ReasonId.REVOCATION_LIST_STALE,
        ReasonId.SIGNER_EXPIRED,
        ReasonId.SIGNER_NOT_YET_VALID,
        ReasonId.CLOCK_UNTRUSTED,
        ReasonId.EXPIRED,
        ReasonId.NOT_YET_VALID,
        ReasonId.RULE_REFUSED,
        ReasonId.RULE_FAILED,
        ReasonId.RULE_OPEN,
        ReasonId.TOO_OLD,
        ReasonId.EVIDENCE_MISSING,
        ReasonId.ADMITTED,
        ReasonId.ADMITTED_NOTED,
    }
)
"""Findings that a wrong clock makes or hides. Every other one is as true tomorrow as today."""


def without_time(decided: Verdict | Gathering) -> Verdict:
    """The verdict that holds whatever time it is: nobody is admitted, and nobody refused for a date.

    What is wrong with a code at any time (a forged signature, a withdrawn code) decides as before.
    """
    if isinstance(decided, Gathering):
        return Verdict(Outcome.REFER, (ReasonId.CLOCK_UNTRUSTED,))
    lasting = tuple(why for why in decided.reasons if why not in TIMED)
    if decided.outcome is Outcome.REFUSE and decided.reasons[0] in lasting:
        return Verdict(Outcome.REFUSE, lasting, rules=decided.rules)
    return Verdict(Outcome.REFER, (ReasonId.CLOCK_UNTRUSTED, *lasting), rules=decided.rules)
