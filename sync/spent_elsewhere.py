"""This lane's copy of what the station's other lanes spent: for when the hub is out of reach."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sync.canonical import utc_text
from sync.day_keys import LIFE
from sync.spent_words import Change

NAME = "spent-elsewhere.sqlite"


class SpentElsewhere:
    """A copy: whatever is wrong with it, it is made anew from the hub. Any thread; raises sqlite3.Error."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._lock = threading.Lock()
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError:
            for part in ("", "-wal", "-shm"):
                self._file.with_name(NAME + part).unlink(missing_ok=True)
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False, timeout=5)
        try:
            self._file.chmod(0o600)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS spent (token BLOB PRIMARY KEY, lane TEXT, at TEXT) WITHOUT ROWID"
            )
            connection.execute("CREATE TABLE IF NOT EXISTS feed (name TEXT, last INTEGER)")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def any_of(self, tokens: Sequence[bytes]) -> bool:
        """Whether another lane spent one of these."""
        if not tokens:
            return False
        places = ",".join("?" * len(tokens))
        statement = f"SELECT 1 FROM spent WHERE token IN ({places}) LIMIT 1"  # noqa: S608 (only question marks)
        with self._lock:
            return self._connection.execute(statement, tokens).fetchone() is not None

    def place(self) -> tuple[str, int]:
        """Which feed this is a copy of, and how far."""
        with self._lock:
            row = self._connection.execute("SELECT name, last FROM feed").fetchone()
        return (str(row[0]), int(row[1])) if row else ("", 0)

    def take(self, feed: str, last: int, changes: Iterable[Change]) -> None:
        """What the hub told, and that everything up to `last` was told."""
        with self._lock:
            run = self._connection.execute
            run("BEGIN IMMEDIATE")
            try:
                for change in changes:
                    if change.spent:
                        values = (change.token, change.lane, change.at)
                        run("INSERT OR REPLACE INTO spent (token, lane, at) VALUES (?,?,?)", values)
                    else:
                        run("DELETE FROM spent WHERE token = ?", (change.token,))
                run("DELETE FROM feed")
                run("INSERT INTO feed (name, last) VALUES (?,?)", (feed, last))
                run("COMMIT")
            except BaseException:
                run("ROLLBACK")
                raise

    def begin_anew(self) -> None:
        """Another hub, or one set back to an older copy: everything is asked for again.

        What is known already stays until then; to refer a traveller is better than to admit on a used code.
        """
        with self._lock:
            self._connection.execute("DELETE FROM feed")

    def forget(self, now: datetime) -> None:
        """Removes what no living key could recognise."""
        with self._lock:
            self._connection.execute(
                "DELETE FROM spent WHERE at < ?", (utc_text(now - LIFE - timedelta(days=1)),)
            )

    def close(self) -> None:
        """Ends the use of the file."""
        with self._lock:
            self._connection.close()
