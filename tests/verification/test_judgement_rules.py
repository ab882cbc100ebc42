"""What rules make of genuine codes: the lane's own, those of arrival, and those of the issuer."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.verification.made import NOW, TEST, VACCINATION, Bench, colour, dcc, dcc_claims, hc1
from tests.verification.rules.made_rules import rule
from verification.assessment import Assessment
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import Policy, PolicyError, built_in, load
from verification.reasons import ReasonId as R
from verification.revocation.memory import RevocationList
from verification.rules.dcc import RuleBook
from verification.verdict import Outcome, Verdict

BENCH = Bench(revocation=RevocationList([], [("HC1", "*"), ("HK1", "*")], signed_at=NOW))
FULL = hc1(dcc_claims(dcc()))
HALF = hc1(dcc_claims(dcc(v=[VACCINATION | {"dn": 1}])))
ARRIVAL = {"country": "XA"}
BOOK = RuleBook([rule()], {})
WITHDRAWN = rule(Identifier="IR-HK-0001", Type="Invalidation", Country="HK", Logic={"===": [1, 2]})


def policy(**changes: Any) -> Policy:
    return Policy.model_validate_json(json.dumps(built_in().model_dump(mode="json") | changes))


def lane_rule(logic: Any, **changes: Any) -> dict[str, Any]:
    return {"id": "R1", "says": "made up", "logic": logic} | changes


def verdict(*codes: str | Assessment, by: Policy, book: RuleBook | None = None) -> Verdict:
    checked = [BENCH.check(code) if isinstance(code, str) else code for code in codes]
    judged = judge(checked, NOTHING_SPENT, by, NOW, book=book)
    assert isinstance(judged, Verdict)
    return judged


def test_a_certificate_that_meets_the_rules_of_arrival_is_admitted() -> None:
    assert verdict(FULL, by=policy(arrival=ARRIVAL), book=BOOK).outcome is Outcome.ADMIT


@pytest.mark.parametrize(
    ("on_fail", "outcome", "reason"),
    [("REFER", Outcome.REFER, R.RULE_FAILED), ("REFUSE", Outcome.REFUSE, R.RULE_REFUSED)],
)
def test_the_policy_says_what_a_failed_rule_of_arrival_leads_to(
    on_fail: str, outcome: Outcome, reason: R
) -> None:
    told = verdict(HALF, by=policy(arrival=ARRIVAL | {"on_fail": on_fail}), book=BOOK)
    assert (told.outcome, told.reasons, told.rules) == (outcome, (reason,), ("VR-XA-0001",))


def test_without_rules_of_arrival_nothing_is_known_and_nobody_is_admitted() -> None:
    for book in (None, RuleBook([], {}), RuleBook([rule(Identifier="VR-XC-0001", Country="XC")], {})):
        told = verdict(FULL, by=policy(arrival=ARRIVAL | {"on_fail": "REFUSE"}), book=book)
        assert (told.outcome, told.reasons, told.rules) == (Outcome.REFER, (R.RULE_OPEN,), ("XA",))


def test_a_rule_without_an_answer_refers_and_never_refuses() -> None:
    book = RuleBook([rule(EngineVersion="9.0.0")], {})
    told = verdict(HALF, by=policy(arrival=ARRIVAL | {"on_fail": "REFUSE"}), book=book)
    assert (told.outcome, told.reasons) == (Outcome.REFER, (R.RULE_OPEN,))


def test_what_its_issuer_withdraws_by_rule_is_refused() -> None:
    told = verdict(FULL, by=policy(arrival=ARRIVAL), book=RuleBook([rule(), WITHDRAWN], {}))
    assert (told.outcome, told.reasons, told.rules) == (Outcome.REFUSE, (R.RULE_REFUSED,), ("IR-HK-0001",))


def test_rules_of_arrival_are_not_asked_of_colour_codes_nor_where_the_policy_names_no_country() -> None:
    assert verdict(colour(), by=policy(arrival=ARRIVAL), book=BOOK).outcome is Outcome.ADMIT
    assert verdict(HALF, by=policy(), book=BOOK).outcome is Outcome.ADMIT


def test_one_failed_certificate_decides_whatever_lies_beside_it() -> None:
    for order in ((FULL, HALF), (HALF, FULL)):
        told = verdict(*order, by=policy(arrival=ARRIVAL), book=BOOK)
        assert told.reasons[0] is R.RULE_FAILED


def test_a_rule_that_fails_one_code_and_is_open_for_another_says_both() -> None:
    odd = hc1(dcc_claims(dcc(v=[VACCINATION | {"dn": "two"}])))
    told = verdict(HALF, odd, by=policy(arrival=ARRIVAL), book=BOOK)
    assert set(told.reasons) >= {R.RULE_FAILED, R.RULE_OPEN}
    assert told.rules == ("VR-XA-0001",)


def test_nothing_is_asked_of_a_code_that_is_not_genuine() -> None:
    stranger = Bench(signers=()).check(HALF)
    told = verdict(stranger, by=policy(arrival=ARRIVAL, rules=[lane_rule({"===": [1, 2]})]), book=BOOK)
    assert not {R.RULE_FAILED, R.RULE_OPEN, R.RULE_REFUSED} & set(told.reasons)


@pytest.mark.parametrize(
    ("logic", "reasons"),
    [
        ({"===": [{"var": "payload.colour"}, "green"]}, (R.ADMITTED,)),
        ({"===": [{"var": "payload.colour"}, "blue"]}, (R.RULE_FAILED,)),
        ({"===": [{"var": "payload.format"}, "HK1"]}, (R.ADMITTED,)),
        ({"===": [{"var": "payload.issuer"}, "HK"]}, (R.ADMITTED,)),
        ({"===": [{"var": "external.direction"}, "any"]}, (R.ADMITTED,)),
        ({"var": "payload.medical"}, (R.RULE_FAILED,)),
        ({">": [{"var": "payload.colour"}, 1]}, (R.RULE_OPEN,)),
        (
            {
                "before": [
                    {"plusTime": [{"var": "external.validationClock"}, 0, "hour"]},
                    {"plusTime": [{"var": "payload.issuedAt"}, 2, "hour"]},
                ]
            },
            (R.ADMITTED,),
        ),
    ],
)
def test_the_lanes_own_rules_read_our_evidence(logic: Any, reasons: tuple[R, ...]) -> None:
    assert verdict(colour(), by=policy(rules=[lane_rule(logic)])).reasons == reasons


def test_the_lanes_own_rule_says_what_its_failure_leads_to_and_of_which_kinds_it_is_asked() -> None:
    refusing = lane_rule({"===": [1, 2]}, on_fail="REFUSE", kinds=["health_colour"])
    told = verdict(colour(), by=policy(rules=[refusing]))
    assert (told.outcome, told.reasons, told.rules) == (Outcome.REFUSE, (R.RULE_REFUSED,), ("R1",))
    assert verdict(FULL, by=policy(rules=[refusing])).outcome is Outcome.ADMIT


def test_a_medical_statement_can_be_asked_about() -> None:
    taken = {"plusTime": [{"var": "payload.medical.sampledAt"}, 48, "hour"]}
    young = {"not-after": [{"plusTime": [{"var": "external.validationClock"}, 0, "day"]}, taken]}
    by = policy(rules=[lane_rule(young, kinds=["test"])])
    late = TEST | {"sc": (NOW - timedelta(hours=49)).isoformat()}
    assert verdict(hc1(dcc_claims(dcc(t=[TEST]))), by=by).reasons == (R.ADMITTED,)
    assert verdict(hc1(dcc_claims(dcc(t=[late]))), by=by).reasons == (R.RULE_FAILED,)


@pytest.mark.parametrize(
    "rules",
    [
        [lane_rule({"or": [True, False]})],
        [lane_rule(True)],
        [lane_rule({"===": [1, 1]}), lane_rule({"===": [1, 1]})],
        [lane_rule({"===": [1, 1]}, on_fail="ADMIT")],
        [lane_rule({"===": [1, 1]}, id="a b")],
        [{"id": "R1", "logic": {"===": [1, 1]}}],
    ],
)
def test_a_wrong_rule_spoils_the_policy(rules: list[Any]) -> None:
    document = built_in().model_dump(mode="json") | {"rules": rules}
    with pytest.raises(PolicyError, match="rules"):
        load(json.dumps(document).encode())


@pytest.mark.parametrize("why", ["RULE_FAILED", "RULE_REFUSED", "RULE_OPEN"])
def test_what_rules_lead_to_is_said_at_the_rule_and_not_moved(why: str) -> None:
    document = built_in().model_dump(mode="json") | {"outcomes": {why: "REFUSE"}}
    with pytest.raises(PolicyError, match=why):
        load(json.dumps(document).encode())


BOTH = [{"all_of": [{"kind": "vaccination"}, {"kind": "test"}]}]


def of(test_holder: dict[str, Any]) -> str:
    person = {"nam": {"fnt": "MUSTER", "gnt": "MIA"}, "dob": "1970-01-01"} | test_holder
    return hc1(dcc_claims(dcc(t=[TEST], **person)))


@pytest.mark.parametrize(
    ("holder", "reasons"),
    [
        ({}, (R.ADMITTED,)),
        ({"nam": {"fnt": "MIA", "gnt": "MUSTER<EVA"}}, (R.ADMITTED,)),
        ({"dob": "1971-01-01"}, (R.HOLDER_MISMATCH,)),
        ({"nam": {"fnt": "ANDERS", "gnt": "MIA"}}, (R.HOLDER_MISMATCH,)),
        ({"dob": "1970"}, (R.HOLDER_UNBOUND,)),
        ({"dob": ""}, (R.HOLDER_UNBOUND,)),
    ],
)
def test_certificates_are_bound_by_the_person_they_name(
    holder: dict[str, Any], reasons: tuple[R, ...]
) -> None:
    asked = policy(evidence={"any_of": BOTH})
    shown = hc1(dcc_claims(dcc(nam={"fnt": "MUSTER", "gnt": "MIA"})))
    for order in ((shown, of(holder)), (of(holder), shown)):
        assert verdict(*order, by=asked).reasons == reasons
    lenient = policy(evidence={"any_of": BOTH}, one_holder=False)
    assert verdict(shown, of(holder), by=lenient).reasons == (R.ADMITTED,)


def test_a_digest_and_a_name_are_not_taken_for_one_another() -> None:
    asked = policy(evidence={"any_of": [{"all_of": [{"kind": "vaccination"}, {"kind": "health_colour"}]}]})
    assert verdict(FULL, colour(), by=asked).reasons == (R.HOLDER_UNBOUND,)


def test_the_content_of_a_certificate_is_shown_nowhere() -> None:
    checked = BENCH.check(hc1(dcc_claims(dcc(nam={"fnt": "GEHEIMNIS", "gnt": "MIA"}, dob="1911-01-01"))))
    assert checked.evidence is not None
    assert checked.evidence.content is not None
    told = verdict(checked, by=policy(arrival=ARRIVAL), book=BOOK)
    assert not any(word in repr(checked) + repr(told) for word in ("GEHEIMNIS", "1911", "MIA"))
