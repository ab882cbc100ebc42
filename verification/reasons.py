"""The table of reasons: why a verdict is what it is, in the words of everybody concerned."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("reasons.toml")
LANGUAGES = ("en", "zh_HK", "zh_CN", "pt")


class ReasonId(StrEnum):
    """The stable ids, in the order of judgement. One row of `reasons.toml` each."""

    __hash__ = str.__hash__  # the one of enumerations is called from Python, at every look into a table

    NOT_A_HEALTH_CODE = "NOT_A_HEALTH_CODE"
    NOT_VERIFIABLE_OFFLINE = "NOT_VERIFIABLE_OFFLINE"
    FORMAT_NOT_ALLOWED = "FORMAT_NOT_ALLOWED"
    INCOMPLETE = "INCOMPLETE"
    MALFORMED = "MALFORMED"
    ALGORITHM_MISMATCH = "ALGORITHM_MISMATCH"
    SIGNATURE_INVALID = "SIGNATURE_INVALID"
    NO_TRUST_LIST = "NO_TRUST_LIST"
    TRUST_LIST_STALE = "TRUST_LIST_STALE"
    UNKNOWN_SIGNER = "UNKNOWN_SIGNER"
    KEY_USAGE = "KEY_USAGE"
    SIGNER_EXPIRED = "SIGNER_EXPIRED"
    SIGNER_NOT_YET_VALID = "SIGNER_NOT_YET_VALID"
    REVOKED = "REVOKED"
    SIGNER_REVOKED = "SIGNER_REVOKED"
    NO_REVOCATION_LIST = "NO_REVOCATION_LIST"
    REVOCATION_LIST_STALE = "REVOCATION_LIST_STALE"
    CLOCK_UNTRUSTED = "CLOCK_UNTRUSTED"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    VALIDITY_UNKNOWN = "VALIDITY_UNKNOWN"
    EVENTS_NOT_ONE = "EVENTS_NOT_ONE"
    TEST_POSITIVE = "TEST_POSITIVE"
    RULE_REFUSED = "RULE_REFUSED"
    RULE_FAILED = "RULE_FAILED"
    RULE_OPEN = "RULE_OPEN"
    ALREADY_USED = "ALREADY_USED"
    OTHER_LANES_UNKNOWN = "OTHER_LANES_UNKNOWN"
    USE_UNKNOWN = "USE_UNKNOWN"
    ADMITTED_JUST_NOW = "ADMITTED_JUST_NOW"
    RECORDS_NEARLY_FULL = "RECORDS_NEARLY_FULL"
    NO_POLICY = "NO_POLICY"
    SPECIMEN = "SPECIMEN"
    COLOUR_RED = "COLOUR_RED"
    COLOUR_YELLOW = "COLOUR_YELLOW"
    TOO_OLD = "TOO_OLD"
    WRONG_DIRECTION = "WRONG_DIRECTION"
    SCHEME_NOT_ACCEPTED = "SCHEME_NOT_ACCEPTED"
    KIND_NOT_ACCEPTED = "KIND_NOT_ACCEPTED"
    HOLDER_MISMATCH = "HOLDER_MISMATCH"
    HOLDER_UNBOUND = "HOLDER_UNBOUND"
    EVIDENCE_MISSING = "EVIDENCE_MISSING"
    SPOT_CHECK = "SPOT_CHECK"
    HELP_ASKED = "HELP_ASKED"
    ENTERED_BY_OFFICER = "ENTERED_BY_OFFICER"
    ADMITTED_NOTED = "ADMITTED_NOTED"
    ADMITTED = "ADMITTED"


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of the table. Texts are keyed by language (`LANGUAGES`)."""

    id: ReasonId
    code: str
    outcome: str
    private: bool
    traveller: Mapping[str, str]
    officer: Mapping[str, str]
    next: Mapping[str, str]


@cache
def reasons() -> Mapping[ReasonId, Reason]:
    """The whole table, read once from `reasons.toml`."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {
        ReasonId(name): Reason(
            id=ReasonId(name),
            code=row["code"],
            outcome=row["outcome"],
            private=row.get("private", False),
            traveller=row["traveller"],
            officer=row["officer"],
            next=row["next"],
        )
        for name, row in rows.items()
    }


def reason(identifier: ReasonId) -> Reason:
    """The row of one reason."""
    return reasons()[identifier]


if __name__ == "__main__":
    from verification.reasons_page import write

    write()
