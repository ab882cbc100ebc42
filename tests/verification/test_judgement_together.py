"""Rules over several codes of one holder: a condition of one alternative, never of the whole crossing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from tests.verification.assessed import NOON, code, declaration
from tests.verification.made import NOW, TEST, VACCINATION, Bench, dcc, dcc_claims, hc1
from verification.assessment import Assessment
from verification.evidence import Kind, MedicalStatement, Personal
from verification.judgement import NOTHING_SPENT, incomplete, judge
from verification.matching import MOST_CHOICES
from verification.policy import Policy, PolicyError, load
from verification.reasons import ReasonId as R
from verification.revocation.memory import RevocationList
from verification.verdict import Gathering, Outcome, Verdict

BENCH = Bench(revocation=RevocationList([], [("HC1", "*")], signed_at=NOW))
GREEN, DECLARED = {"kind": "health_colour"}, {"kind": "customs_declaration"}
VACCINATED, TESTED = {"kind": "vaccination"}, {"kind": "test"}
FULL = {">=": [{"var": "payload.codes.0.medical.doses"}, {"var": "payload.codes.0.medical.dosesOf"}]}
SAME_ISSUER = {"===": [{"var": "payload.codes.0.issuer"}, {"var": "payload.codes.1.issuer"}]}
NEVER, NO_ANSWER = {"===": [1, 2]}, {">": [{"var": "payload.codes.0.issuer"}, 1]}


def alternative(*asked: dict[str, Any], **rules: Any) -> dict[str, Any]:
    named = [
        {"id": name.replace("_", "-"), "says": "Made up.", "logic": logic} for name, logic in rules.items()
    ]
    return {"all_of": list(asked), "rules": named}


def policy(*alternatives: dict[str, Any], **changes: Any) -> Policy:
    document = {"name": "made-up", "version": 1, "direction": "any", "formats": ["HK1", "CD1", "HC1", "SHC"]}
    return load(json.dumps(document | {"evidence": {"any_of": alternatives}} | changes).encode())


def dose(number: int, of: int = 2, **person: Any) -> Assessment:
    return BENCH.check(hc1(dcc_claims(dcc(v=[VACCINATION | {"dn": number, "sd": of}], **person))))


def sampled(**person: Any) -> Assessment:
    return BENCH.check(hc1(dcc_claims(dcc(t=[TEST], **person))))


def answer(by: Policy, *codes: Assessment, at: Any = NOW) -> Verdict | Gathering:
    answers = [judge(order, NOTHING_SPENT, by, at) for order in permutations(codes)]
    assert answers.count(answers[0]) == len(answers), "the order in which codes were shown does not matter"
    return answers[0]


ADMITTED = Verdict(Outcome.ADMIT, (R.ADMITTED,))


def test_a_rule_is_met_by_two_codes_together_that_neither_meets_alone() -> None:
    by = policy(alternative(VACCINATED, TESTED, SAME=SAME_ISSUER))
    assert answer(by, dose(2), sampled()) == ADMITTED
    assert answer(by, dose(2)) == Gathering((Kind.TEST,))
    other = replace(sampled(), evidence=replace(sampled().evidence, issuer="MO"))  # type: ignore[type-var]
    assert answer(by, dose(2), other) == Verdict(Outcome.REFER, (R.RULE_FAILED,), rules=("SAME",))


def test_a_rule_that_is_not_met_closes_its_alternative_alone() -> None:
    by = policy(alternative(VACCINATED, FULL=FULL), alternative(VACCINATED, TESTED), alternative(GREEN))
    assert answer(by, dose(2)) == ADMITTED
    half = answer(by, dose(1))
    assert half == Gathering((Kind.TEST,), (R.RULE_FAILED,), ("FULL",))
    assert isinstance(half, Gathering)
    waited = Verdict(Outcome.REFER, (R.RULE_FAILED, R.EVIDENCE_MISSING), rules=("FULL",))
    assert incomplete(half) == waited
    assert answer(by, dose(1), sampled()) == ADMITTED


def test_where_nothing_could_complete_another_the_rule_decides_at_once() -> None:
    by = policy(alternative(VACCINATED, FULL=FULL), alternative(GREEN))
    assert answer(by, dose(1)) == Verdict(Outcome.REFER, (R.RULE_FAILED,), rules=("FULL",))
    by = policy(alternative(VACCINATED, ODD=NO_ANSWER), alternative(VACCINATED, NEVER=NEVER))
    told = answer(by, dose(1))
    assert told == Verdict(Outcome.REFER, (R.RULE_FAILED, R.RULE_OPEN), rules=("NEVER", "ODD"))


def test_of_several_codes_that_would_do_any_choice_that_meets_the_rules_counts() -> None:
    by = policy(alternative(VACCINATED, TESTED, FULL=FULL))
    assert answer(by, dose(1), dose(2), sampled()) == ADMITTED
    assert answer(by, dose(1), dose(2, 3), sampled()) == Verdict(
        Outcome.REFER, (R.RULE_FAILED,), rules=("FULL",)
    )


def test_nothing_is_worked_out_from_codes_that_are_not_bound_to_one_holder() -> None:
    by = policy(alternative(VACCINATED, TESTED, FULL=FULL))
    assert answer(by, dose(2), sampled(dob="1970")) == Verdict(Outcome.REFER, (R.HOLDER_UNBOUND,))
    assert answer(by, dose(1), sampled(dob="1970")) == Verdict(Outcome.REFER, (R.HOLDER_UNBOUND,))
    told = answer(by, dose(1), sampled(dob="1970-01-02"))
    assert told == Verdict(Outcome.REFER, (R.HOLDER_MISMATCH,))
    assert answer(by, dose(2), sampled(dob="1970"), sampled()) == ADMITTED, "one choice is of one holder"


def test_rules_over_several_codes_need_one_holder() -> None:
    with pytest.raises(PolicyError, match="one_holder must be true"):
        policy(alternative(VACCINATED, TESTED, FULL=FULL), one_holder=False)
    assert policy(alternative(VACCINATED, FULL=FULL), one_holder=False)
    with pytest.raises(PolicyError, match="two have the id FULL"):
        policy(alternative(VACCINATED, FULL=FULL), alternative(TESTED, FULL=FULL))


def test_choices_without_end_are_not_tried_and_the_rules_stay_open() -> None:
    by = policy(alternative(GREEN, DECLARED, NEVER=NEVER))
    few = [code(serial=bytes([65 + n]), issued=NOON - timedelta(minutes=n)) for n in range(3)]
    told = judge([*few, declaration()], NOTHING_SPENT, by, NOON)
    assert told == Verdict(Outcome.REFER, (R.RULE_FAILED,), rules=("NEVER",))
    many = [code(serial=bytes([65 + n]), issued=NOON - timedelta(minutes=n)) for n in range(MOST_CHOICES + 1)]
    told = judge([*many, declaration()], NOTHING_SPENT, by, NOON)
    assert told == Verdict(Outcome.REFER, (R.RULE_OPEN,), rules=("NEVER",))


def test_colour_codes_count_together_by_their_digest() -> None:
    by = policy(alternative(GREEN, DECLARED, SAME=SAME_ISSUER))
    told = judge([code(), declaration()], NOTHING_SPENT, by, NOON)
    assert isinstance(told, Verdict)
    assert (told.outcome, len(told.spends)) == (Outcome.ADMIT, 1)


def card(kind: Kind, name: str = "Mia Muster", birth: str = "1970-01-01") -> Assessment:
    """A card that writes a name in one piece."""
    known = code(
        "SHC", kind, scheme="SHC", colour=None, holder=None, medical=MedicalStatement(doses=2, doses_of=2)
    )
    assert known.evidence is not None
    return replace(known, evidence=replace(known.evidence, personal=Personal(name=name, birth=birth)))


@pytest.mark.parametrize(
    ("name", "birth", "why"),
    [
        ("Mia Muster", "1970-01-01", R.ADMITTED),
        ("MUSTER, MIA", "1970-01-01", R.ADMITTED),
        ("muster mia", "1970-01-01", R.ADMITTED),
        ("Mia Eva Muster", "1970-01-01", R.HOLDER_UNBOUND),
        ("Mia Muster", "1970", R.HOLDER_UNBOUND),
        ("Mia Muster", "", R.HOLDER_UNBOUND),
        ("", "1970-01-01", R.HOLDER_UNBOUND),
        ("Mia Muster", "1970-01-02", R.HOLDER_MISMATCH),
    ],
)
def test_names_in_one_piece_bind_only_where_all_of_them_and_the_birth_date_are_equal(
    name: str, birth: str, why: R
) -> None:
    by = policy(alternative(VACCINATED, TESTED, FULL=FULL))
    told = answer(by, card(Kind.VACCINATION), card(Kind.TEST, name, birth), at=NOON)
    assert isinstance(told, Verdict)
    assert told.reasons == (why,)


def test_today_is_the_lanes_and_without_a_zone_no_rule_is_told() -> None:
    day = {"===": [{"var": "external.today"}, "2022-06-02"]}
    late = NOW.replace(hour=17)
    for zone, why in (("Asia/Hong_Kong", R.ADMITTED), ("UTC", R.RULE_FAILED), (None, R.RULE_FAILED)):
        by = policy(alternative(VACCINATED, DAY=day), **({"zone": zone} if zone else {}))
        shown = BENCH.check(hc1(dcc_claims(exp=int(late.timestamp()) + 9)), late)
        told = judge([shown], NOTHING_SPENT, by, late)
        assert isinstance(told, Verdict)
        assert told.reasons == (why,)
