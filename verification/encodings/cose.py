"""COSE_Sign1 (RFC 9052 §4.2): taken apart, and checked by a key that itself says with which algorithm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256

from verification.encodings import cbor, ecdsa
from verification.encodings.malformed import Malformed

ES256, EDDSA, PS256 = ecdsa.ES256, -8, -37
ALG, CRIT, KID = 1, 2, 4
SIGN1_TAG, CWT_TAG = 18, 61
_ES256_AND_KID = b"\xa2\x01\x26\x04\x48"
"""How nearly every header begins: a map of two, the algorithm, and a key id of 8 bytes to its end."""
_BEGINNING = b"\xd2\x84\x4d" + _ES256_AND_KID
_SHORTEST = 20
_TAGS = frozenset({SIGN1_TAG, CWT_TAG})
_PSS = padding.PSS(mgf=padding.MGF1(SHA256()), salt_length=32)
_SHA256 = SHA256()


@dataclass(slots=True)
class Sign1:
    """A COSE_Sign1 message. `protected` and `payload` are the bytes as they were signed."""

    protected: bytes
    payload: bytes
    signature: bytes
    algorithm: int | None
    """As the header claims: protected first, then unprotected. It chooses nothing."""
    kid: bytes | None
    """Protected first, then unprotected."""

    def signed_bytes(self, external: bytes = b"") -> bytes:
        """The Sig_structure (RFC 9052 §4.4) around the original protected bytes."""
        outside = _bstr(external) if external else b"\x40"
        return b"\x84\x6aSignature1%b%b%b" % (_bstr(self.protected), outside, _bstr(self.payload))


def parse(data: bytes, most: int = cbor.MAX_BYTES) -> Sign1:
    """Takes a message apart: untagged, tagged 18, or tagged 61 and 18 (RFC 8392 §6).

    Raises `Malformed`. Header parameters named critical are never understood here (RFC 9052 §3.1).
    """
    usual = _usual(data) if _SHORTEST <= len(data) <= most else None
    if usual is not None:
        return usual
    message = cbor.decode(data, _TAGS, most)
    if isinstance(message, cbor.Tagged) and message.tag == CWT_TAG:
        message = message.value
        if not isinstance(message, cbor.Tagged):
            raise Malformed("cose: a CWT tag before something that is not tagged")
    if isinstance(message, cbor.Tagged):
        if message.tag != SIGN1_TAG:
            raise Malformed("cose: not a COSE_Sign1 message")
        message = message.value
    match message:
        case [bytes() as protected, dict() as unprotected, bytes() as payload, bytes() as signature]:
            return _assemble(protected, unprotected, payload, signature)
    raise Malformed("cose: not a COSE_Sign1 message")


def _usual(data: bytes) -> Sign1 | None:
    """A message as nearly every issuer writes it, read in place; None for what has to be decoded.

    Tag 18, the usual header, nothing unprotected, a payload of 24 to 65535 bytes whose length is written as
    short as can be, 64 bytes of signature, and the end.
    """
    if data[:8] != _BEGINNING or data[16] != 0xA0:
        return None
    if data[17] == 0x58 and data[18] >= 24:
        begin, end = 19, 19 + data[18]
    elif data[17] == 0x59 and data[18]:
        begin, end = 20, 20 + (data[18] << 8 | data[19])
    else:
        return None
    if data[end : end + 2] != b"\x58\x40" or len(data) != end + 66:
        return None
    return Sign1(data[3:16], data[begin:end], data[end + 2 :], ES256, data[8:16])


def _assemble(protected: bytes, unprotected: dict[Any, Any], payload: bytes, signature: bytes) -> Sign1:
    if protected[:5] == _ES256_AND_KID and len(protected) == 13 and not unprotected:
        return Sign1(protected, payload, signature, ES256, protected[5:])
    header = cbor.decode(protected) if protected else {}
    if not isinstance(header, dict):
        raise Malformed("cose: the protected header is not a map")
    if CRIT in header or CRIT in unprotected:
        raise Malformed("cose: a critical header parameter that is not understood")
    algorithm = header.get(ALG, unprotected.get(ALG))
    kid = header.get(KID, unprotected.get(KID))
    return Sign1(
        protected=b"" if not header else protected,
        payload=payload,
        signature=signature,
        algorithm=algorithm if type(algorithm) is int else None,
        kid=kid if isinstance(kid, bytes) else None,
    )


def _bstr(data: bytes) -> bytes:
    """`data` as a CBOR byte string."""
    size = len(data)
    if size < 24:
        return bytes((0x40 | size,)) + data
    if size < 1 << 8:
        return bytes((0x58, size)) + data
    if size < 1 << 16:
        return b"\x59" + size.to_bytes(2, "big") + data
    return b"\x5a" + size.to_bytes(4, "big") + data


def algorithm_of(key: PublicKeyTypes) -> int | None:
    """The one COSE algorithm that this key makes here, or None for a key that makes none.

    ES256 is P-256 only, PS256 is RSA of 1024 to 4096 bits (but see `is_weak`), EdDSA is Ed25519.
    """
    match key:
        case ec.EllipticCurvePublicKey() if isinstance(key.curve, ec.SECP256R1):
            return ES256
        case rsa.RSAPublicKey() if 1024 <= key.key_size <= 4096:
            return PS256
        case ed25519.Ed25519PublicKey():
            return EDDSA
    return None


def is_weak(key: PublicKeyTypes) -> bool:
    """Whether the key is RSA of less than 2048 bits (RFC 8230 §6.1): such signers stand on real lists."""
    return isinstance(key, rsa.RSAPublicKey) and key.key_size < 2048


def signed_by(key: PublicKeyTypes, signature: bytes, signed: bytes) -> bool:
    """Whether `signature` over `signed` was made by `key`, with the algorithm that is the key's own.

    ECDSA signatures are raw r and s of 32 bytes each (RFC 9053 §2.1), PSS has a salt of 32 bytes
    (RFC 8230 §2). Never raises for any signature.
    """
    if ecdsa.is_elliptic(key):
        return ecdsa.signed_by(key, signature, signed)
    try:
        match key:
            case rsa.RSAPublicKey():
                key.verify(signature, signed, _PSS, _SHA256)
            case ed25519.Ed25519PublicKey():
                key.verify(signature, signed)
            case _:
                return False
    except InvalidSignature:
        return False
    return True
