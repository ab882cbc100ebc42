"""Attacks with ICAO seals (VDS-NC) and DIVOC certificates: signatures over what JSON means."""

from __future__ import annotations

import base64
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from tests.verification import made_divoc
from tests.verification.attacks.case import LANE, UNREADABLE, Attack, Lane, attacks, malformed
from tests.verification.attacks.genuine import DIVOC_DOCUMENT, zipped
from tests.verification.made import OTHER_EC_KEY
from tests.verification.made_cards import card_signer
from tests.verification.made_divoc import archive, signed
from tests.verification.made_seals import (
    SEAL_KEY,
    csca,
    name,
    seal,
    seal_certificate,
    sign,
    test_result,
    url,
    vaccination,
)
from verification.trust.csca import authority

BAD, UNKNOWN = "SIGNATURE_INVALID", "UNKNOWN_SIGNER"
P384_SEAL = ec.generate_private_key(ec.SECP384R1())


def bent_seal(**parts: Any) -> str:
    """A seal whose outer members are replaced or added."""
    return json.dumps(json.loads(seal()) | parts)


def moved(**message: Any) -> str:
    """Another content under a real signature."""
    return seal(vaccination(**message), sigvl=url(sign(vaccination())))


def by(**certificate: Any) -> str:
    return seal(certificate=seal_certificate(**certificate))


def headed(**header: Any) -> str:
    data = vaccination()
    return seal(data | {"hdr": data["hdr"] | header})


def under(*certificates: bytes, **changes: Any) -> Lane:
    return replace(LANE, signers=[replace(authority(one), **changes) for one in certificates])


SEALS = attacks(
    "VDSNC",
    {
        "says ES384 over an ES256 signature": ("ALGORITHM_MISMATCH", lambda: seal(alg="ES384")),
        "says none": ("ALGORITHM_MISMATCH", lambda: seal(alg="none", sigvl="")),
        "says HS256": ("ALGORITHM_MISMATCH", lambda: seal(alg="HS256")),
        "without an algorithm": ("ALGORITHM_MISMATCH", lambda: seal(alg=None)),
        "says ES256 with a key of P-384": ("ALGORITHM_MISMATCH", lambda: seal(key=P384_SEAL, alg="ES256")),
        "signature of zeros": (BAD, lambda: seal(sigvl=url(bytes(64)))),
        "signature empty": (BAD, lambda: seal(sigvl="")),
        "by another key than the certificate's": (
            BAD, lambda: seal(key=OTHER_EC_KEY, certificate=seal_certificate())),
        "another name under the signature": (
            BAD, lambda: moved(pid={"n": "MUSTER  MAX", "dob": "1970-01-01"})),
        "a member added under the signature": (BAD, lambda: moved(extra="x")),
        "a number as a text under the signature": (
            BAD, lambda: seal(dosed("2"), sigvl=url(sign(dosed(2))))),
        "certificate that signed itself": (
            UNKNOWN, lambda: by(by=SEAL_KEY, issuer=name(common="Made up seals"))),
        "certificate of an authority of nobody": (UNKNOWN, lambda: by(by=OTHER_EC_KEY)),
        "certificate of an authority with the same name": (
            UNKNOWN, lambda: by(by=OTHER_EC_KEY, issuer=name())),
        "certificate left out": (UNKNOWN, lambda: seal(cer=None)),
        "certificate of another state": ("KEY_USAGE", lambda: seal(vaccination("MAC"))),
        "certificate for passports": ("KEY_USAGE", lambda: by(usages=("2.23.136.1.1.14.1",))),
        "certificate without a purpose": ("KEY_USAGE", lambda: by(usages=None)),
        "certificate for tests around a vaccination": ("KEY_USAGE", lambda: by(types=("NT",))),
        "certificate expired": ("SIGNER_EXPIRED", lambda: by(ends=datetime(2022, 1, 1, tzinfo=UTC))),
        "certificate not yet valid": (
            "SIGNER_NOT_YET_VALID", lambda: by(begins=datetime(2023, 1, 1, tzinfo=UTC))),
        "positive test": ("TEST_POSITIVE", lambda: seal(test_result(result="positive"))),
        "positive test in capitals": ("TEST_POSITIVE", lambda: seal(test_result(result=" POSITIVE "))),
        "test without a result": ("EVIDENCE_MISSING", lambda: seal(test_result(result=""))),
        "test with a result of its own": ("EVIDENCE_MISSING", lambda: seal(test_result(result="fine"))),
        "specimen state": ("KEY_USAGE SPECIMEN", lambda: seal(vaccination("UTO"))),
        "dose without a day": ("VALIDITY_UNKNOWN", lambda: seal(undated())),
        "dose of tomorrow": ("NOT_YET_VALID", lambda: seal(undated("2022-06-02"))),
        "look-alike without data": ("MALFORMED", lambda: '{"icao.vacc":1}'),
    },
)  # fmt: skip


def dosed(number: Any) -> dict[str, Any]:
    dose = {"seq": number, "dvc": "2022-01-17"}
    return vaccination(ve=[{"des": "XM68M6", "dis": "RA01.0", "nam": "Made up vaccine", "vd": [dose]}])


def undated(day: str | None = None) -> dict[str, Any]:
    dose = {"seq": 1} if day is None else {"seq": 1, "dvc": day}
    return vaccination(ve=[{"des": "XM68M6", "dis": "RA01.0", "nam": "Made up vaccine", "vd": [dose]}])


AUTHORITIES = [
    Attack("VDSNC: authority removed", UNKNOWN, seal, under(csca(OTHER_EC_KEY))),
    Attack("VDSNC: authority not for seals", UNKNOWN, seal, under(csca(), formats=frozenset({"HC1"}))),
]  # fmt: skip
SEAL_TEXTS = malformed(
    "VDSNC",
    {
        "a member that nothing signs": lambda: bent_seal(name="Mia Muster"),
        "data twice": lambda: seal()[:-1] + ',"data":{}}',
        "no signature": lambda: bent_seal(sig=None),
        "signature with a member more": lambda: seal(x="y"),
        "signature in two paddings": lambda: seal(sigvl=url(sign(vaccination())) + "===="),
        "signature as a list": lambda: seal(sigvl=[1]),
        "certificate that is none": lambda: seal(cer="AAAA"),
        "certificate cut short": lambda: seal(cer=url(seal_certificate()[:-9])),
        "number without a canonical form": lambda: seal().replace('"seq": 2', '"seq": 9007199254740993'),
        "number that is none": lambda: seal().replace('"seq": 2', '"seq": NaN'),
        "60,000 deep": lambda: '{"icao.vacc":' + "[" * 6_000,
        "bytes after it": lambda: seal() + "x",
    },
) + malformed(
    "VDSNC",
    {
        "version 2": lambda: headed(v=2),
        "version true": lambda: headed(v=True),
        "type that does not exist": lambda: headed(t="icao.none", x="icao.vacc"),
        "nobody named": lambda: seal(vaccination(pid=None)),
        "no dose": lambda: seal(vaccination(ve=[])),
    },
    UNREADABLE,
)


def said(**parts: Any) -> bytes:
    """A DIVOC certificate that says something else."""
    return zipped(DIVOC_DOCUMENT | parts)


def after(**parts: Any) -> bytes:
    """Changed after it was signed."""
    return archive(json.dumps(signed(DIVOC_DOCUMENT) | parts))


def subject(**parts: Any) -> dict[str, Any]:
    return {"credentialSubject": DIVOC_DOCUMENT["credentialSubject"] | parts}


def evidence(**parts: Any) -> dict[str, Any]:
    return {"evidence": [DIVOC_DOCUMENT["evidence"][0] | parts]}


def bent_proof(**parts: Any) -> bytes:
    document = signed(DIVOC_DOCUMENT)
    return archive(json.dumps(document | {"proof": document["proof"] | parts}))


DIVOC = attacks(
    "DIVOC",
    {
        "another name under the proof": (BAD, lambda: after(**subject(name="Max Muster"))),
        "another dose under the proof": (BAD, lambda: after(**evidence(dose=2))),
        "a later end under the proof": (BAD, lambda: after(expirationDate="2030-01-01T00:00:00Z")),
        "another purpose's day under the proof": (BAD, lambda: bent_proof(created="2022-03-02T10:00:00Z")),
        "by another key": (BAD, lambda: zipped(key=ed25519.Ed25519PrivateKey.generate())),
        "method of nobody": (UNKNOWN, lambda: bent_proof(verificationMethod="did:nobody")),
        "issuer of nobody": (UNKNOWN, lambda: said(issuer="https://other.example/")),
        "says EdDSA over RSA": ("ALGORITHM_MISMATCH", lambda: zipped(
            header={"alg": "EdDSA", "b64": False, "crit": ["b64"]})),
        "says RS256": ("ALGORITHM_MISMATCH", lambda: zipped(
            header={"alg": "RS256", "b64": False, "crit": ["b64"]})),
        "says none": ("ALGORITHM_MISMATCH", lambda: zipped(
            header={"alg": "none", "b64": False, "crit": ["b64"]})),
        "proof of another kind": ("NOT_VERIFIABLE_OFFLINE", lambda: bent_proof(type="BbsBlsSignature2020")),
        "context that is not known": ("NOT_VERIFIABLE_OFFLINE", lambda: after(
            **{"@context": [DIVOC_DOCUMENT["@context"][0], "https://x.example/v1"]})),
        "after its end": ("EXPIRED", lambda: said(expirationDate="2022-05-01T00:00:00Z")),
        "without an end": ("VALIDITY_UNKNOWN", lambda: zipped(made_divoc.CERTIFICATE)),
        "issued tomorrow": ("NOT_YET_VALID", lambda: said(issuanceDate="2022-06-02T10:00:00Z")),
    },
)  # fmt: skip
DIVOC_TEXTS = malformed(
    "DIVOC",
    {
        "context of its own": lambda: after(**{"@context": [{"name": "x"}]}),
        "proof left out": lambda: archive(json.dumps(DIVOC_DOCUMENT)),
        "proofs in a list": lambda: archive(json.dumps(DIVOC_DOCUMENT | {"proof": [{}]})),
        "proof with a member more": lambda: bent_proof(nonce="x"),
        "proof for something else": lambda: bent_proof(proofPurpose="authentication"),
        "blank node by name": lambda: after(**subject(id="_:c14n0")),
        "keyword as a value": lambda: after(**subject(name="@id")),
        "header without the unencoded payload": lambda: zipped(header={"alg": "PS256"}),
        "header with another critical parameter": lambda: zipped(
            header={"alg": "PS256", "b64": False, "crit": ["b64", "exp"]}
        ),
        "payload inside the signature": lambda: bent_proof(jws="AAAA.AAAA.AAAA"),
        "two members": lambda: archive(json.dumps(signed(DIVOC_DOCUMENT)), "a.json", "b.json"),
        "member of 3 MB": lambda: archive(b" " * 3_000_000),
        "packed another way": lambda: archive(json.dumps(signed(DIVOC_DOCUMENT)), method=zipfile.ZIP_BZIP2),
        "archive cut short": lambda: zipped()[:-10],
        "bytes after the archive": lambda: zipped() + b"x",
        "base64 with a line end": lambda: b"B64:" + base64.encodebytes(zipped()),
        "not base64": lambda: "B64:****",
        "JSON without its archive": lambda: b"B64:" + base64.b64encode(json.dumps(signed()).encode()),
        "an object too many": lambda: after(evidence=[{} for _ in range(40)]),
        "key twice": lambda: archive(json.dumps(signed(DIVOC_DOCUMENT))[:-1] + ',"issuer":"x"}'),
    },
)
DIVOC_SIGNERS = [
    Attack("DIVOC: signer removed", UNKNOWN, zipped, replace(LANE, signers=[card_signer()])),
    Attack("DIVOC: signer of another format", UNKNOWN, zipped,
           replace(LANE, signers=[made_divoc.signer(formats=frozenset({"HC1"}))])),
]  # fmt: skip
ATTACKS = [*SEALS, *AUTHORITIES, *SEAL_TEXTS, *DIVOC, *DIVOC_TEXTS, *DIVOC_SIGNERS]
