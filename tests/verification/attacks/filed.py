"""A lane whose lists are files, loaded as a lane loads them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from config.settings import Trust
from kiosk.lists import load_lists
from tests.verification.attacks.case import Code, Lane
from tests.verification.made import EC_KEY, ED_KEY, NOW, OTHER_EC_KEY
from verification.assessment import Assessment
from verification.formats.registry import KNOWN
from verification.revocation import station_list as revocations
from verification.revocation.memory import Withdrawn
from verification.signed_lists import SigningKey
from verification.trust import station_list
from verification.verifier import Verifier

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
File = tuple[str, bytes]
"""Name and content."""


def apart(name: str, content: bytes, key: Any = ED_KEY) -> tuple[File, File]:
    """A file with its signature beside it."""
    made = key.sign(content) if key is ED_KEY else key.sign(content, ec.ECDSA(SHA512()))
    return (name, content), (name + ".sig", made)


def trusted(
    *formats: str, at: datetime = NOW, key: SigningKey = ED_KEY, of: Any = EC_KEY, issuer: str = "HK"
) -> bytes:
    entry = station_list.Entry(issuer, frozenset(formats or ("HC1", "HK1")), key=of.public_key())
    return station_list.write([entry], "made up", at, key)


def withdrawn(*digests: bytes, at: datetime = NOW, key: SigningKey = ED_KEY, formats: Any = KNOWN) -> bytes:
    entries = [Withdrawn(None, "UCI", frozenset(digests))]
    return revocations.write(entries, [(name, "*") for name in sorted(formats)], "made up", at, key)


@dataclass(frozen=True)
class Filed(Lane):
    """A lane with these files, of which all but signatures and `.pem` are in its settings."""

    trust: tuple[File, ...] = (("trust.json", trusted()),)
    revoked: tuple[File, ...] = (("revoked.json", withdrawn()),)
    keys: tuple[Any, ...] = (ED_KEY, OTHER_EC_KEY)
    put_there: datetime = NOW

    def check(self, code: Code, at: datetime = NOW) -> Assessment:
        with TemporaryDirectory() as folder:
            trust = list(self._put(Path(folder), self.trust))
            revoked = list(self._put(Path(folder), self.revoked))
            pems = [(f"{number}.pem", pem(key)) for number, key in enumerate(self.keys)]
            keys = list(self._put(Path(folder), tuple(pems)))
            lists = load_lists(Trust(lists=tuple(trust), key=tuple(keys), revocation=tuple(revoked)), None)
        return Verifier(lambda: lists.snapshot, self.allowed).verify(code, at)

    def _put(self, folder: Path, files: tuple[File, ...]) -> Iterator[Path]:
        for name, content in files:
            file = folder / name
            file.write_bytes(content)
            os.utime(file, (self.put_there.timestamp(),) * 2)
            if file.suffix != ".sig":
                yield file


def pem(key: Any) -> bytes:
    made: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return made
