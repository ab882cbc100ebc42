"""What is erased when: payloads after the retention time, spent codes and keys on day 31. Digests stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sync.day_keys import LIFE_DAYS

AT_ONCE = 500


def payloads_before(now: datetime, keep_days: int) -> datetime:
    """Payloads of events before this time are due."""
    return now - timedelta(days=keep_days)


def due(connection: sqlite3.Connection, before: str) -> list[int]:
    """Sequence numbers of at most `AT_ONCE` records whose payload is due, oldest first."""
    rows = connection.execute(
        "SELECT sequence FROM events WHERE erasable = 1 AND at < ? ORDER BY at LIMIT ?", (before, AT_ONCE)
    )
    return [sequence for (sequence,) in rows]


def erase(connection: sqlite3.Connection, sequences: Sequence[int]) -> None:
    """Removes payload and salt, so that not even a guess can be tested against the digest."""
    connection.executemany(
        "UPDATE events SET payload = NULL, salt = NULL, erasable = 0 WHERE sequence = ?",
        [(sequence,) for sequence in sequences],
    )


def forget_spent(connection: sqlite3.Connection, today: date) -> None:
    """Removes spent codes whose day's key is destroyed: nobody could recognise them any more."""
    last_dead = today - timedelta(days=LIFE_DAYS)
    connection.execute("DELETE FROM spent WHERE day <= ?", (last_dead.isoformat(),))


def flush_erased(connection: sqlite3.Connection) -> None:
    """Moves the erasure from the write-ahead log into the file, so that no old page stays behind."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
