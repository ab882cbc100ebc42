"""An LCUS board wired to the single-pass input of a turnstile, which works on edges and reports nothing."""

from __future__ import annotations

from drivers.turnstile.emulators.relay import RelayFirmware


class LcusFirmware(RelayFirmware):
    """One channel of the board. `record` is the relay; the passages behind it reach nobody."""

    name = "lcus"
    baud = 9600

    def _command(self) -> int:
        if self._rest[0] == 0xFF:
            return 1
        if self._rest[0] != 0xA0:
            return -1
        if len(self._rest) < 4:
            return 0
        return 4 if sum(self._rest[:3]) & 0xFF == self._rest[3] else -1

    def _obey(self, frame: bytes, now: float) -> None:
        if frame == b"\xff":
            self._answer(f"CH{self.channel}: {'ON' if self.on else 'OFF'}\r\n".encode(), now)
        elif frame[1] == self.channel:
            self._energise(frame[2] == 1, now)
