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
from verification.evidence import Kind
from verification.judgement import incomplete, judge
from verification.policy import Policy, load
from verification.reasons import ReasonId as R
from verification.reasons import reason
from verification.revocation.memory import RevocationList
from verification.verdict import Gathering, Outcome, Verdict

POLICIES = Path(__file__).parents[2] / "config" / "policies"
COVERED = [(name, "*") for name in ("HC1", "HK1", "GD1", "MO1", "CD1", "PV1")]
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
        waited = incomplete(decision)
        return list(waited.reasons), waited.rules
    assert isinstance(decision, Verdict)
    return list(decision.reasons), decision.rules


FAMILIES = ("to-hong-kong-family", "to-macao-family")
HALF = [VACCINATION | {"dn": 1}]


@pytest.mark.parametrize(
    ("birth", "parts", "why", "rules"),
    [
        (ADULT, {"v": [VACCINATION]}, R.ADMITTED, ()),
        (ADULT, {"r": [RECOVERY]}, R.ADMITTED, ()),
        (CHILD, {"v": HALF}, R.ADMITTED, ()),
        (CHILD, {"t": [TEST]}, R.ADMITTED, ()),
        (CHILD, {"r": [RECOVERY]}, R.ADMITTED, ()),
        (CHILD, {"t": [TEST | {"sc": "2022-05-29T08:00:00Z"}]}, R.TOO_OLD, ()),
    ],
)
@pytest.mark.parametrize("policy", FAMILIES)
def test_a_child_shows_a_test_and_everybody_else_a_vaccination_or_recovery(
    policy: str, birth: str, parts: dict[str, Any], why: R, rules: tuple[str, ...]
) -> None:
    assert judged(policy, certificate(birth, **parts)) == ([why], rules)


@pytest.mark.parametrize("policy", FAMILIES)
@pytest.mark.parametrize(
    ("birth", "parts", "why", "rule", "missing"),
    [
        (ADULT, {"v": HALF}, R.RULE_FAILED, "COMPLETE-FROM-12", Kind.TEST),
        (ADULT, {"t": [TEST]}, R.RULE_FAILED, "TEST-UNDER-12", Kind.VACCINATION),
        ("", {"t": [TEST]}, R.RULE_OPEN, "TEST-UNDER-12", Kind.VACCINATION),
        ("", {"v": [VACCINATION]}, R.RULE_OPEN, "COMPLETE-FROM-12", Kind.TEST),
    ],
)
def test_the_lane_asks_for_what_would_be_enough_together_and_then_says_which_rule_it_was(
    policy: str, birth: str, parts: dict[str, Any], why: R, rule: str, missing: Kind
) -> None:
    bench = Bench(signers=(signer(),), revocation=LISTED)
    gathering = judge([bench.check(certificate(birth, **parts))], Spent(), shipped(policy), NOW)
    assert gathering == Gathering((missing,), (why,), (rule,))
    assert judged(policy, certificate(birth, **parts)) == ([why, R.EVIDENCE_MISSING], (rule,))


@pytest.mark.parametrize("policy", FAMILIES)
@pytest.mark.parametrize(
    ("vaccinated", "tested", "why"),
    [
        ({}, {}, R.ADMITTED),
        ({"v": HALF}, {}, R.ADMITTED),
        ({"v": HALF}, {"dob": "1970-01-02"}, R.HOLDER_MISMATCH),
        (
            {"v": HALF, "nam": {"fnt": "MUSTER", "gnt": "MIA"}},
            {"nam": {"fnt": "ANDERS", "gnt": "EVA"}},
            R.HOLDER_MISMATCH,
        ),
        (
            {"v": HALF, "nam": {"fnt": "A", "gnt": "B<C"}},
            {"nam": {"fnt": "A", "gnt": "C<D"}},
            R.HOLDER_UNBOUND,
        ),
        ({"v": HALF}, {"t": [TEST | {"sc": "2022-05-29T08:00:00Z"}]}, R.TOO_OLD),
        ({"v": HALF}, {"t": [TEST | {"sc": "2022-06-01T13:00:00Z"}]}, R.NOT_YET_VALID),
        ({"v": HALF}, {"t": [TEST | {"tr": "260373001"}]}, R.TEST_POSITIVE),
    ],
)
def test_an_adult_shows_vaccination_and_test_together_in_either_order(
    policy: str, vaccinated: dict[str, Any], tested: dict[str, Any], why: R
) -> None:
    two = (
        certificate(ADULT, **({"v": [VACCINATION]} | vaccinated)),
        certificate(**({"birth": ADULT, "t": [TEST]} | _born(tested))),
    )
    assert judged(policy, *two)[0][0] is why
    assert judged(policy, *reversed(two))[0][0] is why


def _born(parts: dict[str, Any]) -> dict[str, Any]:
    return {"birth" if name == "dob" else name: value for name, value in parts.items()}


@pytest.mark.parametrize(
    ("birth", "at", "why"),
    [
        ("2010-06-02", "2022-06-01T23:59:59+08:00", R.ADMITTED),
        ("2010-06-02", "2022-06-02T00:00:00+08:00", R.RULE_FAILED),
        ("2010-06-02", "2022-06-02T07:59:59+08:00", R.RULE_FAILED),
        ("2010-06", "2022-06-01T12:00:00+08:00", R.ADMITTED),
        ("2010-06", "2022-06-30T00:00:00+08:00", R.RULE_FAILED),
        ("2010", "2022-06-01T12:00:00+08:00", R.ADMITTED),
        ("2009", "2022-06-01T12:00:00+08:00", R.RULE_FAILED),
    ],
)
@pytest.mark.parametrize("policy", [*FAMILIES, "to-hong-kong-certificates"])
def test_childhood_ends_at_the_lanes_midnight_and_a_partial_birth_date_is_its_last_day(
    policy: str, birth: str, at: str, why: R
) -> None:
    moment = datetime.fromisoformat(at)
    taken = (moment - timedelta(hours=20)).isoformat()
    claims = dcc_claims(
        dcc(dob=birth, t=[TEST | {"sc": taken}]),
        exp=int(moment.timestamp()) + 3600,
        iat=int(moment.timestamp()) - 3600,
    )
    assert judged(policy, hc1(claims), at=moment)[0][0] is why
    if policy in FAMILIES:
        begun = claims | {-260: {1: dcc(dob=birth, v=HALF)}}
        assert judged(policy, hc1(begun), at=moment)[0][0] is why


@pytest.mark.parametrize(
    ("policy", "here", "elsewhere"), [(FAMILIES[0], "HK", "MO"), (FAMILIES[1], "MO", "HK")]
)
@pytest.mark.parametrize(
    ("claim", "hours", "why"),
    [
        (COLOUR, 1, R.ADMITTED),
        (COLOUR | {1: 3}, 1, R.COLOUR_RED),
        (COLOUR | {1: 2}, 1, R.COLOUR_YELLOW),
        (COLOUR, 19, R.ADMITTED),
        (COLOUR, 21, R.TOO_OLD),
        (DECLARATION | {10: 4}, 1, R.KIND_NOT_ACCEPTED),
        (DECLARATION | {10: 5}, 1, R.KIND_NOT_ACCEPTED),
    ],
)
def test_paper_stands_for_the_health_code_of_its_day_and_for_nothing_else(
    policy: str, here: str, elsewhere: str, claim: dict[Any, Any], hours: float, why: R
) -> None:
    assert judged(policy, paper(claim, issuer=here, hours=hours), issuer=here)[0][0] is why
    foreign = judged(policy, paper(claim, issuer=elsewhere, hours=hours), issuer=elsewhere)
    assert R.RULE_FAILED in foreign[0]
    assert foreign[1] == (f"PAPER-{here}",)


def test_a_vaccination_on_paper_is_left_to_an_officer() -> None:
    assert reason(R.KIND_NOT_ACCEPTED).outcome == Outcome.REFER


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
