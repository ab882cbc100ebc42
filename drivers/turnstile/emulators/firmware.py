"""The inside of an emulated gate: bytes and times in, bytes out; no line and no clock of its own.

The same firmware runs behind a pseudo-terminal and, in virtual time, in the long tests. It writes down every
change of its release, so that a test can count pulses and measure how long each one stood.
"""

from __future__ import annotations

import heapq
import itertools
import random
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.person import Person

_SPLIT_S = 0.02
_NOISE = b"\x00\xff\x02\x07\x55"
_FLOOD_EVERY_S = 0.02
_RUBBISH = b"\r\nERROR\r\n"


@dataclass(frozen=True, slots=True)
class Switch:
    """The release changed. `at` is in seconds of the clock that the firmware is given."""

    at: float
    on: bool


@dataclass(frozen=True, slots=True)
class WentThrough:
    """A body went through the gate, whether or not the gate says so."""

    at: float
    released: bool
    """False when the gate was locked: forced."""


@dataclass(frozen=True, slots=True, order=True)
class _Step:
    """Somebody tries to go through. The first needs an open gate, one behind needs somebody in front."""

    at: float
    place: int
    release: int
    behind: bool = False
    forced: bool = False


class Firmware(ABC):
    """One device. Times are monotonic seconds, handed in."""

    name: ClassVar[str]
    baud: ClassVar[int]

    def __init__(self, faults: Faults | None = None, person: Person | None = None) -> None:
        self.faults = faults or Faults()
        self.person = person or Person()
        """What people do when no one is queued."""
        self.queue: deque[Person] = deque()
        """What the next ones do, one for each release."""
        self.on = False
        self.record: list[Switch] = []
        self.bodies: list[WentThrough] = []
        self.commands: list[tuple[float, bytes]] = []
        """Every frame that was understood, lost ones included."""
        self._rest = bytearray()
        """What was received and is no whole command yet."""
        self._outgoing: list[tuple[float, int, bytes]] = []
        self._steps: list[_Step] = []
        self._releases = 0
        self._entered = -1
        """The release through which somebody went last."""
        self._count = itertools.count()
        self._up_at = 0.0
        self._now = 0.0
        self._last_command = -1e9
        self._free_at = 0.0
        self.in_one_piece = False
        """Says each answer whole when its last byte is due: quicker for the long counts."""
        self._flood_at = 0.0
        self._chance = random.Random(self.name)  # noqa: S311

    # --- what the line does ---

    def power_up(self, now: float) -> None:
        """Power returns: the relay is off, and the device may need a while."""
        self._switch(False, now)
        self._switch(self.faults.wakes_on or self.on, now)
        self._up_at = now + self.faults.boot_silence
        self._outgoing.clear()
        self._rest.clear()

    def receive(self, data: bytes, now: float) -> None:
        """Bytes from the kiosk."""
        if self.faults.mute or now < self._up_at:
            return
        data = self._on_the_line(data)
        if self.faults.wrong_device:
            self._say(_RUBBISH, now)
            return
        if self.faults.echo:
            self._say(data, now)
        self._now = now
        for frame in self._frames(data):
            self.commands.append((now, frame))
            if now - self._last_command < self.faults.slow_firmware:
                continue
            self._last_command = now
            self._obey(frame, now)

    def advance(self, now: float) -> bytes:
        """Lets people walk until `now` and returns the bytes that have to be on the line by then."""
        while self._steps and self._steps[0].at <= now:
            step = heapq.heappop(self._steps)
            follows = step.release == self._entered
            if step.forced or (follows if step.behind else self._is_open(step.at)):
                self._entered = step.release
                self.bodies.append(WentThrough(step.at, released=self._is_open(step.at)))
                self._walks(step.at)
        ends = self._release_ends()
        if ends is not None and now >= ends:
            self._switch(False, ends)
        if self.faults.flood and now >= self._flood_at:
            self._flood_at = now + _FLOOD_EVERY_S
            heapq.heappush(self._outgoing, (now, next(self._count), self._chance.randbytes(16)))
        ready = bytearray()
        while self._outgoing and self._outgoing[0][0] <= now:
            ready += heapq.heappop(self._outgoing)[2]
        return bytes(ready)

    def due(self) -> float | None:
        """When `advance` has something to do next."""
        times = [self._release_ends()]
        if self.faults.flood:
            times.append(self._flood_at)
        if self._outgoing:
            times.append(self._outgoing[0][0])
        if self._steps:
            times.append(self._steps[0].at)
        return min((time for time in times if time is not None), default=None)

    # --- what people do ---

    def push_through(self, now: float) -> None:
        """Somebody forces their way through now, released or not."""
        heapq.heappush(self._steps, _Step(now, next(self._count), -1, forced=True))

    # --- what tests ask ---

    @property
    def pulses(self) -> int:
        """How many times the release went from off to on."""
        return sum(switch.on for switch in self.record)

    def longest_on(self, now: float) -> float:
        """The longest time that a release stood, in seconds; one that still stands counts until `now`."""
        longest, since = 0.0, None
        for switch in [*self.record, *([Switch(now, False)] if self.on else [])]:
            if switch.on:
                since = switch.at
            elif since is not None:
                longest, since = max(longest, switch.at - since), None
        return longest

    # --- for the dialects ---

    def _frames(self, data: bytes) -> Iterable[bytes]:
        """The whole command frames that `data` completes."""
        self._rest += data
        while self._rest:
            length = self._command()
            if length == 0:
                return
            if length > 0:
                yield bytes(self._rest[:length])
            del self._rest[: max(1, length)]

    def _command(self) -> int:
        """The length of the command at the start of `_rest`; 0: it goes on; negative: none begins here."""
        return 1

    @abstractmethod
    def _obey(self, frame: bytes, now: float) -> None:
        """Carries out one frame."""

    @abstractmethod
    def _is_open(self, _at: float) -> bool:
        """Whether the arm turns."""

    @abstractmethod
    def _walks(self, at: float) -> None:
        """Somebody goes through."""

    def _release_ends(self) -> float | None:
        """When the device itself ends its release."""
        return None

    def _switch(self, on: bool, now: float) -> None:
        if on == self.on or (not on and self.faults.stuck_relay):
            return
        self.on = on
        self.record.append(Switch(now, on))

    def _somebody_comes(self, now: float) -> None:
        person = self.queue.popleft() if self.queue else self.person
        self._releases += 1
        for place, after in enumerate(person.passes):
            step = _Step(now + after, next(self._count), self._releases, behind=place > 0)
            heapq.heappush(self._steps, step)

    def _answer(self, data: bytes, now: float, confirmation: bool = False) -> None:
        if self.faults.mute or (confirmation and self.faults.no_ack):
            return
        if self.faults.wrong_checksum:
            data = data[:-1] + bytes((data[-1] ^ 0x5A,))
        if self.faults.noise:
            data = _NOISE + data
        if confirmation and self.faults.late_ack:
            heapq.heappush(self._outgoing, (now + self.faults.late_ack, next(self._count), data))
        else:
            self._say(data, now)

    def _say(self, data: bytes, now: float) -> None:
        """Puts bytes on the line no faster than the line can carry them."""
        per_byte = _SPLIT_S if self.faults.split else 10 / self.baud if self.baud else 0.0
        data = self._on_the_line(data)
        if self.in_one_piece and not self.faults.split:
            self._free_at = max(now + self.faults.delay, self._free_at) + per_byte * len(data)
            heapq.heappush(self._outgoing, (self._free_at, next(self._count), data))
            return
        for byte in data:
            self._free_at = max(now + self.faults.delay, self._free_at) + per_byte
            heapq.heappush(self._outgoing, (self._free_at, next(self._count), bytes((byte,))))

    def _on_the_line(self, data: bytes) -> bytes:
        """What is left of bytes on a bad line."""
        drop, garble = self.faults.drop, self.faults.garble
        if not drop and not garble:
            return data
        kept = (byte for byte in data if self._chance.random() >= drop)
        return bytes(
            byte ^ self._chance.randrange(1, 256) if self._chance.random() < garble else byte for byte in kept
        )
