"""A run of records on its way to the hub: the bytes the device signs, made here and read there."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sync.canonical import BATCH, UTC_TEXT, NotCanonical, canonical_json, read_json_object
from sync.chain import Position, Record, link, payload_digest

SIGNATURE_HEADER = "Checkpoint-Signature"
KIND = re.compile(r"[a-z_]{1,32}\.[a-z_]{1,32}")
KIOSK = re.compile(r"[A-Za-z0-9_-]{1,32}")
MAX_RECORDS = 5000
MAX_BODY = 8_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Records in order, and the position in the chain they follow."""

    kiosk: str
    after: Position
    records: tuple[Record, ...]

    @property
    def last(self) -> int:
        """The sequence number of the last record."""
        return self.after.sequence + len(self.records)


def batch_body(
    kiosk: str, after: Position, records: Sequence[Record], withheld: Collection[int] = ()
) -> bytes:
    """The body to be signed and sent. Records in `withheld`, and erased ones, go without their payload."""
    rows = [_row(record.bare() if record.sequence in withheld else record) for record in records]
    return canonical_json(
        {"kiosk": kiosk, "after": after.sequence, "previous": after.head.hex(), "records": rows}
    )


def signed_message(body: bytes) -> bytes:
    """What the device signs for a body: the body itself behind its domain."""
    return BATCH + body


def read_batch(body: bytes) -> Batch:
    """The batch in a body, every field checked for type and size; payloads are not looked into.

    Raises `NotCanonical`.
    """
    table = read_json_object(body)
    if set(table) != {"kiosk", "after", "previous", "records"}:
        raise NotCanonical("a batch has kiosk, after, previous and records, and nothing else")
    kiosk, after, rows = table["kiosk"], table["after"], table["records"]
    if not isinstance(kiosk, str) or not KIOSK.fullmatch(kiosk):
        raise NotCanonical("kiosk is not the name of a kiosk")
    if type(after) is not int or not 0 <= after < 2**62:
        raise NotCanonical("after is not a sequence number")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MAX_RECORDS:
        raise NotCanonical(f"a batch has 1 to {MAX_RECORDS} records")
    previous = _hex(table["previous"], 32, "previous")
    records = tuple(_record(after + number, row) for number, row in enumerate(rows, start=1))
    return Batch(kiosk, Position(after, previous), records)


def heads(batch: Batch) -> list[bytes]:
    """The chain's head after each record of a batch."""
    head, found = batch.after.head, []
    for record in batch.records:
        head = link(head, record.sequence, record.at, record.kind, record.digest)
        found.append(head)
    return found


def _row(record: Record) -> dict[str, object]:
    row: dict[str, object] = {"at": record.at, "kind": record.kind}
    if record.payload is None or record.salt is None:
        return row | {"digest": record.digest.hex()}
    return row | {"salt": record.salt.hex(), "payload": record.payload}


def _record(sequence: int, row: object) -> Record:
    if not isinstance(row, dict):
        raise NotCanonical(f"record {sequence} is not an object")
    at, kind = row.get("at"), row.get("kind")
    if not isinstance(at, str) or not UTC_TEXT.fullmatch(at):
        raise NotCanonical(f"record {sequence} has no time in UTC with microseconds")
    if not isinstance(kind, str) or not KIND.fullmatch(kind):
        raise NotCanonical(f"record {sequence} has no kind")
    if set(row) == {"at", "kind", "digest"}:
        return Record(sequence, at, kind, _hex(row["digest"], 32, "digest"))
    payload = row.get("payload")
    if set(row) != {"at", "kind", "salt", "payload"} or not isinstance(payload, str):
        raise NotCanonical(f"record {sequence} has neither salt and payload nor a digest alone")
    salt = _hex(row["salt"], 16, "salt")
    try:
        digest = payload_digest(salt, payload)
    except UnicodeEncodeError as error:
        raise NotCanonical(f"the payload of record {sequence} is not text") from error
    return Record(sequence, at, kind, digest, salt, payload)


def _hex(value: object, size: int, name: str) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", value):
        raise NotCanonical(f"{name} is not {size} bytes in lower-case hexadecimal")
    return bytes.fromhex(value)
