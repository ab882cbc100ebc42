"""From claims to the text of a code: CWT, COSE_Sign1, zlib, base45, prefix (hcert_spec §3)."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from verification.encodings import base45, cose
from verification.issuing.authority import Authority
from verification.signed_lists import SigningKey

_ECDSA = ec.ECDSA(SHA256(), deterministic_signing=True)
"""RFC 6979: no random number that could leak the key, and the same code for the same claims."""


def seal(prefix: str, claims: Mapping[int, Any], authority: Authority) -> str:
    """The text of a code with these CWT claims. Raises `CannotIssue` for a format not the authority's."""
    message = sign1(
        cbor2.dumps(claims, canonical=True), authority.key, authority.kid(prefix), authority.algorithm
    )
    return f"{prefix}:" + wrap(message)


def sign1(
    payload: bytes, key: SigningKey, kid: bytes, algorithm: int, further: Mapping[int, Any] | None = None
) -> bytes:
    """A tagged COSE_Sign1 message (RFC 9052 §4.2), algorithm and key id in the protected header.

    `further` are parameters beside them.
    """
    protected = cbor2.dumps({cose.ALG: algorithm, cose.KID: kid} | dict(further or {}), canonical=True)
    signed = cose.Sign1(protected, payload, b"", algorithm, kid).signed_bytes()
    message = cbor2.CBORTag(cose.SIGN1_TAG, [protected, {}, payload, _signature(key, signed)])
    return cbor2.dumps(message, canonical=True)


def wrap(message: bytes) -> str:
    """A message as the text after the prefix: zlib (RFC 1950, best compression), then base45."""
    return base45.encode(zlib.compress(message, 9)).decode("ascii")


def _signature(key: SigningKey, signed: bytes) -> bytes:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(signed)
    r, s = decode_dss_signature(key.sign(signed, _ECDSA))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")
