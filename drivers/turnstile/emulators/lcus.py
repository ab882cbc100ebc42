"""An LCUS board wired to the single-pass input of a turnstile, which works on edges and reports nothing."""

from __future__ import annotations

from collections.abc import Iterator

from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.person import Person

_OPEN_S = 5.0
"""The turnstile behind the relay is open for one passage or this long after the edge."""


class LcusFirmware(Firmware):
    """One channel of the board. `record` is the relay; the passages behind it reach nobody."""

    name = "lcus"
    baud = 9600

    def __init__(self, faults: Faults | None = None, person: Person | None = None, channel: int = 1) -> None:
        super().__init__(faults, person)
        self._channel = channel
        self._rest = bytearray()
        self._open_until = 0.0

    def _frames(self, data: bytes) -> Iterator[bytes]:
        self._rest += data
        while self._rest:
            if self._rest[0] == 0xFF:
                yield bytes(self._rest[:1])
                del self._rest[:1]
            elif self._rest[0] != 0xA0:
                del self._rest[:1]
            elif len(self._rest) < 4:
                return
            elif sum(self._rest[:3]) & 0xFF == self._rest[3]:
                yield bytes(self._rest[:4])
                del self._rest[:4]
            else:
                del self._rest[:1]

    def _obey(self, frame: bytes, now: float) -> None:
        if frame == b"\xff":
            self._answer(f"CH{self._channel}: {'ON' if self.on else 'OFF'}\r\n".encode(), now)
            return
        if frame[1] != self._channel:
            return
        edge = frame[2] == 1 and not self.on
        self._switch(frame[2] == 1, now)
        if edge:
            self._open_until = now + _OPEN_S
            self._somebody_comes(now)

    def _is_open(self, _at: float) -> bool:
        return _at < self._open_until

    def _walks(self, at: float) -> None:
        self._open_until = at
