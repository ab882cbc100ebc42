"""Finds a crossing again by its reference, in the journal of the lane and within its retention time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.presenters.slip import Facts
from kiosk.reference import names
from sync.chain import Record
from sync.event_types import CrossingClosed, CrossingDecided, CrossingOpened, OfficerDecided
from verification.reasons import ReasonId
from verification.verdict import Outcome


@dataclass(slots=True)
class Found:
    """One crossing, as far as the journal still knows it."""

    crossing: str
    records: list[tuple[int, str, str, dict[str, Any]]] = field(default_factory=list)
    """Sequence, time as recorded, kind, payload: everything that names the crossing, in order."""

    def facts(self) -> Facts | None:
        """What its slip tells; None where it was admitted, or never decided."""
        decided, override, closed = None, "", ""
        for _, at, kind, told in self.records:
            if kind == CrossingDecided.kind:
                decided = (at, told)
            elif kind == OfficerDecided.kind and told["in_time"]:
                override = told["action"]
            elif kind == CrossingClosed.kind:
                closed = told["how"]
        if decided is None:
            return None
        at, told = decided
        outcome = Outcome(told["outcome"])
        known = {one.value for one in ReasonId}
        reasons = tuple(ReasonId(one) for one in told["reasons"] if one in known)
        if outcome is Outcome.ADMIT or not reasons:
            return None
        if not override and closed == "timed_out":
            override = "desk"
        return Facts(self.crossing, datetime.fromisoformat(at), outcome, reasons, override)


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
