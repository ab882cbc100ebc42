"""The thread behind an emulated gate, whatever wire it hangs on: time, faults, and what tests ask."""

from __future__ import annotations

import os
import select
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.person import Person

_BACK_AFTER_S = 1.0
"""A cable that falls out by itself is put back after this time."""


class Running(ABC):
    """One firmware in a thread of its own.

    `watch` is called, on that thread, after everything that may have changed the firmware.
    """

    def __init__(self, firmware: Firmware, watch: Callable[[Firmware], None] | None = None) -> None:
        self.firmware = firmware
        self._watch = watch or (lambda _: None)
        self._clock = time.monotonic
        self._arriving: deque[tuple[float, bytes]] = deque()
        self._lock = threading.RLock()
        self._bell, self._rope = os.pipe()
        self._ended = threading.Event()
        self._changed = threading.Condition(self._lock)
        self._thread: threading.Thread | None = None
        self._fell_out = 0
        """How many releases were there when the cable fell out last."""
        self._back_at: float | None = None

    # --- the wire ---

    @property
    @abstractmethod
    def device(self) -> str:
        """Where the device is now; empty while unplugged."""

    @abstractmethod
    def unplug(self) -> None:
        """The cable is pulled: whoever has the device open gets an error."""

    @abstractmethod
    def replug(self) -> None:
        """The cable is back. The relay lost its power in between. Raises `OSError`."""

    @abstractmethod
    def _listening(self) -> list[int]:
        """What `select` has to watch; empty while unplugged."""

    @abstractmethod
    def _read(self, ready: list[int]) -> bytes:
        """What the kiosk wrote."""

    @abstractmethod
    def _write(self, data: bytes) -> None:
        """Bytes for the kiosk, if it is there."""

    # --- what tests and people do ---

    def start(self) -> None:
        """Plugs the device in and starts its thread."""
        self._thread = threading.Thread(target=self._run, name=f"emulated-{self.firmware.name}", daemon=True)
        self.replug()
        self._thread.start()

    def stop(self) -> None:
        """Unplugs the device and ends the thread."""
        if self._ended.is_set():
            return
        self.unplug()
        self._ended.set()
        self._ring()
        if self._thread is not None:
            self._thread.join()
        os.close(self._bell)
        os.close(self._rope)

    def set_person(self, person: Person) -> None:
        """What everybody does from now on."""
        with self._lock:
            self.firmware.person = person

    def next_person(self, person: Person) -> None:
        """What the person at the next release does (then the one after, and so on)."""
        with self._lock:
            self.firmware.queue.append(person)

    def set_faults(self, faults: Faults) -> None:
        """What is wrong from now on."""
        with self._lock:
            self.firmware.faults = faults
        self._ring()

    def force(self) -> None:
        """Somebody forces their way through."""
        with self._lock:
            self.firmware.push_through(self._clock())
        self._ring()

    def wait_for(self, holds: Callable[[Firmware], bool], seconds: float = 10.0) -> bool:
        """Waits until the firmware is as wanted; False when it is not within the time."""
        with self._changed:
            return self._changed.wait_for(lambda: holds(self.firmware), seconds)

    @contextmanager
    def held(self) -> Iterator[float]:
        """The firmware as it is now: it does not go on before the end of this block. Gives the time."""
        with self._lock:
            yield self._clock()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _ring(self) -> None:
        os.write(self._rope, b"!")

    def _run(self) -> None:
        while not self._ended.is_set():
            with self._lock:
                now = self._clock()
                due = [self._arriving[0][0]] if self._arriving else []
                due += [time for time in (self.firmware.due(), self._falls_out(), self._back_at) if time]
                wait = max(0.0, min(due) - now) if due else None
                watched = [self._bell, *([] if self.firmware.faults.stalled else self._listening())]
            try:
                ready, _, _ = select.select(watched, [], [], wait)
            except (OSError, ValueError):
                continue  # unplugged while waiting: look again
            if self._bell in ready:
                os.read(self._bell, 64)
            self._work([descriptor for descriptor in ready if descriptor != self._bell])

    def _work(self, ready: list[int]) -> None:
        with self._changed:
            now = self._clock()
            if ready and not self.firmware.faults.stalled:
                self._take(self._read(ready), now)
            while self._arriving and self._arriving[0][0] <= now:
                self.firmware.receive(self._arriving.popleft()[1], now)
            out = self.firmware.advance(now)
            if out:
                self._write(out)
            self._wiggle(now)
            self._watch(self.firmware)
            self._changed.notify_all()

    def _take(self, data: bytes, now: float) -> None:
        """Each byte arrives when the line would have carried it."""
        at = max(now, self._arriving[-1][0] if self._arriving else 0.0)
        per_byte = 10 / self.firmware.baud if self.firmware.baud else 0.0
        for place, byte in enumerate(data, start=1):
            self._arriving.append((at + place * per_byte, bytes((byte,))))

    def _falls_out(self) -> float | None:
        """When a loose cable falls out: once after each release."""
        if not self.firmware.faults.disconnect or self.firmware.pulses <= self._fell_out:
            return None
        on = next(switch.at for switch in reversed(self.firmware.record) if switch.on)
        return on + self.firmware.faults.disconnect

    def _wiggle(self, now: float) -> None:
        falls_out = self._falls_out()
        if falls_out is not None and now >= falls_out:
            self._fell_out = self.firmware.pulses
            self._back_at = now + _BACK_AFTER_S
            self.unplug()
        elif self._back_at is not None and now >= self._back_at:
            self._back_at = None
            self.replug()
