"""Minors and paper: the shipped policies for families, on codes made here."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.verification.made import (
    NOW,
    RECOVERY,
    TEST,
    VACCINATION,
    Bench,
    colour,
    colour_claims,
    dcc,
    dcc_claims,
    hc1,
    signer,
)
from verification.judgement import judge
from verification.policy import Policy, load
from verification.reasons import ReasonId as R
from verification.revocation.memory import RevocationList
from verification.verdict import Gathering, Verdict

POLICIES = Path(__file__).parents[2] / "config" / "policies"
COVERED = [(name, "*") for name in ("HC1", "HK1", "GD1", "CD1", "PV1")]
LISTED = RevocationList([], COVERED, signed_at=NOW)
ANY_WAY, ONCE = {3: None}, {4: 1}
COLOUR, DECLARATION = ANY_WAY | {10: 1}, ANY_WAY | {1: None, 10: 2}
ADULT, CHILD = "1970-01-01", "2015-03-09"


class Spent:
    """The memory of every lane's spent codes."""

    covers_other_lanes = True

    def __init__(self, *uses: bytes) -> None:
        self._uses = frozenset(uses)

    def __contains__(self, use: object) -> bool:
        return use in self._uses


def shipped(name: str) -> Policy:
    policy = load((POLICIES / f"{name}.json").read_bytes())
    return policy.model_copy(update={"spot_check_one_in": None})


def paper(claim: dict[Any, Any], *, issuer: str = "HK", hours: float = 1, number: int = 1) -> str:
    issued = int((NOW - timedelta(hours=hours)).timestamp())
    return colour("PV1", colour_claims("PV1", claim, iss=issuer, iat=issued, cti=bytes([number]) * 16))


def certificate(birth: str, **parts: Any) -> str:
    return hc1(dcc_claims(dcc(dob=birth, **parts)))


def judged(
    policy: str, *codes: str, issuer: str = "HK", at: datetime = NOW
) -> tuple[list[R], tuple[str, ...]]:
    bench = Bench(signers=(signer(issuer=issuer),), revocation=LISTED)
    decision = judge([bench.check(code, at) for code in codes], Spent(), shipped(policy), at)
    if isinstance(decision, Gathering):
        return [R.EVIDENCE_MISSING], ()
    assert isinstance(decision, Verdict)
    return list(decision.reasons), decision.rules


HALF = [VACCINATION | {"dn": 1}]


@pytest.mark.parametrize(
    ("birth", "parts", "why", "rules"),
    [
        (ADULT, {"v": [VACCINATION]}, R.ADMITTED, ()),
        (ADULT, {"v": HALF}, R.RULE_FAILED, ("COMPLETE-FROM-12",)),
        (ADULT, {"t": [TEST]}, R.RULE_FAILED, ("TEST-UNDER-12",)),
        (ADULT, {"r": [RECOVERY]}, R.ADMITTED, ()),
        (CHILD, {"v": HALF}, R.ADMITTED, ()),
        (CHILD, {"t": [TEST]}, R.ADMITTED, ()),
        (CHILD, {"r": [RECOVERY]}, R.ADMITTED, ()),
        (CHILD, {"t": [TEST | {"sc": "2022-05-29T08:00:00Z"}]}, R.TOO_OLD, ()),
        ("", {"t": [TEST]}, R.RULE_OPEN, ("TEST-UNDER-12",)),
        ("", {"v": [VACCINATION]}, R.RULE_OPEN, ("COMPLETE-FROM-12",)),
    ],
)
def test_to_hong_kong_a_child_shows_a_test_and_everybody_else_a_vaccination_or_recovery(
    birth: str, parts: dict[str, Any], why: R, rules: tuple[str, ...]
) -> None:
    assert judged("to-hong-kong-family", certificate(birth, **parts)) == ([why], rules)


@pytest.mark.parametrize(
    ("birth", "at", "why"),
    [
        ("2010-06-02", "2022-06-01T23:59:59+00:00", R.ADMITTED),
        ("2010-06-02", "2022-06-02T00:00:00+00:00", R.RULE_FAILED),
        ("2010-06", "2022-06-01T12:00:00+00:00", R.ADMITTED),
        ("2010", "2022-06-01T12:00:00+00:00", R.ADMITTED),
        ("2009", "2022-06-01T12:00:00+00:00", R.RULE_FAILED),
    ],
)
def test_childhood_ends_as_the_birthday_begins_in_utc_and_a_partial_birth_date_is_its_last_day(
    birth: str, at: str, why: R
) -> None:
    moment = datetime.fromisoformat(at)
    claims = dcc_claims(dcc(dob=birth, t=[TEST]), exp=int(moment.timestamp()) + 3600)
    assert judged("to-hong-kong-family", hc1(claims), at=moment)[0] == [why]


@pytest.mark.parametrize(
    ("code", "issuer", "why"),
    [
        (paper(COLOUR), "HK", R.ADMITTED),
        (paper(COLOUR | {1: 3}), "HK", R.COLOUR_RED),
        (paper(COLOUR | {1: 2}), "HK", R.COLOUR_YELLOW),
        (paper(COLOUR, hours=30), "HK", R.TOO_OLD),
        (paper(COLOUR, issuer="MO"), "MO", R.RULE_FAILED),
        (paper(DECLARATION | {10: 4}), "HK", R.RULE_OPEN),
        (paper(DECLARATION | {10: 5}), "HK", R.RULE_OPEN),
    ],
)
def test_paper_stands_for_the_health_code_of_its_day_and_for_nothing_else(
    code: str, issuer: str, why: R
) -> None:
    assert judged("to-hong-kong-family", code, issuer=issuer)[0][0] is why


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (paper(COLOUR), paper(DECLARATION, number=2)),
        (colour("GD1", colour_claims("GD1", cti=bytes(16))), paper(DECLARATION)),
        (colour("HK1"), paper(DECLARATION)),
        (paper(COLOUR), colour("CD1", colour_claims("CD1", {1: None} | ONCE))),
    ],
)
def test_to_the_mainland_paper_may_stand_for_either_code_but_not_for_both(first: str, second: str) -> None:
    assert judged("to-mainland-family", first, second) == ([R.ADMITTED], ())
    assert judged("to-mainland-family", first) == ([R.EVIDENCE_MISSING], ())


def test_papers_of_two_holders_are_not_one_travellers() -> None:
    other = paper(DECLARATION | {7: b"another holder!!"}, number=2)
    assert judged("to-mainland-family", paper(COLOUR), other)[0] == [R.HOLDER_MISMATCH]


def test_a_paper_declaration_counts_once_though_its_issuer_allows_more() -> None:
    bench = Bench(signers=(signer(),), revocation=LISTED)
    codes = [bench.check(code) for code in (paper(COLOUR), paper(DECLARATION, number=2))]
    policy = shipped("to-mainland-family")
    first = judge(codes, Spent(), policy, NOW)
    assert isinstance(first, Verdict)
    assert len(first.spends) == 1
    again = judge(codes, Spent(*first.spends), policy, NOW)
    assert isinstance(again, Verdict)
    assert again.reasons == (R.ALREADY_USED,)
