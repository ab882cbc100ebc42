"""What each shipped policy does with real codes: a wrong edit of one changes a line of these tables."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import cbor2
import pytest

from tests.verification.made import (
    EC_KEY,
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
    message,
    signer,
    text,
)
from verification.judgement import NOTHING_SPENT, incomplete, judge
from verification.policy import load
from verification.reasons import ReasonId as R
from verification.review.review import review
from verification.revocation.memory import RevocationList
from verification.verdict import Gathering, Outcome

POLICIES = Path(__file__).parents[2] / "config" / "policies"
FORMATS = ("HC1", "HK1", "GD1", "MO1", "CN1", "CD1", "PV1")
BENCH = Bench(
    signers=(signer(formats=frozenset(FORMATS)),),
    revocation=RevocationList([], [(name, "*") for name in FORMATS], signed_at=NOW),
)
ADMIT, REFER, REFUSE = Outcome.ADMIT, Outcome.REFER, Outcome.REFUSE
ODD: dict[str, dict[Any, Any]] = {
    "yellow": {1: 2},
    "red": {1: 3},
    "once": {4: 1},
    "often": {4: 2},
    "other": {7: b"somebody else!!!"},
    "to_mainland": {3: 1},
    "to_hong_kong": {3: 2},
    "to_macao": {3: 3},
}
SAME_DAY_H, DAY_BEFORE_H = 19.9, 20.1
"""NOW is 20:00 in Hong Kong and Macao."""


def shown(what: str, number: int = 1) -> str:
    """A code in a few words: prefix, age in hours, and what is odd about it."""
    prefix, _, rest = what.partition(" ")
    age, *odd = rest.split()
    issued = int((NOW - timedelta(hours=float(age.removesuffix("h")))).timestamp())
    claim: dict[Any, Any] = {3: None}
    for word in odd:
        claim |= ODD[word]
    if prefix == "CD1":
        claim = {1: None, 4: 1} | claim
    return colour(prefix, colour_claims(prefix, claim, iat=issued, cti=bytes([number]) * 16))


def decided(name: str, *codes: str, at: datetime = NOW) -> tuple[Outcome, R]:
    policy = load((POLICIES / f"{name}.json").read_bytes())
    answer = judge([BENCH.check(code, at) for code in codes], NOTHING_SPENT, policy, at)
    verdict = incomplete(answer) if isinstance(answer, Gathering) else answer
    return verdict.outcome, verdict.reasons[0]


@pytest.mark.parametrize(
    ("policy", "codes", "outcome", "why"),
    [
        ("to-hong-kong", [f"HK1 {SAME_DAY_H}h"], ADMIT, R.ADMITTED),
        ("to-hong-kong", [f"HK1 {DAY_BEFORE_H}h"], REFUSE, R.TOO_OLD),
        ("to-hong-kong", ["HK1 1h yellow"], REFER, R.COLOUR_YELLOW),
        ("to-hong-kong", ["HK1 1h red"], REFUSE, R.COLOUR_RED),
        ("to-hong-kong", ["HK1 1h to_mainland"], REFER, R.WRONG_DIRECTION),
        ("to-hong-kong", ["MO1 1h"], REFER, R.FORMAT_NOT_ALLOWED),
        ("to-hong-kong-bridge", [f"HK1 {SAME_DAY_H}h"], ADMIT, R.ADMITTED),
        ("to-hong-kong-bridge", [f"HK1 {DAY_BEFORE_H}h"], REFUSE, R.TOO_OLD),
        ("to-hong-kong-bridge", ["MO1 6h"], ADMIT, R.ADMITTED),
        ("to-hong-kong-bridge", ["MO1 6.1h"], REFUSE, R.TOO_OLD),
        ("to-hong-kong-bridge", ["MO1 1h to_macao"], REFER, R.WRONG_DIRECTION),
        ("to-hong-kong-bridge", ["MO1 1h yellow"], REFER, R.COLOUR_YELLOW),
        ("to-hong-kong-bridge", ["GD1 1h"], REFER, R.FORMAT_NOT_ALLOWED),
        ("to-macao", ["MO1 6h"], ADMIT, R.ADMITTED),
        ("to-macao", ["MO1 6.1h"], REFUSE, R.TOO_OLD),
        ("to-macao", ["MO1 1h red"], REFUSE, R.COLOUR_RED),
        ("to-macao", ["MO1 1h to_hong_kong"], REFER, R.WRONG_DIRECTION),
        ("to-macao", ["HK1 1h"], REFER, R.FORMAT_NOT_ALLOWED),
        ("to-macao-bridge", ["MO1 6h"], ADMIT, R.ADMITTED),
        ("to-macao-bridge", ["MO1 6.1h"], REFUSE, R.TOO_OLD),
        ("to-macao-bridge", [f"HK1 {SAME_DAY_H}h"], ADMIT, R.ADMITTED),
        ("to-macao-bridge", [f"HK1 {DAY_BEFORE_H}h"], REFUSE, R.TOO_OLD),
        ("to-macao-bridge", ["HK1 1h to_hong_kong"], REFER, R.WRONG_DIRECTION),
        ("to-macao-bridge", ["MO1 7h", "HK1 1h"], ADMIT, R.ADMITTED),
        ("to-macao-bridge", ["MO1 1h red", "HK1 1h"], REFUSE, R.COLOUR_RED),
        ("to-macao-family", ["MO1 6h"], ADMIT, R.ADMITTED),
        ("to-macao-family", ["MO1 6.1h"], REFUSE, R.TOO_OLD),
        ("to-mainland", ["GD1 24h", "CD1 24h"], ADMIT, R.ADMITTED),
        ("to-mainland", ["GD1 24.1h", "CD1 1h"], REFUSE, R.TOO_OLD),
        ("to-mainland", ["GD1 1h", "CD1 24.1h"], REFUSE, R.TOO_OLD),
        ("to-mainland", [f"HK1 {SAME_DAY_H}h", "CD1 1h"], ADMIT, R.ADMITTED),
        ("to-mainland", [f"HK1 {DAY_BEFORE_H}h", "CD1 1h"], REFUSE, R.TOO_OLD),
        ("to-mainland", ["HK1 1h"], REFER, R.EVIDENCE_MISSING),
        ("to-mainland", ["CD1 1h"], REFER, R.EVIDENCE_MISSING),
        ("to-mainland", ["HK1 1h", "CD1 1h other"], REFER, R.HOLDER_MISMATCH),
        ("to-mainland", ["HK1 1h yellow", "CD1 1h"], REFER, R.COLOUR_YELLOW),
        ("to-mainland-frequent", ["HK1 1h", "CD1 168h often"], ADMIT, R.ADMITTED),
        ("to-mainland-frequent", ["GD1 24h", "CD1 168h once"], ADMIT, R.ADMITTED),
        ("to-mainland-frequent", ["HK1 1h", "CD1 168.1h often"], REFUSE, R.TOO_OLD),
        ("to-mainland-frequent", ["GD1 24.1h", "CD1 1h often"], REFUSE, R.TOO_OLD),
        ("to-mainland-from-macao", ["MO1 6h", "CD1 24h"], ADMIT, R.ADMITTED),
        ("to-mainland-from-macao", ["MO1 6.1h", "CD1 1h"], REFUSE, R.TOO_OLD),
        ("to-mainland-from-macao", ["GD1 24h", "CD1 1h"], ADMIT, R.ADMITTED),
        ("to-mainland-from-macao", ["GD1 24.1h", "CD1 1h"], REFUSE, R.TOO_OLD),
        ("to-mainland-from-macao", ["MO1 1h", "CD1 24.1h"], REFUSE, R.TOO_OLD),
        ("to-mainland-from-macao", ["MO1 1h"], REFER, R.EVIDENCE_MISSING),
        ("to-mainland-from-macao", ["MO1 1h", "CD1 1h other"], REFER, R.HOLDER_MISMATCH),
        ("to-mainland-from-macao", ["HK1 1h", "CD1 1h"], REFER, R.FORMAT_NOT_ALLOWED),
        ("to-mainland-from-macao", ["MO1 1h to_macao", "CD1 1h"], REFER, R.WRONG_DIRECTION),
        ("to-mainland-family", ["GD1 24h", "CD1 24h"], ADMIT, R.ADMITTED),
    ],
)
def test_colour_codes_at_each_lane(policy: str, codes: list[str], outcome: Outcome, why: R) -> None:
    made = [shown(code, number) for number, code in enumerate(codes, 1)]
    assert decided(policy, *made) == (outcome, why)
    assert decided(policy, *reversed(made)) == (outcome, why)


@pytest.mark.parametrize(
    ("policy", "spends"),
    [
        ("to-mainland", 1),
        ("to-mainland-from-macao", 1),
        ("to-mainland-family", 1),
        ("to-mainland-frequent", 0),
    ],
)
def test_which_lanes_let_a_declaration_be_used_once(policy: str, spends: int) -> None:
    codes = [BENCH.check(shown("GD1 1h")), BENCH.check(shown("CD1 1h often", 2))]
    asked = load((POLICIES / f"{policy}.json").read_bytes())
    answer = judge(codes, NOTHING_SPENT, asked, NOW)
    assert not isinstance(answer, Gathering)
    assert (answer.outcome, len(answer.spends)) == (ADMIT, spends)


def vaccination_of(days: int = 14, **event: Any) -> str:
    given = (NOW - timedelta(days=days)).date().isoformat()
    return hc1(dcc_claims(dcc(v=[VACCINATION | {"dt": given} | event])))


def sampled(hours: float = 40, **person: Any) -> str:
    taken = (NOW - timedelta(hours=hours)).isoformat()
    return hc1(dcc_claims(dcc(t=[TEST | {"sc": taken}], **person)))


def recovery_of(days: int) -> str:
    return hc1(dcc_claims(dcc(r=[RECOVERY | {"fr": (NOW - timedelta(days=days)).date().isoformat()}])))


def who(claim: int, **entry: Any) -> str:
    claims = dcc_claims()
    claims[-260] = {claim: {"name": "Mia Muster", "birthDate": "1970-01-01"} | entry}
    return text(message(cbor2.dumps(claims), EC_KEY))


WHO_VACCINATION = who(3, disease="RA01", vaccine="XM0GQ8", dose=2, total_doses=2, date="2022-01-17")


@pytest.mark.parametrize(
    ("codes", "outcome", "why"),
    [
        ([vaccination_of(), sampled()], ADMIT, R.ADMITTED),
        ([vaccination_of(13), sampled()], REFER, R.RULE_FAILED),
        ([vaccination_of(dn=1), sampled()], REFER, R.RULE_FAILED),
        ([vaccination_of(dn=1), vaccination_of(ci="URN:UVCI:01:HK:MADEUP#9"), sampled()], ADMIT, R.ADMITTED),
        ([vaccination_of(), sampled(48)], ADMIT, R.ADMITTED),
        ([vaccination_of(), sampled(48.1)], REFUSE, R.TOO_OLD),
        ([vaccination_of()], REFER, R.EVIDENCE_MISSING),
        ([sampled()], REFER, R.RULE_FAILED),
        ([sampled(dob="2015-03-09")], ADMIT, R.ADMITTED),
        ([vaccination_of(), sampled(dob="2015-03-09")], REFER, R.HOLDER_MISMATCH),
        ([vaccination_of(), sampled(nam={"fn": "Muster", "gn": "Eva"})], REFER, R.HOLDER_MISMATCH),
        ([vaccination_of(), sampled(dob="1970")], REFER, R.HOLDER_UNBOUND),
        ([recovery_of(179), sampled()], ADMIT, R.ADMITTED),
        ([recovery_of(181), sampled()], REFUSE, R.TOO_OLD),
        ([recovery_of(30)], REFER, R.EVIDENCE_MISSING),
        ([WHO_VACCINATION, sampled()], ADMIT, R.ADMITTED),
        ([WHO_VACCINATION, sampled(nam={"fn": "Muster", "gn": "Mia Eva"})], REFER, R.HOLDER_UNBOUND),
        ([WHO_VACCINATION, sampled(dob="1970-01-02")], REFER, R.HOLDER_MISMATCH),
        ([shown("HK1 1h")], REFER, R.FORMAT_NOT_ALLOWED),
    ],
)
def test_international_certificates_count_together(codes: list[str], outcome: Outcome, why: R) -> None:
    assert decided("to-hong-kong-certificates", *codes) == (outcome, why)
    assert decided("to-hong-kong-certificates", *reversed(codes)) == (outcome, why)


@pytest.mark.parametrize(
    ("codes", "outcome", "why"),
    [
        ([vaccination_of(3000)], ADMIT, R.ADMITTED),
        ([sampled(48)], ADMIT, R.ADMITTED),
        ([sampled(48.1)], REFUSE, R.TOO_OLD),
        ([recovery_of(179)], ADMIT, R.ADMITTED),
        ([recovery_of(181)], REFUSE, R.TOO_OLD),
    ],
)
def test_to_hong_kong_one_certificate_is_enough(codes: list[str], outcome: Outcome, why: R) -> None:
    assert decided("to-hong-kong", *codes) == (outcome, why)


def test_a_bare_date_begins_at_midnight_where_the_lane_stands() -> None:
    since = (NOW - timedelta(days=180)).date().isoformat()
    code = hc1(
        dcc_claims(dcc(r=[RECOVERY | {"fr": since, "du": "2023-01-01"}]), exp=int(NOW.timestamp()) + 86400)
    )
    last = datetime.fromisoformat(f"{(NOW).date().isoformat()}T00:00:00+08:00")
    assert decided("to-hong-kong", code, at=NOW)[1] is R.TOO_OLD
    claims = dcc_claims(dcc(r=[RECOVERY | {"fr": since, "du": "2023-01-01"}]), iat=int(last.timestamp()) - 9)
    assert decided("to-hong-kong", hc1(claims), at=last) == (ADMIT, R.ADMITTED)
    assert decided("to-hong-kong", hc1(claims), at=last + timedelta(seconds=1)) == (REFUSE, R.TOO_OLD)


@pytest.mark.parametrize("file", sorted(POLICIES.glob("*.json")), ids=lambda file: file.stem)
def test_every_shipped_policy_is_named_in_the_page_and_has_nothing_wrong(file: Path) -> None:
    page = (POLICIES.parents[1] / "docs" / "policy.md").read_text(encoding="utf-8")
    assert f"`{file.stem}`" in page
    assert [str(one) for one in review(load(file.read_bytes())) if one.wrong] == []


@pytest.mark.parametrize("file", sorted(POLICIES.glob("to-*.json")), ids=lambda file: file.stem)
def test_every_real_lane_is_as_careful_as_the_others(file: Path) -> None:
    policy = load(file.read_bytes())
    freshness = policy.freshness
    assert (freshness.trust.warn_h, freshness.trust.refer_h) == (36, 168)
    assert (freshness.revocation.warn_h, freshness.revocation.refer_h) == (36, 72)
    assert (policy.one_holder, policy.single_use_elsewhere, policy.spot_check_one_in) == (True, "refer", 200)
    assert file.stem.replace("-", "_").startswith(policy.direction.value)
    assert dict(policy.outcomes) == {}
    seconds = {R.REVOKED}
    if policy.formats != ("HC1",):
        seconds |= {R.COLOUR_RED, R.ALREADY_USED}  # any colour code may be made for one use
    if policy.formats == ("HC1",):
        seconds.add(R.TEST_POSITIVE)
    assert set(policy.second_officer) == seconds
