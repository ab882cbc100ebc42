"""What is erased when: payloads after the retention time, spent codes and keys on day 31. Digests stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sync import canonical
from sync.day_keys import LIFE_DAYS
from sync.event import Event

AT_ONCE = 500


_DEFAULT, _OWN = 1, 100
"""How a record is marked: 0, nothing to erase; 1, the journal's days; 100 and more, the days of its kind."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many days a payload is kept: `days`, or what `own` says of its kind. At most 31."""

    days: int = LIFE_DAYS
    own: Mapping[str, int] = field(default_factory=dict)

    def mark(self, event: Event) -> int:
        """What a new record is marked with."""
        if event.kept:
            return 0
        return _OWN + self.own[event.kind] if event.kind in self.own else _DEFAULT

    def marks(self) -> list[int]:
        """Every mark a new record may get, but 0."""
        return [_DEFAULT, *sorted({_OWN + days for days in self.own.values()})]

    def before(self, mark: int, now: datetime) -> datetime:
        """Payloads with this mark that are older than this are due."""
        return now - timedelta(days=self.days if mark == _DEFAULT else mark - _OWN)


@dataclass(frozen=True, slots=True)
class Due:
    """Records whose payload is due, and how far each run of one day is done after they are erased."""

    sequences: tuple[int, ...]
    advanced: tuple[tuple[int, int, int], ...]
    """Mark, old and new first record of a run that has more to come."""
    done: tuple[tuple[int, int], ...]
    """Mark and first record of runs that have nothing left."""
    more: bool
    """Whether there may be more than were looked at."""


def due(connection: sqlite3.Connection, keeping: Keeping, now: datetime) -> Due:
    """What is due among the next `AT_ONCE` records.

    `ageing` holds where the records of one day begin: an index on the time of every record would cost each
    append a second page on the disk.
    """
    runs = connection.execute(
        "SELECT mark, first, day, lead(first) OVER (PARTITION BY mark ORDER BY first) FROM ageing "
        "ORDER BY first, mark"
    ).fetchall()
    sequences: list[int] = []
    advanced: list[tuple[int, int, int]] = []
    done: list[tuple[int, int]] = []
    room = AT_ONCE
    for mark, first, day, until in runs:
        before = canonical.utc_text(keeping.before(mark, now))
        if day > before[:10] or not room:
            continue
        rows = connection.execute(
            "SELECT sequence, at, erasable FROM events WHERE sequence >= ? AND sequence < ? "
            "ORDER BY sequence LIMIT ?",
            (first, until or 2**63 - 1, room),
        ).fetchall()
        passed, looked = first, room
        for sequence, at, erasable in rows:
            if at >= before:
                break
            room -= 1
            passed = sequence + 1
            if erasable == mark:
                sequences.append(sequence)
        if until is not None and (
            passed >= until or (len(rows) < looked and (not rows or passed > rows[-1][0]))
        ):
            done.append((mark, first))
        elif passed > first:
            advanced.append((mark, first, passed))
    return Due(tuple(sequences), tuple(advanced), tuple(done), more=not room)


def begin_day(connection: sqlite3.Connection, marks: Iterable[int], first: int, day: date) -> None:
    """Notes in the caller's transaction that the records of `day` begin at `first`."""
    connection.executemany(
        "INSERT OR REPLACE INTO ageing (mark, first, day) VALUES (?,?,?)",
        [(mark, first, day.isoformat()) for mark in marks],
    )


def erase(connection: sqlite3.Connection, what: Due) -> None:
    """Removes payload and salt, so that not even a guess can be tested against the digest."""
    connection.executemany(
        "UPDATE events SET payload = NULL, salt = NULL, erasable = 0 WHERE sequence = ?",
        [(sequence,) for sequence in what.sequences],
    )
    connection.executemany("DELETE FROM ageing WHERE mark = ? AND first = ?", what.done)
    connection.executemany(
        "UPDATE ageing SET first = ? WHERE mark = ? AND first = ?",
        [(new, mark, old) for mark, old, new in what.advanced],
    )


def forget_spent(connection: sqlite3.Connection, today: date) -> None:
    """Removes spent codes whose day's key is destroyed: nobody could recognise them any more."""
    last_dead = today - timedelta(days=LIFE_DAYS)
    connection.execute("DELETE FROM spent WHERE day <= ?", (last_dead.isoformat(),))


def flush_erased(connection: sqlite3.Connection) -> None:
    """Moves the erasure from the write-ahead log into the file, so that no old page stays behind."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
