"""Puts a run of records into the table: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, insert
from sqlalchemy.exc import OperationalError

from sync.chain import SALT_BYTES, Record
from sync.hub.models import Stored

COPY = "COPY records (device_id, sequence, at, kind, digest, head, salt, payload) FROM STDIN (FORMAT BINARY)"
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_FRONT = struct.Struct(">hiiiqi27si")
"""Eight fields; device, sequence, time; how long the kind is. Every field has its length before it."""
_HASHES = struct.Struct(">i32si32s")
_CONTENT = struct.Struct(f">i{SALT_BYTES}si")
_NOTHING = struct.pack(">ii", -1, -1)
PART = 100


def store(connection: Connection, device_id: int, records: Iterable[Record], heads: Sequence[bytes]) -> None:
    """Stores `records`, with the chain's head after each. Raises sqlalchemy.exc.SQLAlchemyError."""
    if connection.dialect.name == "postgresql":
        _copy(connection, device_id, records, heads)
        return
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
            for record, head in zip(records, heads, strict=True)
        ],
    )


def _copy(connection: Connection, device_id: int, records: Iterable[Record], heads: Sequence[bytes]) -> None:
    """The rows in binary COPY format, made here: a call for each row would cost as much again."""
    import psycopg  # a hub on SQLite needs none of it

    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    try:
        with driver.cursor() as cursor, cursor.copy(COPY) as copy:
            for part in copied(device_id, records, heads):
                copy.write(part)
    except psycopg.Error as error:
        if driver.broken or driver.closed:
            connection.invalidate(error)
        # COPY goes past SQLAlchemy; its errors are told apart as any other statement's.
        raise OperationalError(COPY, None, error) from error


def copied(device_id: int, records: Iterable[Record], heads: Sequence[bytes]) -> Iterator[bytes]:
    """PostgreSQL, "COPY", Binary Format: a header, tuples of lengths and values, -1 to end; in parts.

    The server stores a part while the next one is made.
    """
    rows = [_HEADER]
    for number, (record, head) in enumerate(zip(records, heads, strict=True), start=1):
        kind = record.kind.encode()
        rows += (
            _FRONT.pack(8, 4, device_id, 8, record.sequence, 27, record.at.encode(), len(kind)),
            kind,
            _HASHES.pack(32, record.digest, 32, head),
        )
        if record.salt is None or record.payload is None:
            rows.append(_NOTHING)
        else:
            payload = record.payload.encode()
            rows += (_CONTENT.pack(SALT_BYTES, record.salt, len(payload)), payload)
        if number % PART == 0:
            yield b"".join(rows)
            rows = []
    rows.append(_TRAILER)
    yield b"".join(rows)
