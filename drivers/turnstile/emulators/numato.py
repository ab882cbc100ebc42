"""A Numato module: a command line with an echo and a prompt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drivers.turnstile.emulators.relay import RelayFirmware

_LONGEST = 64
_NUMBERS = "0123456789ABCDEFGHIJKLMNOPQRSTUV"


class NumatoFirmware(RelayFirmware):
    """Eight relays and eight inputs, which read as inputs once they were told to be some."""

    name = "numato"
    baud = 19200

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._line = bytearray()
        self._inputs = 0

    def power_up(self, now: float) -> None:
        super().power_up(now)
        self._line.clear()
        self._inputs = 0

    def _frames(self, data: bytes) -> Iterator[bytes]:
        for byte in data:
            if byte != 0x0D:
                self._line.append(byte)
                del self._line[:-_LONGEST]
                continue
            line = bytes(self._line)
            self._line.clear()
            if line:
                yield line
            else:
                self._answer(b"\n\r>", self._now)

    def _obey(self, frame: bytes, now: float) -> None:
        number = _NUMBERS[self.channel - 1]
        value = ""
        match frame.decode("ascii", "replace").split():
            case ["relay", "on", which] if which == number and not self.faults.nak:
                self._energise(True, now)
            case ["relay", "off", which] if which == number:
                self._energise(False, now)
            case ["relay", "read", which] if which == number:
                value = "on" if self.on else "off"
            case ["gpio", "iodir", mask] if re.fullmatch("[0-9A-Fa-f]{2}", mask):
                self._inputs = int(mask, 16)
            case ["gpio", "readall"]:
                value = f"{self.contacts(now) & self._inputs:04X}"
        said = frame + b"\n\r" + (value.encode() + b"\n\r" if value else b"") + b">"
        self._answer(said, now, confirmation=not value)
