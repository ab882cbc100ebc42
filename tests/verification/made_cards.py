"""SMART Health Cards and New Zealand passes made in the test itself: without the product's help."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import zlib
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec

from tests.verification.made import EC_KEY, HOUR, P256_ORDER, message, raw_sign, seconds
from verification.snapshot import Signer

ISSUER = "https://cards.example/made-up"
DID = "did:web:passes.example"
RID = "MadeUpRid01"
COVID_TYPE = "https://smarthealth.cards#covid19"
PATIENT = {
    "resourceType": "Patient",
    "name": [{"family": "Muster", "given": ["Mia", "M."]}],
    "birthDate": "1970-01-01",
}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def jwk(key: ec.EllipticCurvePrivateKey = EC_KEY, **changes: Any) -> dict[str, Any]:
    """The public key as an issuer publishes it."""
    numbers = key.public_key().public_numbers()
    x, y = b64(numbers.x.to_bytes(32, "big")), b64(numbers.y.to_bytes(32, "big"))
    made = {"kty": "EC", "use": "sig", "alg": "ES256", "crv": "P-256", "x": x, "y": y}
    return made | {"kid": thumbprint(made)} | changes


def thumbprint(key: dict[str, Any]) -> str:
    members = {name: key[name] for name in ("crv", "kty", "x", "y")}
    return b64(hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).digest())


def dose(code: str = "207", day: str = "2022-01-17", **changes: Any) -> dict[str, Any]:
    return {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": code}]},
        "patient": {"reference": "resource:0"},
        "occurrenceDateTime": day,
    } | changes


def result(snomed: str = "260415000", at: str = "2022-05-31T08:00:00Z", **changes: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "94500-6"}]},
        "subject": {"reference": "resource:0"},
        "effectiveDateTime": at,
        "valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": snomed}]},
    } | changes


def card_claims(
    *resources: dict[str, Any], vc: dict[str, Any] | None = None, **claims: Any
) -> dict[str, Any]:
    """Claims of a card for one patient with these resources, a dose without any. None leaves a claim out."""
    given = copy.deepcopy((PATIENT, *(resources or (dose(),))))
    entries = [{"fullUrl": f"resource:{place}", "resource": one} for place, one in enumerate(given)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    credential = {
        "type": ["https://smarthealth.cards#health-card"],
        "credentialSubject": {"fhirVersion": "4.0.1", "fhirBundle": bundle},
        "rid": RID,
    }
    made = {"iss": ISSUER, "nbf": seconds() - HOUR + 0.656, "vc": credential | (vc or {})} | claims
    return {name: value for name, value in made.items() if value is not None}


def jws(
    payload: bytes | dict[str, Any] | None = None,
    key: Any = EC_KEY,
    *,
    header: dict[str, Any] | bytes | None = None,
    packed: bytes | None = None,
    signature: bytes | None = None,
    **changes: Any,
) -> str:
    """A compact JWS; every part can be replaced by a wrong one. `changes` are of the header."""
    claims = card_claims() if payload is None else payload
    content = claims if isinstance(claims, bytes) else json.dumps(claims, separators=(",", ":")).encode()
    if header is None:
        fields = {"zip": "DEF", "alg": "ES256", "kid": jwk(EC_KEY)["kid"]} | changes
        header = {name: value for name, value in fields.items() if value is not None}
    first = header if isinstance(header, bytes) else json.dumps(header, separators=(",", ":")).encode()
    body = deflated(content) if packed is None else packed
    signed = f"{b64(first)}.{b64(body)}"
    made = raw_sign(key, signed.encode()) if signature is None else signature
    return f"{signed}.{b64(made)}"


def deflated(content: bytes, level: int = 9) -> bytes:
    packer = zlib.compressobj(level, wbits=-15)
    return packer.compress(content) + packer.flush()


def digits(text: str) -> str:
    return "".join(f"{ord(character) - 45:02d}" for character in text)


def card(payload: bytes | dict[str, Any] | None = None, key: Any = EC_KEY, **parts: Any) -> str:
    return "shc:/" + digits(jws(payload, key, **parts))


def parts(text: str, total: int) -> list[str]:
    """A JWS in so many symbols."""
    size = -(-len(text) // total)
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    return [f"shc:/{place}/{total}/{digits(piece)}" for place, piece in enumerate(pieces, 1)]


def card_signer(key: Any = EC_KEY, **changes: Any) -> Signer:
    values: dict[str, Any] = {
        "kid": jwk(key)["kid"].encode(),
        "key": key.public_key(),
        "algorithm": -7,
        "issuer": ISSUER,
        "formats": frozenset({"SHC"}),
        "owner": ISSUER,
    }
    return Signer(**(values | changes))


def twin(text: str) -> str:
    """The same card with the other of the two signatures that ECDSA allows: s replaced by n - s."""
    head, _, last = text.rpartition(".")
    raw = base64.urlsafe_b64decode(last + "==")
    s = P256_ORDER - int.from_bytes(raw[32:], "big")
    return f"{head}.{b64(raw[:32] + s.to_bytes(32, 'big'))}"


# --- New Zealand ---


def pass_claims(vc: dict[str, Any] | None = None, **claims: Any) -> dict[Any, Any]:
    """Claims of a good pass. `iss`, `nbf`, `exp`, `cti` replace; None leaves one out."""
    numbers = {"iss": 1, "exp": 4, "nbf": 5, "cti": 7}
    values = {"iss": DID, "nbf": seconds() - HOUR, "exp": seconds() + HOUR, "cti": bytes(range(16))} | claims
    made: dict[Any, Any] = {numbers[name]: value for name, value in values.items() if value is not None}
    credential = {
        "@context": ["https://www.w3.org/2018/credentials/v1", "https://nzcp.covid19.health.nz/contexts/v1"],
        "version": "1.0.0",
        "type": ["VerifiableCredential", "PublicCovidPass"],
        "credentialSubject": {"givenName": "Mia", "familyName": "Muster", "dob": "1970-01-01"},
    } | (vc or {})
    made["vc"] = {name: value for name, value in credential.items() if value is not None}
    return made


def nz_pass(claims: dict[Any, Any] | bytes | None = None, key: Any = EC_KEY, **parts: Any) -> str:
    """A pass; `parts` are those of `made.message`."""
    content = pass_claims() if claims is None else claims
    payload = content if isinstance(content, bytes) else cbor2.dumps(content)
    parts.setdefault("protected", {4: b"key-1", 1: -7})
    return nz_text(message(payload, key, **parts))


def nz_text(cose: bytes) -> str:
    return "NZCP:/1/" + base64.b32encode(cose).decode().rstrip("=")


def pass_signer(key: Any = EC_KEY, **changes: Any) -> Signer:
    values: dict[str, Any] = {
        "kid": b"key-1",
        "key": key.public_key(),
        "algorithm": -7,
        "issuer": DID,
        "formats": frozenset({"NZCP"}),
        "owner": DID,
    }
    return Signer(**(values | changes))
