"""Shifts: a supervisor opens one and closes it, and what lies between is one shift. No Qt, no files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from kiosk.desk.roster import Officer, Role
from kiosk.lane_view import LaneView, Phase
from sync.canonical import utc_time
from sync.chain import Record
from sync.event_types import ShiftClosed, ShiftOpened
from verification.snapshot import Freshness

KINDS = (ShiftOpened.kind, ShiftClosed.kind)
HONG_KONG = ZoneInfo("Asia/Hong_Kong")


class ShiftNo(StrEnum):
    """Why a shift can't be opened or closed."""

    NOT_A_SUPERVISOR = "not_a_supervisor"
    OPEN_ALREADY = "open_already"
    NONE_OPEN = "none_open"


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of this lane. Without `closed_at` it is open, or the next one began before it was closed."""

    id: str
    officer: str
    first: int
    """The number of the record that opened it."""
    opened_at: datetime
    ready: bool = True
    last: int | None = None
    """The number of its last record; None: it goes on."""
    closed_by: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """How the lane was when the shift began."""

    ready: bool
    faults: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


def shifts(records: Iterable[Record]) -> list[Shift]:
    """The shifts that records of `KINDS` tell of, oldest first. Erased ones are not known any more."""
    found: list[Shift] = []
    for record in records:
        if record.payload is None or record.kind not in KINDS:
            continue
        told = json.loads(record.payload)
        if record.kind == ShiftOpened.kind:
            if found and found[-1].last is None:
                found[-1] = replace(found[-1], last=record.sequence - 1)
            begun = Shift(told["shift"], told["officer"], record.sequence, utc_time(record.at), told["ready"])
            found.append(begun)
        elif found and found[-1].last is None and found[-1].id == told["shift"]:
            found[-1] = replace(
                found[-1], last=record.sequence, closed_by=told["officer"], closed_at=utc_time(record.at)
            )
    return found


def open_shift(known: Sequence[Shift]) -> Shift | None:
    """The one that goes on."""
    return known[-1] if known and known[-1].last is None else None


def may_open(officer: Officer, known: Sequence[Shift]) -> ShiftNo | None:
    """Why this person can't open a shift now; None: can."""
    if officer.role is not Role.SUPERVISOR:
        return ShiftNo.NOT_A_SUPERVISOR
    return ShiftNo.OPEN_ALREADY if open_shift(known) else None


def may_close(officer: Officer, known: Sequence[Shift]) -> ShiftNo | None:
    """Why this person can't close the shift now; None: can."""
    if officer.role is not Role.SUPERVISOR:
        return ShiftNo.NOT_A_SUPERVISOR
    return None if open_shift(known) else ShiftNo.NONE_OPEN


def new_id(at: datetime, known: Sequence[Shift], zone: ZoneInfo = HONG_KONG) -> str:
    """A name people can say: `S-20261123-0800`, and a letter where that one was given."""
    name = f"S-{at.astimezone(zone):%Y%m%d-%H%M}"
    taken = {shift.id for shift in known}
    letters = ["", *"bcdefghijklmnopqrstuvwxyz"]
    return next((name + letter for letter in letters if name + letter not in taken), f"{name}z{len(known)}")


def readiness(view: LaneView | None) -> Readiness:
    """What a shift's beginning says of the lane; without a view it is not running."""
    if view is None:
        return Readiness(ready=False, faults=("OFF",))
    stopped = view.phase in (Phase.OUT_OF_ORDER, Phase.EVACUATE)
    lists = tuple(f"{one.kind} {one.freshness}" for one in view.lists if one.freshness is not Freshness.FRESH)
    return Readiness(not stopped, tuple(fault.code for fault in view.faults), lists)
