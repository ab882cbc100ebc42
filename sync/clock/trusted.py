"""The trusted clock of one lane: asked by every thread, looked after by one, remembered on the disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.moment import Moment
from sync.clock.core import ClockCore, ClockStatus, Heard, Limits
from sync.clock.line import Line
from sync.clock.machine import LinuxClocks, MachineClocks
from sync.clock.memory import Memory
from sync.clock.order import Order, take_order
from sync.clock.store import ClockStore

SAVE_EVERY_S = 300.0
"""How much of what was counted a power cut may cost."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Two officers set the clock, or what they said can't be right."""

    order: Order
    before: ClockStatus
    taken: bool


class TrustedClock:
    """A `Clock` (config.moment): calling it gives the moment, on any thread and in microseconds."""

    def __init__(
        self,
        folder: Path,
        built: datetime,
        limits: Limits | None = None,
        *,
        mark: datetime | None = None,
        machine: MachineClocks | None = None,
        mono: Callable[[], float] = time.monotonic,
    ) -> None:
        """`folder` is the journal's, `mark` the newest floor in the journal. Writes nothing, never raises."""
        self._machine, self._mono = machine or LinuxClocks(), mono
        self._folder, self._store = folder, ClockStore(folder)
        remembered = self._store.load()
        self._lock = threading.RLock()
        self._core = ClockCore(
            limits or Limits(),
            built,
            self._machine.boot_id,
            self._machine.read(),
            remembered.memory,
            mark=mark,
            damaged=bool(remembered.damage),
        )
        self._saved: Memory | None = remembered.memory
        self.damage = remembered.damage
        """What was wrong with the record, one sentence without its full stop; empty: nothing."""
        if not self.damage and remembered.memory and mark and mark > remembered.memory.floor:
            self.damage = f"{self._store.file} is older than the journal: an old copy was put back"
        self.unwritten = ""
        """Why the record can't be written now; empty: it can."""
        self._line: Line = self._core.line
        self._status = self._core.status(self._machine.read())

    def __call__(self) -> Moment:
        """The moment, by the line in use: changes of the machine's calendar do not reach it."""
        return Moment(self._mono(), self._line.at(self._machine.boot_s()))

    @property
    def status(self) -> ClockStatus:
        """How things stood at the last look."""
        return self._status

    @property
    def works(self) -> bool:
        """Whether the time could be believed at the last look."""
        return self._status.state.works

    def surely(self) -> datetime:
        """A time that has surely passed: nothing may be erased for its age by any other."""
        return self._status.floor

    def boot_s(self) -> float:
        """The boot clock, which a question to the hub is timed by."""
        return self._machine.boot_s()

    def look(self) -> ClockStatus:
        """Compares the clocks and saves what is due. Every second or two, on one thread."""
        with self._lock:
            reading = self._machine.read()
            self._core.look(reading)
            return self._changed(due=False)

    def hub_said(self, utc: datetime, uncertainty_s: float, boot_s: float) -> Heard:
        """The hub signed that it was `utc` when the boot clock showed `boot_s`, a moment ago."""
        with self._lock:
            reading = self._machine.read()
            passed = reading.boot_s - boot_s
            heard = self._core.hub_says(Moment(0.0, utc).later(passed).utc, uncertainty_s, reading)
            self._changed(due=False)
            return heard

    def take_order(self) -> Reset | None:
        """Does what two officers ordered, if they did. Raises OSError where the order can't be taken away."""
        with self._lock:
            order = take_order(self._folder)
            if order is None:
                return None
            before = self._status
            boot_s = order.boot_s if order.boot_id == self._machine.boot_id != "" else None
            taken = self._core.officers_say(order.to, boot_s, self._machine.read())
            self._changed(due=True)
            return Reset(order, before, taken)

    def save(self) -> None:
        """Writes what is known now, at an orderly end."""
        with self._lock:
            self._changed(due=True)

    def _changed(self, *, due: bool) -> ClockStatus:
        self._line = self._core.line
        status = self._core.status(self._machine.read())
        due = due or status.state is not self._status.state or bool(self.unwritten)
        self._status = status
        memory = self._core.memory
        if memory is not None and (due or self._is_old(memory)):
            try:
                self._store.save(memory)
            except OSError as error:
                self.unwritten = error.strerror or str(error)
            else:
                self._saved, self.unwritten = memory, ""
        return status

    def _is_old(self, memory: Memory) -> bool:
        saved = self._saved
        if saved is None or saved.boot_id != memory.boot_id:
            return True
        return memory.boot_s - saved.boot_s >= SAVE_EVERY_S or memory.line != saved.line
