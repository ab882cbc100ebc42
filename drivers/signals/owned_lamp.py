"""A lamp owned by one thread that survives its absence, whatever the device is."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from threading import Condition, Thread

from drivers.signals.light import Lamp, Light
from drivers.signals.port import Health, Tone
from drivers.signals.tower import Part, Player

RETRY_S = 5.0
"""How long a missing lamp is left alone before it is looked for again."""
ANSWER_S = 3.0
"""How long a self-test waits for the worker."""
WORKS = Health("lamp", "LA", works=True)


class LampMissing(Exception):
    """The lamp does not do what is asked. `str()` is one sentence that says what to do."""


class LampDevice(ABC):
    """What can be lit. Every call is made on one thread; each may raise `LampMissing`, but not `close`."""

    @abstractmethod
    def open(self) -> None:
        """Finds it and makes it dark."""

    @abstractmethod
    def light(self, lit: Part) -> None:
        """Lights exactly these parts. Said again at least once a second."""

    @abstractmethod
    def close(self) -> None:
        """Lets it go. Safe at any time."""


class OwnedLamp(Lamp):
    """Keeps the rhythm of the light on a device, and goes on without it."""

    def __init__(
        self,
        device: LampDevice,
        clock: Callable[[], float] = time.monotonic,
        answer_s: float = ANSWER_S,
    ) -> None:
        self._device, self._clock, self._answer_s = device, clock, answer_s
        self._player = Player()
        self._changed = Condition()
        self._moved = False
        """Something was asked for that the worker has not taken up yet."""
        self._asked = self._tested = 0
        self._stopping = self._open = False
        self._health = _missing("The lamp has not been looked for yet; the lane goes on.")
        self._worker = Thread(target=self._work, name="lamp", daemon=True)

    def start(self) -> None:
        self._worker.start()

    def show(self, light: Light) -> None:
        with self._changed:
            self._player.show(light, self._clock())
            self._move()

    def buzz(self, tone: Tone) -> None:
        with self._changed:
            self._player.buzz(tone, self._clock())
            self._move()

    def health(self) -> Health:
        with self._changed:
            return self._health

    def self_test(self) -> Health:
        with self._changed:
            self._asked += 1
            mine = self._asked
            self._player.test(self._clock())
            self._move()
            done = self._changed.wait_for(lambda: self._tested >= mine or self._stopping, self._answer_s)
            if not done:
                self._health = _HUNG
            return self._health

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._move()
        if self._worker.is_alive():
            self._worker.join(0.9)

    def _move(self) -> None:
        self._moved = True
        self._changed.notify_all()

    def _work(self) -> None:
        while True:
            if not self._open:
                self._find()
            with self._changed:
                self._moved, asked = False, self._asked
                lit, until = self._player.at(self._clock())
            self._light(lit)
            with self._changed:
                self._tested = asked
                if self._open and self._health is _HUNG:
                    self._health = WORKS
                self._changed.notify_all()
                wait = max(0.0, until - self._clock()) if self._open else RETRY_S
                self._changed.wait_for(self._something, wait)
                if self._stopping:
                    break
        self._light(Part(0))
        self._device.close()

    def _something(self) -> bool:
        """A lamp that is missing is looked for at its time, not at every light; a test is looked at now."""
        return self._stopping or (self._moved and self._open) or self._asked > self._tested

    def _find(self) -> None:
        try:
            self._device.open()
        except LampMissing as missing:
            self._tell(_missing(str(missing)))
            return
        self._open = True
        self._tell(WORKS)

    def _light(self, lit: Part) -> None:
        if not self._open:
            return
        try:
            self._device.light(lit)
        except LampMissing as missing:
            self._device.close()
            self._open = False
            self._tell(_missing(str(missing)))

    def _tell(self, health: Health) -> None:
        with self._changed:
            self._health = health


def _missing(advice: str) -> Health:
    return Health("lamp", "LA", works=False, advice=advice)


_HUNG = _missing("The lamp does not answer: unplug it and plug it in again; the lane goes on.")
