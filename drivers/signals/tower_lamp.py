"""Adafruit's signal tower on a serial port."""

from __future__ import annotations

import time
from collections.abc import Callable

import serial

from drivers.serial_port import FAILURES, Trouble, let_go, opened, trouble
from drivers.signals.owned_lamp import LampDevice, LampMissing, OwnedLamp
from drivers.signals.tower import BAUD, Part, all_off, state


class Tower(LampDevice):
    """The tower by path (`/dev/serial/by-path/...`: it has no serial number of its own)."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._port: serial.Serial | None = None

    def open(self) -> None:
        try:
            self._port = opened(self._path, BAUD, lines=False)
        except FAILURES as error:
            what = "is not there" if trouble(error) is Trouble.ABSENT else "cannot be opened"
            raise self._missing(what) from error
        self._send(all_off())

    def light(self, lit: Part) -> None:
        self._send(state(lit))

    def close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            let_go(port)

    def _send(self, data: bytes) -> None:
        if self._port is None:
            raise self._missing("is not open")
        try:
            self._port.write(data)
        except FAILURES as error:
            self.close()
            raise self._missing("went away") from error

    def _missing(self, what: str) -> LampMissing:
        return LampMissing(f"The lamp at {self._path} {what}: check its cable; the lane goes on.")


class TowerLamp(OwnedLamp):
    """The tower, owned by its thread."""

    def __init__(self, path: str, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(Tower(path), clock)
