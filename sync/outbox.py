"""What the uplink remembers across a restart: the last receipt, and records whose payload was refused."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

from sync.chain import Position
from sync.journal_file import JournalDamaged, JournalUnavailable, disk_sentence, unavailable
from sync.signing import flush_folder

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


def held_by_hub(folder: Path, genesis: Position) -> Position:
    """What the hub last signed that it holds of the journal in `folder`. Raises `JournalUnavailable`."""
    if not (folder / NAME).exists():
        return genesis
    with closing(Outbox(folder)) as outbox:
        return outbox.watermark(genesis)


class Outbox:
    """A file of its own, so that the lane never waits. Any thread; raises `JournalUnavailable`."""

    def __init__(self, folder: Path) -> None:
        """A damaged file is kept beside the new one that takes its place: the hub knows the rest."""
        self._file = folder / NAME
        self._lock = threading.Lock()
        try:
            try:
                self._connection = _connect(self._file)
            except JournalDamaged:
                _keep_beside(self._file)
                self._connection = _connect(self._file)
        except OSError as error:
            raise JournalUnavailable(disk_sentence(folder, error)) from error

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


def _connect(file: Path) -> sqlite3.Connection:
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if _migrations.pending(db := Database(connection)):
            _migrations.apply(db)
        connection.execute("SELECT count(*) FROM receipt, dead_letters").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise unavailable(error, file) from error
    return connection


def _keep_beside(file: Path) -> None:
    taken = len(list(file.parent.glob(f"{file.name}.damaged-*")))
    file.replace(file.with_name(f"{file.name}.damaged-{taken + 1}"))
    for rest in ("-wal", "-shm"):
        file.with_name(file.name + rest).unlink(missing_ok=True)
    flush_folder(file.parent)
