"""The floor as the journal has it: it stands in for a record of the clock that is damaged, missing or old."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sync.canonical import NotCanonical, read_json_object
from sync.clock.memory import plausible
from sync.event_types import ClockFloor
from sync.journal_file import JournalUnavailable, open_for_reading
from sync.schema import OF_RARE_KIND

LOOKED_AT = 500_000
"""Newest records among which it is looked for: days of them, as it is written daily."""

_NEWEST = f"""
SELECT payload FROM events WHERE kind = ? AND {OF_RARE_KIND} AND payload IS NOT NULL
AND sequence > (SELECT coalesce(max(sequence), 0) FROM events) - ? ORDER BY sequence DESC LIMIT 1
"""  # noqa: S608 (words of the program alone)


def journal_mark(folder: Path) -> datetime | None:
    """The newest floor in the journal of this folder; None where there is none to be read. Never raises."""
    try:
        with closing(open_for_reading(folder)) as connection:
            row = connection.execute(_NEWEST, (ClockFloor.kind, LOOKED_AT)).fetchone()
        return plausible(read_json_object(row[0])["floor"]) if row else None
    except (JournalUnavailable, sqlite3.Error, NotCanonical, KeyError, TypeError, ValueError):
        return None
