"""Both kinds of proof, derived without the product and its library: every signed byte stands here."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.verification.made import RSA_KEY, raw_sign
from tests.verification.made_divoc import ISSUER, METHOD, V1, PrivateKey, changed, check, code, signed, signer
from verification.assessment import Signature
from verification.reasons import ReasonId

ED_KEY = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DOCUMENT: dict[str, Any] = {
    "@context": ["https://www.w3.org/2018/credentials/v1", V1],
    "type": ["VerifiableCredential", "ProofOfVaccinationCredential"],
    "credentialSubject": {"type": "Person", "id": "did:made-up:0002", "name": "Mia Muster", "age": "50"},
    "issuer": ISSUER,
    "issuanceDate": "2022-03-01T10:00:00Z",
    "evidence": [
        {
            "id": "https://made-up.example/vaccine/2",
            "type": ["Vaccination"],
            "vaccine": "COVISHIELD",
            "dose": 1,
        }
    ],
    "nonTransferable": "true",
}
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
STATED = f"""\
<did:made-up:0002> {A} <https://schema.org/Person> .
<did:made-up:0002> <https://schema.org/Number> "50" .
<did:made-up:0002> <https://schema.org/name> "Mia Muster" .
<https://made-up.example/vaccine/2> {A} <vac:Vaccination> .
<https://made-up.example/vaccine/2> <https://schema.org/doseValue> "1"^^<{XSD}integer> .
<https://made-up.example/vaccine/2> <https://schema.org/id> "COVISHIELD" .
_:c14n0 {A} <https://schema.org/ProofOfVaccinationCredential> .
_:c14n0 {A} <https://www.w3.org/2018/credentials#VerifiableCredential> .
_:c14n0 <https://www.w3.org/2018/credentials#credentialSubject> <did:made-up:0002> .
_:c14n0 <https://www.w3.org/2018/credentials#evidence> <https://made-up.example/vaccine/2> .
_:c14n0 <https://www.w3.org/2018/credentials#issuanceDate> "2022-03-01T10:00:00Z"^^<{XSD}dateTime> .
_:c14n0 <https://www.w3.org/2018/credentials#issuer> <https://made-up.example/> .
_:c14n0 <vac:nonTransferable> "true" .
"""
PROOF = f"""\
_:c14n0 <http://purl.org/dc/terms/created> "2022-03-01T10:00:00Z"^^<{XSD}dateTime> .
_:c14n0 {A} <https://w3id.org/security#KIND> .
_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .
_:c14n0 <https://w3id.org/security#verificationMethod> <{METHOD}> .
"""
DIGEST = "a8d638edbf65b71ddec3dc08f2bd726153b86852e01ceb3fa4bf9913e2405a8a"
JWS_DIGEST = "ec1cab692c58a838c61258f3fc6e28f87f7a48172a8196f270c183b8b35394d0"
KINDS = {"Ed25519Signature2018": ("EdDSA", ED_KEY), "RsaSignature2018": ("PS256", RSA_KEY)}


def url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def certificate(kind: str, algorithm: str, key: PrivateKey, stated: str = STATED) -> dict[str, Any]:
    header = url64(b'{"alg":"%b","b64":false,"crit":["b64"]}' % algorithm.encode())
    options = hashlib.sha256(PROOF.replace("KIND", kind).encode()).digest()
    signature = raw_sign(key, header.encode() + b"." + options + hashlib.sha256(stated.encode()).digest())
    proof = {
        "type": kind,
        "created": "2022-03-01T10:00:00Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
        "jws": f"{header}..{url64(signature)}",
    }
    return DOCUMENT | {"proof": proof}


@pytest.mark.parametrize("kind", KINDS)
def test_a_proof_over_statements_written_by_hand_holds(kind: str) -> None:
    algorithm, key = KINDS[kind]
    checked = check(code(certificate(kind, algorithm, key)), signers=(signer(key),))
    assert checked.signature is Signature.VALID
    assert checked.evidence is not None
    assert checked.evidence.personal.name == "Mia Muster"


@pytest.mark.parametrize("kind", KINDS)
def test_a_proof_over_one_statement_more_or_less_does_not_hold(kind: str) -> None:
    algorithm, key = KINDS[kind]
    lines = STATED.splitlines(keepends=True)
    for stated in ("".join(lines[1:]), "".join(lines[:-1]), STATED + lines[-1], STATED[:-1], ""):
        checked = check(code(certificate(kind, algorithm, key, stated)), signers=(signer(key),))
        assert checked.signature is Signature.INVALID


def test_the_ed25519_vector_is_the_one_that_anybody_derives() -> None:
    """Ed25519 has no randomness: seed 00 01 .. 1f, and the digests of the statements above."""
    jws = certificate("Ed25519Signature2018", "EdDSA", ED_KEY)["proof"]["jws"]
    assert json.loads(base64.urlsafe_b64decode(jws.split(".")[0] + "==")) == {
        "alg": "EdDSA",
        "b64": False,
        "crit": ["b64"],
    }
    assert hashlib.sha256(STATED.encode()).hexdigest() == DIGEST
    assert hashlib.sha256(jws.encode()).hexdigest() == JWS_DIGEST


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u2003"], ids=["space", "tab", "no-break", "em"])
def test_a_holder_whose_name_is_not_signed_is_for_an_officer(blank: str) -> None:
    """An id with white space is no IRI: signers leave out all that is said of it, and so whom it is about."""
    document = changed(lambda one: one["credentialSubject"].update(id=f"did:Driving{blank}Licence:0003"))
    checked = check(code(signed(document)))
    assert checked.reasons == (ReasonId.NOT_VERIFIABLE_OFFLINE,)
    assert checked.evidence is None
    swapped = signed(document)
    swapped["credentialSubject"]["name"] = "Somebody Else"
    assert check(code(swapped)).reasons == (ReasonId.NOT_VERIFIABLE_OFFLINE,)
