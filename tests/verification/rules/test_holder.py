"""Certificates of one person, of two, and of who knows."""

from __future__ import annotations

from typing import Any

import pytest

from verification.rules.holder import Comparison, bound, compared, holder_named, holder_of

SAME, DIFFERENT, UNKNOWN = Comparison.SAME, Comparison.DIFFERENT, Comparison.UNKNOWN


def content(given: Any = "MIA", family: Any = "MUSTER", birth: Any = "1970-01-01") -> dict[str, Any]:
    return {"nam": {"gnt": given, "fnt": family}, "dob": birth}


@pytest.mark.parametrize(
    ("other", "answer"),
    [
        (content(), SAME),
        (content(birth="1970-01-02"), DIFFERENT),
        (content(birth="1970"), UNKNOWN),
        (content(birth="1970-01"), UNKNOWN),
        (content(birth="197"), DIFFERENT),
        (content(birth=""), UNKNOWN),
        (content(birth=None), UNKNOWN),
        (content(given="", family=""), UNKNOWN),
        (content(given="DR", family="<<"), UNKNOWN),
        (content(given="MÍA"), SAME),
        (content(given="DR<EVA"), DIFFERENT),
        (content(given=7, family=["MUSTER"]), UNKNOWN),
        (content(given="M" * 100_000), DIFFERENT),
        ({"nam": {"gn": "Mia", "fn": "Muster"}, "dob": "1970-01-01"}, SAME),
        ({"nam": "Mia Muster", "dob": "1970-01-01"}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_the_answer_is_the_same_both_ways(other: dict[str, Any], answer: Comparison) -> None:
    one, two = holder_of(content()), holder_of(other)
    assert compared(one, two) is answer
    assert compared(two, one) is answer


def test_a_holder_shows_nothing_of_the_person() -> None:
    assert repr(holder_of(content())) == "Holder()"


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (content(), content(), SAME),
        (content(), content(given="MIA<EVA"), SAME),
        (content(), content(given="MUSTER", family="MIA<EVA"), SAME),
        (content(given="ERIKA<MARIA"), content(given="ANGELIKA<MARIA"), UNKNOWN),
        (content(family="MUSTER<BEISPIEL"), content(family="MUSTER<ANDERS"), UNKNOWN),
        (content(birth="1970"), content(birth="1970"), UNKNOWN),
        (content(birth="1970-01"), content(birth="1970-01"), UNKNOWN),
        (content(birth="1970"), content(), UNKNOWN),
        (content(birth="1970-01-02"), content(), DIFFERENT),
        (content(given="EVA"), content(), DIFFERENT),
        (content(), {}, UNKNOWN),
    ],
)
def test_a_lane_binds_less_than_a_wallet_and_in_both_directions_alike(
    one: dict[str, Any], other: dict[str, Any], answer: Comparison
) -> None:
    assert bound(holder_of(one), holder_of(other)) is answer
    assert bound(holder_of(other), holder_of(one)) is answer


@pytest.mark.parametrize(
    ("name", "birth", "answer"),
    [
        ("Mia Muster", "1970-01-01", SAME),
        ("MUSTER<<MIA", "1970-01-01", SAME),
        ("Mía Muster", "1970-01-01", SAME),
        ("Mia", "1970-01-01", UNKNOWN),
        ("Mia Muster", "1970", UNKNOWN),
        ("Mia Muster", "1970-01-02", DIFFERENT),
        ("", "1970-01-01", UNKNOWN),
    ],
)
def test_a_name_in_one_piece_is_compared_as_a_whole(name: str, birth: str, answer: Comparison) -> None:
    assert bound(holder_of(content()), holder_named(name, birth)) is answer
    assert bound(holder_named(name, birth), holder_of(content())) is answer
    assert repr(holder_named(name, birth)) == "Holder()"
