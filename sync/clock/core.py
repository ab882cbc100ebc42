"""What time it is and how far that can be believed: pure, fed with readings, hub and officers.

docs/clock.md has the table of states and docs/decisions/0012 why. Three witnesses speak of the time: the line
carried on from what was confirmed, the hub, and the machine's calendar. Two that agree outvote the third; the
floor outvotes everybody but two officers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sync.clock.line import DRIFT, LATEST, Line, Reading, Source, line_from
from sync.clock.memory import Memory
from sync.clock.states import ClockState

NEVER_KNOWN = timedelta(days=5 * 366)
"""A machine whose record was lost may be this much later than its program was built."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far clocks may be apart."""

    slack: timedelta = timedelta(days=31)
    """How much later than the last plausible time one source alone may say it is."""
    apart_s: float = 60.0
    """Two clocks further apart than this contradict each other."""
    officers_s: float = 60.0
    """How exactly people read a watch."""
    refer_after: timedelta | None = None
    """The lane refers when the time was not confirmed for so long; None: it goes on."""
    believe_chrony: bool = False
    """Whether a calendar that chrony keeps right confirms the time as the hub does."""


class Heard(StrEnum):
    """What became of a time that somebody said."""

    TAKEN = "taken"
    BELOW_FLOOR = "below the floor"
    OUTVOTED = "outvoted"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class ClockStatus:
    """The clock at one moment."""

    state: ClockState
    now: datetime
    floor: datetime
    confirmed: datetime
    """When the time was last confirmed, or first seen where it never was."""
    source: Source
    uncertain_s: float
    machine: datetime
    """What the machine's calendar says."""
    machine_off_s: float
    """By how much the calendar is later than now."""
    hub_said: datetime | None
    """What the hub said last, where that was not believed."""

    @property
    def works(self) -> bool:
        """Whether the lane goes on."""
        return self.state.works


class ClockCore:
    """The clock of one lane. Not for several threads at once."""

    def __init__(
        self,
        limits: Limits,
        built: datetime,
        boot_id: str,
        reading: Reading,
        memory: Memory | None = None,
        *,
        mark: datetime | None = None,
        damaged: bool = False,
    ) -> None:
        """`built` is when the program was built: it can't be earlier. `mark` is the journal's newest floor.

        `damaged` says that there was a memory and it can't be used. Without memory, damage or mark the lane
        is new: the machine's clock is plausible from the build on.
        """
        self._limits, self._built, self._boot_id = limits, built, boot_id
        self._disputed = False
        self.hub_said: datetime | None = None
        self._counted_to = reading.boot_s
        bound = max(built, mark or built)
        same_boot = memory is not None and memory.boot_id == boot_id != "" and memory.boot_s <= reading.boot_s
        if memory is None:
            self.floor = self._seen = bound
            lost = damaged and mark is None
            first = mark is None and self.floor <= reading.utc < LATEST
            if first and (not lost or reading.utc <= built + NEVER_KNOWN):
                self._seen = reading.utc
            self.confirmed = self._seen
            self._base = ClockState.LOST if lost else ClockState.UNSURE
        else:
            counted = reading.boot_s - (memory.boot_s if same_boot else 0.0)
            self.floor = max(bound, memory.floor + _surely(counted))
            self._seen = max(self.floor, memory.seen + timedelta(seconds=counted))
            self.confirmed = memory.confirmed
            self._base = ClockState.UNSURE
        self.line = line_from(self._seen, reading.boot_s, 0.0, Source.MACHINE)
        if memory is not None and memory.line is not None and same_boot:
            self._restore(memory.line, disputed=memory.disputed)
        elif self._base is not ClockState.LOST:
            self._base = ClockState.BEHIND
            self._compare_unset(reading)
        self.look(reading)

    # --- what is known ---

    def state(self, reading: Reading) -> ClockState:
        """How far the time can be believed."""
        if self._base in (ClockState.LOST, ClockState.BEHIND, ClockState.AHEAD, ClockState.JUMPED):
            return self._base
        if self._disputed:
            return ClockState.DISPUTED
        longest = self._limits.refer_after
        if longest is not None and self.line.at(reading.boot_s) - self.confirmed > longest:
            return ClockState.OVERDUE
        return self._base

    def status(self, reading: Reading) -> ClockStatus:
        """Everything a person may want to know."""
        now = self.line.at(reading.boot_s)
        return ClockStatus(
            self.state(reading),
            now,
            self.floor,
            self.confirmed,
            self.line.source,
            self.line.uncertain_s(reading.boot_s),
            reading.utc,
            (reading.utc - now).total_seconds(),
            self.hub_said,
        )

    @property
    def memory(self) -> Memory | None:
        """What has to survive a restart; None while the old record is lost and nothing replaces it."""
        if self._base is ClockState.LOST:
            return None
        kept = self._base in (ClockState.BELIEVED, ClockState.UNSURE, ClockState.JUMPED)
        line = self.line if kept else None
        return Memory(
            self.floor, self._seen, self.confirmed, self._boot_id, self._counted_to, line, self._disputed
        )

    # --- what happens ---

    def look(self, reading: Reading) -> None:
        """Time went on: counts it, and compares the machine's calendar."""
        self._count(reading.boot_s)
        if self._base is ClockState.UNSURE or self._base is ClockState.JUMPED:
            self._compare_seen(reading)
        elif self._base in (ClockState.BEHIND, ClockState.AHEAD):
            self._compare_unset(reading)
        if self._limits.believe_chrony and reading.synchronised:
            self._chrony_keeps(reading)

    def hub_says(self, utc: datetime, uncertainty_s: float, reading: Reading) -> Heard:
        """The hub signed that it was `utc` when the boot clock showed `reading.boot_s`."""
        self.look(reading)
        boot_s, near = reading.boot_s, self._limits.apart_s + uncertainty_s
        machine_agrees = _apart(reading.utc, utc) <= near
        if utc < self.floor - timedelta(seconds=near):
            return self._not_taken(Heard.BELOW_FLOOR, utc)
        if self._base is ClockState.BELIEVED:
            line, unsure = self.line, uncertainty_s + self.line.uncertain_s(boot_s)
            gap = _apart(line.at(boot_s), utc)
            if gap <= near + unsure:
                return self._agreed(line_from(utc, boot_s, uncertainty_s, Source.HUB), gap, unsure)
            if not machine_agrees:
                two = (
                    line.source is not Source.CHRONY and _apart(reading.utc, line.at(boot_s)) <= near + unsure
                )
                return self._not_taken(Heard.OUTVOTED if two else Heard.DISPUTED, utc)
        elif not machine_agrees and (self._base is ClockState.LOST or utc > self._seen + self._limits.slack):
            return self._not_taken(Heard.DISPUTED, utc)
        self._anchor(line_from(utc, boot_s, uncertainty_s, Source.HUB), boot_s)
        return Heard.TAKEN

    def officers_say(self, utc: datetime, boot_s: float | None, reading: Reading) -> bool:
        """Two officers said that it was `utc` at `boot_s`; None: before this start of the machine.

        The one way for the floor to go down. False: it is before the build, or no time at all.
        """
        if not self._built <= utc < LATEST or (boot_s is not None and boot_s > reading.boot_s):
            return False
        self._disputed, self.hub_said = False, None
        told = timedelta(seconds=self._limits.officers_s)
        self.floor = max(self._built, utc - told)
        self.confirmed = self._seen = utc
        self._counted_to = reading.boot_s if boot_s is None else boot_s
        self._base = ClockState.BEHIND
        self.line = line_from(utc, self._counted_to, self._limits.officers_s, Source.MACHINE)
        if boot_s is None:
            self._compare_unset(reading)
        else:
            self._anchor(line_from(utc, boot_s, self._limits.officers_s, Source.OFFICERS), reading.boot_s)
        self._count(reading.boot_s)
        return True

    # --- how ---

    def _restore(self, line: Line, *, disputed: bool) -> None:
        """The machine was not started anew: the line of the program before still holds."""
        self.line = line.not_before(self._seen if line.source is not Source.MACHINE else self.floor)
        self._base = ClockState.UNSURE if line.source is Source.MACHINE else ClockState.BELIEVED
        self._disputed = disputed

    def _count(self, boot_s: float) -> None:
        counted = max(0.0, boot_s - self._counted_to)
        self._counted_to = max(self._counted_to, boot_s)
        if self._base is ClockState.BELIEVED:
            sure = timedelta(seconds=self.line.uncertain_s(boot_s))
            self.floor = max(self.floor, self.line.at(boot_s) - sure)
        else:
            self.floor += _surely(counted)
        if self._base is not ClockState.LOST:
            self._seen = max(self.floor, self.line.at(boot_s))

    def _compare_seen(self, reading: Reading) -> None:
        """The calendar against the line it was the beginning of."""
        if _apart(reading.utc, self.line.at(reading.boot_s)) <= self._limits.apart_s:
            self._base = ClockState.UNSURE
        elif reading.synchronised and self._plausible(reading):
            self._adopt(reading)
        else:
            self._base = ClockState.JUMPED

    def _compare_unset(self, reading: Reading) -> None:
        """The calendar against floor and slack, where there is no line to compare it with."""
        if self._plausible(reading):
            self._adopt(reading)
        else:
            self._base = ClockState.BEHIND if reading.utc < self.floor else ClockState.AHEAD

    def _plausible(self, reading: Reading) -> bool:
        near = timedelta(seconds=self._limits.apart_s)
        return self.floor - near <= reading.utc <= min(LATEST, self._seen + self._limits.slack)

    def _adopt(self, reading: Reading) -> None:
        utc = max(reading.utc, self.floor)
        self.line = line_from(utc, reading.boot_s, self._limits.apart_s, Source.MACHINE)
        self._base, self._seen = ClockState.UNSURE, utc

    def _chrony_keeps(self, reading: Reading) -> None:
        """Where it is believed, a synchronised calendar confirms what it agrees with. It outvotes nobody."""
        agrees = _apart(reading.utc, self.line.at(reading.boot_s)) <= self._limits.apart_s
        if not agrees or self._disputed or self._base not in (ClockState.UNSURE, ClockState.BELIEVED):
            return
        if self._base is ClockState.UNSURE:
            utc = max(reading.utc, self.floor)
            self._anchor(line_from(utc, reading.boot_s, 1.0, Source.CHRONY), reading.boot_s)
        else:
            self.confirmed = self.line.at(reading.boot_s)

    def _agreed(self, fresh: Line, gap: float, unsure: float) -> Heard:
        """The hub says what was believed: its time is put to use where it is the more exact one.

        What differs by more than both may be wrong by, but not enough to contradict, moves nothing: nobody
        walks the clock away in small steps.
        """
        boot_s = fresh.boot_s
        if gap <= unsure and fresh.uncertainty_s <= self.line.uncertain_s(boot_s):
            self._anchor(fresh, boot_s)
        self._disputed, self.hub_said = False, None
        self.confirmed = self.line.at(boot_s)
        return Heard.TAKEN

    def _anchor(self, line: Line, boot_s: float) -> None:
        """A believed time: given at once, but never less than what was believed before."""
        before = self.line.at(boot_s) if self._base is ClockState.BELIEVED else self.floor
        self.line = replace(line, held=max(before, self.floor))
        self._base, self._disputed, self.hub_said = ClockState.BELIEVED, False, None
        self.confirmed = self.line.at(boot_s)
        self._count(boot_s)

    def _not_taken(self, heard: Heard, utc: datetime) -> Heard:
        self.hub_said = utc
        if heard is not Heard.BELOW_FLOOR:
            self._disputed = heard is Heard.DISPUTED
        return heard


def _apart(one: datetime, other: datetime) -> float:
    return abs((one - other).total_seconds())


def _surely(seconds: float) -> timedelta:
    """What has passed at least when the boot clock counted so many seconds."""
    return timedelta(seconds=seconds * (1 - DRIFT))
