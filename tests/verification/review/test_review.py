"""A policy is read against itself: each mistake is found, and a sound policy has none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.verification.assessed import NOON
from verification.evidence import Kind
from verification.formats.offers import OFFERS
from verification.formats.registry import KNOWN
from verification.policy import Policy, built_in, load
from verification.reasons import ReasonId
from verification.review.finding import Finding
from verification.review.logic import OF_ONE_CODE, flaws, names_of_codes, names_of_one_code
from verification.review.review import review
from verification.rules.certificate import evidence_of

SHIPPED = sorted((Path(__file__).parents[3] / "config" / "policies").glob("*.json"))
GREEN: dict[str, Any] = {"kind": "health_colour"}
DECLARED: dict[str, Any] = {"kind": "customs_declaration"}
CERTIFIED: dict[str, Any] = {"kind": "vaccination", "formats": ["HC1"]}


def policy(*alternatives: list[dict[str, Any]], **changes: Any) -> Policy:
    document = {
        "name": "made-up",
        "version": 1,
        "direction": "to_mainland",
        "formats": ["HK1", "GD1", "CD1", "HC1"],
        "evidence": {"any_of": [{"all_of": list(asked)} for asked in alternatives or ([GREEN],)]},
    }
    return load(json.dumps(document | changes).encode())


def wrong(*alternatives: list[dict[str, Any]], **changes: Any) -> list[str]:
    return [str(one) for one in review(policy(*alternatives, **changes)) if one.wrong]


ALL = ([GREEN], [DECLARED], [CERTIFIED])


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_no_policy_that_is_shipped_is_wrong(file: Path) -> None:
    assert not [one for one in review(load(file.read_bytes())) if one.wrong]


def test_the_built_in_policy_is_not_wrong() -> None:
    assert review(built_in()) == ()
    assert wrong(*ALL) == []


@pytest.mark.parametrize(
    ("asked", "where", "says"),
    [
        (GREEN | {"formats": ["MO1"]}, "formats", "MO1 is not among the formats"),
        (GREEN | {"formats": ["HK1", "MO1"]}, "formats", "MO1 is not among the formats"),
        (GREEN | {"formats": ["CD1"]}, "formats", "no CD1 code is a health_colour"),
        ({"kind": "itinerary"}, "kind", "no format of the lane"),
        (GREEN | {"schemes": ["MO"]}, "schemes", "can be of scheme MO"),
        (GREEN | {"schemes": ["HK", "DCC"]}, "schemes", "can be of scheme DCC"),
        (CERTIFIED | {"schemes": ["HK"]}, "schemes", "can be of scheme HK"),
        (CERTIFIED | {"colours": ["green"]}, "colours", "no effect"),
        (CERTIFIED | {"use": "single"}, "use", "cannot be counted as used"),
        (CERTIFIED | {"counted_from": "event"}, "counted_from", "no effect"),
        (GREEN | {"counted_from": "event", "max_age_h": 6}, "counted_from", "no event"),
        (GREEN | {"max_age_h": 25, "same_day": "Asia/Macau"}, "max_age_h", "no effect"),
    ],
)
def test_a_requirement_that_no_code_can_have(asked: dict[str, Any], where: str, says: str) -> None:
    found = [one for one in wrong([asked], *ALL) if one.startswith(f"evidence.any_of.0.all_of.0.{where}")]
    assert len(found) == 1
    assert says in found[0]


@pytest.mark.parametrize(
    "asked",
    [
        GREEN | {"schemes": ["HK-X", "GD"]},
        GREEN | {"max_age_h": 24, "same_day": "Asia/Macau"},
        GREEN | {"use": "single"},
        DECLARED | {"colours": ["green", "yellow"]},
        CERTIFIED | {"counted_from": "event", "max_age_h": 24},
        CERTIFIED | {"schemes": ["DCC"]},
    ],
)
def test_a_requirement_that_codes_can_meet(asked: dict[str, Any]) -> None:
    assert wrong([asked]) == []


@pytest.mark.parametrize(
    "impossible",
    [
        [{"kind": "itinerary"}],
        [GREEN, {"kind": "itinerary"}],
        [GREEN | {"schemes": ["MO"]}],
        [GREEN | {"counted_from": "event", "max_age_h": 6}],
        [CERTIFIED | {"use": "single"}],
    ],
)
def test_an_alternative_that_can_never_be_met(impossible: list[dict[str, Any]]) -> None:
    assert "evidence.any_of.0: can never be met" in wrong(impossible, *ALL)
    assert "evidence: no alternative can be met: nobody can be admitted here" in wrong(impossible)


def test_codes_that_can_never_be_bound_to_one_holder() -> None:
    mixed = [GREEN, CERTIFIED]
    assert [one for one in wrong(mixed) if "one_holder refers it always" in one]
    assert wrong(mixed, one_holder=False) == []
    assert wrong([GREEN, DECLARED]) == []
    assert wrong([CERTIFIED, {"kind": "test", "formats": ["HC1"]}]) == []


@pytest.mark.parametrize(
    ("weak", "strict"),
    [
        (GREEN, GREEN),
        (GREEN, GREEN | {"max_age_h": 6}),
        (GREEN | {"max_age_h": 24}, GREEN | {"max_age_h": 6}),
        (GREEN, GREEN | {"schemes": ["HK"]}),
        (GREEN | {"schemes": ["HK", "GD"]}, GREEN | {"schemes": ["HK"]}),
        (GREEN, GREEN | {"formats": ["HK1"]}),
        (GREEN | {"colours": ["green", "yellow"]}, GREEN),
        (GREEN, GREEN | {"same_day": "Asia/Macau"}),
    ],
)
def test_an_alternative_that_a_weaker_one_makes_needless(
    weak: dict[str, Any], strict: dict[str, Any]
) -> None:
    for order, number in (([weak], [strict]), 1), (([strict], [weak]), 0):
        found = [one for one in wrong(*order) if "never needed" in one]
        assert found[0].startswith(f"evidence.any_of.{number}") or weak == strict


def test_more_codes_are_never_needed_where_fewer_were_enough_before() -> None:
    assert [one for one in wrong([GREEN], [DECLARED, GREEN]) if one.startswith("evidence.any_of.1")]
    assert wrong([DECLARED, GREEN], [GREEN]) == [], "the declaration is spent where it is shown first"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (GREEN | {"max_age_h": 6}, GREEN | {"same_day": "Asia/Macau"}),
        (GREEN | {"schemes": ["HK"], "max_age_h": 24}, GREEN | {"schemes": ["GD"], "max_age_h": 6}),
        (GREEN | {"same_day": "Asia/Macau"}, GREEN | {"same_day": "Asia/Tokyo"}),
        (GREEN | {"use": "single", "max_age_h": 6}, GREEN | {"max_age_h": 24}),
        (
            CERTIFIED | {"max_age_h": 24},
            CERTIFIED | {"max_age_h": 24, "counted_from": "event"},
        ),
    ],
)
def test_alternatives_of_which_none_is_weaker(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert wrong([one], [other]) == []


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"outcomes": {"TOO_OLD": "REFER"}}, "outcomes.TOO_OLD: cannot occur"),
        ({"second_officer": ["INCOMPLETE"]}, "second_officer.INCOMPLETE"),
        (
            {"outcomes": {"TEST_POSITIVE": "REFER"}, "formats": ["HK1", "GD1", "CD1"]},
            "outcomes.TEST_POSITIVE",
        ),
        ({"second_officer": ["EVENTS_NOT_ONE"], "formats": ["HK1", "GD1", "CD1"]}, "second_officer.EVENTS"),
        ({"outcomes": {"EXPIRED": "REFUSE"}}, "outcomes.EXPIRED: has no effect"),
        ({"outcomes": {"SPECIMEN": "REFUSE"}, "accept_specimens": True}, "outcomes.SPECIMEN"),
        ({"outcomes": {"SCHEME_NOT_ACCEPTED": "REFUSE"}}, "outcomes.SCHEME_NOT_ACCEPTED"),
        ({"outcomes": {"WRONG_DIRECTION": "REFUSE"}, "direction": "any"}, "outcomes.WRONG_DIRECTION"),
        ({"outcomes": {"HOLDER_MISMATCH": "REFUSE"}, "one_holder": False}, "outcomes.HOLDER_MISMATCH"),
        ({"second_officer": ["ADMITTED"]}, "second_officer.ADMITTED"),
        ({"second_officer": ["NOT_A_HEALTH_CODE"]}, "second_officer.NOT_A_HEALTH_CODE"),
        ({"second_officer": ["SPOT_CHECK"]}, "second_officer.SPOT_CHECK"),
        ({"second_officer": ["RULE_FAILED"]}, "second_officer.RULE_FAILED"),
        ({"second_officer": ["RULE_OPEN"]}, "second_officer.RULE_OPEN"),
        ({"spot_check_one_in": 1}, "spot_check_one_in"),
        ({"formats": ["HK1", "GD1", "CD1"], "arrival": {"country": "DE"}}, "arrival: is never asked"),
    ],
)
def test_what_cannot_occur_or_has_no_effect(changes: dict[str, Any], where: str) -> None:
    alternatives = ([GREEN], [DECLARED]) if "formats" in changes else ALL
    found = wrong(*alternatives, **changes)
    assert len(found) == 1
    assert found[0].startswith(where)


def test_reasons_of_colour_codes_cannot_occur_in_a_lane_without_them() -> None:
    changes = {
        "formats": ["HC1"],
        "second_officer": ["COLOUR_RED", "ALREADY_USED", "REVOKED"],
        "single_use_elsewhere": "refer",
    }
    found = [one.partition(":")[0] for one in wrong([CERTIFIED], **changes)]
    assert found == ["second_officer.COLOUR_RED", "second_officer.ALREADY_USED", "single_use_elsewhere"]


@pytest.mark.parametrize("why", sorted(set(ReasonId)))
def test_what_the_lane_does_by_default_is_never_wrong(why: ReasonId) -> None:
    assert not [one for one in wrong(*ALL) if why in one]


def lane_rule(logic: Any, **changes: Any) -> list[dict[str, Any]]:
    return [{"id": "R1", "says": "Made up.", "logic": logic} | changes]


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


def test_what_is_only_worth_a_look_is_not_wrong() -> None:
    found = review(
        policy(
            [GREEN, GREEN],
            [CERTIFIED],
            accept_specimens=True,
            freshness={"trust": {"warn_h": 5, "refer_h": 5}},
        )
    )
    assert [one.where for one in found if not one.wrong] == [
        "formats",
        "evidence.any_of.0.all_of.1",
        "freshness.trust",
        "accept_specimens",
    ]
    assert str(Finding("a", "b")) == "a: b"


@pytest.mark.parametrize(
    ("way", "noted"), [("to_macao", 1), ("to_hong_kong", 1), ("to_mainland", 0), ("any", 0)]
)
def test_a_declaration_to_customs_where_nobody_makes_one_is_worth_a_look(way: str, noted: int) -> None:
    found = review(policy([GREEN, DECLARED], [CERTIFIED], direction=way))
    assert len([one for one in found if "mainland's customs" in one.what and not one.wrong]) == noted


def test_the_table_of_what_formats_offer_is_whole() -> None:
    assert set(OFFERS) == KNOWN
    assert frozenset(Kind) == frozenset[Kind]().union(*(offer.kinds for offer in OFFERS.values()))


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
