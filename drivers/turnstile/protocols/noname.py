"""Two families of Modbus boards without a maker's name.

A: function 05, relays counted from 1, value 0100 instead of FF00, and no way of reading anything. B: function
06, and its inputs by function 04. Neither can read its relay back, and the answer to a write is the write
itself, so neither confirms a pulse.
"""

from __future__ import annotations

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import About, Command, Decoder, InputsAre, Off, Query, Release
from drivers.turnstile.protocols.modbus import (
    READ_REGISTERS,
    WRITE_COIL,
    WRITE_REGISTER,
    ModbusBoard,
    Replies,
)


class NoNameA(ModbusBoard):
    """The old boards ("V1")."""

    name = "modbus-a"
    poll_s = 0.0
    capabilities = Capabilities()

    def encode(self, command: Command) -> bytes:
        if isinstance(command, Release):
            return self.frame(WRITE_COIL, self.channel, 0x0100)
        return self.frame(WRITE_COIL, self.channel, 0) if isinstance(command, Off) else b""

    def decoder(self) -> Decoder:
        return Replies(self.unit, {})


class NoNameB(ModbusBoard):
    """The boards with inputs. They are asked for them even when none is wired: it is their sign of life."""

    name = "modbus-b"
    contacts = 8
    capabilities = Capabilities()

    @property
    def questions(self) -> tuple[About, ...]:
        return (About.INPUTS,)

    def encode(self, command: Command) -> bytes:
        match command:
            case Release():
                return self.frame(WRITE_REGISTER, self.channel - 1, 1)
            case Off():
                return self.frame(WRITE_REGISTER, self.channel - 1, 0)
            case Query(About.INPUTS):
                return self.frame(READ_REGISTERS, 0, 1)
        return b""

    def decoder(self) -> Decoder:
        return Replies(self.unit, {READ_REGISTERS: lambda data: [InputsAre(data[-1])]})
