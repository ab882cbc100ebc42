"""A time that was known once, carried on by the boot clock: nothing that is done to the calendar moves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""Outside these no time is plausible, whoever says it."""
DRIFT = 200e-6
"""How much a boot clock may run wrong: twice what a poor crystal does."""


class Source(StrEnum):
    """Who said what time it is."""

    HUB = "hub"
    OFFICERS = "officers"
    CHRONY = "chrony"
    MACHINE = "machine"
    """The machine's own clock: plausible at best."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The machine's clocks, read together."""

    boot_s: float
    """Seconds since the machine started, sleep included (CLOCK_BOOTTIME)."""
    utc: datetime
    """The machine's calendar, aware UTC. Anybody may have set it."""
    synchronised: bool = False
    """Whether the kernel says that chrony keeps the calendar right."""


@dataclass(frozen=True, slots=True)
class Line:
    """At `boot_s` it was `utc`, give or take `uncertainty_s`."""

    utc: datetime
    boot_s: float
    uncertainty_s: float
    source: Source
    held: datetime
    """No earlier time is given: after a small correction the clock stands still instead of going back."""

    def at(self, boot_s: float) -> datetime:
        """The time when the boot clock shows `boot_s`."""
        return max(self.held, self.utc + timedelta(seconds=boot_s - self.boot_s))

    def uncertain_s(self, boot_s: float) -> float:
        """By how many seconds it may be wrong then."""
        return self.uncertainty_s + DRIFT * max(0.0, boot_s - self.boot_s)

    def not_before(self, held: datetime) -> Line:
        """The same line, giving no time before `held`."""
        return replace(self, held=max(self.held, held))


def line_from(utc: datetime, boot_s: float, uncertainty_s: float, source: Source) -> Line:
    """A line that holds nothing back."""
    return Line(utc, boot_s, uncertainty_s, source, EARLIEST)
