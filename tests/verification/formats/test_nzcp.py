"""The New Zealand COVID Pass, clause by clause, and everything that only looks like one."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest

from tests.verification.made import (
    ED_KEY,
    HOUR,
    NOW,
    OTHER_EC_KEY,
    P256_ORDER,
    Bench,
    message,
    seconds,
    signer,
)
from tests.verification.made_cards import DID, nz_pass, nz_text, pass_claims, pass_signer
from verification.assessment import Revocation, Signature
from verification.evidence import Kind
from verification.formats.nzcp import EXAMPLE_ISSUERS
from verification.revocation.hashes import truncated
from verification.revocation.memory import RevocationList, Withdrawn

BENCH = Bench(signers=(pass_signer(),))
PROTECTED = {4: b"key-1", 1: -7}
PAYLOAD = cbor2.dumps(pass_claims())


def reasons(text: str) -> list[str]:
    return [why.value for why in BENCH.check(text).reasons]


def test_a_pass_of_a_known_issuer_needs_no_revocation_list() -> None:
    checked = BENCH.check(nz_pass())
    assert checked.sound
    assert checked.revocation is Revocation.NOT_APPLICABLE
    assert checked.evidence is not None
    assert (checked.evidence.kind, checked.evidence.scheme) == (Kind.VACCINATION, "NZCP")
    assert checked.evidence.personal.name == "Mia Muster"
    assert checked.evidence.personal.birth == "1970-01-01"
    assert (checked.issuer, checked.kid) == (DID, b"key-1")
    assert "Muster" not in repr(checked)


def test_a_pass_that_the_station_withdrew_itself_is_revoked() -> None:
    index = RevocationList([Withdrawn(b"key-1", "CTI", frozenset({truncated(bytes(range(16)))}))], [])
    checked = Bench(signers=(pass_signer(),), revocation=index).check(nz_pass())
    assert checked.revocation is Revocation.REVOKED


def test_the_key_id_may_be_a_text_as_specified_or_bytes_as_issued() -> None:
    assert reasons(nz_pass(protected={4: "key-1", 1: -7})) == []


@pytest.mark.parametrize(
    "header",
    [
        {4: b"key-2", 1: -7},
        {4: "key-2", 1: -7},
        {1: -7},
        {4: 1, 1: -7},
        {4: b"", 1: -7},
        {4: b"KEY-1", 1: -7},
    ],
)
def test_a_key_id_that_is_not_published_finds_nobody_though_the_signature_is_that_of_another(
    header: dict[int, Any],
) -> None:
    assert reasons(nz_pass(protected=header)) == ["UNKNOWN_SIGNER"]


def test_a_header_outside_the_protected_one_counts_for_nothing() -> None:
    assert reasons(nz_pass(protected={1: -7}, unprotected={4: b"key-1"})) == ["UNKNOWN_SIGNER"]
    assert reasons(nz_pass(protected={4: b"key-1"}, unprotected={1: -7})) == ["ALGORITHM_MISMATCH"]
    assert reasons(nz_pass(protected={}, unprotected=PROTECTED)) == ["UNKNOWN_SIGNER"]


@pytest.mark.parametrize("alg", [-8, -35, -37, 0, 5, None, "ES256"])
def test_only_es256_signs_a_pass(alg: Any) -> None:
    assert reasons(nz_pass(protected={4: b"key-1", 1: alg})) == ["ALGORITHM_MISMATCH"]


def test_a_signer_listed_with_another_sort_of_key_signs_no_pass() -> None:
    listed = signer(ED_KEY, kid=b"key-1", formats=frozenset({"NZCP"}), owner=DID)
    code = nz_pass(key=ED_KEY, protected={4: b"key-1", 1: -8})
    assert Bench(signers=(listed,)).reasons(code) == ["ALGORITHM_MISMATCH"]


def test_a_key_counts_only_for_the_issuer_whose_document_it_is_in() -> None:
    assert reasons(nz_pass(pass_claims(iss="did:web:other.example"))) == ["UNKNOWN_SIGNER"]
    assert reasons(nz_pass(key=OTHER_EC_KEY)) == ["SIGNATURE_INVALID"]
    other = Bench(signers=(pass_signer(OTHER_EC_KEY, owner="did:web:other.example"), pass_signer()))
    assert other.reasons(nz_pass()) == []


def test_the_issuer_of_the_specification_s_examples_issues_specimens_only() -> None:
    (example,) = EXAMPLE_ISSUERS
    bench = Bench(signers=(pass_signer(owner=example, issuer=example),))
    checked = bench.check(nz_pass(pass_claims(iss=example)))
    assert checked.signature is Signature.VALID
    assert checked.evidence is not None and checked.evidence.specimen
    real = BENCH.check(nz_pass()).evidence
    assert real is not None and not real.specimen


def test_both_signatures_that_ecdsa_allows_are_one_pass_with_one_identity() -> None:
    cose = message(PAYLOAD, protected=PROTECTED)
    signature = cbor2.loads(cose).value[3]
    s = P256_ORDER - int.from_bytes(signature[32:], "big")
    second = message(PAYLOAD, protected=PROTECTED, signature=signature[:32] + s.to_bytes(32, "big"))
    checked = [BENCH.check(nz_text(one)) for one in (cose, second, message(PAYLOAD, protected=PROTECTED))]
    assert {one.signature for one in checked} == {Signature.VALID}
    assert len({one.identity for one in checked}) == 1


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ({"exp": seconds() + 1}, []),
        ({"exp": seconds()}, ["EXPIRED"]),
        ({"nbf": seconds()}, []),
        ({"nbf": seconds() + 1}, ["NOT_YET_VALID"]),
        ({"exp": (seconds() + HOUR) * 1000}, ["VALIDITY_UNKNOWN"]),
        ({"nbf": -1}, ["VALIDITY_UNKNOWN"]),
        ({"nbf": 2**63}, ["VALIDITY_UNKNOWN"]),
    ],
)
def test_a_pass_is_valid_from_the_first_second_and_expired_at_the_last(
    claims: dict[str, Any], found: list[str]
) -> None:
    assert [why.value for why in BENCH.check(nz_pass(pass_claims(**claims)), NOW).reasons] == found


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": None}, {"iss": 7}, {"iss": "https://example.org"}, {"iss": "did:key:z6M"},
        {"iss": "did:web:"},
        {"iss": "did:web:a b"}, {"cti": None}, {"cti": bytes(15)}, {"cti": "urn:uuid:60a4f54d"},
        {"nbf": None},
        {"exp": None}, {"exp": float(seconds() + HOUR)}, {"nbf": True}, {"exp": "2031-11-02"},
        {"vc": {"@context": None}}, {"vc": {"@context": []}},
        {"vc": {"@context": "https://www.w3.org/2018/credentials/v1"}},
        {"vc": {"@context": ["https://nzcp.covid19.health.nz/contexts/v1"]}}, {"vc": {"version": "1.0.1"}},
        {"vc": {"version": 1}}, {"vc": {"type": ["VerifiableCredential"]}},
        {"vc": {"type": "PublicCovidPass"}},
        {"vc": {"type": ["PublicCovidPass", "VerifiableCredential"]}},
        {"vc": {"type": ["VerifiableCredential", "OtherPass"]}}, {"vc": {"credentialSubject": None}},
        {"vc": {"credentialSubject": {"familyName": "Muster", "dob": "1970-01-01"}}},
        {"vc": {"credentialSubject": {"givenName": "M" * 101, "dob": "1970-01-01"}}},
        {"vc": {"credentialSubject": {"givenName": "Mia", "familyName": 7, "dob": "1970-01-01"}}},
        {"vc": {"credentialSubject": {"givenName": "Mia"}}},
        {"vc": {"credentialSubject": {"givenName": "Mia", "dob": "1970"}}},
        {"vc": {"credentialSubject": {"givenName": "Mia", "dob": "19700101"}}},
        {"vc": {"credentialSubject": {"givenName": "Mia", "dob": "1970-02-30"}}},
    ],
    ids=str,
)  # fmt: skip
def test_a_claim_that_is_missing_or_of_another_form_makes_it_no_pass(claims: dict[str, Any]) -> None:
    bench = Bench(signers=(pass_signer(), pass_signer(owner=str(claims.get("iss")))))
    assert bench.check(nz_pass(pass_claims(**claims))).reasons[0].value == "MALFORMED"


def test_a_person_may_have_one_name_only() -> None:
    subject = {"givenName": "Mia", "dob": "1970-01-01"}
    checked = BENCH.check(nz_pass(pass_claims({"credentialSubject": subject})))
    assert checked.evidence is not None
    assert checked.evidence.personal.name == "Mia"


TEXT = nz_pass()


@pytest.mark.parametrize(
    "text",
    [
        "NZCP:/",
        "NZCP:/1/",
        "NZCP:/2/" + TEXT[8:],
        "NZCP:/01/" + TEXT[8:],
        "NZCP:/1.0/" + TEXT[8:],
        "NZCP:/1" + TEXT[8:],
        TEXT + "=",
        TEXT.lower().replace("nzcp:/1/", "NZCP:/1/"),
        TEXT + "\n",
        TEXT + "A",
        TEXT[:-1],
        TEXT.replace("A", "0", 1),
        TEXT.replace("A", "é", 1),
        nz_text(message(PAYLOAD, protected=PROTECTED, tags=())),
        nz_text(message(PAYLOAD, protected=PROTECTED, tags=(61, 18))),
        nz_text(message(PAYLOAD, protected=PROTECTED, tags=(98,))),
        nz_text(message(PAYLOAD, protected=PROTECTED, tags=(18, 18))),
        nz_text(message(PAYLOAD, protected=PROTECTED) + b"\0"),
        nz_text(message(PAYLOAD, protected=PROTECTED)[:-1]),
        nz_text(message(PAYLOAD, protected=b"\x80")),
        nz_text(message(PAYLOAD, protected=b"\xa2\x01\x26\x01\x26")),
        nz_text(message(PAYLOAD, protected=PROTECTED | {2: [1]})),
        nz_text(message(PAYLOAD + b"\0", protected=PROTECTED)),
        nz_text(message(b"", protected=PROTECTED)),
        nz_text(message(b"\x80", protected=PROTECTED)),
        nz_text(message(b"\x81" * 5000, protected=PROTECTED)),
        nz_text(b"\xd2" + b"\x9f\xff"),
    ],
    ids=range(27),
)
def test_a_container_that_is_not_one_is_malformed_and_nothing_is_checked(text: str) -> None:
    checked = BENCH.check(text)
    assert (checked.format, [why.value for why in checked.reasons]) == ("NZCP", ["MALFORMED"])
    assert checked.signature is Signature.UNCHECKED
