"""The key an officer decides with at a station desk: kept in the roster, sealed under the officer's PIN.

Whoever has the roster can try PINs against it, exactly as against the PIN's own hash: that is why the roster
itself travels only sealed to enrolled devices.
"""

from __future__ import annotations

import base64
import binascii
import os

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.signing import PublicKey, SigningKey

SEAL = b"checkpoint-kiosk/officer-key/v1\n"
"""Bound into the seal, with the officer's number and public key."""
PASSES, MEMORY_KIB, LANES = 3, 65_536, 4
"""argon2id as for the PIN's hash (`kiosk.desk.pin`); a seal says nothing of its own cost."""
_SALT, _NONCE, _KEY, _TAG = 16, 12, 32, 16
LENGTH = _SALT + _NONCE + _KEY + _TAG


class SealedKeyError(Exception):
    """A sealed key that can't be relied on. `str()` is one sentence and holds nothing of the key."""


def new_officer_key(officer: str, pin: str) -> tuple[PublicKey, str]:
    """A fresh key: its public half, and the private one sealed under the PIN (base64)."""
    key = SigningKey.of(Ed25519PrivateKey.generate())
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_under(pin, salt)).encrypt(
        nonce, key.private.private_bytes_raw(), _bound(officer, key.public)
    )
    return key.public, base64.b64encode(salt + nonce + sealed).decode()


def check_sealed(sealed: str) -> bytes:
    """The bytes of a sealed key. Raises `SealedKeyError`."""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealedKeyError("the sealed key is not base64") from error
    if len(raw) != LENGTH:
        raise SealedKeyError(f"the sealed key does not have {LENGTH} bytes")
    return raw


def unlock(officer: str, public: PublicKey, sealed: str, pin: str) -> SigningKey | None:
    """The private key; None: another PIN, or a damaged seal. Takes 50 to 100 ms, as a PIN check does.

    Raises `SealedKeyError` for a seal that is none.
    """
    raw = check_sealed(sealed)
    salt, nonce, body = raw[:_SALT], raw[_SALT : _SALT + _NONCE], raw[_SALT + _NONCE :]
    try:
        private = AESGCM(_under(pin, salt)).decrypt(nonce, body, _bound(officer, public))
    except InvalidTag:
        return None
    key = SigningKey.of(Ed25519PrivateKey.from_private_bytes(private))
    return key if key.public == public else None


def _under(pin: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        pin.encode(),
        salt,
        time_cost=PASSES,
        memory_cost=MEMORY_KIB,
        parallelism=LANES,
        hash_len=_KEY,
        type=Type.ID,
    )


def _bound(officer: str, public: PublicKey) -> bytes:
    return SEAL + officer.encode() + b"\n" + public.raw
