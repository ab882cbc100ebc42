"""What is erased when: payloads after the retention time, spent codes and keys on day 31. Digests stay."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sync.day_keys import LIFE_DAYS

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Due:
    """Records whose payload is due, and how far each run of one day is done after they are erased."""

    sequences: tuple[int, ...]
    advanced: tuple[tuple[int, int], ...]
    """Old and new first record of a run that has more to come."""
    done: tuple[int, ...]
    """First records of runs that have nothing left."""
    more: bool
    """Whether there may be more than were looked at."""


def payloads_before(now: datetime, keep_days: int) -> datetime:
    """Payloads of events before this time are due."""
    return now - timedelta(days=keep_days)


def due(connection: sqlite3.Connection, before: str) -> Due:
    """What is due among the next `AT_ONCE` records.

    `runs` holds where the records of one day begin: an index on the time of every record would cost each
    append a second page on the disk.
    """
    runs = connection.execute(
        "SELECT first, day, lead(first) OVER (ORDER BY first) FROM runs ORDER BY first"
    ).fetchall()
    sequences: list[int] = []
    advanced: list[tuple[int, int]] = []
    done: list[int] = []
    room = AT_ONCE
    for first, day, until in runs:
        if day > before[:10] or not room:
            continue
        rows = connection.execute(
            "SELECT sequence, at, erasable FROM events WHERE sequence >= ? AND sequence < ? "
            "ORDER BY sequence LIMIT ?",
            (first, until or 2**63 - 1, room),
        ).fetchall()
        room -= len(rows)
        passed = first
        for sequence, at, erasable in rows:
            if at >= before:
                break
            passed = sequence + 1
            if erasable:
                sequences.append(sequence)
        if until is not None and passed >= until:
            done.append(first)
        elif passed > first:
            advanced.append((first, passed))
    return Due(tuple(sequences), tuple(advanced), tuple(done), more=not room)


def erase(connection: sqlite3.Connection, what: Due) -> None:
    """Removes payload and salt, so that not even a guess can be tested against the digest."""
    connection.executemany(
        "UPDATE events SET payload = NULL, salt = NULL, erasable = 0 WHERE sequence = ?",
        [(sequence,) for sequence in what.sequences],
    )
    connection.executemany("DELETE FROM runs WHERE first = ?", [(first,) for first in what.done])
    connection.executemany(
        "UPDATE runs SET first = ? WHERE first = ?", [(new, old) for old, new in what.advanced]
    )


def forget_spent(connection: sqlite3.Connection, today: date) -> None:
    """Removes spent codes whose day's key is destroyed: nobody could recognise them any more."""
    last_dead = today - timedelta(days=LIFE_DAYS)
    connection.execute("DELETE FROM spent WHERE day <= ?", (last_dead.isoformat(),))


def flush_erased(connection: sqlite3.Connection) -> None:
    """Moves the erasure from the write-ahead log into the file, so that no old page stays behind."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
