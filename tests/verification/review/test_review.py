"""A policy is read against itself: each mistake is found, and a sound policy has none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.verification.review.made_policies import ALL, CERTIFIED, DECLARED, GREEN, policy, wrong
from verification.evidence import Kind
from verification.formats.offers import OFFERS
from verification.formats.registry import KNOWN
from verification.policy import built_in, load
from verification.reasons import ReasonId
from verification.review.finding import Finding
from verification.review.review import review

SHIPPED = sorted((Path(__file__).parents[3] / "config" / "policies").glob("*.json"))


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
