"""Rules of a policy are read before they are used: what can never be met, read or compared is found."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.verification.assessed import NOON
from tests.verification.review.made_policies import ALL, CERTIFIED, DECLARED, GREEN, lane_rule, policy, wrong
from verification.policy import Policy, load
from verification.review.logic import OF_ONE_CODE, flaws, names_of_codes, names_of_one_code
from verification.review.review import review
from verification.rules.certificate import evidence_of


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        (lane_rule({"===": [1, 1]}), "always met"),
        (lane_rule({"===": [1, 2]}), "never met"),
        (lane_rule({">": ["a", 2]}), "gives > a text, but it takes a number"),
        (lane_rule({"!": [{"var": "payload.color"}]}), "payload.color"),
        (lane_rule({"!": [{"var": "payload.medical.dose"}]}), "payload.medical.dose"),
        (lane_rule({"!": [{"var": "external.valueSets"}]}), "external.valueSets"),
        (lane_rule({"!": [{"var": "colour"}]}), "colour"),
        (lane_rule({"!": [{"var": "payload.colour"}]}, kinds=["itinerary"]), "itinerary"),
    ],
)
def test_a_rule_that_says_nothing(rules: list[dict[str, Any]], says: str) -> None:
    found = wrong(*ALL, rules=rules)
    assert len(found) == 1
    assert found[0].startswith("rules.0")
    assert says in found[0]


def test_a_rule_that_says_something() -> None:
    young = {"plusTime": [{"var": "payload.medical.sampledAt"}, 1, "day"]}
    clock = {"plusTime": [{"var": "external.validationClock"}, 0, "day"]}
    assert wrong(*ALL, rules=lane_rule({"not-before": [young, clock]}, kinds=["test"])) == []


def test_the_names_that_rules_may_read_are_those_that_they_are_told() -> None:
    from tests.verification.assessed import vaccination
    from verification.evidence import MedicalStatement

    code = vaccination(medical=MedicalStatement(sampled_at=NOON))
    assert code.evidence is not None
    told = evidence_of(code, code.evidence)
    names = set(told) | {f"medical.{name}" for name in told["medical"]}
    assert names == OF_ONE_CODE


def test_the_sorts_that_rules_are_reviewed_with_are_those_that_they_are_told() -> None:
    from tests.verification.assessed import code, declaration, vaccination
    from verification.evidence import MedicalStatement

    words = {str: "a text", int: "a number", bool: "true or false", dict: "an object", type(None): "nothing"}
    full = MedicalStatement("1", "2", 1, 2, NOON.date(), NOON, True, NOON.date(), NOON.date())
    for one in (code(), declaration(), vaccination(), vaccination(medical=full), code(issued=None)):
        assert one.evidence is not None
        told = evidence_of(one, one.evidence)
        found = told | {f"medical.{name}": value for name, value in (told["medical"] or {}).items()}
        for name, value in found.items():
            declared = names_of_one_code()[f"payload.{name}"]
            assert words[type(value)] in declared.sorts, name
            assert declared.texts is None or value is None or value in declared.texts


PLUS = {"plusTime": [{"var": "payload.medical.on"}, 1, "day"]}
TODAY = {"plusTime": [{"var": "external.today"}, 0, "day"]}


@pytest.mark.parametrize(
    ("logic", "says"),
    [
        ({"after": [{"plusTime": [PLUS, 1, "day"]}, TODAY]}, "gives plusTime a time, but it takes a text"),
        (
            {"after": [{"plusTime": [{"dccDateOfBirth": [{"var": "payload.birth"}]}, 12, "year"]}, TODAY]},
            "gives plusTime a time, but it takes a text",
        ),
        (
            {"after": [{"var": "payload.issuedAt"}, TODAY]},
            "gives after a text or nothing, but it takes a time",
        ),
        ({">=": [{"var": "payload.medical.on"}, 2]}, "gives >= a text or nothing, but it takes a number"),
        ({"<": [PLUS, TODAY]}, "gives < a time, but it takes a number"),
        ({"+": [{"var": "payload.bound"}, 1]}, "gives + true or false, but it takes a number"),
        ({"!": [PLUS]}, "gives ! a time, which is neither true nor false"),
        ({"if": [PLUS, True, False]}, "asks if a time is true"),
        (PLUS, "is a time, which is neither true nor false"),
        ({"===": [PLUS, TODAY]}, "asks if two times are equal"),
        ({"===": [{"var": "payload.medical.doses"}, "2"]}, "they are never equal"),
        ({"===": [{"var": "payload.kind"}, "vacination"]}, "'vacination', which it never is"),
        ({"===": ["blue", {"var": "payload.colour"}]}, "'blue', which it never is"),
        ({"in": [{"var": "payload.format"}, ["HK1", "HK2"]]}, "'HK2', which it never is"),
        ({"in": [{"var": "payload.format"}, "HK1"]}, "gives in something that is no list"),
        (
            {"reduce": [{"var": "payload.kind"}, {"var": "current"}, 0]},
            "gives reduce something that is no list",
        ),
        ({"reduce": [[1], {"plusTime": [PLUS, 1, "day"]}, 0]}, "gives plusTime a time"),
        ({"extractFromUVCI": [{"var": "payload.bound"}, 1]}, "gives extractFromUVCI true or false"),
    ],
)
def test_logic_that_can_never_have_an_answer_or_be_equal(logic: dict[str, Any], says: str) -> None:
    found = flaws(logic, names_of_one_code())
    assert len(found) == 1
    assert says in found[0]


@pytest.mark.parametrize(
    "logic",
    [
        {"after": [PLUS, TODAY, {"dccDateOfBirth": [{"var": "payload.birth"}]}]},
        {"===": [{"var": "payload.colour"}, "red"]},
        {"in": [{"var": "payload.issuer"}, ["HK", "XX"]]},
        {"if": [{"var": "payload.medical"}, {"var": "payload.medical.negative"}, True]},
        {"reduce": [[1, 2], {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]},
        {">": [{"reduce": [[1], {"var": "current"}, 0]}, 0]},
        {"===": [{"var": "payload.medical.doses"}, {"var": "payload.medical.dosesOf"}]},
        {"===": [{"extractFromUVCI": [{"var": "payload.issuer"}, 0]}, "HK"]},
        {"and": [{"var": "payload.bound"}, {"!": [{"var": "payload.specimen"}]}]},
    ],
)
def test_logic_that_can_have_an_answer(logic: dict[str, Any]) -> None:
    assert flaws(logic, names_of_one_code()) == []


def test_rules_over_codes_together_read_as_many_codes_as_there_are() -> None:
    logic = {"===": [{"var": "payload.codes.0.issuer"}, {"var": "payload.codes.2.issuer"}]}
    assert flaws(logic, names_of_codes(3)) == []
    assert flaws(logic, names_of_codes(2)) == ["reads payload.codes.2.issuer, which no code has"]
    assert flaws({"===": [{"var": "payload.issuer"}, "HK"]}, names_of_codes(2))


def together(*rules: dict[str, Any], of: list[dict[str, Any]] | None = None) -> Policy:
    rule = {"id": "R1", "says": "Made up."}
    document = json.loads(policy(of or [CERTIFIED]).model_dump_json(exclude_defaults=True))
    document["evidence"]["any_of"][0]["rules"] = [rule | {"id": f"R{n}"} | one for n, one in enumerate(rules)]
    document["evidence"]["any_of"].append({"all_of": [GREEN]})
    document["evidence"]["any_of"].append({"all_of": [DECLARED]})
    return load(json.dumps(document).encode())


def test_rules_of_alternatives_are_reviewed_where_they_stand() -> None:
    found = review(together({"logic": {"===": [{"var": "payload.kind"}, "test"]}}))
    assert [one.where for one in found if one.wrong] == ["evidence.any_of.0.rules.0.logic"]
    never = [str(one) for one in review(together({"logic": {"===": [1, 2]}})) if one.wrong]
    assert "evidence.any_of.0: can never be met" in never
    assert "evidence.any_of.0.rules.0.logic: is never met" in never
    read = {"logic": {"===": [{"var": "payload.codes.0.issuer"}, "HK"]}}
    assert [one for one in review(together(read)) if one.wrong] == []


def test_an_alternative_with_rules_makes_no_other_needless_unless_it_has_the_same() -> None:
    rule = {"id": "R1", "says": "x", "logic": {"===": [{"var": "payload.codes.0.issuer"}, "HK"]}}
    any_of: list[dict[str, Any]] = [
        {"all_of": [CERTIFIED], "rules": [rule]},
        {"all_of": [CERTIFIED]},
        {"all_of": [GREEN]},
    ]

    def needless(alternatives: list[dict[str, Any]]) -> list[str]:
        document = {"name": "x", "version": 1, "direction": "any", "formats": ["HC1", "HK1"]}
        loaded = load(json.dumps(document | {"evidence": {"any_of": alternatives}}).encode())
        return [one.where for one in review(loaded) if "never needed" in one.what]

    assert needless(any_of) == ["evidence.any_of.0"], "who meets the first meets the second without its rule"
    again = {"all_of": [CERTIFIED], "rules": [rule | {"id": "R2"}]}
    assert needless([any_of[0], again, any_of[2]]) == ["evidence.any_of.0", "evidence.any_of.1"]
    other = {"all_of": [CERTIFIED], "rules": [rule | {"id": "R2", "logic": {"!": [rule["logic"]]}}]}
    assert needless([any_of[0], other, any_of[2]]) == []


AGED: dict[str, Any] = {"kind": "recovery", "formats": ["HC1"], "max_age_h": 4320, "counted_from": "event"}


def test_a_zone_is_for_who_counts_days() -> None:
    reads = lane_rule(
        {"after": [TODAY, {"dccDateOfBirth": [{"var": "payload.birth"}]}]}, kinds=["vaccination"]
    )
    assert wrong(*ALL, zone="Asia/Macau") == [
        "zone: has no effect: no rule reads external.today, and no age counts from a bare date"
    ]
    assert wrong(*ALL, [AGED], zone="Asia/Macau") == []
    assert wrong(*ALL, rules=reads, zone="Asia/Macau") == []
    assert "names no zone" in wrong(*ALL, rules=reads)[0]
    utc = {"plusTime": [{"var": "external.validationClock"}, -12, "year"]}
    old = lane_rule({"after": [{"dccDateOfBirth": [{"var": "payload.birth"}]}, utc]}, kinds=["vaccination"])
    noted = [one for one in review(policy(*ALL, rules=old)) if "in UTC" in one.what]
    assert [one.wrong for one in noted] == [False]
