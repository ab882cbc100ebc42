"""Waveshare Modbus RTU relay boards (firmware V2 and later): "flash" keeps the pulse's time on the board.

Function 05 to 0200 + relay switches on for so many tenths of a second; the value is a count, not FF00. Boards
with inputs, sold as (D) or IO, answer function 02. Their registers from 1000 can link inputs to relays:
leave them at "normal", or somebody's hand on an input opens the gate.
"""

from __future__ import annotations

from math import ceil

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import (
    About,
    Command,
    Decoder,
    InputsAre,
    Off,
    Prepare,
    Query,
    RelayIs,
    Release,
)
from drivers.turnstile.protocols.modbus import (
    READ_COILS,
    READ_INPUTS,
    WRITE_COIL,
    ModbusBoard,
    Replies,
    bit,
)

_FLASH_ON = 0x0200


class Waveshare(ModbusBoard):
    """One relay of the board."""

    name = "waveshare"
    channels = 32
    contacts = 8
    steps_s = 0.1
    capabilities = Capabilities(
        acknowledges=False,
        reports_passage=False,
        hardware_pulse=True,
        reads_back=True,
        inputs=False,
        keeps_max_on=True,
    )

    def encode(self, command: Command) -> bytes:
        relay = self.channel - 1
        match command:
            case Release(_, pulse_s):
                return self.frame(WRITE_COIL, _FLASH_ON + relay, max(1, ceil(round(pulse_s * 10, 6))))
            case Off():
                return self.frame(WRITE_COIL, relay, 0)
            case Query(About.INPUTS):
                return self.frame(READ_INPUTS, 0, 8)
            case Prepare():
                return b""
            case Query():
                return self.frame(READ_COILS, 0, -(-self.channel // 8) * 8)

    def decoder(self) -> Decoder:
        relay = self.channel - 1
        return Replies(
            self.unit,
            {
                READ_COILS: lambda data: [RelayIs(bit(data, relay))],
                READ_INPUTS: lambda data: [InputsAre(data[0])],
            },
        )
