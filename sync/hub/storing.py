"""Puts a run of records into the table: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import cache

from sqlalchemy import Connection, insert

from sync.batch import Batch
from sync.chain import SALT_BYTES
from sync.hub import content
from sync.hub.database import psycopg_of
from sync.hub.models import Stored

COPY = "COPY records (device_id, sequence, at, kind, digest, head, salt, payload) FROM STDIN (FORMAT BINARY)"
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_NOTHING = struct.pack(">ii", -1, -1)
PART = 125


class NotClean(Exception):
    """A record's content can't be taken: the transaction has to end without it."""


def store(
    connection: Connection, device_id: int, batch: Batch, heads: Sequence[bytes], skip: int = 0
) -> None:
    """Stores the records of a batch but the first `skip`, with the chain's head after each of the batch.

    Raises `NotClean` and sqlalchemy.exc.SQLAlchemyError.
    """
    if connection.dialect.name == "postgresql":
        _copy(connection, device_id, batch, heads, skip)
        return
    _look(batch, skip, len(heads))
    records = [batch.record(place) for place in range(skip, len(heads))]
    connection.execute(
        insert(Stored),
        [
            {
                "device_id": device_id,
                "sequence": record.sequence,
                "at": record.at,
                "kind": record.kind,
                "digest": record.digest,
                "head": head,
                "salt": record.salt,
                "payload": record.payload,
            }
            for record, head in zip(records, heads[skip:], strict=True)
        ],
    )


def _look(batch: Batch, start: int, stop: int) -> None:
    if content.first_fault(batch, start, stop) is not None:
        raise NotClean


def _copy(connection: Connection, device_id: int, batch: Batch, heads: Sequence[bytes], skip: int) -> None:
    """The rows in binary COPY format, made here: a call for each row would cost as much again."""
    with (
        psycopg_of(connection, COPY) as driver,
        driver.cursor() as cursor,
        cursor.copy(COPY) as copy,
    ):
        for part in copied(device_id, batch, heads, skip):
            copy.write(part)


def copied(device_id: int, batch: Batch, heads: Sequence[bytes], skip: int) -> Iterator[bytes]:
    """PostgreSQL, "COPY", Binary Format: a header, tuples of lengths and values, -1 to end; in parts.

    A part is made while what was looked at is still in the processor's caches: measured, it is quicker than
    all at once. Raises `NotClean`.
    """
    before = _HEADER
    for start in range(skip, len(heads), PART):
        stop = min(start + PART, len(heads))
        _look(batch, start, stop)
        yield before + _rows(device_id, batch, heads, start, stop)
        before = b""
    yield _TRAILER


def _rows(device_id: int, batch: Batch, heads: Sequence[bytes], start: int, stop: int) -> bytes:
    rows: list[bytes] = []
    part = slice(start, stop)
    columns = (batch.ats, batch.kinds, batch.digests, heads, batch.salts, batch.payloads)
    texts = {text: text.encode() for text in {*batch.ats[part], *batch.kinds[part]}}
    fields = zip(*(column[part] for column in columns), strict=True)
    for sequence, (at, kind, digest, head, salt, payload) in enumerate(
        fields, batch.after.sequence + 1 + start
    ):
        name = texts[kind]
        size = len(name)
        front = (8, 4, device_id, 8, sequence, 27, texts[at], size, name, 32, digest, 32, head)
        if salt is None or payload is None:
            rows += (_bare(size).pack(*front), _NOTHING)
        else:
            rows += (_whole(size).pack(*front, SALT_BYTES, salt, len(payload)), payload)
    return b"".join(rows)


@cache
def _bare(kind: int) -> struct.Struct:
    """A row up to the hashes: eight fields, then each with its length before it; a kind of so many bytes."""
    return struct.Struct(f">hiiiqi27si{kind}si32si32s")


@cache
def _whole(kind: int) -> struct.Struct:
    """A row up to its payload."""
    return struct.Struct(f"{_bare(kind).format}i{SALT_BYTES}si")
