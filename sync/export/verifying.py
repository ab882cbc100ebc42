"""Checks an archive on any machine: nothing changed, nothing left out, signed by the device."""

from __future__ import annotations

import binascii
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from sync.canonical import NotCanonical, read_json_object, utc_text
from sync.chain import Position, Record, genesis, link
from sync.event_types import ShiftClosed, ShiftOpened
from sync.export.cells import cells, csv_head, csv_line
from sync.export.layout import MANIFEST, RECORDS, SIGNATURE, TABLE, ZONE, About, Subject
from sync.export.locating import pieces, where_changed
from sync.export.reading import (
    MAX_LINE,
    Described,
    Manifest,
    bounded,
    read_manifest,
    read_receipt_of,
    read_records,
)
from sync.export.seal import NotProven, check_seal, where_broken
from sync.export.traces import Tracer, traced
from sync.journal_proof import ChainReport, Proof
from sync.receipt import Receipt
from sync.signing import PublicKey

_LEFT_BY_OTHERS = ("desktop.ini", "thumbs.db", "system volume information")
"""What Windows leaves where a person looked, beside files that begin with a full stop."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What an archive was found to be."""

    kiosk: str
    device: PublicKey
    made: str
    subject: Subject
    after: Position
    chain: ChainReport
    receipt: Receipt | None
    """The hub's word on these records, when its key was given and the receipt falls into them."""
    files: tuple[Described, ...]
    lacks: str | None
    """None: it holds all it is about. Otherwise one sentence."""

    @property
    def complete(self) -> bool:
        """Whether it begins with the device's first record."""
        return self.after == genesis(self.device.raw)


def verify_export(folder: Path, device: PublicKey | None = None, hub: PublicKey | None = None) -> Proven:
    """Checks the archive in `folder`. Raises `NotProven`, which says where.

    Without `device` the key named in the manifest is used: the archive then agrees with itself, and whose it
    is depends on comparing that key's fingerprint.
    """
    try:
        manifest, sealed = bounded(folder / MANIFEST), bounded(folder / SIGNATURE)
        said = _manifest(manifest, sealed, device)
        _check_files(folder, said.files)
        receipt = read_receipt_of(said.receipt, hub)
        _check_before(said)
        chain, edges = _follow(folder, said, receipt)
    except OSError as error:
        raise NotProven(f"{error.filename}: {error.strerror}.") from error
    except (NotCanonical, binascii.Error) as error:
        raise NotProven(f"The export can't be read: {error}.") from error
    if receipt is not None and not said.after.sequence < receipt.position.sequence <= said.last.sequence:
        receipt = None
    lacks = _lacks(said, edges)
    return Proven(
        said.kiosk, said.device, said.made, said.subject, said.after, chain, receipt, said.files, lacks
    )


def _manifest(manifest: bytes, sealed: bytes, device: PublicKey | None) -> Manifest:
    try:
        said = read_manifest(read_json_object(manifest))
    except (NotProven, NotCanonical) as error:
        raise NotProven(where_broken(manifest, sealed) or str(error)) from error
    if device is not None and device != said.device:
        broken = where_broken(manifest, sealed)
        raise NotProven(
            broken
            or f"The export was made by the device {said.device.fingerprint}, not by {device.fingerprint}."
        )
    check_seal(manifest, sealed, said.device)
    return said


def _check_files(folder: Path, files: tuple[Described, ...]) -> None:
    named = {one.name for one in files} | {MANIFEST, SIGNATURE}
    for found in sorted(folder.iterdir()):
        if found.name not in named and not _is_a_systems(found.name):
            raise NotProven(f"{found.name[:60]!r} lies in the export and is no part of it.")
    good: list[tuple[Described, Tracer]] = []
    wrong: list[Described] = []
    for one in files:
        tracer = traced(pieces(folder / one.name))
        if (tracer.sha256, tracer.size) == (one.sha256, one.size):
            good.append((one, tracer))
        else:
            wrong.append(one)
    if wrong:
        raise NotProven("; ".join(where_changed(folder, one, good) for one in wrong) + ".")


def _is_a_systems(name: str) -> bool:
    return name.startswith(".") or name.lower() in _LEFT_BY_OTHERS


def _check_before(said: Manifest) -> None:
    """The record before the first is the one whose head the chain goes on from."""
    one = said.before
    if said.after.sequence == 0 and said.after != genesis(said.device.raw):
        raise NotProven("The chain does not begin where this device's chain begins.")
    if one is None:
        return
    head = link(said.before_head, one.sequence, one.at, one.kind, one.digest)
    if Position(one.sequence, head) != said.after:
        raise NotProven("The record before the first one is not the one the chain goes on from.")


@dataclass(slots=True)
class _Edges:
    """The first and the last record."""

    first: Record | None = None
    last: Record | None = None


def _follow(folder: Path, said: Manifest, receipt: Receipt | None) -> tuple[ChainReport, _Edges]:
    proof, edges, zone = Proof(said.after, said.device), _Edges(), ZoneInfo(ZONE)
    with ExitStack() as opened:
        table = opened.enter_context((folder / TABLE).open("rb"))
        rows = _csv_lines(table)
        for _, record in read_records(folder / RECORDS):
            if (broken := proof.add(record)) is not None:
                raise NotProven(f"The chain breaks: {broken}.")
            edges.first, edges.last = edges.first or record, record
            position = proof.report().position
            if receipt is not None and receipt.position.sequence == position.sequence:
                _same_history(receipt.position, position)
            if next(rows, b"") != csv_line(cells(record, zone)):
                raise NotProven(f"{TABLE} does not say what record {record.sequence} says.")
        report = proof.report()
        if report.position != said.last:
            raise NotProven(
                f"The records end at {report.position.sequence} with another head than the manifest says."
            )
        if next(rows, None) is not None:
            raise NotProven(f"{TABLE} has more rows than there are records.")
    return report, edges


def _csv_lines(table: BinaryIO) -> Iterator[bytes]:
    if table.read(len(csv_head())) != csv_head():
        raise NotProven(f"{TABLE} does not begin with the names of its columns.")
    while line := table.readline(MAX_LINE):
        yield line


def _same_history(held: Position, here: Position) -> None:
    if held != here:
        raise NotProven(f"The hub signed another history up to record {here.sequence}.")


def _lacks(said: Manifest, edges: _Edges) -> str | None:
    """Whether the records are all of what the archive is about."""
    subject = said.subject
    if subject.kind is About.RECORDS:
        return None
    if subject.kind is About.SHIFT:
        if not _tells(edges.first, ShiftOpened.kind, subject.shift):
            return "It does not begin with the opening of the shift."
        if not _tells(edges.last, ShiftClosed.kind, subject.shift):
            return "The shift was not closed when this was made."
        return None
    since, until = subject.since, subject.until
    before = said.before
    if said.after.sequence and (before is None or since is None or before.at >= utc_text(since)):
        return "Records of the period may lie before the first one."
    if said.next is not None and (until is None or said.next.at < utc_text(until)):
        return "Records of the period may lie behind the last one."
    if said.next is None and (until is None or said.made < utc_text(until)):
        return "The period was not over when this was made."
    return None


def _tells(record: Record | None, kind: str, shift: str) -> bool:
    if record is None or record.kind != kind or record.payload is None:
        return False
    return bool(json.loads(record.payload).get("shift") == shift)
