"""A machine on the bench: its clocks are turned by hand, it sleeps, loses power and starts anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.clock.core import Limits
from sync.clock.line import Reading
from sync.clock.machine import EPOCH
from sync.clock.trusted import TrustedClock

BUILT = datetime(2026, 3, 1, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Machine:
    """`MachineClocks` by hand. `true` is what a watch on the wall shows."""

    def __init__(self, true: datetime = NOON) -> None:
        self.true = true
        self.utc = true
        self.booted = 1
        self.uptime = 100.0
        self.synchronised = False

    @property
    def boot_id(self) -> str:
        return f"boot-{self.booted}"

    def boot_s(self) -> float:
        return self.uptime

    def read(self) -> Reading:
        return Reading(self.uptime, self.utc, self.synchronised)

    def pass_time(self, **span: float) -> None:
        """Time goes on for everybody."""
        passed = timedelta(**span)
        self.true += passed
        self.utc += passed
        self.uptime += passed.total_seconds()

    def turn(self, **span: float) -> None:
        """Somebody changes the calendar."""
        self.utc += timedelta(**span)

    def restart(self, *, off: timedelta = timedelta(minutes=2), battery: bool = True) -> None:
        """The power goes and comes back. Without a battery the calendar begins in 1970."""
        self.booted += 1
        self.uptime = 20.0
        self.true += off + timedelta(seconds=20)
        self.utc = self.utc + off + timedelta(seconds=20) if battery else EPOCH + timedelta(seconds=20)


class Bench:
    """One lane's clock on that machine. `start` is the kiosk program starting."""

    def __init__(self, folder: Path, machine: Machine | None = None, limits: Limits | None = None) -> None:
        self.folder, self.limits = folder, limits
        self.machine = machine or Machine()
        self.mark: datetime | None = None
        self.clock = self.start()

    def start(self) -> TrustedClock:
        """The program starts, or starts again."""
        self.clock = TrustedClock(
            self.folder,
            BUILT,
            self.limits,
            mark=self.mark,
            machine=self.machine,
            mono=lambda: self.machine.uptime,
        )
        self.clock.look()
        return self.clock

    def restart(self, *, off: timedelta = timedelta(minutes=2), battery: bool = True) -> TrustedClock:
        """The machine starts anew, and the program with it."""
        self.machine.restart(off=off, battery=battery)
        return self.start()

    def confirmed(self) -> Bench:
        """After an honest answer of the hub."""
        self.hub_says(self.machine.true)
        return self

    def hub_says(self, utc: datetime, uncertainty_s: float = 0.1) -> str:
        """The hub answers just now."""
        return self.clock.hub_said(utc, uncertainty_s, self.machine.uptime)

    @property
    def now(self) -> datetime:
        return self.clock().utc

    @property
    def state(self) -> str:
        return self.clock.look().state.value

    @property
    def floor(self) -> datetime:
        return self.clock.look().floor
