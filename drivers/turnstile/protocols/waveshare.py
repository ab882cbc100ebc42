"""Waveshare Modbus RTU relay boards (firmware V2 and later): "flash" keeps the pulse's time on the board.

Function 05 to 0200 + relay switches on for so many tenths of a second; the value is a count, not FF00. Boards
with inputs, sold as (D) or IO, answer function 02. Their registers from 1000 can link inputs to relays:
leave them at "normal", or somebody's hand on an input opens the gate.
"""

from __future__ import annotations

from math import ceil

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import Command, Release
from drivers.turnstile.protocols.modbus import WRITE_COIL, CoilBoard

_FLASH_ON = 0x0200


class Waveshare(CoilBoard):
    """One relay of the board."""

    name = "waveshare"
    channels = 32
    steps_s = 0.1
    capabilities = Capabilities(hardware_pulse=True, reads_back=True, keeps_max_on=True)

    def encode(self, command: Command) -> bytes:
        if isinstance(command, Release):
            tenths = max(1, ceil(round(command.pulse_s * 10, 6)))
            return self.frame(WRITE_COIL, _FLASH_ON + self.channel - 1, tenths)
        return super().encode(command)
