"""Checks an export on any machine: nothing changed, nothing left out, signed by the device."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sync.batch import KIND, KIOSK
from sync.canonical import EXPORT, UTC_TEXT, NotCanonical, read_json_object
from sync.chain import Position, Record, genesis
from sync.export import FORMAT, MANIFEST, RECORDS, SIGNATURE
from sync.journal_proof import ChainReport, Proof
from sync.receipt import Receipt, read_receipt
from sync.signing import PublicKey

MAX_LINE = 1_000_000


class NotProven(Exception):
    """The export does not hold. `str()` is one sentence that says where."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What an export was found to be."""

    kiosk: str
    device: PublicKey
    made: str
    after: Position
    chain: ChainReport
    receipt: Receipt | None
    """The hub's word on these records, when its key was given and the receipt falls into them."""

    @property
    def complete(self) -> bool:
        """Whether it begins with the device's first record."""
        return self.after == genesis(self.device.raw)


def verify_export(folder: Path, device: PublicKey | None = None, hub: PublicKey | None = None) -> Proven:
    """Checks the export in `folder`. Raises `NotProven`.

    Without `device` the key named in the manifest is used: the export then agrees with itself, and whose it
    is depends on comparing that key's fingerprint.
    """
    try:
        manifest = _bounded(folder / MANIFEST)
        table = read_json_object(manifest)
        signature = base64.b64decode(_bounded(folder / SIGNATURE).strip(), validate=True)
        named = PublicKey(_hex(table.get("device"), "device"))
        after, last = _position(table.get("after")), _position(table.get("last"))
        if table.get("format") != FORMAT:
            raise NotProven(f"{MANIFEST} is of a format this program does not know.")
        if device is not None and device != named:
            raise NotProven(
                f"The export was made by the device {named.fingerprint}, not by {device.fingerprint}."
            )
        if not named.verifies(signature, EXPORT + manifest):
            raise NotProven(f"{MANIFEST} was not signed by the device it names.")
        _check_files(folder, table.get("files"))
        receipt = _receipt(table.get("receipt"), hub)
        chain = _follow(folder, after, last, named, receipt)
    except OSError as error:
        raise NotProven(f"{error.filename}: {error.strerror}.") from error
    except (NotCanonical, binascii.Error) as error:
        raise NotProven(f"The export can't be read: {error}.") from error
    kiosk, made = str(table.get("kiosk")), str(table.get("made"))
    if (kiosk and not KIOSK.fullmatch(kiosk)) or not UTC_TEXT.fullmatch(made):
        raise NotProven(f"{MANIFEST} has no name of a kiosk or no time.")
    if receipt is not None and not after.sequence < receipt.position.sequence <= last.sequence:
        receipt = None
    return Proven(kiosk, named, made, after, chain, receipt)


def _follow(
    folder: Path, after: Position, last: Position, device: PublicKey, receipt: Receipt | None
) -> ChainReport:
    if after.sequence == 0 and after != genesis(device.raw):
        raise NotProven("The chain does not begin where this device's chain begins.")
    proof = Proof(after, device)
    for record in _records(folder / RECORDS):
        if (broken := proof.add(record)) is not None:
            raise NotProven(f"The chain breaks: {broken}.")
        position = proof.report().position
        if receipt is not None and receipt.position.sequence == position.sequence:
            _same_history(receipt.position, position)
    report = proof.report()
    if report.position != last:
        raise NotProven(
            f"The records end at {report.position.sequence} with another head than the manifest says."
        )
    return report


def _same_history(held: Position, here: Position) -> None:
    if held != here:
        raise NotProven(f"The hub signed another history up to record {here.sequence}.")


def _records(file: Path) -> Iterator[Record]:
    with file.open("rb") as lines:
        while line := lines.readline(MAX_LINE):
            if not line.endswith(b"\n"):
                raise NotCanonical("a line is too long or cut off")
            yield _record(read_json_object(line))


def _record(row: dict[str, object]) -> Record:
    sequence, at, kind = row.get("sequence"), row.get("at"), row.get("kind")
    if type(sequence) is not int or not 0 < sequence < 2**63:
        raise NotCanonical("a line has no sequence number")
    if not isinstance(at, str) or not UTC_TEXT.fullmatch(at):
        raise NotCanonical(f"record {sequence} has no time")
    if not isinstance(kind, str) or not KIND.fullmatch(kind):
        raise NotCanonical(f"record {sequence} has no kind")
    digest = _hex(row.get("digest"), "digest")
    payload = row.get("payload")
    if payload is None:
        return Record(sequence, at, kind, digest)
    if not isinstance(payload, str) or payload.encode(errors="replace").decode() != payload:
        raise NotCanonical(f"the payload of record {sequence} is not text")
    return Record(sequence, at, kind, digest, _hex(row.get("salt"), "salt", 16), payload)


def _check_files(folder: Path, files: object) -> None:
    if not isinstance(files, list) or not files:
        raise NotProven(f"{MANIFEST} names no files.")
    names = set()
    for entry in files:
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9_-]+(\.[a-z0-9]+)+", name):
            raise NotProven(f"{MANIFEST} names a file that is no plain file name.")
        with (folder / name).open("rb") as data:
            if hashlib.file_digest(data, "sha256").hexdigest() != entry.get("sha256"):
                raise NotProven(f"{name} was changed after the export.")
        names.add(name)
    if RECORDS not in names:
        raise NotProven(f"{MANIFEST} does not name {RECORDS}.")


def _receipt(value: object, hub: PublicKey | None) -> Receipt | None:
    if hub is None or value is None:
        return None
    if not isinstance(value, dict):
        raise NotCanonical("the receipt is no object")
    body, signature = value.get("body"), value.get("signature")
    if not isinstance(body, str) or not isinstance(signature, str):
        raise NotCanonical("the receipt has no body or no signature")
    return read_receipt(body.encode(), signature, hub)


def _position(value: object) -> Position:
    sequence = value.get("sequence") if isinstance(value, dict) else None
    if not isinstance(value, dict) or type(sequence) is not int or not 0 <= sequence < 2**63:
        raise NotCanonical("the manifest lacks a position")
    return Position(sequence, _hex(value.get("head"), "head"))


def _hex(value: object, name: str, size: int = 32) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", value):
        raise NotCanonical(f"{name} is not {size} bytes in hexadecimal")
    return bytes.fromhex(value)


def _bounded(file: Path) -> bytes:
    with file.open("rb") as data:
        content = data.read(MAX_LINE + 1)
    if len(content) > MAX_LINE:
        raise NotCanonical(f"{file.name} is too long")
    return content
