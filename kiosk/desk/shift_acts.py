"""Opening and closing a shift: what the records say, and the event that comes of it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

from kiosk.desk.figures import Figures, Tally
from kiosk.desk.roster import Officer
from kiosk.desk.shift import KINDS, Readiness, Shift, ShiftNo, may_close, may_open, new_id, open_shift, shifts
from sync.event_types import CrossingDecided, ShiftClosed, ShiftOpened
from sync.journal_reader import JournalReader

NEWEST = 400
"""Records of shifts that are looked at."""


def known_shifts(reader: JournalReader) -> list[Shift]:
    """The newest shifts of this lane. Raises `JournalUnavailable`, as everything here."""
    return shifts(reader.of_kinds(KINDS, NEWEST))


def opening(
    reader: JournalReader, officer: Officer, at: datetime, readiness: Readiness
) -> ShiftOpened | ShiftNo:
    """The event that opens a shift, or why not."""
    known = known_shifts(reader)
    if (no := may_open(officer, known)) is not None:
        return no
    name = new_id(at, known)
    return ShiftOpened(name, officer.id, readiness.ready, readiness.faults, readiness.lists)


def closing(reader: JournalReader, officer: Officer) -> ShiftClosed | ShiftNo:
    """The event that closes the shift that is open, or why not."""
    known = known_shifts(reader)
    if (no := may_close(officer, known)) is not None:
        return no
    shift = open_shift(known)
    assert shift is not None
    outcomes = outcomes_of(reader, shift)
    return ShiftClosed(shift.id, officer.id, outcomes["ADMIT"], outcomes["REFER"], outcomes["REFUSE"])


def outcomes_of(reader: JournalReader, shift: Shift) -> Counter[str]:
    """How often which first verdict was given in the shift. Nothing but verdicts is read."""
    found: Counter[str] = Counter()
    last = reader.last() if shift.last is None else shift.last
    for record in reader.in_parts((CrossingDecided.kind,), shift.first, last):
        if record.payload is not None:
            found[json.loads(record.payload)["outcome"]] += 1
    return found


def figures_of(reader: JournalReader, shift: Shift) -> Figures:
    """The figures of one shift."""
    tally = Tally()
    for record in reader.all_records(shift.first - 1):
        if shift.last is not None and record.sequence > shift.last:
            break
        tally.add(record)
    return tally.figures()
