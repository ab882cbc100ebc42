"""A made-up shift with something of everything."""

from __future__ import annotations

from kiosk.desk.shift import Shift, shifts
from sync.chain import Record
from sync.event import Event
from sync.event_types import (
    FaultRaised,
    LaneInOrder,
    LaneOutOfOrder,
    LaneStarted,
    OfficerReleasedOnce,
    ShiftClosed,
    ShiftOpened,
)
from tests.kiosk.desk.told import crossing, decision, told

REASONS = ("SIGNATURE_INVALID", "UNKNOWN_SIGNER", "EXPIRED", "COLOUR_YELLOW", "REVOCATION_LIST_STALE")


def busy_shift(mode: str = "live", crossings: int = 600) -> tuple[list[Record], Shift]:
    """Four hours or so at one lane."""
    events: list[tuple[float, Event]] = [
        (0, LaneStarted("1", mode, "p1")),
        (1, ShiftOpened("S-20261123-0800", "S-1", True, (), ())),
        (3000, LaneOutOfOrder("GT", "Push the cable in.")),
        (3000, FaultRaised("turnstile", "GT", "Push the cable in.")),
        (3240, LaneInOrder()),
        (9000, OfficerReleasedOnce("O-17", "a0", "OTHER")),
    ]
    for number in range(crossings):
        at = 60.0 + number * 23 + (number * number) % 17
        if number % 9 == 0:
            reason = REASONS[number // 9 % len(REASONS)]
            refused = number % 27 == 0
            events += crossing(number, at, "REFUSE" if refused else "REFER", (reason,), how="desk", ms=60)
            officer = ("O-17", "O-21", "O-33")[number // 9 % 3]
            action = "admit" if officer == "O-33" or number % 36 == 0 else "desk"
            grounds = "DOCUMENT_GENUINE" if action == "admit" else "OTHER"
            events.append(decision(number, at + 5, officer, action, grounds))
        else:
            events += crossing(number, at, ms=30 + number % 50, lasts=4 + number % 5)
    events.append((60 + crossings * 23 + 100, ShiftClosed("S-20261123-0800", "S-1", 1, 1, 1)))
    records = told(sorted(events, key=lambda one: one[0]))
    return records, shifts(records)[0]
