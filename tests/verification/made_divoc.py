"""DIVOC certificates made in the test: archive by zipfile, the proof's statements by hand, own keys.

What the certificate states is found by the product here; `test_divoc_graph` compares that with statements
written out by hand.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from tests.verification.made import ED_KEY, NOW, RSA_KEY, alg_of, raw_sign
from verification.assessment import Assessment
from verification.formats.divoc import format_with
from verification.formats.divoc_graph import canonical
from verification.snapshot import Signer, Snapshot
from verification.trust.store import TrustList
from verification.verifier import Verifier

PrivateKey = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
METHOD = "did:made-up"
ISSUER = "https://made-up.example/"
V1 = "https://cowin.gov.in/credentials/vaccination/v1"
V2 = "https://cowin.gov.in/credentials/vaccination/v2"
DIVOC = frozenset({"DIVOC"})

CERTIFICATE: dict[str, Any] = {
    "@context": ["https://www.w3.org/2018/credentials/v1", V1],
    "type": ["VerifiableCredential", "ProofOfVaccinationCredential"],
    "credentialSubject": {
        "type": "Person",
        "id": "did:made-up:0001",
        "refId": "R-0001",
        "name": "Mia Muster",
        "gender": "Female",
        "age": "50",
        "nationality": "Nowhere",
        "address": {"streetAddress": "1 Made Up Road", "addressCountry": "ZZ", "postalCode": 12345},
    },
    "issuer": ISSUER,
    "issuanceDate": "2022-03-01T10:00:00.000Z",
    "evidence": [
        {
            "id": "https://made-up.example/vaccine/1",
            "certificateId": "C-0001",
            "type": ["Vaccination"],
            "batch": "B-0001",
            "vaccine": "COVISHIELD",
            "manufacturer": "Made Up Laboratories",
            "date": "2022-02-01T09:00:00.000Z",
            "effectiveStart": "2022-02-15",
            "effectiveUntil": "2023-02-15",
            "dose": 1,
            "totalDoses": 2,
            "verifier": {"name": "Nurse Nobody"},
            "facility": {"name": "Made Up Clinic", "address": {"city": "Nowhere", "addressCountry": "ZZ"}},
        }
    ],
    "nonTransferable": "true",
}
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD = "http://www.w3.org/2001/XMLSchema#"


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """The certificate, changed."""
    document = copy.deepcopy(CERTIFICATE)
    change(document)
    return document


def signed(
    document: dict[str, Any] | None = None,
    key: PrivateKey = RSA_KEY,
    *,
    header: dict[str, Any] | None = None,
    **proof: Any,
) -> dict[str, Any]:
    """The document with its proof; members of the proof can be replaced, None leaves one out."""
    body = copy.deepcopy(CERTIFICATE if document is None else document)
    rsa_key = isinstance(key, rsa.RSAPrivateKey)
    options = {
        "type": "RsaSignature2018" if rsa_key else "Ed25519Signature2018",
        "created": "2022-03-01T10:00:00Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }
    fields = header or {"alg": "PS256" if rsa_key else "EdDSA", "b64": False, "crit": ["b64"]}
    written = _url64(json.dumps(fields, separators=(",", ":")).encode())
    digests = _sha256(proof_statements(options)) + _sha256(canonical(body))
    options["jws"] = f"{written}..{_url64(raw_sign(key, written.encode() + b'.' + digests))}"
    options |= proof
    return body | {"proof": {name: value for name, value in options.items() if value is not None}}


def proof_statements(options: dict[str, str]) -> str:
    """What a proof says of itself (security/v2), written out."""
    said = {
        "http://purl.org/dc/terms/created": f'"{options["created"]}"^^<{_XSD}dateTime>',
        _TYPE[1:-1]: f"<https://w3id.org/security#{options['type']}>",
        "https://w3id.org/security#proofPurpose": "<https://w3id.org/security#assertionMethod>",
        "https://w3id.org/security#verificationMethod": f"<{options['verificationMethod']}>",
    }
    return "".join(sorted(f"_:c14n0 <{name}> {value} .\n" for name, value in said.items()))


def archive(content: bytes | str, *names: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of the content, once for each name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name in names or ("certificate.json",):
            packed.writestr(name, content)
    return file.getvalue()


def code(document: dict[str, Any] | None = None, **more: Any) -> bytes:
    """The bytes of a symbol with a certificate that has its proof already."""
    return archive(json.dumps(signed() if document is None else document, **more))


def as_text(archived: bytes) -> bytes:
    return b"B64:" + base64.b64encode(archived)


def signer(key: PrivateKey = RSA_KEY, **changes: Any) -> Signer:
    values: dict[str, Any] = {
        "kid": METHOD.encode(),
        "key": key.public_key(),
        "algorithm": alg_of(key),
        "issuer": "ZZ",
        "formats": DIVOC,
        "owner": ISSUER,
    }
    return Signer(**(values | changes))


SIGNERS = (signer(), signer(ED_KEY))
FORMAT = format_with(lambda documents: [canonical(document) for document in documents])
"""Without a process in between."""


def check(text: bytes, signers: tuple[Signer, ...] = SIGNERS, allowed: frozenset[str] = DIVOC) -> Assessment:
    snapshot = Snapshot(TrustList(signers), None)
    return Verifier(lambda: snapshot, allowed, {"DIVOC": FORMAT}).verify(text, NOW)


def reasons(text: bytes, **more: Any) -> list[str]:
    """Without the one that every certificate has that does not say when it ends."""
    return [why.value for why in check(text, **more).reasons if why.value != "VALIDITY_UNKNOWN"]


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
