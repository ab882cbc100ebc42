"""What rules are told of a certificate: CBOR as JSON, as the EU reads issued certificates."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest

from tests.verification.made import TEST, VACCINATION, Bench, colour, dcc, dcc_claims, hc1
from verification.encodings.cbor import Tagged
from verification.evidence import Kind
from verification.rules.certificate import as_json, certificate_of


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (" 840539006 ", "840539006"),
        (2, 2),
        (2.0, 2),
        (2.5, None),
        (float("nan"), None),
        (True, True),
        (None, None),
        (b"bytes", None),
        ([None, {"dn": 1.0}, None], [{"dn": 1}]),
        ({"a": {"b": [" x"]}, 7: "left out"}, {"a": {"b": ["x"]}}),
        (Tagged(0, "2022-05-31T08:00:00Z"), "2022-05-31T08:00:00Z"),
        (Tagged(1, 1653984000), "2022-05-31T08:00:00.000+00:00"),
        (Tagged(1, "soon"), None),
        (Tagged(0, 7), 7),
    ],
)
def test_cbor_is_told_as_json(read: Any, told: Any) -> None:
    assert as_json(read) == told
    assert type(as_json(read)) is type(told)


def test_the_certificate_of_a_code_is_told_with_its_claims() -> None:
    told = certificate_of(Bench().check(hc1(dcc_claims(dcc(v=[VACCINATION | {"mp": "EU/1/20/1528 "}])))))
    assert told is not None
    assert told.payload["v"][0]["mp"] == "EU/1/20/1528"
    assert (told.kind, told.issuer) == (Kind.VACCINATION, "HK")
    assert told.issued_at is not None and told.expires_at is not None and told.kid is not None


def test_a_tagged_date_in_a_real_code_is_told_as_a_text() -> None:
    sampled = TEST | {"sc": cbor2.CBORTag(1, 1653984000)}
    told = certificate_of(Bench().check(hc1(dcc_claims(dcc(t=[None, sampled])))))
    assert told is not None
    assert told.payload["t"][0]["sc"] == "2022-05-31T08:00:00.000+00:00"


def test_a_colour_code_is_no_certificate() -> None:
    assert certificate_of(Bench().check(colour())) is None
