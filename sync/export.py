"""Writes records for people outside: JSON Lines and a signed manifest, on the stick before "saved"."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync.canonical import EXPORT, canonical_json, utc_text
from sync.chain import Break, Position, Record, follow
from sync.device_key import DeviceKey
from sync.journal_reader import JournalReader
from sync.outbox import Outbox
from sync.signing import flush_folder

RECORDS, MANIFEST, SIGNATURE = "records.jsonl", "manifest.json", "manifest.sig"
FORMAT = "checkpoint-kiosk/export/v1"


class ExportFailed(Exception):
    """Nothing was exported. `str()` is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What lies at the destination."""

    folder: Path
    first: int
    last: Position


def export(
    journal: Path,
    destination: Path,
    device: DeviceKey,
    at: datetime,
    *,
    first: int = 1,
    last: int | None = None,
) -> Exported:
    """Writes records `first` to `last` (default: all) to the new folder `destination`.

    It has its final name only when every byte was flushed, read back and found right. Raises `ExportFailed`
    and `JournalUnavailable`.
    """
    reader = JournalReader(journal)
    partial = destination.with_name(f".{destination.name}.{secrets.token_hex(4)}.partial")
    try:
        if destination.exists():
            raise ExportFailed(f"{destination} exists already: name a new folder.")
        end = reader.last() if last is None else min(last, reader.last())
        if not 1 <= first <= end or reader.last_before(end + 1) < first:
            raise ExportFailed(f"There are no records from {first} to {end}: name others.")
        end = reader.last_before(end + 1)
        start = reader.position_before(first, device.public)
        partial.mkdir(mode=0o700)
        position = _write_records(partial / RECORDS, reader.all_records(first - 1), start, end)
        manifest = canonical_json(
            {
                "format": FORMAT,
                "kiosk": reader.kiosk(),
                "device": device.public.raw.hex(),
                "made": utc_text(at),
                "after": {"sequence": start.sequence, "head": start.head.hex()},
                "last": {"sequence": position.sequence, "head": position.head.hex()},
                "files": [_description(partial / RECORDS)],
                "receipt": _receipt(journal),
            }
        )
        _write(partial / MANIFEST, manifest)
        _write(partial / SIGNATURE, base64.b64encode(device.sign(EXPORT + manifest)) + b"\n")
        flush_folder(partial)
        _read_back(partial, manifest)
        partial.rename(destination)
        flush_folder(destination.parent)
    except OSError as error:
        raise ExportFailed(
            f"{error.filename or destination}: {error.strerror}: check the place to save to and its room."
        ) from error
    finally:
        reader.close()
        shutil.rmtree(partial, ignore_errors=True)
    return Exported(destination, first, position)


def record_line(record: Record) -> bytes:
    """One line of the export. `payload` is the exact text that was hashed."""
    line: dict[str, object] = {
        "sequence": record.sequence,
        "at": record.at,
        "kind": record.kind,
        "digest": record.digest.hex(),
    }
    if record.payload is not None and record.salt is not None:
        line |= {"salt": record.salt.hex(), "payload": record.payload}
    return canonical_json(line) + b"\n"


def _write_records(file: Path, records: Iterable[Record], start: Position, end: int) -> Position:
    position = start
    with file.open("xb") as out:
        for record in records:
            if record.sequence > end:
                break
            step = follow(position, [record])
            if isinstance(step, Break):
                raise ExportFailed(f"The journal does not hold together ({step.why}): call the operator.")
            out.write(record_line(record))
            position = step
        out.flush()
        os.fsync(out.fileno())
    return position


def _description(file: Path) -> dict[str, object]:
    with file.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256")
    return {"name": file.name, "bytes": file.stat().st_size, "sha256": digest.hexdigest()}


def _receipt(journal: Path) -> dict[str, str] | None:
    if not (journal / "outbox.sqlite").exists():
        return None
    outbox = Outbox(journal)
    try:
        receipt = outbox.receipt()
    finally:
        outbox.close()
    return None if receipt is None else {"body": receipt[0].decode(), "signature": receipt[1]}


def _write(file: Path, data: bytes) -> None:
    with file.open("xb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _read_back(folder: Path, manifest: bytes) -> None:
    """Reads everything again, from the device as far as the system lets us, and compares."""
    for file in folder.iterdir():
        with file.open("rb") as data:
            os.posix_fadvise(data.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    described = canonical_json([_description(folder / RECORDS)])
    if (folder / MANIFEST).read_bytes() != manifest or described not in manifest:
        raise ExportFailed("What was read back is not what was written: use another stick.")
