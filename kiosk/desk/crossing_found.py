"""Finds a crossing again by its reference, in the journal of the lane and within its retention time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kiosk.desk.crossing_lookup import Told, crossed_of
from kiosk.presenters.slip import Facts, facts_of
from kiosk.reference import names
from sync.chain import Record
from sync.event_types import CrossingOpened


@dataclass(slots=True)
class Found:
    """One crossing, as far as the journal still knows it."""

    crossing: str
    records: list[tuple[int, str, str, dict[str, Any]]] = field(default_factory=list)
    """Sequence, time as recorded, kind, payload: everything that names the crossing, in order."""

    def facts(self) -> Facts | None:
        """What its slip tells; None where it was admitted, or never decided."""
        crossed = crossed_of(self.crossing, [Told(*one) for one in self.records])
        return None if crossed is None else facts_of(crossed)


def found_by(records: Iterable[Record], reference: str) -> list[Found]:
    """The crossings that a reference means, oldest first: one, but for a rare coincidence of digits.

    Reads every record once, in memory for what is found alone. What is erased is not found.
    """
    wanted: dict[str, Found] = {}
    for record in records:
        if record.payload is None:
            continue
        told = json.loads(record.payload)
        crossing = told.get("crossing", "")
        if record.kind == CrossingOpened.kind and names(crossing, reference):
            wanted[crossing] = Found(crossing)
        if crossing in wanted:
            wanted[crossing].records.append((record.sequence, record.at, record.kind, told))
    return list(wanted.values())
