"""Signed JSON documents: how our own trust and revocation lists are written, signed and believed.

A document is one JSON object. Its member `signature` is `{"algorithm": "EdDSA" | "ES256", "value": base64}`
over the canonical bytes of all other members: keys sorted, no spaces, UTF-8, no floats. `type` is one of
the signed members, so that one sort of list is never taken for another.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import load_pem_x509_certificate

from verification.encodings.cose import EDDSA, ES256, algorithm_of, signed_by

MAX_BYTES = 64 * 1024 * 1024
SIGNATURE = "signature"
_CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
_ALGORITHMS = {EDDSA: "EdDSA", ES256: "ES256"}
SigningKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


NOT_BY_A_TRUSTED_KEY = (
    "the list's signature was not made by a key that is trusted for lists, or the list was changed after it"
)


class ListRejected(Exception):
    """A list that must not be used. `str()` is one sentence that says why."""


class ListUnknown(ListRejected):
    """A document that is no list of any kind known here."""


def canonical(document: Mapping[str, Any]) -> bytes:
    """The bytes under the signature: everything but `signature` itself."""
    body = {name: value for name, value in document.items() if name != SIGNATURE}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def sign(document: Mapping[str, Any], key: SigningKey) -> bytes:
    """The document as a signed file. `key` is Ed25519 or P-256."""
    body = canonical(document)
    if isinstance(key, ed25519.Ed25519PrivateKey):
        value = key.sign(body)
    else:
        r, s = decode_dss_signature(key.sign(body, ec.ECDSA(SHA256())))
        value = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    algorithm = algorithm_of(key.public_key())
    if algorithm not in _ALGORITHMS:
        raise ValueError("lists are signed with Ed25519 or P-256 keys")
    signature = {"algorithm": _ALGORITHMS[algorithm], "value": base64.b64encode(value).decode()}
    signed = {**document, SIGNATURE: signature}
    return json.dumps(signed, indent=1, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def open_signed(data: bytes, expected_type: str, keys: Sequence[PublicKeyTypes]) -> dict[str, Any]:
    """The document in `data` once any of `keys` has signed it. Raises `ListRejected`."""
    document = parse(data)
    if document.get("type") != expected_type:
        raise ListRejected(f"the document is not of type {expected_type}")
    match document.get(SIGNATURE):
        case {"algorithm": str(algorithm), "value": str(value)}:
            signature = from_base64(value)
        case _:
            raise ListRejected("the list is not signed")
    body = canonical(document)
    agreeing = [key for key in keys if _ALGORITHMS.get(algorithm_of(key) or 0) == algorithm]
    if not any(signed_by(key, signature, body) for key in agreeing):
        raise ListRejected(NOT_BY_A_TRUSTED_KEY)
    return document


def require_signed_apart(data: bytes, signature: bytes | None, keys: Sequence[PublicKeyTypes]) -> None:
    """Raises `ListRejected` unless the detached `signature` over the file was made by one of `keys`.

    ECDSA in DER over SHA-512 with a key on P-256, P-384 or P-521 (what `openssl dgst -sha512 -sign` writes,
    and how the VCI directory is signed), or Ed25519.
    """
    if signature is None:
        raise ListRejected("the list is not signed: no signature stands beside it")
    if not any(_signed_apart(key, signature, data) for key in keys):
        raise ListRejected(NOT_BY_A_TRUSTED_KEY)


def sign_apart(data: bytes, key: SigningKey) -> bytes:
    """The detached signature that `require_signed_apart` believes. `key` is Ed25519 or on a curve of NIST."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data)
    return key.sign(data, ec.ECDSA(SHA512()))


def _signed_apart(key: PublicKeyTypes, signature: bytes, data: bytes) -> bool:
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, data)
        elif isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, _CURVES):
            key.verify(signature, data, ec.ECDSA(SHA512()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def parse(data: bytes) -> dict[str, Any]:
    """A JSON object, strictly: UTF-8, no key twice, no float or NaN. Raises `ListRejected`."""
    if len(data) > MAX_BYTES:
        raise ListRejected(f"the list is larger than {MAX_BYTES} bytes")
    try:
        document = json.loads(
            data.decode(),
            object_pairs_hook=_each_key_once,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError) as error:
        raise ListRejected("the list is not well-formed JSON") from error
    if not isinstance(document, dict):
        raise ListRejected("the list is not a JSON object")
    return document


def from_base64(text: Any) -> bytes:
    """Strict base64. Raises `ListRejected`."""
    if not isinstance(text, str):
        raise ListRejected("the list has something else where base64 belongs")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ListRejected("the list has a text that is not base64") from error


def to_time(text: Any) -> datetime:
    """A time with a zone, in UTC. Raises `ListRejected`."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise ListRejected("the list has a text that is not a time") from error
    raise ListRejected("the list has a time without a zone")


def public_key(pem: bytes) -> PublicKeyTypes:
    """The public key in a PEM file: bare, or in a certificate. Raises `ListRejected`.

    A certificate is only the key's dress: whoever names the file vouches for the key.
    """
    try:
        if b"-----BEGIN CERTIFICATE-----" in pem:
            return load_pem_x509_certificate(pem).public_key()
        return load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ListRejected("the key is not a public key in PEM") from error


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key occurs twice")
    return table


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} has no place in a list")
