"""Which records an export of a period or of a shift is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sync.canonical import utc_text
from sync.export.layout import About, Subject
from sync.export.place import ExportFailed
from sync.journal_reader import JournalReader


@dataclass(frozen=True, slots=True)
class Selection:
    """Records by number, both inside, and what they are."""

    first: int
    last: int
    subject: Subject


def select_period(reader: JournalReader, since: datetime | None, until: datetime | None) -> Selection:
    """From the first record written in the period to the last. Raises `ExportFailed`, `JournalUnavailable`.

    A clock that was set back may have put others between: they are there too, or the chain would not hold.
    """
    found = reader.written_between(utc_text(since) if since else "0000", utc_text(until) if until else "9999")
    if found is None:
        raise ExportFailed("There are no records of that period here: name another one.", "empty")
    return Selection(*found, Subject(About.PERIOD, since, until))
