"""ECDSA with raw signatures (RFC 7518 §3.4, RFC 9053 §2.1): r and s of the curve's own length."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import NamedTuple, TypeGuard

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

ES256, ES384, ES512 = -7, -35, -36
"""COSE's numbers (RFC 9053 §2.1). A key makes one of them: the curve and the hash belong together here."""
ALL = frozenset({ES256, ES384, ES512})


class _Curve(NamedTuple):
    """What belongs to one curve here: algorithm, hash, and the order of its points as so many bytes."""

    algorithm: int
    scheme: ec.ECDSA
    digest: Callable[[bytes], hashlib._Hash]
    order: bytes


def _curve(algorithm: int, curve: ec.EllipticCurve, hashed: HashAlgorithm) -> _Curve:
    order = curve.group_order
    scheme = ec.ECDSA(Prehashed(hashed))
    return _Curve(
        algorithm, scheme, getattr(hashlib, hashed.name), order.to_bytes((order.bit_length() + 7) // 8)
    )


_CURVES = {
    "secp256r1": _curve(ES256, ec.SECP256R1(), SHA256()),
    "secp384r1": _curve(ES384, ec.SECP384R1(), SHA384()),
    "secp521r1": _curve(ES512, ec.SECP521R1(), SHA512()),
}


def is_elliptic(key: PublicKeyTypes) -> TypeGuard[ec.EllipticCurvePublicKey]:
    """Whether `key` is one on a curve, decided once for each class: `isinstance` takes its time."""
    return _is_elliptic(type(key))


@cache
def _is_elliptic(kind: type[PublicKeyTypes]) -> bool:
    return issubclass(kind, ec.EllipticCurvePublicKey)


def algorithm_of(key: PublicKeyTypes) -> int | None:
    """The one COSE algorithm of a key on P-256, P-384 or P-521; None for every other key."""
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name not in _CURVES:
        return None
    return _CURVES[key.curve.name].algorithm


def signed_by(key: PublicKeyTypes, signature: bytes, signed: bytes) -> bool:
    """Whether `signature` over `signed` was made by `key` with its own algorithm. Never raises."""
    if not is_elliptic(key):
        return False
    known = _CURVES.get(key.curve.name)
    if known is None:
        return False
    _, scheme, digest, order = known
    size = len(order)
    r, s = signature[:size], signature[size:]
    if len(s) != size or r >= order or s >= order:
        return False
    r, s = r.lstrip(b"\0"), s.lstrip(b"\0")
    if not r or not s:
        return False
    try:
        key.verify(_der(r, s), digest(signed).digest(), scheme)
    except InvalidSignature:
        return False
    return True


def _der(r: bytes, s: bytes) -> bytes:
    """A signature as X9.62 writes it, which is what OpenSSL reads: two positive integers in DER."""
    if r[0] & 0x80:
        r = b"\0" + r
    if s[0] & 0x80:
        s = b"\0" + s
    size = len(r) + len(s) + 4
    head = b"\x30%c" % size if size < 0x80 else b"\x30\x81%c" % size
    return b"%b\x02%c%b\x02%c%b" % (head, len(r), r, len(s), s)
