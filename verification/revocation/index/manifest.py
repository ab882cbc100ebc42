"""The one small file that says what an index is made of now; replacing it is the only moment of change."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verification.revocation.index.disk import Disk, put
from verification.revocation.index.fields import digest, name_of, rows
from verification.revocation.index.unusable import IndexUnusable
from verification.signed_lists import parse

CURRENT, INCOMING = "CURRENT", "INCOMING"
"""What is in use, and a base that is still being put together."""
DOCUMENT, PART, RECORDS = ".json", ".part", ".records"
OURS = re.compile(r"(?:[0-9a-f]{64}\.(?:json|part|records)|CURRENT|INCOMING)(?:\.new)?\Z")
"""The names that an index gives to files."""
_MOST = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """Names (SHA-256) of the base's document and of the deltas' documents, in order."""

    base: str
    deltas: tuple[str, ...] = ()


def read_manifest(folder: Path, which: str = CURRENT) -> Manifest:
    """What `folder` is made of. Raises `IndexUnusable`."""
    return to_manifest(read_file(folder / which, _MOST))


def to_manifest(data: bytes) -> Manifest:
    """The same of a manifest's bytes. Raises `IndexUnusable` or its parent."""
    document = parse(data)
    return Manifest(digest(document.get("base")), tuple(map(digest, rows(document, "deltas"))))


def write_manifest(disk: Disk, folder: Path, manifest: Manifest, which: str = CURRENT) -> None:
    """Makes names given so far stable, then changes what `folder` is made of. Raises `OSError`."""
    disk.sync_folder(folder)
    document = {"base": manifest.base, "deltas": list(manifest.deltas)}
    put(disk, folder / which, json.dumps(document, indent=1).encode() + b"\n")
    disk.sync_folder(folder)


def read_named(folder: Path, name: str, kind: str, most: int) -> bytes:
    """A whole file that is known by its SHA-256. Raises `IndexUnusable`."""
    data = read_file(folder / (name + kind), most)
    if name_of(data) != name:
        raise IndexUnusable(f"{name}{kind}: is damaged")
    return data


def read_file(file: Path, most: int) -> bytes:
    """At most so many bytes of a file. Raises `IndexUnusable`."""
    try:
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise IndexUnusable(f"{file.name}: cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise IndexUnusable(f"{file.name}: is too large")
    return data


def put_all(disk: Disk, folder: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Puts files in place that are not there yet. They are stable once a manifest was written."""
    for name, data in files:
        file = folder / name
        if not (file.exists() and file.read_bytes() == data):
            put(disk, file, data)
