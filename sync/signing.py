"""Ed25519 keys in files: the device's, which signs records, and the hub's, which signs receipts."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from config.regular import open_regular

LARGEST_PEM = 64 * 1024


class _WrittenPublic(Protocol):
    @property
    def pem(self) -> bytes: ...


class _KeyPair(Protocol):
    @property
    def public(self) -> _WrittenPublic: ...


_Pair = TypeVar("_Pair", bound=_KeyPair)


class KeyUnusable(Exception):
    """A key file that cannot be used. `str()` is one sentence that names the file and what to do."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A raw Ed25519 public key (32 bytes)."""

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """What people compare: the first 32 hexadecimal digits of the key's SHA-256."""
        return hashlib.sha256(self.raw).hexdigest()[:32]

    @property
    def pem(self) -> bytes:
        """The key as PEM (SubjectPublicKeyInfo)."""
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether this key made this signature over this message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and its public half."""

    private: Ed25519PrivateKey = field(repr=False)
    public: PublicKey

    @classmethod
    def of(cls, private: Ed25519PrivateKey) -> SigningKey:
        """A signing key around a private key."""
        return cls(private, PublicKey(private.public_key().public_bytes_raw()))

    def sign(self, message: bytes) -> bytes:
        """64 bytes over `message`, which begins with its domain (`sync.canonical`)."""
        return self.private.sign(message)


def load_or_make(file: Path) -> SigningKey:
    """The key in `file` (PKCS #8 PEM, mode 0600), made there when there is none; `NAME.pub.pem` beside it.

    Raises `KeyUnusable`.
    """
    return key_in_file(
        file,
        "an Ed25519",
        Ed25519PrivateKey.generate,
        lambda private: SigningKey.of(private) if isinstance(private, Ed25519PrivateKey) else None,
    )


def key_in_file(
    file: Path,
    called: str,
    generate: Callable[[], Ed25519PrivateKey | X25519PrivateKey],
    of: Callable[[PrivateKeyTypes], _Pair | None],
) -> _Pair:
    """The key pair in `file` (PKCS #8 PEM, mode 0600), made there when there is none.

    `called` names the kind with its article. `of` makes the pair, whose public half goes to `NAME.pub.pem`;
    it gives None for a key of another kind.
    Raises `KeyUnusable`.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            key = generate()
            write_private(file, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        elif file.stat().st_mode & 0o077:
            raise KeyUnusable(f"{file} can be read by others: run chmod 600 on it, or make a new key.")
        pair = of(load_pem_private_key(file.read_bytes(), password=None))
        if pair is None:
            raise KeyUnusable(f"{file} is not {called} key: put the right file there.")
        public_file = file.with_suffix(".pub.pem")
        if not public_file.exists() or public_file.read_bytes() != pair.public.pem:
            write_private(public_file, pair.public.pem, mode=0o644)
    except OSError as error:
        raise KeyUnusable(
            f"{error.filename or file}: {error.strerror}: check the folder and its owner."
        ) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(f"{file} is damaged or not a private key: put it back from a copy.") from error
    return pair


def load_public(file: Path) -> PublicKey:
    """The Ed25519 public key in a PEM file. Raises `KeyUnusable`."""
    try:
        with open_regular(file) as stream:
            key = load_pem_public_key(stream.read(LARGEST_PEM))
    except OSError as error:
        raise KeyUnusable(f"{file}: {error.strerror}: name the file that holds the public key.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(f"{file} is not a public key in PEM.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyUnusable(f"{file} is not an Ed25519 key.")
    return PublicKey(key.public_bytes_raw())


def write_private(file: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Writes a small file so that after a power cut it is whole or not there. Raises OSError."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        if os.write(handle, data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
        os.fsync(handle)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
    beside.replace(file)
    flush_folder(file.parent)


def flush_folder(folder: Path) -> None:
    """Puts a folder's entries on stable storage: a rename counts only after this."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
