"""ECDSA with raw signatures (RFC 7518 §3.4, RFC 9053 §2.1): r and s of the curve's own length."""

from __future__ import annotations

from functools import cache
from typing import TypeGuard

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512

ES256, ES384, ES512 = -7, -35, -36
"""COSE's numbers (RFC 9053 §2.1). A key makes one of them: the curve and the hash belong together here."""
ALL = frozenset({ES256, ES384, ES512})
_CURVES: dict[str, tuple[int, ec.ECDSA, int]] = {
    "secp256r1": (ES256, ec.ECDSA(SHA256()), 32),
    "secp384r1": (ES384, ec.ECDSA(SHA384()), 48),
    "secp521r1": (ES512, ec.ECDSA(SHA512()), 66),
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
    return _CURVES[key.curve.name][0]


def signed_by(key: PublicKeyTypes, signature: bytes, signed: bytes) -> bool:
    """Whether `signature` over `signed` was made by `key` with its own algorithm. Never raises."""
    if not is_elliptic(key):
        return False
    curve = key.curve
    known = _CURVES.get(curve.name)
    if known is None:
        return False
    _, algorithm, size = known
    if len(signature) != 2 * size:
        return False
    r, s, order = int.from_bytes(signature[:size]), int.from_bytes(signature[size:]), curve.group_order
    if not (0 < r < order and 0 < s < order):
        return False
    try:
        key.verify(encode_dss_signature(r, s), signed, algorithm)
    except InvalidSignature:
        return False
    return True
