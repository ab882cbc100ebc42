"""The time a decision is made at: one reading of both clocks, handed in from outside."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of the clocks.

    `mono` is in seconds of a clock that never goes back (time-outs are counted on it);
    `utc` is the calendar time, always aware and in UTC.
    """

    mono: float
    utc: datetime

    def __post_init__(self) -> None:
        if self.utc.utcoffset() != timedelta(0):
            raise ValueError("a moment is in UTC")

    def later(self, seconds: float) -> Moment:
        """The moment `seconds` after this one on both clocks."""
        return Moment(self.mono + seconds, self.utc + timedelta(seconds=seconds))


Clock = Callable[[], Moment]


def system_clock() -> Moment:
    """The machine's own clocks. Only composition code calls this; everything else is handed a `Clock`."""
    return Moment(time.monotonic(), datetime.now(UTC))
