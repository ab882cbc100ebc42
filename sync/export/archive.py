"""Writes one archive: records three times over, what others add, a manifest and its signature."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol
from zoneinfo import ZoneInfo

from sync.canonical import canonical_json, utc_text
from sync.chain import Break, Position, Record, follow, segment_of
from sync.device_key import DeviceKey
from sync.export.cells import cells, csv_head, csv_line
from sync.export.layout import (
    BLOCKS,
    FORMAT,
    MANIFEST,
    RECORDS,
    SHEET,
    SIGNATURE,
    TABLE,
    ZONE,
    About,
    Progress,
    Stage,
    Subject,
    Watch,
    neighbour_words,
    position_words,
    record_line,
)
from sync.export.place import ExportFailed, FolderPlace, failed
from sync.export.seal import signature_file
from sync.export.sheet import Sheet
from sync.export.traces import Tracer, lines
from sync.journal_reader import JournalReader
from sync.leaving import leaving
from sync.outbox import Outbox

TELL_EVERY = 2000
"""Records between two words of progress; how soon a cancel is heard."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What lies at the destination."""

    folder: Path
    first: int
    last: Position


class Companion(Protocol):
    """Adds files to an archive, made from its records: the printable report."""

    def add(self, record: Record) -> None:
        """The next record."""
        ...

    def files(self) -> Sequence[tuple[str, bytes]]:
        """Name and bytes of each file, once every record was added."""
        ...


def export(
    journal: Path,
    destination: Path,
    device: DeviceKey,
    at: datetime,
    *,
    first: int = 1,
    last: int | None = None,
    subject: Subject | None = None,
    companion: Companion | None = None,
    watch: Watch | None = None,
    place: FolderPlace | None = None,
) -> Exported:
    """Writes records `first` to `last` (default: all) to the new folder `destination`.

    It has its name only when every byte was flushed, read back and found right; memory does not grow with
    the records. Raises `ExportFailed` and `JournalUnavailable`.
    """
    place = place or FolderPlace(destination)
    reader = JournalReader(journal)
    try:
        if destination.exists():
            raise ExportFailed(f"{destination} exists already: name a new folder.")
        end = reader.last() if last is None else min(last, reader.last())
        if not 1 <= first <= end or reader.last_before(end + 1) < first:
            raise ExportFailed(f"There are no records from {first} to {end}: name others.")
        end = reader.last_before(end + 1)
        start = reader.position_before(first, device.public)
        place.begin()
        writer = _Writer(place, watch, end - start.sequence)
        position = writer.write_records(map(leaving, reader.all_records(first - 1)), start, end, companion)
        for name, data in companion.files() if companion else ():
            writer.write(name, data)
        writer.write_blocks()
        manifest = canonical_json(
            {
                "format": FORMAT,
                "kiosk": reader.kiosk(),
                "device": device.public.raw.hex(),
                "made": utc_text(at),
                "zone": ZONE,
                "about": (subject or Subject(About.RECORDS)).words(),
                "after": position_words(start),
                "last": position_words(position),
                "before": _before(reader, start, device),
                "next": neighbour_words(next(reader.all_records(end), None)),
                "files": writer.descriptions(),
                "receipt": _receipt(journal),
            }
        )
        writer.write(MANIFEST, manifest)
        writer.write(SIGNATURE, signature_file(device, manifest))
        writer.read_back()
        place.finish()
    except OSError as error:
        raise failed(destination, error) from error
    finally:
        reader.close()
        place.abandon()
    return Exported(destination, first, position)


class _File:
    """One file on its way to the place: traced as it is written, flushed when it ends."""

    def __init__(self, place: FolderPlace, name: str) -> None:
        self._place = place
        self._out: BinaryIO | None = place.create(name)
        self.tracer = Tracer()

    def write(self, data: bytes) -> int:
        """The next bytes. Nothing after an error: a half-made workbook still wants to end itself."""
        if self._out is not None:
            self._out.write(data)
            self.tracer.add(data)
        return len(data)

    def flush(self) -> None:
        """A workbook asks for it; what counts is `end`."""

    def end(self) -> None:
        """Puts the file on the stick."""
        if self._out is not None:
            self._place.flush(self._out)
            self.tracer.end()
        self.drop()

    def drop(self) -> None:
        """Lets go of it, whatever state it is in."""
        out, self._out = self._out, None
        if out is not None:
            try:
                out.close()
            except OSError:
                return  # what went wrong was raised by the write before


class _Writer:
    """Writes the files of one archive in order and remembers their traces."""

    def __init__(self, place: FolderPlace, watch: Watch | None, records: int) -> None:
        self._place, self._watch, self._records = place, watch, records
        self._written: dict[str, Tracer] = {}

    def write_records(
        self, records: Iterable[Record], start: Position, end: int, companion: Companion | None
    ) -> Position:
        """The records as lines, as CSV and as a workbook, in one pass."""
        position, zone = start, ZoneInfo(ZONE)
        with ExitStack() as open_files:
            line_file, table, book = (self._open(name, open_files) for name in (RECORDS, TABLE, SHEET))
            sheet = Sheet(book, self._place.partial)
            open_files.callback(sheet.drop)
            table.write(csv_head())
            for number, record in enumerate(records):
                if record.sequence > end:
                    break
                step = follow(position, [record])
                if isinstance(step, Break):
                    raise ExportFailed(f"The journal does not hold together ({step.why}): call the operator.")
                line_file.write(record_line(record))
                row = cells(record, zone)
                table.write(csv_line(row))
                sheet.add(row)
                if companion is not None:
                    companion.add(record)
                position = step
                if number % TELL_EVERY == 0:
                    self._tell(Stage.WRITING, number, self._records)
            self._tell(Stage.SHEET, 0, self._records)
            sheet.close()
            for file in (line_file, table, book):
                file.end()
        return position

    def write(self, name: str, data: bytes) -> None:
        """One whole file."""
        with ExitStack() as open_files:
            file = self._open(name, open_files)
            file.write(data)
            file.end()

    def write_blocks(self) -> None:
        """The traces of everything so far."""
        with ExitStack() as open_files:
            file = self._open(BLOCKS, open_files)
            for name, tracer in list(self._written.items()):
                if name != BLOCKS:
                    for line in lines(name, tracer.traces):
                        file.write(line.encode())
            file.end()

    def descriptions(self) -> list[dict[str, object]]:
        """What the manifest says of each file."""
        return [
            {"name": name, "bytes": tracer.size, "sha256": tracer.sha256}
            for name, tracer in self._written.items()
        ]

    def read_back(self) -> None:
        """Reads everything again and compares. Raises `ExportFailed`."""
        total = sum(tracer.size for tracer in self._written.values())
        done = 0
        for name, tracer in self._written.items():
            back = Tracer()
            self._tell(Stage.READING_BACK, done, total)
            for number, block in enumerate(self._place.read(name), start=1):
                back.add(block)
                done += len(block)
                if number % 32 == 0:
                    self._tell(Stage.READING_BACK, done, total)
            if (back.sha256, back.size) != (tracer.sha256, tracer.size):
                raise ExportFailed(
                    "What was read back is not what was written: use another stick.", "differs"
                )

    def _open(self, name: str, open_files: ExitStack) -> _File:
        file = _File(self._place, name)
        open_files.callback(file.drop)
        self._written[name] = file.tracer
        return file

    def _tell(self, stage: Stage, done: int, total: int) -> None:
        if self._watch is not None:
            self._watch(Progress(stage, done, total))


def _before(reader: JournalReader, start: Position, device: DeviceKey) -> dict[str, object] | None:
    """The record before the first, and the head before it, so that it can be shown to be the one."""
    found = reader.records(start.sequence - 1, 1, 1) if start.sequence else []
    words = neighbour_words(found[0] if found and found[0].sequence == start.sequence else None)
    if words is None:
        return None
    segment = segment_of(found[0])
    head = segment.start if segment else reader.position_before(start.sequence, device.public)
    return words | {"head": head.head.hex()}


def _receipt(journal: Path) -> dict[str, str] | None:
    if not (journal / "outbox.sqlite").exists():
        return None
    outbox = Outbox(journal)
    try:
        receipt = outbox.receipt()
    finally:
        outbox.close()
    return None if receipt is None else {"body": receipt[0].decode(), "signature": receipt[1]}
