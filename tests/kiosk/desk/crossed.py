"""A journal full of crossings, for what reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from config.moment import system_clock
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import CrossingClosed, CrossingDecided, CrossingOpened, GatePassage
from sync.journal import Journal


def opened(folder: Path) -> Journal:
    """A journal in this folder."""
    return Journal(folder, system_clock, device_key(folder), kiosk="lane-1")


def write(journal: Journal, *events: Event, at: datetime | None = None) -> None:
    """Writes them now, or as if at another time."""
    journal.append(list(events), at or system_clock().utc)


def admitted(name: str) -> tuple[Event, ...]:
    """A crossing with nothing to remark."""
    return (
        CrossingOpened(name, "any"),
        CrossingDecided(name, "ADMIT", ("ADMITTED",), "p1", 40.0, ()),
        GatePassage(name, f"a-{name}", "PASSED"),
        CrossingClosed(name, "passed"),
    )


def referred(name: str, *reasons: str, how: str = "timed_out") -> tuple[Event, ...]:
    """A crossing that an officer did not decide in time."""
    why = reasons or ("HOLDER_UNBOUND",)
    return (CrossingDecided(name, "REFER", why, "p1", 40.0, ()), CrossingClosed(name, how))


def many(names: Iterable[str]) -> list[Event]:
    """The events of many crossings."""
    return [event for name in names for event in admitted(name)]
