"""What only certain devices may read: HPKE (RFC 9180) with X25519, HKDF-SHA256 and AES-256-GCM."""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from config.regular import open_regular
from sync.signing import LARGEST_PEM, KeyUnusable, key_in_file

FILE = "seal.key"
ROSTER = b"checkpoint-kiosk/seal/roster/v1\n"
DAY_KEYS = b"checkpoint-kiosk/seal/day-keys/v1\n"
CONTENT_KEY = b"checkpoint-kiosk/seal/content-key/v1\n"
"""What is sealed, as HPKE's `info`: nothing sealed for one purpose opens as another."""
MAGIC = b"CKSEAL01"
MOST_RECIPIENTS = 4096
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_ID, _KEY = 16, 32
_SLOT = _ID + 32 + _KEY + 16
"""A recipient's id, then HPKE's encapsulated key, the content key and its tag."""


class NotOpened(Exception):
    """Sealed bytes that this key does not open. `str()` is one sentence."""


@dataclass(frozen=True, slots=True)
class SealPublicKey:
    """A raw X25519 public key (32 bytes): whoever has it can seal, and only its device can open."""

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """What people compare: the first 32 hexadecimal digits of the key's SHA-256."""
        return hashlib.sha256(self.raw).hexdigest()[: _ID * 2]

    @property
    def pem(self) -> bytes:
        """The key as PEM (SubjectPublicKeyInfo)."""
        key = X25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True, slots=True)
class SealKey:
    """A device's private key for what is sealed to it."""

    private: X25519PrivateKey = field(repr=False)
    public: SealPublicKey

    @classmethod
    def of(cls, private: X25519PrivateKey) -> SealKey:
        """A seal key around a private key."""
        return cls(private, SealPublicKey(private.public_key().public_bytes_raw()))

    def open(self, info: bytes, sealed: bytes) -> bytes:
        """What `seal` sealed for this key and this `info`. Raises `NotOpened`."""
        try:
            return _SUITE.decrypt(sealed, self.private, info)
        except InvalidTag as error:
            raise NotOpened("it is sealed for another device or another purpose, or damaged") from error

    def open_shared(self, info: bytes, sealed: bytes) -> bytes:
        """What `seal_for_all` sealed for this key among others. Raises `NotOpened`."""
        slots, head, nonce, body = _parts(sealed)
        own = bytes.fromhex(self.public.fingerprint)
        for slot in slots:
            if slot[:_ID] == own:
                content_key = self.open(CONTENT_KEY + info, slot[_ID:])
                break
        else:
            raise NotOpened("this device is not among those it was sealed for")
        try:
            return AESGCM(content_key).decrypt(nonce, body, info + head)
        except InvalidTag as error:
            raise NotOpened("it is sealed for another purpose, or damaged") from error


def seal(public: SealPublicKey, info: bytes, plaintext: bytes) -> bytes:
    """Bytes that only the holder of `public`'s private key opens: HPKE base mode, encapsulated key first.

    Whoever sealed it is not proved: that takes a signature around it. Raises `KeyUnusable`.
    """
    try:
        return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public.raw), info)
    except ValueError as error:
        raise KeyUnusable("A seal key is no X25519 public key: get seal.pub.pem again.") from error


def seal_for_all(publics: Sequence[SealPublicKey], info: bytes, plaintext: bytes) -> bytes:
    """One body under a random content key, which is sealed to each device; the list of devices is bound in.

    `CKSEAL01`, the number of recipients (16 bits, big-endian), for each its id (16 bytes of the SHA-256 of
    its key) and the sealed content key (80 bytes), a nonce (12 bytes), AES-256-GCM of the plaintext with
    `info` and everything before the nonce as associated data. Raises `KeyUnusable` for none, too many, or a
    wrong key.
    """
    recipients = sorted({public.raw: public for public in publics}.values(), key=lambda public: public.raw)
    if not 0 < len(recipients) <= MOST_RECIPIENTS:
        raise KeyUnusable(f"There are {len(recipients)} seal keys: give 1 to {MOST_RECIPIENTS} of them.")
    content_key = AESGCM.generate_key(bit_length=_KEY * 8)
    head = MAGIC + struct.pack(">H", len(recipients))
    for public in recipients:
        head += bytes.fromhex(public.fingerprint) + seal(public, CONTENT_KEY + info, content_key)
    nonce = os.urandom(12)
    return head + nonce + AESGCM(content_key).encrypt(nonce, plaintext, info + head)


def recipients_of(sealed: bytes) -> tuple[str, ...]:
    """Fingerprints of the keys that `seal_for_all` sealed it for. Raises `NotOpened`."""
    return tuple(slot[:_ID].hex() for slot in _parts(sealed)[0])


def _parts(sealed: bytes) -> tuple[list[bytes], bytes, bytes, bytes]:
    start = len(MAGIC) + 2
    if sealed[: len(MAGIC)] != MAGIC or len(sealed) < start:
        raise NotOpened("it is nothing that was sealed here")
    end = start + struct.unpack(">H", sealed[len(MAGIC) : start])[0] * _SLOT
    if end > MOST_RECIPIENTS * _SLOT + start or len(sealed) < end + 12 + 16:
        raise NotOpened("it was cut short")
    slots = [sealed[place : place + _SLOT] for place in range(start, end, _SLOT)]
    return slots, sealed[:end], sealed[end : end + 12], sealed[end + 12 :]


def seal_key(folder: Path) -> SealKey:
    """The key in `folder/seal.key` (PKCS #8 PEM, 0600), made at the first start; `seal.pub.pem` beside it.

    Raises `KeyUnusable`.
    """
    return key_in_file(
        folder / FILE,
        "an X25519",
        X25519PrivateKey.generate,
        lambda private: SealKey.of(private) if isinstance(private, X25519PrivateKey) else None,
    )


def load_seal_public(file: Path) -> SealPublicKey:
    """The X25519 public key in a PEM file. Raises `KeyUnusable`."""
    try:
        with open_regular(file) as stream:
            return read_seal_public(stream.read(LARGEST_PEM))
    except OSError as error:
        raise KeyUnusable(f"{file}: {error.strerror}: name a device's seal.pub.pem.") from error
    except KeyUnusable as error:
        raise KeyUnusable(f"{file} {error}") from error


def read_seal_public(pem: bytes) -> SealPublicKey:
    """The X25519 public key in PEM. Raises `KeyUnusable`."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable("is not a public key in PEM.") from error
    if not isinstance(key, X25519PublicKey):
        raise KeyUnusable("is not an X25519 key: name a device's seal.pub.pem, not its device.pub.pem.")
    return SealPublicKey(key.public_bytes_raw())
