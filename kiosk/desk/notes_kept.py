"""The officers' notes that this device keeps about one crossing: read here, and nowhere else."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kiosk.reference import names
from sync.event_types import OfficerNoted
from sync.journal_reader import JournalReader


@dataclass(frozen=True, slots=True)
class Kept:
    """One note. Its words are gone once its payload is erased."""

    crossing: str
    at: str
    officer: str
    note: str


def notes_about(reader: JournalReader, reference: str) -> list[Kept]:
    """Those of the crossing that `reference` means, oldest first: nine digits, or the end of its identifier.

    Reads every record once. Raises `JournalUnavailable`.
    """
    found = []
    for record in reader.all_records():
        if record.kind == OfficerNoted.kind and record.payload is not None:
            told = json.loads(record.payload)
            if names(told["crossing"], reference):
                found.append(Kept(told["crossing"], record.at, told["officer"], told["note"]))
    return found
