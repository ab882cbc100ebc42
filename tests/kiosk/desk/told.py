"""Records made of events and times, for the figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sync.canonical import canonical_json, utc_text
from sync.chain import Record
from sync.event import Event
from sync.event_types import (
    CrossingClosed,
    CrossingDecided,
    CrossingOpened,
    GateAccepted,
    GatePassage,
    OfficerDecided,
)

BEGIN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def told(events: Iterable[tuple[float, Event]], begin: datetime = BEGIN) -> list[Record]:
    """Records of events at so many seconds after `begin`."""
    made = []
    for number, (seconds, event) in enumerate(events, start=1):
        at = utc_text(begin + timedelta(seconds=seconds))
        payload = canonical_json(event.payload()).decode()
        made.append(Record(number, at, event.kind, bytes(32), bytes(16), payload))
    return made


def crossing(
    number: int,
    at: float,
    outcome: str = "ADMIT",
    reasons: tuple[str, ...] = (),
    *,
    ms: float = 40.0,
    how: str = "passed",
    lasts: float = 6.0,
) -> list[tuple[float, Event]]:
    """One crossing from its first code to its end."""
    name = f"c{number}"
    events: list[tuple[float, Event]] = [
        (at, CrossingOpened(name, "any")),
        (at + 1, CrossingDecided(name, outcome, reasons, "p1", ms, ())),
    ]
    if how == "passed":
        events.append((at + 2, GateAccepted(f"a{number}", True)))
        events.append((at + lasts, GatePassage(name, f"a{number}", "PASSED")))
    events.append((at + lasts, CrossingClosed(name, how)))
    return events


def decision(number: int, at: float, officer: str, action: str, reason: str) -> tuple[float, Event]:
    """An officer's decision about a crossing."""
    values = dict.fromkeys(OfficerDecided.__slots__, "")
    values |= {"crossing": f"c{number}", "officer": officer, "action": action, "reason": reason}
    return at, OfficerDecided(**(values | {"in_time": True}))  # type: ignore[arg-type]
