"""The shipped policies as an operator is told of them: an edit of one is an edit of this table."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.checking.policy_words import in_words
from verification.policy import load

POLICIES = Path(__file__).parents[3] / "config" / "policies"
ASKED_FOR: dict[str, list[str]] = {
    "to-hong-kong-bridge": [
        "1. green health colour of scheme HK (HK1), until 23:59:59 in Asia/Hong_Kong on the day of issue",
        "2. green health colour of scheme MO (MO1), at most 6 hours after issue",
    ],
    "to-hong-kong-certificates": [
        (
            "1. vaccination of scheme DCC or DDCC (HC1); and test of scheme DCC or DDCC (HC1), at "
            "most 48 hours after the sample"
        ),
        (
            "provided (rule COMPLETE-14-DAYS): The vaccination is complete, its last dose 14 days or "
            "longer ago."
        ),
        (
            "2. recovery of scheme DCC (HC1), at most 4320 hours (180 days) after the first positive "
            "test; and test of scheme DCC (HC1), at most 48 hours after the sample"
        ),
        "3. test (HC1), at most 48 hours after the sample",
        "provided (rule TEST-UNDER-12): A test alone is enough for a child under 12 only.",
    ],
    "to-hong-kong-family": [
        "1. green health colour of scheme HK (HK1), until 23:59:59 in Asia/Hong_Kong on the day of issue",
        "2. green health colour (PV1), until 23:59:59 in Asia/Hong_Kong on the day of issue",
        "3. vaccination (HC1)",
        (
            "provided (rule COMPLETE-FROM-12): From 12 years on the vaccination is complete; a "
            "child's may have begun."
        ),
        "4. recovery (HC1), at most 4320 hours (180 days) after the first positive test",
        "5. test (HC1), at most 48 hours after the sample",
        "provided (rule TEST-UNDER-12): A test alone is enough for a child under 12 only.",
        "6. vaccination (HC1); and test (HC1), at most 48 hours after the sample",
    ],
    "to-hong-kong": [
        "1. green health colour of scheme HK (HK1), until 23:59:59 in Asia/Hong_Kong on the day of issue",
        "2. vaccination (HC1)",
        "3. test (HC1), at most 48 hours after the sample",
        "4. recovery (HC1), at most 4320 hours (180 days) after the first positive test",
    ],
    "to-macao-bridge": [
        "1. green health colour of scheme MO (MO1), at most 6 hours after issue",
        "2. green health colour of scheme HK (HK1), until 23:59:59 in Asia/Hong_Kong on the day of issue",
    ],
    "to-macao-family": [
        "1. green health colour of scheme MO (MO1), at most 6 hours after issue",
        "2. green health colour (PV1), until 23:59:59 in Asia/Macau on the day of issue",
        "3. vaccination (HC1)",
        (
            "provided (rule COMPLETE-FROM-12): From 12 years on the vaccination is complete; a "
            "child's may have begun."
        ),
        "4. recovery (HC1), at most 4320 hours (180 days) after the first positive test",
        "5. test (HC1), at most 48 hours after the sample",
        "provided (rule TEST-UNDER-12): A test alone is enough for a child under 12 only.",
        "6. vaccination (HC1); and test (HC1), at most 48 hours after the sample",
    ],
    "to-macao": [
        "1. green health colour of scheme MO (MO1), at most 6 hours after issue",
    ],
    "to-mainland-family": [
        (
            "1. green health colour (GD1, PV1), at most 24 hours after issue; and customs declaration "
            "(CD1, PV1), at most 24 hours after issue, once only"
        ),
        (
            "2. green health colour of scheme HK (HK1), until 23:59:59 in Asia/Hong_Kong on the day "
            "of issue; and customs declaration (CD1, PV1), at most 24 hours after issue, once only"
        ),
    ],
    "to-mainland-frequent": [
        (
            "1. green health colour of scheme GD (GD1), at most 24 hours after issue; and customs "
            "declaration of scheme CD (CD1), at most 168 hours (7 days) after issue"
        ),
        (
            "2. green health colour of scheme HK (HK1), until 23:59:59 in Asia/Hong_Kong on the day "
            "of issue; and customs declaration of scheme CD (CD1), at most 168 hours (7 days) after "
            "issue"
        ),
    ],
    "to-mainland-from-macao": [
        (
            "1. green health colour of scheme GD (GD1), at most 24 hours after issue; and customs "
            "declaration of scheme CD (CD1), at most 24 hours after issue, once only"
        ),
        (
            "2. green health colour of scheme MO (MO1), at most 6 hours after issue; and customs "
            "declaration of scheme CD (CD1), at most 24 hours after issue, once only"
        ),
    ],
    "to-mainland": [
        (
            "1. green health colour of scheme GD (GD1), at most 24 hours after issue; and customs "
            "declaration of scheme CD (CD1), at most 24 hours after issue, once only"
        ),
        (
            "2. green health colour of scheme HK (HK1), until 23:59:59 in Asia/Hong_Kong on the day "
            "of issue; and customs declaration of scheme CD (CD1), at most 24 hours after issue, once "
            "only"
        ),
    ],
}
"""Each real lane in the words of `policy check`."""


@pytest.mark.parametrize("name", ASKED_FOR)
def test_what_each_lane_asks_for_in_words(name: str) -> None:
    told = [
        line.strip() for line in in_words(load((POLICIES / f"{name}.json").read_bytes())) if line[0] == " "
    ]
    assert told == ASKED_FOR[name]


def test_every_real_lane_is_in_that_table() -> None:
    assert set(ASKED_FOR) == {file.stem for file in POLICIES.glob("to-*.json")}
