"""Attacks with SMART Health Cards and New Zealand passes."""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.verification.attacks.case import LANE, UNREADABLE, Attack, Lane, attacks, malformed
from tests.verification.made import EC_KEY, HOUR, NOW, OTHER_EC_KEY, RSA_KEY, message, raw_sign, seconds
from tests.verification.made_cards import (
    PATIENT,
    b64,
    card,
    card_claims,
    card_signer,
    deflated,
    digits,
    dose,
    jwk,
    jws,
    nz_pass,
    nz_text,
    parts,
    pass_claims,
    pass_signer,
    result,
)

BAD, UNKNOWN, OPEN = "SIGNATURE_INVALID", "UNKNOWN_SIGNER", "VALIDITY_UNKNOWN"
CLAIMS = json.dumps(card_claims()).encode()


def bent_jws(**three: str) -> str:
    """A card with one of its three parts replaced."""
    header, payload, signature = jws().split(".")
    return "shc:/" + digits(
        ".".join(({"header": header, "payload": payload, "signature": signature} | three).values())
    )


def of(*resources: dict[str, Any], **more: Any) -> str:
    return card(card_claims(*resources, **more))


def der() -> str:
    head = jws().rpartition(".")[0]
    return "shc:/" + digits(f"{head}.{b64(EC_KEY.sign(head.encode(), ec.ECDSA(SHA256())))}")


def mac() -> str:
    header = b64(json.dumps({"zip": "DEF", "alg": "HS256", "kid": jwk()["kid"]}).encode())
    head = f"{header}.{b64(deflated(CLAIMS))}"
    secret = json.dumps(jwk()).encode()
    return "shc:/" + digits(f"{head}.{b64(hmac.digest(secret, head.encode(), 'sha256'))}")


def forged() -> str:
    """Another day under the real signature."""
    mine = card_claims(dose(day="2022-05-01"))
    return bent_jws(payload=b64(deflated(json.dumps(mine).encode())))


def knowing(*signers: Any) -> Lane:
    return replace(LANE, signers=signers)


CARD_KEYS = attacks(
    "SHC",
    {
        "says none, unsigned": ("ALGORITHM_MISMATCH", lambda: card(alg="none", signature=b"")),
        "says ES384": ("ALGORITHM_MISMATCH", lambda: card(alg="ES384")),
        "says es256": ("ALGORITHM_MISMATCH", lambda: card(alg="es256")),
        "says PS256, by RSA": ("ALGORITHM_MISMATCH", lambda: card(key=RSA_KEY, alg="PS256")),
        "HMAC with the public key as secret": ("ALGORITHM_MISMATCH", mac),
        "without an algorithm": ("ALGORITHM_MISMATCH", lambda: card(alg=None)),
        "algorithms in a list": ("ALGORITHM_MISMATCH", lambda: card(alg=["ES256"])),
        "signature as DER": (BAD, der),
        "signature empty": (BAD, lambda: card(signature=b"")),
        "signature of zeros": (BAD, lambda: card(signature=bytes(64))),
        "signature with a byte more": (BAD, lambda: card(signature=raw_sign(EC_KEY, b"") + b"\0")),
        "by another key under this key id": (BAD, lambda: card(key=OTHER_EC_KEY)),
        "other content under the signature": (BAD, forged),
        "key id of nobody": (UNKNOWN, lambda: card(kid="nobody")),
        "without a key id": (UNKNOWN, lambda: card(kid=None)),
        "key id as a list": (UNKNOWN, lambda: card(kid=[jwk()["kid"]])),
        "brings its own key": (UNKNOWN, lambda: card(
            key=OTHER_EC_KEY, kid=jwk(OTHER_EC_KEY)["kid"], jwk=jwk(OTHER_EC_KEY), jku="https://x.example/")),
        "of another issuer with the same key id": (
            UNKNOWN, lambda: card(card_claims(iss="https://other.example"))),
        "issuer with another path": (
            UNKNOWN, lambda: card(card_claims(iss="https://cards.example/made-up/x"))),
        "issuer with a port": (UNKNOWN, lambda: card(card_claims(iss="https://cards.example:8443/made-up"))),
        "issuer in capitals": (UNKNOWN, lambda: card(card_claims(iss="https://CARDS.example/made-up"))),
    },
)  # fmt: skip
CARD_SIGNERS = [
    Attack("SHC: two issuers share the key id, the other signed", BAD, lambda: card(key=OTHER_EC_KEY),
           knowing(card_signer(), card_signer(OTHER_EC_KEY, kid=jwk()["kid"].encode(),
                                              owner="https://other.example"))),
    Attack("SHC: signer removed", UNKNOWN, card, knowing(pass_signer())),
    Attack("SHC: signer expired", "SIGNER_EXPIRED", card,
           knowing(card_signer(not_after=NOW - timedelta(days=1)))),
]  # fmt: skip
CARD_TEXTS = malformed(
    "SHC",
    {
        "nothing after the prefix": lambda: "shc:/",
        "one digit missing": lambda: card()[:-1],
        "a letter among the digits": lambda: card()[:40] + "x" + card()[41:],
        "a digit of another script": lambda: card()[:40] + "٣" + card()[41:],
        "pair beyond the alphabet": lambda: "shc:/99" + card()[7:],
        "two parts of three": lambda: "shc:/" + digits(jws().rpartition(".")[0]),
        "four parts": lambda: "shc:/" + digits(jws() + ".AAAA"),
        "header is no JSON": lambda: bent_jws(header=b64(b"{")),
        "header is a list": lambda: bent_jws(header=b64(b"[]")),
        "header with a key twice": lambda: card(header=b'{"zip":"DEF","alg":"none","alg":"ES256","kid":"x"}'),
        "header with padding": lambda: bent_jws(header=jws().partition(".")[0] + "="),
        "header beyond a kibibyte": lambda: card(x="x" * 2000),
        "critical parameter": lambda: card(crit=["exp"]),
        "payload not encoded": lambda: card(b64=False),
        "payload not said to be deflated": lambda: card(zip=None),
        "payload said to be gzip": lambda: card(zip="GZ"),
        "payload not deflated": lambda: card(packed=CLAIMS),
        "payload with a zlib header": lambda: card(packed=b"\x78\x9c" + deflated(CLAIMS)),
        "payload cut short": lambda: card(packed=deflated(CLAIMS)[:-4]),
        "payload with bytes after it": lambda: card(packed=deflated(CLAIMS) + b"\0"),
        "bomb of 3 MB": lambda: card(packed=deflated(bytes(3_000_000))),
        "claims with a key twice": lambda: card(CLAIMS[:-1] + b',"iss":"https://x.example"}'),
        "claims with NaN": lambda: card(CLAIMS[:-1] + b',"exp":NaN}'),
        "claims with half a character": lambda: card(CLAIMS[:-1] + b',"x":"\\ud800"}'),
        "claims 400 deep": lambda: card(CLAIMS[:-1] + b',"x":' + b"[" * 400 + b"]" * 400 + b"}"),
        "claims 60,000 deep": lambda: card(b"[" * 60_000),
        "claims with a byte order mark": lambda: card(b"\xef\xbb\xbf" + CLAIMS),
        "claims in UTF-16": lambda: card(CLAIMS.decode().encode("utf-16")),
        "claims as a list": lambda: card(b"[]"),
        "without an issuer": lambda: card(card_claims(iss=None)),
        "issuer with a slash at its end": lambda: card(card_claims(iss="https://cards.example/made-up/")),
        "issuer without https": lambda: card(card_claims(iss="http://cards.example/made-up")),
        "part 3 of 2": lambda: "shc:/3/2/" + digits(jws()),
        "part 0": lambda: "shc:/0/2/" + digits(jws()),
        "part of 13": lambda: "shc:/1/13/" + digits("x"),
    },
)
CARD_CONTENTS = (
    malformed(
        "SHC",
        {
            "not of the type of a card": lambda: of(vc={"type": ["x"]}),
            "about two people": lambda: of(PATIENT, dose()),
            "bundle without entries": lambda: of(vc={"credentialSubject": {"fhirBundle": {}}}),
            "revocation id of 25 characters": lambda: of(vc={"rid": "x" * 25}),
            "revocation id as a number": lambda: of(vc={"rid": 1}),
        },
        UNREADABLE,
    )
    + attacks(
        "SHC",
        {
            "one part of two": ("INCOMPLETE", lambda: parts(jws(), 2)[0]),
            "nbf in milliseconds": (OPEN, lambda: card(card_claims(nbf=seconds() * 1000))),
            "nbf as a text": (OPEN, lambda: card(card_claims(nbf=str(seconds())))),
            "nbf is true": (OPEN, lambda: card(card_claims(nbf=True))),
            "nbf in half a second": ("NOT_YET_VALID", lambda: card(card_claims(nbf=seconds() + 0.5))),
            "end is null": (OPEN, lambda: card(CLAIMS[:-1] + b',"exp":null}')),
            "end beyond all numbers": (OPEN, lambda: card(CLAIMS[:-1] + b',"exp":1e999}')),
            "after its end": ("EXPIRED", lambda: card(card_claims(exp=seconds() - 1))),
            "positive result": ("TEST_POSITIVE", lambda: of(result("260373001"))),
            "negative and positive at one time": (
                "TEST_POSITIVE", lambda: of(result(), result("260373001"))),
            "result of no list": ("EVIDENCE_MISSING", lambda: of(result("1"))),
            "result that is preliminary": ("KIND_NOT_ACCEPTED", lambda: of(result(status="preliminary"))),
            "dose not given": ("KIND_NOT_ACCEPTED", lambda: of(dose(status="not-done"))),
            "dose entered in error": ("KIND_NOT_ACCEPTED", lambda: of(dose(status="entered-in-error"))),
            "dose of somebody else": (
                "KIND_NOT_ACCEPTED", lambda: of(dose(patient={"reference": "resource:9"}))),
            "dose against influenza": ("KIND_NOT_ACCEPTED", lambda: of(dose("158"))),
            "dose too weak": ("KIND_NOT_ACCEPTED", lambda: of(dose(isSubpotent=True))),
            "dose and result together": ("EVENTS_NOT_ONE", lambda: of(dose(), result())),
        },
    )
)  # fmt: skip
PASS_KEYS = attacks(
    "NZCP",
    {
        "says ES384": ("ALGORITHM_MISMATCH", lambda: nz_pass(protected={4: b"key-1", 1: -35})),
        "without an algorithm": ("ALGORITHM_MISMATCH", lambda: nz_pass(protected={4: b"key-1"})),
        "algorithm outside alone": (
            "ALGORITHM_MISMATCH", lambda: nz_pass(protected={4: b"key-1"}, unprotected={1: -7})),
        "key id outside alone": (UNKNOWN, lambda: nz_pass(protected={1: -7}, unprotected={4: b"key-1"})),
        "key-2 with the signature of key-1": (UNKNOWN, lambda: nz_pass(protected={4: b"key-2", 1: -7})),
        "by another key": (BAD, lambda: nz_pass(key=OTHER_EC_KEY)),
        "signature of zeros": (BAD, lambda: nz_pass(signature=bytes(64))),
        "of another issuer": (UNKNOWN, lambda: nz_pass(pass_claims(iss="did:web:other.example"))),
        "issuer with a path": (UNKNOWN, lambda: nz_pass(pass_claims(iss="did:web:passes.example:x"))),
        "before its nbf": ("NOT_YET_VALID", lambda: nz_pass(pass_claims(nbf=seconds() + 1))),
        "at its end exactly": ("EXPIRED", lambda: nz_pass(pass_claims(exp=seconds()))),
        "end in milliseconds": (OPEN, lambda: nz_pass(pass_claims(exp=(seconds() + HOUR) * 1000))),
        "end is negative": (OPEN, lambda: nz_pass(pass_claims(exp=-1))),
    },
)  # fmt: skip
PASS_SIGNERS = [
    Attack("NZCP: key-2 of the list, signed by key-1", BAD,
           lambda: nz_pass(protected={4: b"key-2", 1: -7}),
           knowing(pass_signer(), pass_signer(OTHER_EC_KEY, kid=b"key-2"))),
    Attack("NZCP: key revoked", UNKNOWN, nz_pass, knowing(card_signer())),
]  # fmt: skip
PASS = cbor2.dumps(pass_claims())
PASS_TEXTS = malformed(
    "NZCP",
    {
        "version 2": lambda: nz_pass().replace("/1/", "/2/"),
        "without a version": lambda: nz_pass().replace("/1/", "/"),
        "lower case": lambda: nz_pass()[:8] + nz_pass()[8:].lower(),
        "padding that says too much": lambda: nz_pass() + "=",
        "base64 instead": lambda: "NZCP:/1/" + base64.b64encode(message(PASS)).decode(),
        "digit 1 for I": lambda: nz_pass()[:20] + "1" + nz_pass()[21:],
        "not tagged": lambda: nz_pass(tags=()),
        "tagged as a token too": lambda: nz_pass(tags=(61, 18)),
        "byte after the message": lambda: nz_text(message(PASS, protected={4: b"key-1", 1: -7}) + b"\0"),
        "claims as a list": lambda: nz_pass(cbor2.dumps([1])),
        "claims with a key twice": lambda: nz_pass(bytes((PASS[0] + 1,)) + PASS[1:] + b"\x04\x1a\xff\0\0\0"),
        "without an issuer": lambda: nz_pass(pass_claims(iss=None)),
        "critical parameter": lambda: nz_pass(protected={4: b"key-1", 1: -7, 2: [1]}),
    },
)
PASS_CONTENTS = malformed(
    "NZCP",
    {
        "without an identifier": lambda: nz_pass(pass_claims(cti=None)),
        "end is not a number": lambda: nz_pass(pass_claims(exp=float("nan"))),
        "end is true": lambda: nz_pass(pass_claims(exp=True)),
        "without an end": lambda: nz_pass(pass_claims(exp=None)),
        "of version 2.0.0": lambda: nz_pass(pass_claims({"version": "2.0.0"})),
        "of another type": lambda: nz_pass(pass_claims({"type": ["VerifiableCredential"]})),
        "without a holder": lambda: nz_pass(pass_claims({"credentialSubject": None})),
        "birth that is no day": lambda: nz_pass(
            pass_claims({"credentialSubject": {"givenName": "Mia", "dob": "1970-13-01"}})
        ),
    },
    UNREADABLE,
)
ATTACKS = [
    *(*CARD_KEYS, *CARD_SIGNERS, *CARD_TEXTS, *CARD_CONTENTS),
    *(*PASS_KEYS, *PASS_SIGNERS, *PASS_TEXTS, *PASS_CONTENTS),
]
