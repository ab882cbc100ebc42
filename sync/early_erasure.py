"""Erases the payloads of a stretch of records before their time, in pieces that a lane does not notice."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from datetime import date, timedelta

from sync import retention
from sync.day_keys import DayKeys

AT_ONCE = 200
STILL_GOOD = timedelta(days=2)
"""A code for one use is good for a day: what was spent since the day before yesterday stays known."""
_SPENT = "SELECT count(*) FROM spent WHERE day = ?"


class Early:
    """One erasure. `erase_some` until it answers False, then `end`."""

    def __init__(self, connection: sqlite3.Connection, first: int, last: int, today: date) -> None:
        """Looks at what is there. Raises sqlite3.Error."""
        self._next, self._last = first, last
        self.records = int(
            connection.execute(
                "SELECT count(*) FROM events WHERE sequence BETWEEN ? AND ? AND erasable <> 0", (first, last)
            ).fetchone()[0]
        )
        self.days = _whole_days(connection, first, last, today)
        self.spent = sum(
            int(connection.execute(_SPENT, (day.isoformat(),)).fetchone()[0]) for day in self.days
        )

    def dead_keys(self, keys: DayKeys) -> Mapping[date, bytes]:
        """The keys that go."""
        return {day: key for day, key in keys.alive().items() if day in self.days}

    def erase_some(self, connection: sqlite3.Connection, lock: threading.RLock) -> bool:
        """Erases a piece. True while there is more."""
        until = min(self._next + AT_ONCE - 1, self._last)
        with lock:
            connection.execute(
                "UPDATE events SET payload = NULL, salt = NULL, erasable = 0 "
                "WHERE sequence BETWEEN ? AND ? AND erasable <> 0",
                (self._next, until),
            )
        self._next = until + 1
        return self._next <= self._last

    def end(self, connection: sqlite3.Connection, keys: DayKeys) -> None:
        """Forgets what was spent on the whole days and destroys their keys; flushes the erasure."""
        connection.executemany("DELETE FROM spent WHERE day = ?", [(day.isoformat(),) for day in self.days])
        keys.destroy(list(self.dead_keys(keys)))
        retention.flush_erased(connection)


def _whole_days(connection: sqlite3.Connection, first: int, last: int, today: date) -> list[date]:
    """The days (UTC) of which no record lies outside, and no code can still be good."""
    edges = connection.execute(
        "SELECT (SELECT at FROM events WHERE sequence >= ? ORDER BY sequence LIMIT 1), "
        "(SELECT at FROM events WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1), "
        "(SELECT at FROM events WHERE sequence < ? ORDER BY sequence DESC LIMIT 1), "
        "(SELECT at FROM events WHERE sequence > ? ORDER BY sequence LIMIT 1)",
        (first, last, first, last),
    ).fetchone()
    begin, end, before, behind = (date.fromisoformat(at[:10]) if at else None for at in edges)
    if begin is None or end is None:
        return []
    if before == begin:
        begin += timedelta(days=1)
    if behind == end:
        end -= timedelta(days=1)
    end = min(end, today - STILL_GOOD)
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
