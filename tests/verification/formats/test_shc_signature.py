"""Who signed a SMART Health Card: issuer, key and signature, and one identity for its twins."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.verification.made import EC_KEY, OTHER_EC_KEY, P256_ORDER, RSA_KEY, Bench
from tests.verification.made_cards import (
    ISSUER,
    b64,
    card,
    card_claims,
    card_signer,
    deflated,
    digits,
    dose,
    jwk,
    jws,
    twin,
)
from verification.assessment import Signature

BENCH = Bench(signers=(card_signer(),))
PAYLOAD = json.dumps(card_claims(), separators=(",", ":")).encode()
KID = jwk()["kid"]


def test_a_key_counts_only_for_the_issuer_it_is_published_under() -> None:
    assert BENCH.reasons(card(card_claims(iss="https://cards.example/other"))) == ["UNKNOWN_SIGNER"]
    assert BENCH.reasons(card(card_claims(iss=ISSUER + "-evil"))) == ["UNKNOWN_SIGNER"]


def test_two_issuers_may_share_a_key_and_each_is_found() -> None:
    other = "https://cards.example/other"
    bench = Bench(signers=(card_signer(), card_signer(owner=other, issuer=other)))
    for issuer in (ISSUER, other):
        checked = bench.check(card(card_claims(iss=issuer)))
        assert (checked.signature, checked.issuer) == (Signature.VALID, issuer)


def test_of_two_keys_under_one_id_the_right_issuer_s_is_taken() -> None:
    other = "https://cards.example/other"
    bench = Bench(signers=(card_signer(OTHER_EC_KEY, kid=KID.encode(), owner=other), card_signer()))
    assert bench.check(card()).signature is Signature.VALID
    assert bench.reasons(card(card_claims(iss=other))) == ["SIGNATURE_INVALID"]


def test_a_signer_of_another_format_is_none_of_a_card() -> None:
    bench = Bench(signers=(card_signer(formats=frozenset({"HC1", "NZCP"})),))
    assert bench.reasons(card()) == ["UNKNOWN_SIGNER"]
    assert Bench(signers=(card_signer(owner=""),)).reasons(card()) == ["UNKNOWN_SIGNER"]


@pytest.mark.parametrize(
    "kid", [None, "", "key-1", KID[:-1], KID + "A", KID.swapcase(), 7, ["x"]], ids=range(8)
)
def test_a_key_id_that_is_not_the_thumbprint_finds_nobody(kid: Any) -> None:
    assert BENCH.reasons(card(kid=kid)) == ["UNKNOWN_SIGNER"]


@pytest.mark.parametrize(
    "issuer",
    [7, None, "", "http://cards.example", ISSUER + "/", "cards.example", "https://\u202ecards.example",
     "https://" + "a" * 600, "HTTPS://cards.example/made-up"],
)  # fmt: skip
def test_an_issuer_that_is_no_https_url_makes_no_card(issuer: Any) -> None:
    assert BENCH.reasons(card(card_claims(iss=issuer))) == ["MALFORMED"]


@pytest.mark.parametrize(
    "alg", ["none", "None", "HS256", "ES384", "PS256", "EdDSA", "es256", None, 7, ["ES256"]]
)
def test_the_header_does_not_choose_the_algorithm(alg: Any) -> None:
    assert BENCH.reasons(card(alg=alg)) == ["ALGORITHM_MISMATCH"]


def test_no_signature_at_all_is_none() -> None:
    assert BENCH.reasons(card(alg="none", signature=b"")) == ["ALGORITHM_MISMATCH"]
    assert BENCH.reasons(card(signature=b"")) == ["SIGNATURE_INVALID"]


def test_a_public_key_is_no_shared_secret() -> None:
    import hmac

    secret = json.dumps(jwk()).encode()
    signed = jws(alg="HS256").rpartition(".")[0]
    forged = f"{signed}.{b64(hmac.digest(secret, signed.encode(), 'sha256'))}"
    assert BENCH.reasons("shc:/" + digits(forged)) == ["ALGORITHM_MISMATCH"]


def test_a_signer_listed_with_an_rsa_key_signs_no_card() -> None:
    rsa = replace(card_signer(), key=RSA_KEY.public_key(), algorithm=-37)
    bench = Bench(signers=(rsa,))
    assert bench.reasons(card(alg="PS256", key=RSA_KEY)) == ["ALGORITHM_MISMATCH"]


ORDER = P256_ORDER.to_bytes(32, "big")


@pytest.mark.parametrize(
    "signature",
    [
        bytes(64),
        b"\xff" * 64,
        ORDER + ORDER,
        bytes(63),
        bytes(65),
        bytes(32) + b"\1" * 32,
        b"\1" * 32 + bytes(32),
    ],
)
def test_a_signature_out_of_range_is_invalid(signature: bytes) -> None:
    assert BENCH.reasons(card(signature=signature)) == ["SIGNATURE_INVALID"]


def test_a_signature_in_der_is_invalid() -> None:
    signed = jws().rpartition(".")[0]
    der = EC_KEY.sign(signed.encode(), ec.ECDSA(SHA256()))
    assert BENCH.reasons("shc:/" + digits(f"{signed}.{b64(der)}")) == ["SIGNATURE_INVALID"]


def test_both_signatures_that_ecdsa_allows_are_one_card_with_one_identity() -> None:
    text = jws()
    first, second = BENCH.check("shc:/" + digits(text)), BENCH.check("shc:/" + digits(twin(text)))
    assert text != twin(text)
    assert first.signature is second.signature is Signature.VALID
    assert first.identity == second.identity


def test_recompressed_and_reheaded_cards_have_one_identity() -> None:
    known = BENCH.check(card()).identity
    assert known is not None
    for changed in (card(packed=deflated(PAYLOAD, 1)), card(typ="JWT"), card(packed=deflated(PAYLOAD, 0))):
        checked = BENCH.check(changed)
        assert checked.signature is Signature.VALID
        assert checked.identity == known


def test_other_content_is_another_identity() -> None:
    assert BENCH.check(card()).identity != BENCH.check(card(card_claims(dose("208")))).identity
