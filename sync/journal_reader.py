"""Reads a journal through its own connection, while the lane writes it or after the kiosk is gone."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sync import canonical
from sync.chain import Position, Record, genesis
from sync.journal_base import BaseUnusable, base
from sync.journal_file import NAME, JournalDamaged, open_for_reading, unavailable
from sync.schema import OF_RARE_KIND, RARE
from sync.signing import PublicKey

_AFTER = """
SELECT sequence, at, kind, digest, salt, payload, head FROM events
WHERE sequence > ? ORDER BY sequence LIMIT ?
"""
_NEWEST = "SELECT sequence, at, kind, digest, salt, payload, head FROM events ORDER BY sequence DESC LIMIT ?"
_BEFORE = "SELECT sequence, head FROM events WHERE sequence < ? ORDER BY sequence DESC LIMIT 1"
_OF_KINDS = """
SELECT sequence, at, kind, digest, salt, payload, head FROM events
WHERE kind IN ({}){} ORDER BY sequence DESC LIMIT ?
"""
_NUMBERS_BELOW = """
SELECT sequence FROM events WHERE sequence >= ? AND sequence < ? AND +kind = ? ORDER BY sequence DESC LIMIT ?
"""
_NUMBERS_WITH = """
SELECT sequence FROM events WHERE sequence >= ? AND sequence < ? AND +kind = ?
AND json_extract(payload, ?) IN (SELECT value FROM json_each(?)) ORDER BY sequence DESC LIMIT ?
"""
_BETWEEN = """
SELECT sequence, at, kind, digest, salt, payload, head FROM events
WHERE sequence BETWEEN ? AND ? AND +kind IN ({}) ORDER BY sequence
"""
"""Only question marks and `OF_RARE_KIND` are put in."""
_PAGE = 1000
SPAN = 20_000
"""Records that are looked through at a time for those of a kind."""


class JournalReader:
    """Read-only, safe from any thread, in bounded memory. Calls raise `JournalUnavailable`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._connection = open_for_reading(folder)
        self._lock = threading.Lock()

    def records(self, after: int, limit: int, max_bytes: int) -> list[Record]:
        """Up to `limit` records after `after`, fewer where they pass `max_bytes`; at least one if any."""
        found: list[Record] = []
        size = 0
        rows = self._rows(_AFTER, after, limit)
        for row in rows:
            record = Record(*row)
            size += len(record.payload or "") + 200
            if found and size > max_bytes:
                break
            found.append(record)
        return found

    def all_records(self, after: int = 0) -> Iterator[Record]:
        """Every record after `after`, a page at a time."""
        while page := self.records(after, _PAGE, 4_000_000):
            yield from page
            after = page[-1].sequence

    def first(self) -> int:
        """The oldest sequence number there is; 1 for an empty journal."""
        return int(self._rows("SELECT coalesce(min(sequence), 1) FROM events")[0][0])

    def last(self) -> int:
        """The last sequence number; 0 for an empty journal."""
        return int(self._rows("SELECT coalesce(max(sequence), 0) FROM events")[0][0])

    def head_at(self, sequence: int) -> bytes | None:
        """The stored head after a record, or None where there is no such record."""
        rows = self._rows("SELECT head FROM events WHERE sequence = ?", sequence)
        return bytes(rows[0][0]) if rows else None

    def start(self, device: PublicKey) -> Position:
        """The position before the first record: the chain's beginning, or behind what was taken away."""
        with self._lock:
            try:
                return base(self._connection, device)
            except BaseUnusable as error:
                raise JournalDamaged(
                    f"{self._file} does not say where its records begin, or was written by another device."
                ) from error
            except sqlite3.DatabaseError as error:
                raise unavailable(error, self._file) from error

    def position_before(self, sequence: int, device: PublicKey) -> Position:
        """Where the chain stands before the first record from `sequence` on."""
        rows = self._rows(_BEFORE, sequence)
        return Position(rows[0][0], bytes(rows[0][1])) if rows else self.start(device)

    def before_newest(self, count: int) -> int:
        """The sequence number behind which the newest `count` records are; 0 where there are fewer."""
        rows = self._rows("SELECT sequence FROM events ORDER BY sequence DESC LIMIT 1 OFFSET ?", count)
        return int(rows[0][0]) if rows else 0

    def last_before(self, sequence: int) -> int:
        """The newest sequence number below `sequence`; 0 where there is none."""
        rows = self._rows("SELECT coalesce(max(sequence), 0) FROM events WHERE sequence < ?", sequence)
        return int(rows[0][0])

    def agrees(self, position: Position, device: PublicKey) -> bool:
        """Whether `position` may be one of this journal's; of what was lost or taken away nobody knows."""
        start = self.start(device)
        if position.sequence == start.sequence:
            return position == start
        if not position.sequence:
            return position == genesis(device.raw)
        head = self.head_at(position.sequence)
        if head is None:
            return position.sequence < start.sequence or any(self._lacks(position.sequence))
        return head == position.head

    def waiting(self, after: int) -> int:
        """How many records there are behind `after`, those not counted that were lost with a damaged file."""
        last = self.last()
        lost = sum(max(0, min(begins, last) - max(start, after)) for start, begins in self._segments())
        return max(0, last - after - lost)

    def written_at(self, sequence: int) -> datetime | None:
        """When a record was written, or None where there is no such record."""
        rows = self._rows("SELECT at FROM events WHERE sequence = ?", sequence)
        return canonical.utc_time(rows[0][0]) if rows else None

    def written_after(self, sequence: int) -> datetime | None:
        """When the first record behind `sequence` was written, or None where there is none."""
        rows = self._rows("SELECT at FROM events WHERE sequence > ? ORDER BY sequence LIMIT 1", sequence)
        return canonical.utc_time(rows[0][0]) if rows else None

    def written_between(self, since: str, until: str) -> tuple[int, int] | None:
        """First and last number of what was written from `since` on and before `until`; None: nothing."""
        query = "SELECT min(sequence), max(sequence) FROM events WHERE at >= ? AND at < ?"
        first, last = self._rows(query, since, until)[0]
        return None if first is None else (int(first), int(last))

    def of_kinds(self, kinds: Sequence[str], newest: int) -> list[Record]:
        """The newest records of these kinds, oldest first.

        Kinds that are all `RARE` are found by their index; others cost a look at each record behind the
        oldest that is found.
        """
        rare = f" AND {OF_RARE_KIND}" if set(kinds) <= set(RARE) else ""
        rows = self._rows(_OF_KINDS.format(",".join("?" * len(kinds)), rare), *kinds, newest)
        return [Record(*row) for row in reversed(rows)]

    def numbers_below(self, kind: str, floor: int, below: int, newest: int) -> list[int]:
        """The numbers of the newest records of a kind from `floor` on and below `below`, newest first."""
        return [int(row[0]) for row in self._rows(_NUMBERS_BELOW, floor, below, kind, newest)]

    def numbers_with(
        self, kind: str, key: str, values: Sequence[str], floor: int, below: int, newest: int
    ) -> list[int]:
        """As `numbers_below`, of records that have one of these values under `key`: keep the span small."""
        rows = self._rows(_NUMBERS_WITH, floor, below, kind, f"$.{key}", json.dumps([*values]), newest)
        return [int(row[0]) for row in rows]

    def between(self, kinds: Sequence[str], first: int, last: int) -> list[Record]:
        """The records of these kinds from number `first` to `last`, oldest first: keep the span small."""
        rows = self._rows(_BETWEEN.format(",".join("?" * len(kinds))), first, last, *kinds)
        return [Record(*row) for row in rows]

    def in_parts(self, kinds: Sequence[str], first: int, last: int) -> Iterator[Record]:
        """The same of a long span, a part at a time: a long reading would keep the log from shrinking."""
        for begin in range(first, last + 1, SPAN):
            yield from self.between(kinds, begin, min(begin + SPAN - 1, last))

    def first_since(self, moment: datetime) -> int:
        """The number of about the first record written at `moment` or later: found in steps that halve.

        Exact where the clock only went forward. One more than the last where nothing was written since.
        """
        low, high = 0, self.last()
        while low < high:
            middle = (low + high) // 2
            written = self.written_after(middle)
            if written is None or written >= moment:
                high = middle
            else:
                low = middle + 1
        return low + 1

    def kiosk(self) -> str:
        """Whose journal this is, as the lane said when it opened it."""
        rows = self._rows("SELECT value FROM facts WHERE name = 'kiosk'")
        return str(rows[0][0]) if rows else ""

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are."""
        return dict(self._rows("SELECT kind, count(*) FROM events GROUP BY kind ORDER BY kind"))

    def close(self) -> None:
        """Ends the reading."""
        with self._lock:
            self._connection.close()

    def _segments(self) -> list[tuple[int, int]]:
        if not self._rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'segments'"):
            return []  # written by an older version
        return [(start, begins) for start, begins in self._rows("SELECT after, begins FROM segments")]

    def _lacks(self, sequence: int) -> list[bool]:
        return [start < sequence <= begins for start, begins in self._segments()]

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise unavailable(error, self._file) from error


def newest_records(
    connection: sqlite3.Connection, count: int, start: Position
) -> tuple[Position, list[Record]]:
    """The newest `count` records and the position before them: `start` where these are all."""
    records = [Record(*row) for row in connection.execute(_NEWEST, (count + 1,))]
    records.reverse()
    if len(records) <= count:
        return start, records
    before = records.pop(0)
    return Position(before.sequence, before.head or b""), records
