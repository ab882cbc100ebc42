"""Certificates of one person, of two, and of who knows."""

from __future__ import annotations

from typing import Any

import pytest

from verification.rules.holder import Comparison, compared, holder_of

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
