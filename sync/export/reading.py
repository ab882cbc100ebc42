"""Reads what a stranger's archive says of itself, strictly: manifest, lines, places in the chain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync.batch import KIND, KIOSK
from sync.canonical import UTC_TEXT, NotCanonical, read_json_object, utc_time
from sync.chain import Position, Record
from sync.export.layout import BLOCKS, FORMAT, MANIFEST, OURS, SIGNATURE, ZONE, About, Subject
from sync.export.seal import NotProven
from sync.receipt import Receipt, read_receipt
from sync.signing import PublicKey

MAX_LINE = 1_000_000
MOST_FILES = 100
_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Described:
    """A file as the manifest has it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest whose every field is what it should be. Nothing is proven by that."""

    kiosk: str
    device: PublicKey
    made: str
    subject: Subject
    after: Position
    last: Position
    before: Record | None
    before_head: bytes
    next: Record | None
    files: tuple[Described, ...]
    receipt: object


def read_manifest(table: dict[str, object]) -> Manifest:
    """Raises `NotProven` and `NotCanonical`."""
    if table.get("format") != FORMAT:
        raise NotProven(f"{MANIFEST} is of a format this program does not know.")
    kiosk, made = table.get("kiosk"), table.get("made")
    if not isinstance(kiosk, str) or (kiosk and not KIOSK.fullmatch(kiosk)) or not _is_time(made):
        raise NotProven(f"{MANIFEST} has no name of a kiosk or no time.")
    if table.get("zone") != ZONE:
        raise NotProven(f"{MANIFEST} names a zone of time this program does not know.")
    before = table.get("before")
    return Manifest(
        kiosk,
        PublicKey(hexadecimal(table.get("device"), "device")),
        str(made),
        _subject(table.get("about")),
        _position(table.get("after")),
        _position(table.get("last")),
        _neighbour(before),
        hexadecimal(before.get("head"), "head") if isinstance(before, dict) else b"",
        _neighbour(table.get("next")),
        _files(table.get("files")),
        table.get("receipt"),
    )


def read_records(file: Path) -> Iterator[tuple[bytes, Record]]:
    """Each line and its record. Raises `NotCanonical`."""
    with file.open("rb") as lines:
        while line := lines.readline(MAX_LINE):
            if not line.endswith(b"\n"):
                raise NotCanonical("a line is too long or cut off")
            yield line, _record(read_json_object(line))


def read_receipt_of(value: object, hub: PublicKey | None) -> Receipt | None:
    """The hub's receipt, where its key is given. Raises `NotCanonical`."""
    if hub is None or value is None:
        return None
    if not isinstance(value, dict):
        raise NotCanonical("the receipt is no object")
    body, signature = value.get("body"), value.get("signature")
    if not isinstance(body, str) or not isinstance(signature, str):
        raise NotCanonical("the receipt has no body or no signature")
    return read_receipt(body.encode(), signature, hub)


def bounded(file: Path) -> bytes:
    """A small file. Raises OSError and `NotCanonical`."""
    with file.open("rb") as data:
        content = data.read(MAX_LINE + 1)
    if len(content) > MAX_LINE:
        raise NotCanonical(f"{file.name} is too long")
    return content


def hexadecimal(value: object, name: str, size: int = 32) -> bytes:
    """So many bytes. Raises `NotCanonical`."""
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", value):
        raise NotCanonical(f"{name} is not {size} bytes in hexadecimal")
    return bytes.fromhex(value)


def _subject(value: object) -> Subject:
    kinds = {kind.value: kind for kind in About}
    kind = kinds.get(str(value.get("kind"))) if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind is None:
        raise NotCanonical("the manifest does not say what it is about")
    shift = value.get("shift", "")
    if not isinstance(shift, str) or not re.fullmatch(r"[A-Za-z0-9-]{0,64}", shift):
        raise NotCanonical("the manifest names a shift that is none")
    return Subject(kind, _bound(value.get("from")), _bound(value.get("to")), shift)


def _bound(value: object) -> datetime | None:
    return None if value is None else utc_time(str(value))


def _files(files: object) -> tuple[Described, ...]:
    if not isinstance(files, list) or not 0 < len(files) <= MOST_FILES:
        raise NotProven(f"{MANIFEST} names no files.")
    found = []
    for entry in files:
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name in (MANIFEST, SIGNATURE):
            raise NotProven(f"{MANIFEST} names a file that is no plain file name.")
        size = entry.get("bytes")
        if type(size) is not int or size < 0:
            raise NotCanonical(f"{name} has no size")
        found.append(Described(name, size, hexadecimal(entry.get("sha256"), name).hex()))
    names = [one.name for one in found]
    if len(set(names)) < len(names) or (missing := [name for name in OURS if name not in names]):
        raise NotProven(f"{MANIFEST} names a file twice or lacks {', '.join(missing or [BLOCKS])}.")
    return tuple(found)


def _record(row: dict[str, object]) -> Record:
    bare = _bare(row)
    payload = row.get("payload")
    if payload is None:
        return bare
    if not isinstance(payload, str) or payload.encode(errors="replace").decode() != payload:
        raise NotCanonical(f"the payload of record {bare.sequence} is not text")
    salt = hexadecimal(row.get("salt"), "salt", 16)
    return Record(bare.sequence, bare.at, bare.kind, bare.digest, salt, payload)


def _bare(row: dict[str, object]) -> Record:
    sequence, at, kind = row.get("sequence"), row.get("at"), row.get("kind")
    if type(sequence) is not int or not 0 < sequence < 2**63:
        raise NotCanonical("a line has no sequence number")
    if not isinstance(at, str) or not _is_time(at):
        raise NotCanonical(f"record {sequence} has no time")
    if not isinstance(kind, str) or not KIND.fullmatch(kind):
        raise NotCanonical(f"record {sequence} has no kind")
    return Record(sequence, at, kind, hexadecimal(row.get("digest"), "digest"))


def _neighbour(value: object) -> Record | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise NotCanonical("the record beside the archive is no object")
    return _bare(value)


def _position(value: object) -> Position:
    sequence = value.get("sequence") if isinstance(value, dict) else None
    if not isinstance(value, dict) or type(sequence) is not int or not 0 <= sequence < 2**63:
        raise NotCanonical("the manifest lacks a position")
    return Position(sequence, hexadecimal(value.get("head"), "head"))


def _is_time(value: object) -> bool:
    return isinstance(value, str) and UTC_TEXT.fullmatch(value) is not None
