"""Why a period is erased early, and why a code is looked for: words of a list, nobody's story."""

from __future__ import annotations

import re
from enum import StrEnum

_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{2,39}")


class ErasureReason(StrEnum):
    """Why payloads go before their time. The case's file tells the rest."""

    COURT_ORDER = "court_order"
    REQUEST_GRANTED = "request_granted"
    WRONG_SETTINGS = "wrong_settings"
    TEST_RECORDS = "test_records"
    LANE_GIVEN_AWAY = "lane_given_away"


class LookbackReason(StrEnum):
    """Why somebody asks where a code was used."""

    CHALLENGE = "challenge"
    COURT_ORDER = "court_order"
    PUBLIC_HEALTH = "public_health"
    FRAUD = "fraud"


def valid_case(case: str) -> bool:
    """Whether this is a number of a file: 3 to 40 letters, digits and / . _ - and so nobody's story."""
    return _CASE.fullmatch(case) is not None
