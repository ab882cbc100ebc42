"""A run of records on its way to the hub: the bytes the device signs, made here and read there."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from sync.canonical import BATCH, UTC_TEXT, NotCanonical, canonical_json, read_json_object
from sync.chain import SALT_BYTES, Position, Record, links, payload_digests
from sync.leaving import leaving
from sync.quick_json import read_canonical

SIGNATURE_HEADER = "Checkpoint-Signature"
KIND = re.compile(r"[a-z_]{1,32}\.[a-z_]{1,32}")
KIOSK = re.compile(r"[A-Za-z0-9_-]{1,32}")
MAX_RECORDS = 5000
MAX_BODY = 8_000_000
_BATCH_KEYS = {"kiosk", "after", "previous", "records"}
_BARE_KEYS = {"at", "kind", "digest"}
_WHOLE_KEYS = {"at", "kind", "salt", "payload"}
_WHOLE = itemgetter("at", "kind", "salt", "payload")


@dataclass(frozen=True, slots=True)
class Batch:
    """Records in order, column by column, and the position in the chain they follow.

    Where a record came without its payload, `salts` and `payloads` hold None.
    """

    kiosk: str
    after: Position
    ats: Sequence[str]
    kinds: Sequence[str]
    digests: Sequence[bytes]
    salts: Sequence[bytes | None] = field(repr=False)
    payloads: Sequence[bytes | None] = field(repr=False)
    """The texts in UTF-8, as they were hashed."""

    @property
    def last(self) -> int:
        """The sequence number of the last record."""
        return self.after.sequence + len(self.ats)

    def record(self, place: int) -> Record:
        """The record at this place, counted from 0."""
        payload = self.payloads[place]
        return Record(
            sequence=self.after.sequence + 1 + place,
            at=self.ats[place],
            kind=self.kinds[place],
            digest=self.digests[place],
            salt=self.salts[place],
            payload=None if payload is None else payload.decode(),
        )


def batch_body(
    kiosk: str, after: Position, records: Sequence[Record], withheld: Collection[int] = ()
) -> bytes:
    """The body to be signed and sent.

    Records in `withheld`, erased ones, and those that stay on the device go without their payload.
    """
    rows = [_row(record.bare() if record.sequence in withheld else leaving(record)) for record in records]
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
    table = _table(body)
    if table.keys() != _BATCH_KEYS:
        raise NotCanonical("a batch has kiosk, after, previous and records, and nothing else")
    kiosk, after, rows = table["kiosk"], table["after"], table["records"]
    if not isinstance(kiosk, str) or not KIOSK.fullmatch(kiosk):
        raise NotCanonical("kiosk is not the name of a kiosk")
    if type(after) is not int or not 0 <= after < 2**62:
        raise NotCanonical("after is not a sequence number")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MAX_RECORDS:
        raise NotCanonical(f"a batch has 1 to {MAX_RECORDS} records")
    position = Position(after, _bytes(table["previous"], 32, "previous"))
    return _whole(kiosk, position, rows) or _one_by_one(kiosk, position, rows)


def heads(batch: Batch) -> list[bytes]:
    """The chain's head after each record of a batch."""
    return links(batch.after, batch.ats, batch.kinds, batch.digests)


def _table(body: bytes) -> dict[str, object]:
    """A kiosk writes canonical JSON; anybody else's is read too, with a look at every key."""
    try:
        table = read_canonical(body)
    except ValueError:
        return read_json_object(body)
    if not isinstance(table, dict):
        raise NotCanonical("it is not a JSON object")
    return table


def _row(record: Record) -> dict[str, object]:
    row: dict[str, object] = {"at": record.at, "kind": record.kind}
    if record.payload is None or record.salt is None:
        return row | {"digest": record.digest.hex()}
    return row | {"salt": record.salt.hex(), "payload": record.payload}


def _whole(kiosk: str, after: Position, rows: list[Any]) -> Batch | None:
    """The batch, if every record has its payload and every field is what it should be.

    None otherwise: which of them is wrong, and how, is found out one by one.
    """
    if set(map(type, rows)) != {dict} or set(map(len, rows)) != {len(_WHOLE_KEYS)}:
        return None
    try:
        ats, kinds, salts, payloads = zip(*map(_WHOLE, rows), strict=True)
        if not all(map(UTC_TEXT.fullmatch, set(ats))) or not all(map(KIND.fullmatch, set(kinds))):
            return None
        if set(map(len, salts)) != {2 * SALT_BYTES}:
            return None
        together = _bytes("".join(salts), SALT_BYTES * len(rows), "salt")
        texts = list(map(str.encode, payloads))
    except (KeyError, TypeError, NotCanonical, UnicodeEncodeError):  # TypeError: a field that is no text
        return None
    parts = [together[start : start + SALT_BYTES] for start in range(0, len(together), SALT_BYTES)]
    return Batch(kiosk, after, ats, kinds, payload_digests(parts, texts), parts, texts)


def _one_by_one(kiosk: str, after: Position, rows: Sequence[object]) -> Batch:
    """The same with a sentence about the first record that is wrong; records may lack their payload."""
    ats: list[str] = []
    kinds: list[str] = []
    digests: list[bytes] = []
    salts: list[bytes | None] = []
    payloads: list[bytes | None] = []
    for sequence, row in enumerate(rows, start=after.sequence + 1):
        if not isinstance(row, dict):
            raise NotCanonical(f"record {sequence} is not an object")
        at, kind = row.get("at"), row.get("kind")
        if not isinstance(at, str) or not UTC_TEXT.fullmatch(at):
            raise NotCanonical(f"record {sequence} has no time in UTC with microseconds")
        if not isinstance(kind, str) or not KIND.fullmatch(kind):
            raise NotCanonical(f"record {sequence} has no kind")
        digest, salt, payload = _content(sequence, row)
        ats.append(at)
        kinds.append(kind)
        digests.append(digest)
        salts.append(salt)
        payloads.append(payload)
    return Batch(kiosk, after, ats, kinds, digests, salts, payloads)


def _content(sequence: int, row: dict[str, object]) -> tuple[bytes, bytes | None, bytes | None]:
    """Digest, salt and payload of a record."""
    if row.keys() == _BARE_KEYS:
        return _bytes(row["digest"], 32, "digest"), None, None
    payload = row.get("payload")
    if row.keys() != _WHOLE_KEYS or not isinstance(payload, str):
        raise NotCanonical(f"record {sequence} has neither salt and payload nor a digest alone")
    salt = _bytes(row["salt"], SALT_BYTES, "salt")
    try:
        text = payload.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"the payload of record {sequence} is not text") from error
    return payload_digests([salt], [text])[0], salt, text


def _bytes(value: object, size: int, name: str) -> bytes:
    """Exactly `size` bytes written in lower-case hexadecimal, and in no other way."""
    if isinstance(value, str) and len(value) == 2 * size:
        try:
            found = bytes.fromhex(value)
        except ValueError:
            found = b""
        if found.hex() == value:
            return found
    raise NotCanonical(f"{name} is not {size} bytes in lower-case hexadecimal")
