"""LC-Technology LC-Modbus boards: address 255 from the factory, functions 05, 01 and 02.

The board has a timed pulse of its own, but its makers' tables disagree whether mode 2 or mode 4 ends with
the relay off: the wrong one would hold the gate open, so neither is here and the pulse is timed by the kiosk.
"""

from __future__ import annotations

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


class LcTech(ModbusBoard):
    """One relay of the board."""

    name = "lctech"
    unit = 255
    contacts = 8

    def encode(self, command: Command) -> bytes:
        match command:
            case Release():
                return self.frame(WRITE_COIL, self.channel - 1, 0xFF00)
            case Off():
                return self.frame(WRITE_COIL, self.channel - 1, 0)
            case Query(About.INPUTS):
                return self.frame(READ_INPUTS, 0, 8)
            case Prepare():
                return b""
            case Query():
                return self.frame(READ_COILS, 0, 8)

    def decoder(self) -> Decoder:
        relay = self.channel - 1
        return Replies(
            self.unit,
            {
                READ_COILS: lambda data: [RelayIs(bit(data, relay))],
                READ_INPUTS: lambda data: [InputsAre(data[0])],
            },
        )
