"""Anti-passback: the same code, or another code of its holder, a moment after somebody was let in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.verification.made import NOW, Bench, colour, colour_claims, hc1
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import Policy, PolicyError, built_in, load
from verification.reasons import LANGUAGES, ReasonId, reason
from verification.recent import NOBODY_RECENT, known_by
from verification.revocation.memory import RevocationList
from verification.verdict import Outcome, Verdict

BENCH = Bench(revocation=RevocationList([], [("HC1", "*"), ("HK1", "*")], signed_at=NOW))
RENEWED = colour("HK1", colour_claims("HK1", cti=b"\7" * 16))
SOMEBODY_ELSE = colour("HK1", colour_claims("HK1", {7: b"somebody else!!!"}, cti=b"\7" * 16))


class Remembered:
    """One crossing that was let in."""

    def __init__(self, code: str, at: datetime) -> None:
        self._names, self._at = set(known_by([BENCH.check(code)])), at

    def any_since(self, names: Sequence[bytes], since: datetime, /) -> bool:
        return self._at > since and not self._names.isdisjoint(names)


def policy(**changes: Any) -> Policy:
    document = built_in().model_dump(mode="json", exclude_defaults=True) | changes
    return load(json.dumps(document).encode())


def judged(code: str, ago_s: float, before: str, **changes: Any) -> Verdict:
    recent = Remembered(before, NOW - timedelta(seconds=ago_s))
    found = judge([BENCH.check(code)], NOTHING_SPENT, policy(**changes), NOW, recent=recent)
    assert isinstance(found, Verdict)
    return found


def test_the_same_code_within_the_window_is_for_an_officer() -> None:
    found = judged(colour(), 59, colour(), again_after_s=60)
    assert (found.outcome, found.reasons) == (Outcome.REFER, (ReasonId.ADMITTED_JUST_NOW,))
    assert judged(colour(), 61, colour(), again_after_s=60).outcome is Outcome.ADMIT


def test_another_code_of_the_same_holder_is_the_same_again() -> None:
    assert judged(RENEWED, 10, colour(), again_after_s=60).outcome is Outcome.REFER
    assert judged(SOMEBODY_ELSE, 10, colour(), again_after_s=60).outcome is Outcome.ADMIT


def test_a_certificate_without_a_digest_of_its_holder_is_known_as_a_code() -> None:
    assert judged(hc1(), 10, hc1(), again_after_s=60).outcome is not Outcome.ADMIT
    assert judged(hc1(), 10, colour(), again_after_s=60).outcome is Outcome.ADMIT


@pytest.mark.parametrize("changes", [{}, {"again_after_s": 0}])
def test_a_policy_that_does_not_ask_knows_no_again(changes: dict[str, int]) -> None:
    assert judged(colour(), 1, colour(), **changes).outcome is Outcome.ADMIT


def test_a_policy_may_refuse_who_comes_again() -> None:
    refused = judged(colour(), 1, colour(), again_after_s=60, outcomes={"ADMITTED_JUST_NOW": "REFUSE"})
    assert refused.outcome is Outcome.REFUSE


def test_nobody_is_known_by_a_code_whose_signature_does_not_hold() -> None:
    assert known_by([Bench(signers=()).check(colour())]) == ()


@pytest.mark.parametrize("wrong", [-1, 86_401, 1.5, True, "60"])
def test_the_window_is_a_whole_number_of_seconds_up_to_a_day(wrong: object) -> None:
    with pytest.raises(PolicyError, match="again_after_s"):
        policy(again_after_s=wrong)


def test_the_reason_says_what_to_do_in_every_language_and_nobody_is_recent_without_a_memory() -> None:
    row = reason(ReasonId.ADMITTED_JUST_NOW)
    assert (row.outcome, row.code) == ("REFER", "U|AGN")
    assert all(row.traveller[one] and row.officer[one] and row.next[one] for one in LANGUAGES)
    assert not NOBODY_RECENT.any_since([b"x"], NOW)
