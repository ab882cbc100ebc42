"""JSON Web Keys (RFC 7517) as public keys: strictly, or as they are really published."""

from __future__ import annotations

import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.encodings import base64url
from verification.encodings.malformed import Malformed

COORDINATE_BYTES = 32
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Members that only a private key has (RFC 7518 §6): whoever published one has lost the key."""


class KeyUnusable(Exception):
    """A published key that must not or cannot be used. `str()` is one sentence that says why."""


def p256(jwk: Any, *, mended: bool = False) -> ec.EllipticCurvePublicKey:
    """The P-256 key in a JWK. Raises `KeyUnusable`.

    `mended`: coordinates written as signed integers (33 bytes with a zero before them, or too few) are set
    right, and padding is allowed. Otherwise they have exactly 32 bytes (RFC 7518 §6.2.1.2).
    """
    if not isinstance(jwk, dict) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise KeyUnusable("not a key on the curve P-256")
    if not _PRIVATE.isdisjoint(jwk):
        raise KeyUnusable("the private key was published")
    x, y = (_coordinate(jwk.get(name), mended) for name in ("x", "y"))
    try:
        return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    except ValueError as error:
        raise KeyUnusable("the coordinates are not a point of the curve") from error


def jwk_of(key: PublicKeyTypes) -> dict[str, str]:
    """A P-256 key as a JWK. Raises `KeyUnusable`."""
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyUnusable("not a key on the curve P-256")
    numbers = key.public_numbers()
    members = {"kty": "EC", "crv": "P-256"}
    for name, number in (("x", numbers.x), ("y", numbers.y)):
        members[name] = base64url.encode(number.to_bytes(COORDINATE_BYTES, "big")).decode()
    return members


def thumbprint(jwk: dict[str, Any]) -> str:
    """The SHA-256 thumbprint (RFC 7638 §3) of a key that `p256` accepts, in base64url.

    Taken over the coordinates as they are published: keys with a shortened one are known by that thumbprint.
    """
    members = f'{{"crv":"P-256","kty":"EC","x":"{jwk["x"]}","y":"{jwk["y"]}"}}'
    return base64url.encode(hashlib.sha256(members.encode()).digest()).decode()


def _coordinate(text: Any, mended: bool) -> int:
    if not isinstance(text, str):
        raise KeyUnusable("a coordinate is missing")
    try:
        data = base64url.decode((text.rstrip("=") if mended else text).encode("utf-8", "replace"))
    except Malformed as error:
        raise KeyUnusable("a coordinate is not base64url") from error
    if mended:
        data = data.lstrip(b"\0").rjust(COORDINATE_BYTES, b"\0")
    if len(data) != COORDINATE_BYTES:
        raise KeyUnusable(f"a coordinate is not {COORDINATE_BYTES} bytes long")
    return int.from_bytes(data, "big")
