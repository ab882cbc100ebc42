"""A signal tower on a serial port, owned by one thread that survives its absence."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition, Thread

import serial

from drivers.serial_port import FAILURES, Trouble, let_go, opened, trouble
from drivers.signals.light import Lamp, Light
from drivers.signals.port import Health, Tone
from drivers.signals.tower import BAUD, Player, all_off, state

RETRY_S = 5.0
"""How long a missing lamp is left alone before it is looked for again."""
ANSWER_S = 3.0
"""How long a self-test waits for the worker."""
WORKS = Health("lamp", "LA", works=True)


class TowerLamp(Lamp):
    """Adafruit's tower by path (`/dev/serial/by-path/...`: it has no serial number of its own)."""

    def __init__(self, path: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._path, self._clock = path, clock
        self._player = Player()
        self._changed = Condition()
        self._moved = False
        """Something was asked for that the worker has not taken up yet."""
        self._asked = self._tested = 0
        self._stopping = False
        self._port: serial.Serial | None = None
        self._health = _missing(path, "has not been looked for yet")
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
            self._changed.wait_for(lambda: self._tested >= mine or self._stopping, ANSWER_S)
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
            if self._port is None:
                self._open()
            with self._changed:
                self._moved, asked = False, self._asked
                lit, until = self._player.at(self._clock())
            self._send(state(lit))
            with self._changed:
                self._tested = asked
                self._changed.notify_all()
                wait = RETRY_S if self._port is None else max(0.0, until - self._clock())
                self._changed.wait_for(self._something, wait)
                if self._stopping:
                    break
        self._send(all_off())
        self._close()

    def _something(self) -> bool:
        """A lamp that is missing is looked for at its time, not at every light; a test is looked at now."""
        return self._stopping or (self._moved and self._port is not None) or self._asked > self._tested

    def _open(self) -> None:
        try:
            self._port = opened(self._path, BAUD, lines=False)
        except FAILURES as error:
            what = "is not there" if trouble(error) is Trouble.ABSENT else "cannot be opened"
            self._tell(_missing(self._path, what))
            return
        self._tell(WORKS)
        self._send(all_off())

    def _send(self, data: bytes) -> None:
        if self._port is None:
            return
        try:
            self._port.write(data)
        except FAILURES:
            self._close()
            self._tell(_missing(self._path, "went away"))

    def _close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            let_go(port)

    def _tell(self, health: Health) -> None:
        with self._changed:
            self._health = health


def _missing(path: str, what: str) -> Health:
    return Health(
        "lamp", "LA", works=False, advice=f"The lamp at {path} {what}: check its cable; the lane goes on."
    )
