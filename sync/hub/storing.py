"""Puts a run of records into the table: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

import psycopg
from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError, OperationalError

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
_AT_ONCE = 1 << 18


def store(connection: Connection, device_id: int, records: Sequence[Record], heads: Sequence[bytes]) -> None:
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


def _copy(connection: Connection, device_id: int, records: Sequence[Record], heads: Sequence[bytes]) -> None:
    """The rows in binary COPY format, made here: a call for each row would cost as much again."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    rows = b"".join(copied(device_id, records, heads))
    try:
        with driver.cursor() as cursor, cursor.copy(COPY) as copy:
            for start in range(0, len(rows), _AT_ONCE):
                copy.write(rows[start : start + _AT_ONCE])
    except psycopg.Error as error:
        if driver.broken or driver.closed:
            connection.invalidate(error)
        raise _as_sqlalchemy(error) from error


def copied(device_id: int, records: Sequence[Record], heads: Sequence[bytes]) -> Iterable[bytes]:
    """PostgreSQL 15, "COPY", Binary Format: 19 bytes of header, tuples of length and value, -1 to end."""
    yield _HEADER
    for record, head in zip(records, heads, strict=True):
        kind = record.kind.encode()
        yield _FRONT.pack(8, 4, device_id, 8, record.sequence, 27, record.at.encode(), len(kind))
        yield kind
        yield _HASHES.pack(32, record.digest, 32, head)
        if record.salt is None or record.payload is None:
            yield _NOTHING
        else:
            payload = record.payload.encode()
            yield _CONTENT.pack(SALT_BYTES, record.salt, len(payload))
            yield payload
    yield _TRAILER


def _as_sqlalchemy(error: psycopg.Error) -> DBAPIError:
    """COPY goes past SQLAlchemy; its errors are told apart as any other statement's."""
    return OperationalError(COPY, None, error)
