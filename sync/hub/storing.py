"""Puts a run of records into the table: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat

from sqlalchemy import Connection, insert

from sync.batch import Batch
from sync.chain import SALT_BYTES
from sync.hub import content
from sync.hub.database import psycopg_of
from sync.hub.models import Stored

COPY = "COPY records (device_id, sequence, at, kind, digest, head, salt, payload) FROM STDIN (FORMAT BINARY)"
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
NO_ROWS = _HEADER + _TRAILER
PART = 250
"""Rows in one piece on their way to PostgreSQL, which stores one piece while the next is looked at."""
_FRONT = struct.Struct(">hiiiq").pack
"""Eight fields; the device in 4 bytes and the sequence number in 8, each behind its length."""
_LENGTH = struct.Struct(">i").pack
_NOTHING, _HASH, _SALT = _LENGTH(-1), _LENGTH(32), _LENGTH(SALT_BYTES)


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
    with (
        psycopg_of(connection, COPY) as driver,
        driver.cursor() as cursor,
        cursor.copy(COPY) as copy,
    ):
        for part in copied(device_id, batch, heads, skip):
            copy.write(part)


def copied(device_id: int, batch: Batch, heads: Sequence[bytes], skip: int = 0) -> Iterator[bytes]:
    """PostgreSQL, "COPY", Binary Format: a header, tuples of lengths and values, -1 to end; in parts.

    They are made here, column by column: a call for each row would cost as much again. No row is made before
    its content was looked at. Raises `NotClean`.
    """
    before = _HEADER
    for start in range(skip, len(heads), PART):
        stop = min(start + PART, len(heads))
        _look(batch, start, stop)
        yield before + _rows(device_id, batch, heads, slice(start, stop))
        before = b""
    yield _TRAILER


def _rows(device_id: int, batch: Batch, heads: Sequence[bytes], part: slice) -> bytes:
    ats = {text: _behind_length(text.encode()) for text in set(batch.ats[part])}
    kinds = {text: _behind_length(text.encode()) + _HASH for text in set(batch.kinds[part])}
    first = batch.after.sequence + 1
    numbers = range(first, first + len(heads))[part]
    rows = zip(
        map(_FRONT, repeat(8), repeat(4), repeat(device_id), repeat(8), numbers),
        map(ats.__getitem__, batch.ats[part]),
        map(kinds.__getitem__, batch.kinds[part]),
        batch.digests[part],
        repeat(_HASH, len(numbers)),
        heads[part],
        *_behind_lengths(batch.salts[part], _SALT),
        *_behind_lengths(batch.payloads[part]),
        strict=True,
    )
    return b"".join(chain.from_iterable(rows))


def _behind_length(value: bytes) -> bytes:
    return _LENGTH(len(value)) + value


def _behind_lengths(
    values: Sequence[bytes | None], length: bytes | None = None
) -> tuple[Iterable[bytes], Iterable[bytes]]:
    """The length before each value, and each value; -1 and nothing for those that are not there.

    `length`: what all have that are there.
    """
    there = [value for value in values if value is not None]
    if length is not None and len(there) == len(values):
        return repeat(length, len(there)), there
    lengths = [_NOTHING if value is None else _LENGTH(len(value)) for value in values]
    return lengths, (value or b"" for value in values)
