"""SMART Health Cards: a card that is one, and its times."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.verification.made import HOUR, NOW, Bench, seconds
from tests.verification.made_cards import (
    ISSUER,
    card,
    card_claims,
    card_signer,
    jwk,
)
from verification.assessment import Signature, Validity
from verification.evidence import Kind

BENCH = Bench(signers=(card_signer(),))
PAYLOAD = json.dumps(card_claims(), separators=(",", ":")).encode()
KID = jwk()["kid"]


def test_a_card_of_a_known_issuer_is_evidence_of_a_vaccination() -> None:
    checked = BENCH.check(card())
    assert (checked.signature, checked.validity) == (Signature.VALID, Validity.VALID)
    assert BENCH.reasons(card()) == []
    says = checked.evidence
    assert says is not None and says.medical is not None
    assert (says.kind, says.scheme, says.issuer) == (Kind.VACCINATION, "SHC", ISSUER)
    assert (says.medical.disease, says.medical.product, says.medical.doses) == ("840539006", "207", 1)
    assert says.personal.name == "Mia M. Muster"
    assert says.personal.masked_name == "M** M* M*****"
    assert "Muster" not in repr(checked)
    assert checked.kid == KID.encode()


def test_without_a_revocation_list_nobody_knows_whether_a_card_was_withdrawn() -> None:
    assert [why.value for why in BENCH.check(card()).reasons] == ["NO_REVOCATION_LIST"]


def test_the_time_of_issue_may_have_a_fraction_and_a_card_may_never_expire() -> None:
    checked = BENCH.check(card(card_claims(nbf=seconds() - 0.344)))
    assert checked.validity is Validity.VALID
    assert checked.evidence is not None
    assert checked.evidence.issued_at == NOW - timedelta(seconds=0.344)
    assert checked.evidence.expires_at is None
    assert BENCH.check(card(), datetime(2099, 1, 1, tzinfo=UTC)).validity is Validity.VALID


@pytest.mark.parametrize(
    ("claims", "reasons"),
    [
        ({"exp": seconds() + HOUR}, []),
        ({"exp": seconds() - 1}, ["EXPIRED"]),
        ({"nbf": seconds() + 1}, ["NOT_YET_VALID"]),
        ({"nbf": seconds() + 2 * HOUR, "exp": seconds() + HOUR}, ["NOT_YET_VALID"]),
        ({"nbf": seconds() * 1000}, ["VALIDITY_UNKNOWN"]),
        ({"exp": (seconds() + HOUR) * 1000}, ["VALIDITY_UNKNOWN"]),
        ({"nbf": None}, ["VALIDITY_UNKNOWN"]),
        ({"nbf": str(seconds())}, ["VALIDITY_UNKNOWN"]),
        ({"nbf": True}, ["VALIDITY_UNKNOWN"]),
        ({"nbf": -1}, ["VALIDITY_UNKNOWN"]),
        ({"exp": "never"}, ["VALIDITY_UNKNOWN"]),
    ],
)
def test_times_are_numbers_of_seconds(claims: dict[str, Any], reasons: list[str]) -> None:
    assert BENCH.reasons(card(card_claims(**claims))) == reasons


def test_an_expiry_that_is_null_is_no_open_end() -> None:
    payload = PAYLOAD[:-1] + b',"exp":null}'
    assert BENCH.reasons(card(payload)) == ["VALIDITY_UNKNOWN"]


@pytest.mark.parametrize("text", [b"1e999", b"NaN", b"-Infinity"])
def test_a_number_that_is_none_gives_no_valid_card(text: bytes) -> None:
    payload = PAYLOAD[:-1] + b',"exp":' + text + b"}"
    assert BENCH.reasons(card(payload)) in (["MALFORMED"], ["VALIDITY_UNKNOWN"])
