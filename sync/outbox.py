"""What the uplink remembers across a restart: the last receipt, and records whose payload was refused."""

from __future__ import annotations

import os
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

from sync.chain import Position
from sync.journal_file import JournalUnavailable, disk_sentence, unavailable

NAME = "outbox.sqlite"
_migrations = Migrations("outbox")


@_migrations()
def m001_outbox(db: Database) -> None:
    """One row of receipt, and the dead letters."""
    receipt, letters = db.table("receipt"), db.table("dead_letters")
    assert isinstance(receipt, Table)
    assert isinstance(letters, Table)
    receipt.create({"id": int, "sequence": int, "head": bytes, "body": bytes, "signature": str}, pk="id")
    letters.create({"sequence": int, "why": str, "at": str}, pk="sequence", not_null={"why", "at"})


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A record whose payload the hub would not take. The record itself stays in the journal."""

    sequence: int
    why: str
    at: str


class Outbox:
    """A file of its own, so that the lane never waits. Any thread; raises `JournalUnavailable`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._lock = threading.Lock()
        try:
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            if _migrations.pending(db := Database(self._connection)):
                _migrations.apply(db)
        except OSError as error:
            raise JournalUnavailable(disk_sentence(folder, error)) from error
        except sqlite3.DatabaseError as error:
            raise unavailable(error, self._file) from error

    def watermark(self, genesis: Position) -> Position:
        """What the hub last signed that it holds; `genesis` before any receipt."""
        rows = self._run("SELECT sequence, head FROM receipt WHERE id = 1")
        return Position(int(str(rows[0][0])), bytes(rows[0][1])) if rows else genesis  # type: ignore[call-overload]

    def receipt(self) -> tuple[bytes, str] | None:
        """The last receipt as it came: body and signature, for an export's proof."""
        rows = self._run("SELECT body, signature FROM receipt WHERE id = 1")
        return (bytes(rows[0][0]), str(rows[0][1])) if rows else None  # type: ignore[call-overload]

    def keep(self, position: Position, body: bytes, signature: str) -> None:
        """Remembers a receipt in place of the one before."""
        self._run(
            "INSERT OR REPLACE INTO receipt (id, sequence, head, body, signature) VALUES (1,?,?,?,?)",
            position.sequence,
            position.head,
            body,
            signature,
        )

    def dead_letter(self, letter: DeadLetter) -> None:
        """Puts a record on the list a person sees."""
        self._run(
            "INSERT OR IGNORE INTO dead_letters (sequence, why, at) VALUES (?,?,?)",
            letter.sequence,
            letter.why,
            letter.at,
        )

    def dead_letters(self) -> list[DeadLetter]:
        """The list, oldest first."""
        rows = self._run("SELECT sequence, why, at FROM dead_letters ORDER BY sequence")
        return [DeadLetter(int(str(sequence)), str(why), str(at)) for sequence, why, at in rows]

    def close(self) -> None:
        """Ends the use of the file."""
        with self._lock:
            self._connection.close()

    def _run(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise unavailable(error, self._file) from error
