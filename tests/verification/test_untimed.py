"""What a lane may still say when it does not know what time it is."""

from __future__ import annotations

import pytest

from verification.evidence import Kind
from verification.reasons import ReasonId
from verification.untimed import without_time
from verification.verdict import Gathering, Outcome, Verdict

R = ReasonId


@pytest.mark.parametrize(
    "decided",
    [
        Verdict(Outcome.ADMIT, (R.ADMITTED,), (b"use",)),
        Verdict(Outcome.ADMIT, (R.ADMITTED_NOTED, R.OTHER_LANES_UNKNOWN)),
        Verdict(Outcome.REFUSE, (R.EXPIRED,)),
        Verdict(Outcome.REFUSE, (R.NOT_YET_VALID,)),
        Verdict(Outcome.REFUSE, (R.RULE_REFUSED,), rules=("GR-1",)),
        Verdict(Outcome.REFER, (R.TRUST_LIST_STALE,)),
        Gathering((Kind.HEALTH_COLOUR,)),
    ],
)
def test_nobody_is_admitted_or_refused_for_a_date(decided: Verdict | Gathering) -> None:
    left = without_time(decided)
    assert left.outcome is Outcome.REFER
    assert left.reasons[0] is R.CLOCK_UNTRUSTED
    assert left.spends == ()


@pytest.mark.parametrize("why", [R.SIGNATURE_INVALID, R.REVOKED, R.MALFORMED, R.ALREADY_USED])
def test_what_is_wrong_at_any_time_refuses_as_before(why: ReasonId) -> None:
    assert without_time(Verdict(Outcome.REFUSE, (why, R.EXPIRED))) == Verdict(Outcome.REFUSE, (why,))


def test_what_else_was_found_is_told_to_the_officer() -> None:
    left = without_time(Verdict(Outcome.REFER, (R.UNKNOWN_SIGNER, R.EXPIRED)))
    assert left.reasons == (R.CLOCK_UNTRUSTED, R.UNKNOWN_SIGNER)
