"""Every reason happens to somebody: each is brought about by a code or a crossing made here."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.verification.made import (
    EC_KEY,
    ES256,
    NOW,
    PS256,
    TEST,
    VACCINATION,
    Bench,
    aged,
    colour,
    colour_claims,
    dcc,
    dcc_claims,
    hc1,
    kid_of,
    signer,
)
from verification.judgement import incomplete, judge
from verification.policy import Policy, built_in
from verification.reasons import ReasonId, reason
from verification.revocation.memory import RevocationList
from verification.untimed import without_time
from verification.verdict import Gathering, Verdict

ELSEWHERE = {
    ReasonId.USE_UNKNOWN: "the memory of spent codes cannot be read: tests/kiosk/test_rulebook.py",
    ReasonId.ADMITTED_JUST_NOW: "it needs a memory of admissions: tests/verification/test_again.py",
    ReasonId.SIGNER_REVOKED: "an authority's list: tests/verification/revocation/test_certificates.py",
    ReasonId.HELP_ASKED: "a traveller's touch, no code: tests/kiosk/test_help_call.py",
    ReasonId.ENTERED_BY_OFFICER: "a document an officer entered: tests/kiosk/test_document_entry.py",
    ReasonId.RECORDS_NEARLY_FULL: "the disk of the records is nearly full: tests/kiosk/test_rulebook.py",
}
"""Reasons that need more than codes and a judgement, and where they are tested."""
DAY = timedelta(days=1)
LISTED = RevocationList([], [(name, "*") for name in ("HC1", "HK1", "GD1", "CD1")], signed_at=NOW)
ONCE = colour("CD1", colour_claims("CD1", {1: None, 4: 1}, cti=b"\1" * 16))
GREEN = {"kind": "health_colour"}
TWO = [[{"kind": "health_colour"}, {"kind": "customs_declaration"}]]


class Spent:
    covers_other_lanes = True

    def __init__(self, *uses: bytes) -> None:
        self._uses = uses

    def __contains__(self, use: object) -> bool:
        return use in self._uses


class Alone(Spent):
    covers_other_lanes = False


def policy(any_of: Any = None, **changes: Any) -> Policy:
    document = built_in().model_dump(mode="json") | changes
    if any_of is not None:
        document["evidence"] = {"any_of": [{"all_of": asked} for asked in any_of]}
    return Policy.model_validate_json(json.dumps(document))


def shown(
    *codes: str | bytes, by: Policy | None = None, spent: Any = None, bench: Any = None, **more: Any
) -> Verdict:
    lane = bench or Bench(revocation=LISTED)
    answer = judge([lane.check(code) for code in codes], spent or Spent(), by or policy(), NOW, **more)
    return incomplete(answer) if isinstance(answer, Gathering) else answer


def revoked() -> Verdict:
    withdrawn = RevocationList([], [("HK1", "*")], status={"HK": frozenset({7})}, signed_at=NOW)
    return shown(colour("HK1", colour_claims("HK1", {8: 7})), bench=Bench(revocation=withdrawn))


def rule(logic: Any, **changes: Any) -> Policy:
    return policy(rules=[{"id": "R1", "says": "Made up.", "logic": logic} | changes])


def certified(**parts: Any) -> str:
    return hc1(dcc_claims(dcc(**parts)))


def with_signer(**changes: Any) -> Bench:
    return Bench(signers=(signer(**changes),), revocation=LISTED)


R = ReasonId
HOW: dict[ReasonId, Callable[[], Verdict]] = {
    R.NOT_A_HEALTH_CODE: lambda: shown("https://menu.example/"),
    R.NOT_VERIFIABLE_OFFLINE: lambda: shown("HKSARG|VAC|3.00|1|"),
    R.FORMAT_NOT_ALLOWED: lambda: shown(hc1(), bench=Bench(allowed=frozenset({"HK1"}))),
    R.INCOMPLETE: lambda: shown("shc:/1/2/" + "56" * 20),
    R.MALFORMED: lambda: shown("HC1:NOT A CODE"),
    R.ALGORITHM_MISMATCH: lambda: shown(hc1(protected={1: PS256, 4: kid_of(EC_KEY)})),
    R.SIGNATURE_INVALID: lambda: shown(hc1(signature=b"\1" * 64)),
    R.NO_TRUST_LIST: lambda: shown(hc1(), bench=Bench(signers=(), revocation=LISTED)),
    R.TRUST_LIST_STALE: lambda: shown(hc1(), bench=Bench(trust_age=aged(100), revocation=LISTED)),
    R.UNKNOWN_SIGNER: lambda: shown(hc1(protected={1: ES256, 4: b"somebody"})),
    R.KEY_USAGE: lambda: shown(hc1(), bench=with_signer(usages=frozenset({"1.3.6.1.4.1.1847.2021.1.1"}))),
    R.SIGNER_EXPIRED: lambda: shown(hc1(), bench=with_signer(not_after=NOW - DAY)),
    R.SIGNER_NOT_YET_VALID: lambda: shown(hc1(), bench=with_signer(not_before=NOW + DAY)),
    R.REVOKED: revoked,
    R.NO_REVOCATION_LIST: lambda: shown(hc1(), bench=Bench()),
    R.REVOCATION_LIST_STALE: lambda: shown(hc1(), bench=Bench(revocation=LISTED, revocation_age=aged(100))),
    R.CLOCK_UNTRUSTED: lambda: without_time(shown(hc1())),
    R.EXPIRED: lambda: shown(hc1(dcc_claims(exp=int(NOW.timestamp()) - 1))),
    R.NOT_YET_VALID: lambda: shown(hc1(dcc_claims(iat=int(NOW.timestamp()) + 60))),
    R.VALIDITY_UNKNOWN: lambda: shown(hc1(dcc_claims(exp=None))),
    R.EVENTS_NOT_ONE: lambda: shown(certified(v=[VACCINATION, VACCINATION])),
    R.TEST_POSITIVE: lambda: shown(certified(t=[TEST | {"tr": "260373001"}])),
    R.RULE_REFUSED: lambda: shown(hc1(), by=rule({"===": [1, 2]}, on_fail="REFUSE")),
    R.RULE_FAILED: lambda: shown(hc1(), by=rule({"===": [1, 2]})),
    R.RULE_OPEN: lambda: shown(hc1(), by=rule({">": ["a", 2]})),
    R.ALREADY_USED: lambda: shown(ONCE, spent=Spent(*shown(ONCE).spends)),
    R.OTHER_LANES_UNKNOWN: lambda: shown(ONCE, spent=Alone()),
    R.NO_POLICY: lambda: judged_without_policy(hc1()),
    R.SPECIMEN: lambda: shown(hc1(), bench=with_signer(demo=True)),
    R.COLOUR_RED: lambda: shown(colour("HK1", colour_claims("HK1", {1: 3}))),
    R.COLOUR_YELLOW: lambda: shown(colour("HK1", colour_claims("HK1", {1: 2}))),
    R.TOO_OLD: lambda: shown(colour(), by=policy([[{"kind": "health_colour", "max_age_h": 0.5}]])),
    R.WRONG_DIRECTION: lambda: shown(colour(), by=policy(direction="to_macao")),
    R.SCHEME_NOT_ACCEPTED: lambda: shown(
        colour(), by=policy([[{"kind": "health_colour", "schemes": ["MO"]}]])
    ),
    R.KIND_NOT_ACCEPTED: lambda: shown(colour(), by=policy([[{"kind": "vaccination"}]])),
    R.HOLDER_MISMATCH: lambda: shown(
        colour(), colour("CD1", colour_claims("CD1", {1: None, 7: b"somebody else!!!"})), by=policy(TWO)
    ),
    R.HOLDER_UNBOUND: lambda: shown(
        colour(), hc1(), by=policy([[{"kind": "health_colour"}, {"kind": "vaccination"}]])
    ),
    R.EVIDENCE_MISSING: lambda: shown(colour(), by=policy(TWO)),
    R.SPOT_CHECK: lambda: shown(colour(), by=policy(spot_check_one_in=5), draw=10),
    R.ADMITTED_NOTED: lambda: shown(ONCE, spent=Alone(), by=policy(single_use_elsewhere="admit_noted")),
    R.ADMITTED: lambda: shown(hc1()),
}


def judged_without_policy(code: str) -> Verdict:
    answer = judge([Bench(revocation=LISTED).check(code)], Spent(), None, NOW)
    assert isinstance(answer, Verdict)
    return answer


@pytest.mark.parametrize("why", list(HOW))
def test_a_reason_is_brought_about_and_leads_where_its_row_says(why: ReasonId) -> None:
    verdict = HOW[why]()
    assert why in verdict.reasons
    assert verdict.reasons[0] is why
    assert verdict.outcome == reason(why).outcome


def test_no_reason_is_without_its_way_in() -> None:
    assert set(HOW) | set(ELSEWHERE) == set(ReasonId)
    assert not set(HOW) & set(ELSEWHERE)
