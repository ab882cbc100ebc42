"""A run of records on its way to the hub: the bytes the device signs, made here and read there."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sync.canonical import BATCH, UTC_TEXT, NotCanonical, canonical_json, read_json_object
from sync.chain import SALT_BYTES, Position, Record, link, payload_digest

SIGNATURE_HEADER = "Checkpoint-Signature"
KIND = re.compile(r"[a-z_]{1,32}\.[a-z_]{1,32}")
KIOSK = re.compile(r"[A-Za-z0-9_-]{1,32}")
MAX_RECORDS = 5000
MAX_BODY = 8_000_000
_BATCH_KEYS = {"kiosk", "after", "previous", "records"}
_BARE_KEYS = {"at", "kind", "digest"}
_WHOLE_KEYS = {"at", "kind", "salt", "payload"}


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
    if table.keys() != _BATCH_KEYS:
        raise NotCanonical("a batch has kiosk, after, previous and records, and nothing else")
    kiosk, after, rows = table["kiosk"], table["after"], table["records"]
    if not isinstance(kiosk, str) or not KIOSK.fullmatch(kiosk):
        raise NotCanonical("kiosk is not the name of a kiosk")
    if type(after) is not int or not 0 <= after < 2**62:
        raise NotCanonical("after is not a sequence number")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MAX_RECORDS:
        raise NotCanonical(f"a batch has 1 to {MAX_RECORDS} records")
    previous = _bytes(table["previous"], 32, "previous")
    return Batch(kiosk, Position(after, previous), _records(after, rows))


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


def _records(after: int, rows: Sequence[object]) -> tuple[Record, ...]:
    """The rows as records. Times and kinds repeat: each is looked at once as long as it stays the same."""
    records: list[Record] = []
    good_at = ""
    good_kinds: set[str] = set()
    for sequence, row in enumerate(rows, start=after + 1):
        if not isinstance(row, dict):
            raise NotCanonical(f"record {sequence} is not an object")
        at, kind = row.get("at"), row.get("kind")
        if at != good_at:
            if not isinstance(at, str) or not UTC_TEXT.fullmatch(at):
                raise NotCanonical(f"record {sequence} has no time in UTC with microseconds")
            good_at = at
        if kind.__class__ is not str or kind not in good_kinds:
            if not isinstance(kind, str) or not KIND.fullmatch(kind):
                raise NotCanonical(f"record {sequence} has no kind")
            good_kinds.add(kind)
        records.append(_record(sequence, good_at, kind, row))
    return tuple(records)


def _record(sequence: int, at: str, kind: str, row: dict[str, object]) -> Record:
    keys = row.keys()
    if keys == _BARE_KEYS:
        return Record(sequence, at, kind, _bytes(row["digest"], 32, "digest"))
    payload = row.get("payload")
    if keys != _WHOLE_KEYS or not isinstance(payload, str):
        raise NotCanonical(f"record {sequence} has neither salt and payload nor a digest alone")
    salt = _bytes(row["salt"], SALT_BYTES, "salt")
    try:
        digest = payload_digest(salt, payload)
    except UnicodeEncodeError as error:
        raise NotCanonical(f"the payload of record {sequence} is not text") from error
    return Record(sequence, at, kind, digest, salt, payload)


def _bytes(value: object, size: int, name: str) -> bytes:
    """Exactly `size` bytes written in lower-case hexadecimal, and in no other way."""
    if isinstance(value, str) and len(value) == 2 * size and (value.islower() or value.isdigit()):
        try:
            found = bytes.fromhex(value)
        except ValueError:
            found = b""
        if len(found) == size:
            return found
    raise NotCanonical(f"{name} is not {size} bytes in lower-case hexadecimal")
