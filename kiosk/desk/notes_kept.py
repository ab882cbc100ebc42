"""The officers' notes that this device keeps about one crossing: read here, and nowhere else."""

from __future__ import annotations

import json
from dataclasses import dataclass

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
    """Those whose crossing ends in `reference`, oldest first: slips and screens show the last eight signs.

    Reads every record once. Raises `JournalUnavailable`.
    """
    found, wanted = [], reference.lower()
    for record in reader.all_records():
        if record.kind == OfficerNoted.kind and record.payload is not None:
            told = json.loads(record.payload)
            if told["crossing"].lower().endswith(wanted):
                found.append(Kept(told["crossing"], record.at, told["officer"], told["note"]))
    return found
