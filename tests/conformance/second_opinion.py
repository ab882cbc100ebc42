"""An independent check of HC1 codes from well-known libraries alone; nothing of the product is used."""

from __future__ import annotations

import base64
import json
import warnings
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import base45
import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

Keys = dict[bytes, list[Any]]


@dataclass(frozen=True)
class Opinion:
    """`signature` is VALID, INVALID or UNKNOWN_SIGNER; `validity` as the product words it."""

    signature: str
    validity: str


def public_keys(certificates: Iterable[tuple[bytes, bytes]]) -> Keys:
    """Keys by key id, from pairs of key id and DER certificate."""
    keys: Keys = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for kid, der in certificates:
            keys.setdefault(kid, []).append(x509.load_der_x509_certificate(der).public_key())
    return keys


def listed_keys(file: Path) -> Keys:
    rows = json.loads(file.read_text().split("\n", 1)[1])["certificates"]
    return public_keys((base64.b64decode(row["kid"]), base64.b64decode(row["rawData"])) for row in rows)


def message_parts(cose: bytes) -> list[Any]:
    message = cbor2.loads(cose)
    while hasattr(message, "tag"):
        message = message.value
    return list(message)


def opinion(code: str, keys: Keys, at: datetime) -> Opinion:
    protected, unprotected, payload, signature = message_parts(
        zlib.decompress(base45.b45decode(code.removeprefix("HC1:")))
    )
    header = cbor2.loads(protected) if protected else {}
    kid = header.get(4, unprotected.get(4))
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    known = keys.get(kid, [])
    good = any(_verifies(key, signature, signed) for key in known)
    claims = cbor2.loads(payload)
    return Opinion(
        "UNKNOWN_SIGNER" if not known else "VALID" if good else "INVALID",
        _validity(claims[6], claims[4], at.astimezone(UTC).timestamp()),
    )


def _validity(issued: float, expires: float, at: float) -> str:
    return "EXPIRED" if at > expires else "NOT_YET_VALID" if at < issued else "VALID"


def _verifies(key: Any, signature: bytes, signed: bytes) -> bool:
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PSS(padding.MGF1(SHA256()), 32), SHA256())
        else:
            half = len(signature) // 2
            r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
            key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
