"""Eletechsup R421A08, RYN404E, RYN408F and their family: commands are values of register n, function 06.

`06 01` is on for one second by the board's own clock, `02 00` off. What was written as 0100 or 0200 is read
as 0001 or 0000. The address is set by switches, 0 to 63; 0 would be a broadcast and is not used here.
"""

from __future__ import annotations

from math import ceil

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import Command, Decoder, Off, Query, RelayIs, Release
from drivers.turnstile.protocols.modbus import READ_HOLDING, WRITE_REGISTER, ModbusBoard, Replies

_OFF, _DELAY = 0x0200, 0x0600


class R421A08(ModbusBoard):
    """One relay of the board. Its timer counts whole seconds; OFF cuts it short when the pulse is over."""

    name = "r421a08"
    units = range(1, 64)
    steps_s = 1.0
    capabilities = Capabilities(hardware_pulse=True, reads_back=True, keeps_max_on=True)

    def encode(self, command: Command) -> bytes:
        match command:
            case Release(_, pulse_s):
                return self.frame(WRITE_REGISTER, self.channel, _DELAY + max(1, ceil(pulse_s)))
            case Off():
                return self.frame(WRITE_REGISTER, self.channel, _OFF)
            case Query():
                return self.frame(READ_HOLDING, self.channel, 1)
        return b""

    def decoder(self) -> Decoder:
        return Replies(self.unit, {READ_HOLDING: lambda data: [RelayIs(data[-1] == 1)]})
