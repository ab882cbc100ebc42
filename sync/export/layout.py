"""What an archive is made of: names of its files, its lines, and what its manifest says it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sync.canonical import canonical_json, utc_text
from sync.chain import Position, Record

FORMAT = "checkpoint-kiosk/export/v2"
RECORDS, TABLE, SHEET = "records.jsonl", "records.csv", "records.xlsx"
BLOCKS, MANIFEST, SIGNATURE = "blocks.txt", "manifest.json", "manifest.sig"
OURS = (RECORDS, TABLE, SHEET, BLOCKS)
"""Files that every archive has beside manifest and signature."""
ZONE = "Asia/Hong_Kong"


class About(StrEnum):
    """What was asked for."""

    RECORDS = "records"
    PERIOD = "period"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class Subject:
    """What an archive is about: records by number, a period of time, or one shift."""

    kind: About = About.RECORDS
    since: datetime | None = None
    until: datetime | None = None
    """A period holds what was written from `since` on and before `until`; None: no bound."""
    shift: str = ""

    def words(self) -> dict[str, object]:
        """What the manifest says."""
        said: dict[str, object] = {"kind": self.kind.value}
        if self.kind is About.SHIFT:
            said["shift"] = self.shift
        if self.kind is About.PERIOD:
            said["from"] = None if self.since is None else utc_text(self.since)
            said["to"] = None if self.until is None else utc_text(self.until)
        return said


class Stage(StrEnum):
    """How far an export has come."""

    WRITING = "writing"
    SHEET = "sheet"
    READING_BACK = "reading_back"


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` records or bytes of this stage."""

    stage: Stage
    done: int
    total: int


Watch = Callable[[Progress], None]
"""Is told of progress. To cancel it raises `place.Cancelled`."""


def record_line(record: Record) -> bytes:
    """One line of the records. `payload` is the exact text that was hashed."""
    line: dict[str, object] = {
        "sequence": record.sequence,
        "at": record.at,
        "kind": record.kind,
        "digest": record.digest.hex(),
    }
    if record.payload is not None and record.salt is not None:
        line |= {"salt": record.salt.hex(), "payload": record.payload}
    return canonical_json(line) + b"\n"


def position_words(position: Position) -> dict[str, object]:
    """A place in the chain, as the manifest says it."""
    return {"sequence": position.sequence, "head": position.head.hex()}


def neighbour_words(record: Record | None) -> dict[str, object] | None:
    """The record beside the first or last one, without its payload: shows that the edge is the edge."""
    if record is None:
        return None
    return {"sequence": record.sequence, "at": record.at, "kind": record.kind, "digest": record.digest.hex()}
