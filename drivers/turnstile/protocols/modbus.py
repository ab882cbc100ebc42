"""Modbus RTU, as little of it as relay boards need: the check, the frames, and replies out of a stream.

Written by hand because a pulse is a non-standard value in a standard frame, and a library that "corrects"
the value of function 05 turned 0.7 s into 1.8 hours. A write is answered with the same bytes, which an
adapter that echoes would send as well: such an answer proves nothing here, reading the relay back does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import (
    About,
    Command,
    Decoder,
    Event,
    InputsAre,
    Off,
    Protocol,
    Query,
    RelayIs,
    Release,
)
from drivers.turnstile.protocols.framing import Framed

READ_COILS, READ_INPUTS, READ_HOLDING, READ_REGISTERS = 1, 2, 3, 4
WRITE_COIL, WRITE_REGISTER = 5, 6
_READS = (READ_COILS, READ_INPUTS, READ_HOLDING, READ_REGISTERS)
_LONGEST = 8
"""Data bytes of the longest answer that is ever asked for."""

Meaning = Callable[[bytes], list[Event]]
"""What the data bytes of an answer say."""


def crc16(data: bytes | bytearray) -> bytes:
    """The check of MODBUS over serial line 2.5.1.2: polynomial A001, from FFFF, low byte first."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc.to_bytes(2, "little")


def frame(unit: int, function: int, address: int, value: int) -> bytes:
    """A request with two 16-bit fields, which all requests used here are."""
    head = bytes((unit, function)) + address.to_bytes(2, "big") + value.to_bytes(2, "big")
    return head + crc16(head)


def bit(data: bytes, number: int) -> bool:
    """Coil or input `number`, counted from 0, of an answer of functions 01 and 02."""
    return number // 8 < len(data) and bool(data[number // 8] >> number % 8 & 1)


class ModbusBoard(Protocol):
    """A relay board on RS-485, 9600 baud 8N1 as they leave the factory."""

    baud = 9600
    unit = 1
    units = range(1, 256)
    channels = 8
    capabilities = Capabilities(reads_back=True)
    min_gap_s = 0.03
    answer_s = 0.3
    poll_s = 0.25

    def frame(self, function: int, address: int, value: int) -> bytes:
        """A request to this board."""
        return frame(self.unit, function, address, value)


class CoilBoard(ModbusBoard):
    """The relays are coils from 0, the inputs are discrete inputs from 0, and FF00 is on."""

    contacts = 8

    def encode(self, command: Command) -> bytes:
        relay = self.channel - 1
        match command:
            case Release():
                return self.frame(WRITE_COIL, relay, 0xFF00)
            case Off():
                return self.frame(WRITE_COIL, relay, 0)
            case Query(About.INPUTS):
                return self.frame(READ_INPUTS, 0, 8)
            case Query(About.RELAY):
                return self.frame(READ_COILS, 0, -(-self.channel // 8) * 8)
        return b""

    def meanings(self) -> dict[int, Meaning]:
        """What the board's answers say, by their function."""
        relay = self.channel - 1
        return {
            READ_COILS: lambda data: [RelayIs(bit(data, relay))],
            READ_INPUTS: lambda data: [InputsAre(data[0])],
        }

    def decoder(self) -> Decoder:
        return Replies(self.unit, self.meanings())


class Replies(Framed):
    """Answers of one unit. Answers to writes and to functions without a meaning are whole, but no events."""

    def __init__(self, unit: int, meanings: Mapping[int, Meaning]) -> None:
        super().__init__()
        self._unit = unit
        self._meanings = meanings

    def _whole(self) -> int:
        length = self._length()
        if length > len(self._rest):
            return self.WAIT
        whole = self._rest[:length]
        return length if length and crc16(whole[:-2]) == whole[-2:] else self.NONE

    def _length(self) -> int:
        """How long the frame at the start is, as far as can be said; 0 when none begins here."""
        rest = self._rest
        if rest[0] != self._unit:
            return 0
        if len(rest) < 3:
            return 3
        if rest[1] & 0x80:
            return 5
        if rest[1] in (WRITE_COIL, WRITE_REGISTER):
            return 8
        return 5 + rest[2] if rest[1] in _READS and 1 <= rest[2] <= _LONGEST else 0

    def _meaning(self, frame: bytes) -> list[Event]:
        meaning = self._meanings.get(frame[1])
        return meaning(frame[3:-2]) if meaning else []
