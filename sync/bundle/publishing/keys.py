"""Keys that sign the bundle: offline ones under a passphrase on sticks, the hub's own in its folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, SSlibKey

from sync.signing import LARGEST_PEM, KeyUnusable, PublicKey, load_public, write_private

SHORTEST_PASSPHRASE = 12
ListKey = Ed25519PrivateKey | EllipticCurvePrivateKey
Passphrase = Callable[[Path], bytes]
"""Asks for the passphrase of a key file. Raises `KeyUnusable`."""


@dataclass(frozen=True, slots=True)
class RoleKey:
    """A private key of a role. `id` is TUF's key id: the SHA-256 of the public key's canonical form."""

    private: Ed25519PrivateKey = field(repr=False)
    public: SSlibKey

    @property
    def id(self) -> str:
        """64 hexadecimal digits; people are shown and may name the first eight."""
        return self.public.keyid

    @property
    def signer(self) -> CryptoSigner:
        """What the metadata library signs with."""
        return CryptoSigner(self.private, self.public)


def new_key() -> RoleKey:
    """An Ed25519 key."""
    return _role_key(Ed25519PrivateKey.generate())


def write_key(file: Path, key: RoleKey, passphrase: bytes | None) -> None:
    """Writes `file` (PKCS #8 PEM, 0600, encrypted where there is a passphrase) and `NAME.pub.pem` beside it.

    Raises `KeyUnusable`, also where a key is there already.
    """
    if passphrase is not None and len(passphrase) < SHORTEST_PASSPHRASE:
        raise KeyUnusable(f"The passphrase is too short: take {SHORTEST_PASSPHRASE} characters or more.")
    encryption = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
    try:
        if file.exists():
            raise KeyUnusable(f"{file} is there already: name another folder, or remove it first.")
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(file, key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
        public = load_pem_private_key(file.read_bytes(), passphrase).public_key()
        if not isinstance(public, Ed25519PublicKey) or SSlibKey.from_crypto(public) != key.public:
            raise KeyUnusable(f"{file} was not written as it should be: take another stick.")
        write_private(file.with_suffix(".pub.pem"), public_pem(key.public), mode=0o644)
    except OSError as error:
        raise KeyUnusable(f"{file}: {error.strerror}: is the stick in, and writable?") from error


def load_key(file: Path, passphrase: Passphrase) -> RoleKey:
    """The private key in a file, which is asked for its passphrase if it has one. Raises `KeyUnusable`."""
    private = _load_private(file, passphrase)
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyUnusable(f"{file} is not an Ed25519 key: name a key made by `hub publish new-key`.")
    return _role_key(private)


def _load_private(file: Path, passphrase: Passphrase) -> PrivateKeyTypes:
    try:
        with file.open("rb") as stream:
            pem = stream.read(LARGEST_PEM)
        encrypted = b"ENCRYPTED" in pem.split(b"\n", 1)[0]
        if not encrypted and file.stat().st_mode & 0o077:
            raise KeyUnusable(f"{file} has no passphrase and can be read by others: run chmod 600 on it.")
        return load_pem_private_key(pem, passphrase(file) if encrypted else None)
    except OSError as error:
        raise KeyUnusable(f"{file}: {error.strerror}: put the stick with this key in.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(f"{file} is no private key, or this is not its passphrase.") from error


def load_list_key(file: Path, passphrase: Passphrase) -> ListKey:
    """A private key that signs lists: Ed25519 or P-256. Raises `KeyUnusable`."""
    private = _load_private(file, passphrase)
    if isinstance(private, Ed25519PrivateKey):
        return private
    if isinstance(private, EllipticCurvePrivateKey) and isinstance(private.curve, SECP256R1):
        return private
    raise KeyUnusable(f"{file} signs no lists: an Ed25519 or a P-256 key does.")


def load_role_public(file: Path) -> SSlibKey:
    """The public key in a PEM file. Raises `KeyUnusable`."""
    return SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(load_public(file).raw))


def public_pem(key: SSlibKey) -> bytes:
    """The public key in PEM."""
    return PublicKey(bytes.fromhex(key.keyval["public"])).pem


def _role_key(private: Ed25519PrivateKey) -> RoleKey:
    return RoleKey(private, SSlibKey.from_crypto(private.public_key()))


class OnlineKeys:
    """The hub's own keys for timestamp and snapshot: they say that something is new, never what it is."""

    ROLES = ("timestamp", "snapshot")

    def __init__(self, folder: Path) -> None:
        """`folder` is the hub's; its files have mode 0600."""
        self.folder = folder

    def make(self, role: str) -> RoleKey:
        """A new key in a file of its own; those before stay until `forget`. Raises `KeyUnusable`."""
        key = new_key()
        write_key(self._file(role, key.id), key, None)
        return key

    def find(self, role: str, ids: list[str]) -> RoleKey:
        """The key of a role that one of `ids` names. Raises `KeyUnusable`."""
        for key_id in ids:
            if self._file(role, key_id).exists():
                return load_key(self._file(role, key_id), _none)
        raise KeyUnusable(
            f"The hub's {role} key is not in {self.folder}: put it back from a copy, or make a new one with "
            f"`hub publish rotate {role}`."
        )

    def forget(self, role: str, ids: list[str]) -> None:
        """Removes every key of a role that `ids` does not name."""
        kept = {self._file(role, key_id).name for key_id in ids}
        for file in self.folder.glob(f"{role}-*.key"):
            if file.name not in kept:
                file.with_suffix(".pub.pem").unlink(missing_ok=True)
                file.unlink(missing_ok=True)

    def _file(self, role: str, key_id: str) -> Path:
        return self.folder / f"{role}-{key_id[:16]}.key"


def _none(file: Path) -> bytes:
    raise KeyUnusable(f"{file} has a passphrase: the hub's own keys have none, it signs without a person.")
