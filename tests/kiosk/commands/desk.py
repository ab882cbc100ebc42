"""The table at which a small station publishes: sticks, keys, lists, and `main.py hub publish`."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from kiosk.commands.door import main
from tests.sync.bundle.publishing.station import Client
from verification.trust import station_list

PASSPHRASE = "a made-up passphrase"
POLICY = Path(__file__).parents[3] / "config/policies/to-hong-kong.json"
ARRIVALS = "station/policy/arrivals.json"


class Desk:
    """The table of the ceremony: a folder for everything, and what was said there last."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.data = folder / "hub"
        (folder / "pw").write_text(PASSPHRASE + "\n")
        self.said = ""

    def __call__(self, *arguments: str | Path, secret: bool = True) -> int:
        """`main.py hub publish ...`; keys' passphrases come from a file."""
        more = ["--passphrase-file", str(self.folder / "pw")] if secret else []
        code = main(["hub", "publish", *map(str, arguments), *more])
        structlog.reset_defaults()  # the hub's log goes to this test's standard error, which ends with it
        captured = self._capsys.readouterr()
        self.said = captured.out + captured.err
        return code

    def init(self) -> int:
        sticks = [self.folder / f"stick{number}" for number in (1, 2, 3)]
        roots = [text for stick in sticks for text in ("--root", str(stick))]
        return self("init", "--data", self.data, *roots, "--targets", self.folder / "office")

    def root(self, number: int) -> Path:
        return self.folder / f"stick{number}/root-{number}.key"

    @property
    def targets(self) -> Path:
        return self.folder / "office/targets.key"

    def jurisdiction(self, role: str = "hk") -> Path:
        """A key made on the jurisdiction's machine, delegated at the hub."""
        key = self.folder / role / f"{role}.key"
        assert self("new-key", key) == 0
        assert (
            self("delegate", role, "--key", key.with_suffix(".pub.pem"), "--data", self.data, *self.signed())
            == 0
        )
        return key

    def signed(self, key: Path | None = None) -> list[str]:
        return ["--sign-with", str(key or self.targets)]

    def client(self, name: str = "client") -> Client:
        return Client(self.folder / name, self.data / "bundle")


def pem(key: ed25519.Ed25519PrivateKey, file: Path) -> Path:
    """A list key in a file, its public half beside it."""
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    file.chmod(0o600)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    file.with_suffix(".pub.pem").write_bytes(public)
    return file


def signers(folder: Path, key: ed25519.Ed25519PrivateKey, issuer: str, prefix: str) -> Path:
    """A trust list with one signer."""
    entry = station_list.Entry(
        issuer, frozenset({prefix}), ec.generate_private_key(ec.SECP256R1()).public_key()
    )
    file = folder / f"{issuer}-{prefix}.json"
    file.write_bytes(station_list.write([entry], "made up", datetime.now(UTC), key))
    return file


def line(number: int) -> str:
    """A made-up entry."""
    return json.dumps(
        {"kid": "UNKNOWN_KID", "type": "CTI", "hash": base64.b64encode(digest(number)).decode()}
    )


def digest(number: int) -> bytes:
    return hashlib.sha256(b"made up %d" % number).digest()[:16]
