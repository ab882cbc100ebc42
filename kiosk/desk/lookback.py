"""In which crossings of this lane a code was used, by its fingerprint of every day whose key still lives."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sync.day_keys import DayKeys
from sync.event_types import CodeAssessed, CrossingDecided
from sync.fingerprint import Fingerprints
from sync.journal_reader import JournalReader


@dataclass(frozen=True, slots=True)
class Use:
    """One crossing the code was shown in."""

    crossing: str
    at: str
    fingerprint: str
    outcome: str
    """The first verdict; empty: there was none, or it is erased."""


def fingerprints_here(folder: Path, signed: bytes) -> frozenset[str]:
    """What the journal in `folder` may know a code (`Identity.signed`) by. Raises OSError."""
    return frozenset(Fingerprints(DayKeys(folder / "day-keys")).over_all_days(signed).values())


def crossings_of(reader: JournalReader, fingerprints: Collection[str]) -> list[Use]:
    """The uses, oldest first. Reads every record once. Raises `JournalUnavailable`."""
    found: dict[str, Use] = {}
    for record in reader.all_records():
        if record.payload is None or record.kind not in (CodeAssessed.kind, CrossingDecided.kind):
            continue
        told = json.loads(record.payload)
        crossing = told["crossing"]
        if record.kind == CodeAssessed.kind:
            if told["fingerprint"] in fingerprints:
                found.setdefault(crossing, Use(crossing, record.at, told["fingerprint"], ""))
        elif (use := found.get(crossing)) is not None:
            found[crossing] = Use(use.crossing, use.at, use.fingerprint, told["outcome"])
    return list(found.values())
