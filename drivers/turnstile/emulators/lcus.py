"""An LCUS board wired to the single-pass input of a turnstile, which works on edges and reports nothing."""

from __future__ import annotations

from collections.abc import Iterator

from drivers.turnstile.emulators.relay import RelayFirmware


class LcusFirmware(RelayFirmware):
    """One channel of the board. `record` is the relay; the passages behind it reach nobody."""

    name = "lcus"
    baud = 9600

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._rest = bytearray()

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
            self._answer(f"CH{self.channel}: {'ON' if self.on else 'OFF'}\r\n".encode(), now)
        elif frame[1] == self.channel:
            self._energise(frame[2] == 1, now)
