"""Key sets, the VCI directory and DID documents: whose keys they are, and which keys are left out."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256, SHA512

from tests.verification.certified import certificate
from tests.verification.made import EC_KEY, ED_KEY, OTHER_EC_KEY, RSA_KEY, Bench, hc1
from tests.verification.made_cards import (
    DID,
    ISSUER,
    b64,
    card,
    card_claims,
    jwk,
    nz_pass,
    pass_claims,
    thumbprint,
)
from verification.assessment import Signature
from verification.signed_lists import ListRejected, ListUnknown
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList

LIST_KEY = ec.generate_private_key(ec.SECP521R1())
Document = dict[str, Any]


def as_file(document: Any) -> bytes:
    return json.dumps(document).encode()


def apart(data: bytes, key: Any = LIST_KEY) -> bytes:
    return (
        key.sign(data) if isinstance(key, ed25519.Ed25519PrivateKey) else key.sign(data, ec.ECDSA(SHA512()))
    )


def vouched(document: Document, **more: Any) -> TrustList:
    return load_trust_list(as_file(document), vouched=True, **more)


def checks(trusted: TrustList, code: str) -> Signature:
    return Bench(signers=tuple(trusted)).check(code).signature


KEY_SET: Document = {"keys": [jwk()]}
DIRECTORY: Document = {
    "directory": "https://directory.example",
    "time": "2022-06-01T10:00:00Z",
    "issuerInfo": [{"issuer": {"iss": ISSUER, "name": "Made Up"}, "keys": [jwk()]}],
}
OWN: Document = {
    "@context": "https://w3.org/ns/did/v1",
    "id": DID,
    "verificationMethod": [
        {
            "id": f"{DID}#key-1",
            "controller": DID,
            "type": "JsonWebKey2020",
            "publicKeyJwk": {name: jwk()[name] for name in ("kty", "crv", "x", "y")},
        }
    ],
    "assertionMethod": [f"{DID}#key-1"],
}


# --- who vouches ---


@pytest.mark.parametrize("document", [KEY_SET | {"iss": ISSUER}, OWN])
def test_what_is_published_unsigned_is_believed_signed_apart_or_vouched_for(document: Document) -> None:
    data = as_file(document)
    key = LIST_KEY.public_key()
    assert len(load_trust_list(data, vouched=True)) == 1
    assert len(load_trust_list(data, key, signature=apart(data))) == 1
    for keys, signature, by_name in (
        ((key,), None, False),
        ((), None, False),
        ((), apart(data), True),
        ((key,), apart(data + b" "), True),
        ((key,), b"", True),
        ((EC_KEY.public_key(),), apart(data), True),
        ((RSA_KEY.public_key(),), apart(data), True),
        ((key,), LIST_KEY.sign(data, ec.ECDSA(SHA256())), True),
    ):
        with pytest.raises(ListRejected, match="sign"):
            load_trust_list(data, *keys, signature=signature, vouched=by_name)


@pytest.mark.parametrize("key", [EC_KEY, LIST_KEY, ED_KEY, ec.generate_private_key(ec.SECP384R1())])
def test_the_directory_is_believed_with_its_signature_only(key: Any) -> None:
    data = as_file(DIRECTORY)
    trusted = load_trust_list(data, RSA_KEY.public_key(), key.public_key(), signature=apart(data, key))
    assert trusted.signed_at == datetime(2022, 6, 1, 10, tzinfo=UTC)
    assert checks(trusted, card()) is Signature.VALID
    for signature in (None, b"", apart(data, OTHER_EC_KEY), apart(data[1:], key)):
        with pytest.raises(ListRejected):
            load_trust_list(data, key.public_key(), signature=signature, vouched=True)
    with pytest.raises(ListRejected):
        load_trust_list(data.replace(b"Made", b"Fake"), key.public_key(), signature=apart(data, key))


@pytest.mark.parametrize(
    "data", [b"", b"\0\xff", b"{}", b"[]", b"a list\nof things", b'{"keys":1,"keys":2}', b"-----BEGIN"]
)
def test_what_is_no_list_is_told_from_a_list_that_is_not_believed(data: bytes) -> None:
    with pytest.raises(ListUnknown):
        load_trust_list(data, LIST_KEY.public_key(), vouched=True)


# --- key sets ---


def test_a_key_set_is_its_issuer_s_by_what_it_says_or_by_what_is_said_of_it() -> None:
    for trusted in (vouched(KEY_SET | {"iss": ISSUER}), vouched(KEY_SET, issuer=ISSUER)):
        assert checks(trusted, card()) is Signature.VALID
        other = card(card_claims(iss="https://cards.example/other"))
        assert checks(trusted, other) is Signature.UNKNOWN_SIGNER
    named = vouched(KEY_SET | {"iss": "https://cards.example/other"}, issuer=ISSUER)
    assert checks(named, card()) is Signature.UNKNOWN_SIGNER, "what the file says goes first"


def test_a_key_set_without_an_issuer_is_nobody_s_whoever_vouches_for_the_file() -> None:
    data = as_file(KEY_SET)
    for believed in ({"vouched": True}, {"signature": apart(data)}):
        with pytest.raises(ListRejected, match="whose"):
            load_trust_list(data, LIST_KEY.public_key(), **believed)  # type: ignore[arg-type]


@pytest.mark.parametrize("issuer", ["http://cards.example", ISSUER + "/", "", 7, "*"])
def test_an_issuer_that_no_card_can_name_makes_no_key_set(issuer: Any) -> None:
    with pytest.raises(ListRejected):
        vouched(KEY_SET | {"iss": issuer})


NUMBERS = EC_KEY.public_key().public_numbers()
SHIFTED = {"x": b64(b"\0" + NUMBERS.x.to_bytes(32, "big"))}
OTHER = jwk(OTHER_EC_KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"kid": None},
        {"kid": "key-1"},
        {"kid": OTHER["kid"]},
        {"kty": "RSA"},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"crv": "P-384"},
        {"crv": "secp256k1"},
        {"use": "enc"},
        {"use": None},
        {"alg": "ES384"},
        {"alg": None},
        {"d": "c2VjcmV0"},
        {"x": OTHER["x"]},
        {"x": "AA", "y": "AA"},
        {"x": None},
        {"x": 7},
        {"x": jwk()["x"] + "="},
        {"x": "+" + jwk()["x"][1:]},
        {"x5c": []},
        {"x5c": "MII"},
        {"x5c": ["MII"]},
        {"x5c": [base64.b64encode(certificate(OTHER_EC_KEY)).decode()]},
    ],
    ids=range(22),
)
def test_a_key_that_is_not_as_the_specification_asks_is_left_out(change: Document) -> None:
    trusted = vouched({"iss": ISSUER, "keys": [jwk() | change, OTHER]})
    assert [signer.kid for signer in trusted] == [OTHER["kid"].encode()]
    with pytest.raises(ListRejected, match="no key"):
        vouched({"iss": ISSUER, "keys": [jwk() | change]})


def test_a_key_with_its_own_certificate_beside_it_is_taken() -> None:
    chain = [base64.b64encode(certificate(EC_KEY)).decode()]
    assert len(vouched({"iss": ISSUER, "keys": [jwk(x5c=chain)]})) == 1


def test_a_coordinate_without_its_leading_zero_is_taken_under_the_thumbprint_of_just_that_text() -> None:
    key = next(key for key in iter(lambda: ec.generate_private_key(ec.SECP256R1()), None) if _short(key))
    numbers = key.public_key().public_numbers()
    published = jwk(key) | {"x": b64(numbers.x.to_bytes(31, "big"))}
    trusted = vouched({"iss": ISSUER, "keys": [published | {"kid": thumbprint(published)}]})
    (signer,) = trusted
    assert signer.key == key.public_key()


def _short(key: ec.EllipticCurvePrivateKey) -> bool:
    return key.public_key().public_numbers().x < 1 << 248


# --- the directory ---


def directory(*rows: Any) -> TrustList:
    data = as_file(DIRECTORY | {"issuerInfo": list(rows)})
    return load_trust_list(data, LIST_KEY.public_key(), signature=apart(data))


def test_one_key_under_two_issuers_is_two_signers() -> None:
    other = "https://cards.example/other"
    trusted = directory(*({"issuer": {"iss": issuer}, "keys": [jwk()]} for issuer in (ISSUER, other)))
    assert len(trusted) == 2
    for issuer in (ISSUER, other):
        assert checks(trusted, card(card_claims(iss=issuer))) is Signature.VALID
    assert checks(trusted, card(card_claims(iss="https://cards.example/third"))) is Signature.UNKNOWN_SIGNER


@pytest.mark.parametrize(
    "row", [7, {}, {"issuer": {"iss": "http://cards.example"}, "keys": [jwk()]}, {"issuer": {"iss": ISSUER}},
            {"issuer": {"iss": ISSUER}, "keys": "none"}, {"issuer": {"iss": ISSUER}, "keys": [7, None]}],
)  # fmt: skip
def test_an_issuer_without_url_or_keys_signs_nothing(row: Any) -> None:
    assert len(directory(row)) == 0


def test_a_directory_without_a_time_or_without_issuers_is_none() -> None:
    for change in ({"time": None}, {"time": "2022-06-01T10:00:00"}, {"issuerInfo": {}}):
        data = as_file(DIRECTORY | change)
        with pytest.raises(ListRejected):
            load_trust_list(data, LIST_KEY.public_key(), signature=apart(data))


# --- an issuer's own DID document ---


def own(**changes: Any) -> Document:
    method = OWN["verificationMethod"][0] | changes.pop("method", {})
    return OWN | {"verificationMethod": [method]} | changes


def test_a_pass_is_checked_with_the_key_that_its_issuer_asserts_with() -> None:
    trusted = vouched(OWN)
    assert checks(trusted, nz_pass()) is Signature.VALID
    assert checks(trusted, nz_pass(protected={4: b"key-2", 1: -7})) is Signature.UNKNOWN_SIGNER
    assert checks(trusted, nz_pass(pass_claims(iss="did:web:other.example"))) is Signature.UNKNOWN_SIGNER
    assert checks(trusted, hc1()) is Signature.UNKNOWN_SIGNER


@pytest.mark.parametrize(
    "document",
    [
        own(assertionMethod=[]),
        own(assertionMethod=None),
        own(assertionMethod=["key-1"]),
        own(assertionMethod=f"{DID}#key-1"),
        own(assertionMethod=[{"id": f"{DID}#key-1"}]),
        own(id="did:web:other.example"),
        own(method={"id": f"{DID}#"}),
        own(method={"id": DID}),
        own(method={"type": "JsonWebKey"}),
        own(method={"publicKeyJwk": None}),
        own(method={"publicKeyJwk": jwk() | {"d": "c2VjcmV0"}}),
        own(method={"publicKeyJwk": jwk() | {"crv": "P-384"}}),
        own(method={"publicKeyJwk": jwk() | SHIFTED}),
        own(verificationMethod=[f"{DID}#key-1", 7]),
        own(verificationMethod=None),
        own(id=7),
    ],
    ids=range(16),
)
def test_a_key_that_the_issuer_does_not_assert_with_is_none(document: Document) -> None:
    with pytest.raises(ListRejected):
        vouched(document)


# --- a trust list in the form of a DID document ---

WHO = "did:web:lists.example:v2:trustlist:-"
KID = bytes(range(8))
LISTED_KID = base64.b64encode(KID).decode()


def listed(jwk_changes: Document | None = None, der: bytes | None = None, **changes: Any) -> Document:
    """A trust list with one document signer, by its coordinates or with its certificate."""
    key = {"kty": "EC", "kid": LISTED_KID, "crv": "P-256", "x": jwk()["x"], "y": jwk()["y"]}
    if der is not None:
        key["x5c"] = [base64.b64encode(der).decode()]
    method = {
        "id": f"{WHO}:XCK:DSC#{LISTED_KID}",
        "type": "JsonWebKey2020",
        "controller": WHO,
        "publicKeyJwk": key | (jwk_changes or {}),
        "domain": "DCC",
        "participant": "XCK",
        "keyusage": "DSC",
    }
    return {"id": f"{WHO}:XCK", "verificationMethod": [method | changes], "proof": {"jws": "e30..AA"}}


def certified_code(key: Any = EC_KEY) -> str:
    return hc1(key=key, protected={1: -7, 4: KID})


def signed_integer(number: int) -> str:
    """How Java writes a coordinate: a zero before a high first bit, no zeros otherwise."""
    return b64(number.to_bytes(number.bit_length() // 8 + 1, "big"))


def test_a_listed_signer_is_known_by_its_certificate_and_filed_under_its_country() -> None:
    trusted = vouched(listed({"x": "broken", "crv": "UNKNOWN CURVE"}, certificate(EC_KEY)))
    (signer,) = trusted
    assert (signer.kid, signer.issuer, signer.not_after) == (KID, "XCK", datetime(2024, 1, 1, tzinfo=UTC))
    assert checks(trusted, certified_code()) is Signature.VALID


@pytest.mark.parametrize(
    "key", [EC_KEY, OTHER_EC_KEY, *(ec.generate_private_key(ec.SECP256R1()) for _ in range(6))]
)
def test_coordinates_written_as_signed_integers_are_set_right(key: ec.EllipticCurvePrivateKey) -> None:
    numbers = key.public_key().public_numbers()
    trusted = vouched(listed({"x": signed_integer(numbers.x), "y": signed_integer(numbers.y)}))
    assert checks(trusted, certified_code(key)) is Signature.VALID


@pytest.mark.parametrize(
    "document",
    [
        listed(keyusage="CSCA"),
        listed(keyusage="TLS"),
        listed({"x": b64(b"\1" + bytes(32))}),
        listed({"x": "AA"}),
        listed({"kid": "short"}),
        listed({"kid": None}, id=WHO),
        listed({"kid": base64.b64encode(bytes(32)).decode()}),
        listed(der=b"no certificate"),
        listed({"x5c": [7]}),
        listed({"kty": "RSA"}),
        listed(publicKeyJwk=None),
    ],
    ids=range(11),
)
def test_a_listed_key_that_cannot_be_used_or_signs_no_codes_is_left_out(document: Document) -> None:
    with pytest.raises(ListRejected):
        vouched(document)


def test_a_listed_signer_signs_no_passes_and_an_issuer_s_own_key_no_certificates() -> None:
    trusted = vouched(listed())
    code = nz_pass(pass_claims(iss=WHO), protected={4: KID, 1: -7})
    assert checks(trusted, code) is Signature.UNKNOWN_SIGNER
