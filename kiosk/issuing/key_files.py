"""Private keys on disk: named for what they are, readable by their owner alone, never overwritten."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from verification.issuing.authority import CannotIssue
from verification.signed_lists import SigningKey


def key_file(folder: Path, name: str, *, demo: bool) -> Path:
    """Where the private key of `name` is kept; a demo key says so in its name."""
    return folder / f"{name}.{'demo-key' if demo else 'key'}.pem"


def public_file(private: Path) -> Path:
    """Where the public half of a private key is kept: `list.demo-key.pem` is beside `list.public.pem`."""
    return private.with_name(private.name.split(".", 1)[0] + ".public.pem")


def save_key(file: Path, key: SigningKey) -> None:
    """Writes a new private key (mode 0600) and its public half. Raises `CannotIssue`."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CannotIssue(f"{file}: there is a key already, and keys are never overwritten") from error
    except OSError as error:
        raise CannotIssue(f"{file}: cannot be written: {error.strerror}") from error
    with os.fdopen(handle, "wb") as out:
        out.write(pem)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    write_file(public_file(file), public)


def load_key(file: Path) -> SigningKey:
    """A private key that can sign codes and lists. Raises `CannotIssue`."""
    try:
        key = load_pem_private_key(read_file(file), password=None)
    except (ValueError, TypeError) as error:
        raise CannotIssue(f"{file}: is no private key in PEM without a password") from error
    p256 = isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)
    if isinstance(key, ed25519.Ed25519PrivateKey) or (isinstance(key, ec.EllipticCurvePrivateKey) and p256):
        return key
    raise CannotIssue(f"{file}: is neither a P-256 nor an Ed25519 key")


def list_key(file: Path) -> tuple[SigningKey, bool]:
    """The key that signs lists, and whether it was made just now because the file was not there."""
    if file.exists():
        return load_key(file), False
    make_folder(file.parent)
    key = ed25519.Ed25519PrivateKey.generate()
    save_key(file, key)
    return key, True


def read_file(file: Path) -> bytes:
    """The bytes of a file. Raises `CannotIssue`."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CannotIssue(f"{file}: cannot be read: {error.strerror}") from error


def write_file(file: Path, data: bytes) -> None:
    """Writes a file that is no secret. Raises `CannotIssue`."""
    try:
        file.write_bytes(data)
    except OSError as error:
        raise CannotIssue(f"{file}: cannot be written: {error.strerror}") from error


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it. Raises `CannotIssue`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotIssue(f"{folder}: cannot be made: {error.strerror}") from error
