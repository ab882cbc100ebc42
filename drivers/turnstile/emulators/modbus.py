"""Modbus relay boards: Waveshare, LC-Tech, R421A08, two without a name, Wiren Board.

The check is computed with a table here and bit by bit in the codec, so that one mistake is not made twice.
"""

from __future__ import annotations

from abc import abstractmethod

from drivers.turnstile.emulators.relay import RelayFirmware


def _row(byte: int) -> int:
    for _ in range(8):
        byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
    return byte


_TABLE = [_row(byte) for byte in range(256)]


def _checked(data: bytes) -> bytes:
    crc = 0xFFFF
    for byte in data:
        crc = crc >> 8 ^ _TABLE[(crc ^ byte) & 0xFF]
    return data + bytes((crc & 0xFF, crc >> 8))


class ModbusFirmware(RelayFirmware):
    """Requests are eight bytes; one that the board does not know is answered with an exception."""

    baud = 9600
    unit = 1

    def _command(self) -> int:
        if len(self._rest) < 8:
            return 0
        return 8 if _checked(bytes(self._rest[:6])) == self._rest[:8] else -1

    def _obey(self, frame: bytes, now: float) -> None:
        if frame[0] != self.unit:
            return
        address, value = int.from_bytes(frame[2:4], "big"), int.from_bytes(frame[4:6], "big")
        rejected = self.faults.nak and frame[1] in (5, 6) and self._switches_on(address, value)
        answer = None if rejected else self._done(frame[1], address, value, now)
        if answer is None:
            self._answer(_checked(bytes((self.unit, frame[1] | 0x80, 2))), now, frame[1] in (5, 6))
        elif frame[1] in (5, 6):
            self._answer(frame, now, confirmation=True)
        else:
            self._answer(_checked(bytes((self.unit, frame[1], len(answer))) + answer), now)

    @abstractmethod
    def _done(self, function: int, address: int, value: int, now: float) -> bytes | None:
        """The data of an answer; empty for a write that was done; None for what the board does not know."""

    def _switches_on(self, address: int, value: int) -> bool:  # noqa: ARG002
        return value != 0

    def _coils(self, count: int) -> bytes:
        bits = self.on << self.channel - 1
        return (bits & (1 << count) - 1).to_bytes(-(-count // 8), "little")


class WaveshareFirmware(ModbusFirmware):
    """Flash-on times the relay on the board; flash-off would hold it on, as on the real one."""

    name = "waveshare"

    def _done(self, function: int, address: int, value: int, now: float) -> bytes | None:
        relay = self.channel - 1
        match function:
            case 1:
                return self._coils(value)
            case 2:
                return bytes((self.contacts(now),))
            case 5 if address == relay and value in (0, 0xFF00):
                self._energise(value == 0xFF00, now)
            case 5 if address == 0x0200 + relay:
                self._energise(True, now, value / 10)
            case 5 if address == 0x0400 + relay:
                self._energise(True, now)
            case _:
                return None
        return b""


class LcTechFirmware(ModbusFirmware):
    """Address 255."""

    name = "lctech"
    unit = 255

    def _done(self, function: int, address: int, value: int, now: float) -> bytes | None:
        match function:
            case 1:
                return self._coils(value)
            case 2:
                return bytes((self.contacts(now),))
            case 5 if address == self.channel - 1 and value in (0, 0xFF00):
                self._energise(value == 0xFF00, now)
                return b""
        return None


class R421A08Firmware(ModbusFirmware):
    """Commands are values; a delay is in seconds, and 0 seconds would be for good."""

    name = "r421a08"

    def _switches_on(self, address: int, value: int) -> bool:
        return address == self.channel and value >> 8 != 2

    def _done(self, function: int, address: int, value: int, now: float) -> bytes | None:
        command, seconds = value >> 8, value & 0xFF
        match function:
            case 3 if address == self.channel:
                return bytes((0, self.on))
            case 6 if address == self.channel and command in (1, 2):
                self._energise(command == 1, now)
            case 6 if address == self.channel and command == 6:
                self._energise(True, now, float(seconds) if seconds else None)
            case _:
                return None
        return b""


class NoNameAFirmware(ModbusFirmware):
    """Relays from 1, value 0100, nothing to read."""

    name = "modbus-a"

    def _done(self, function: int, address: int, value: int, now: float) -> bytes | None:
        if function != 5 or address != self.channel or value not in (0, 0x0100):
            return None
        self._energise(value == 0x0100, now)
        return b""


class NoNameBFirmware(ModbusFirmware):
    """Function 06, and inputs in a register."""

    name = "modbus-b"

    def _done(self, function: int, address: int, value: int, now: float) -> bytes | None:
        if function == 4 and address == 0:
            return bytes((0, self.contacts(now)))
        if function != 6 or address != self.channel - 1 or value > 1:
            return None
        self._energise(value == 1, now)
        return b""


class WirenBoardFirmware(ModbusFirmware):
    """Lets go of its relays when nobody spoke to it for the time in register 8."""

    name = "wirenboard"

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._registers = {6: 1, 8: 0}
        self._heard_at = 0.0

    def _switches_on(self, address: int, value: int) -> bool:
        return value == 0xFF00 and address < 6

    def _obey(self, frame: bytes, now: float) -> None:
        self._heard_at = now
        super()._obey(frame, now)

    def _done(self, function: int, address: int, value: int, now: float) -> bytes | None:
        match function:
            case 1:
                return self._coils(value)
            case 2:
                return bytes((self.contacts(now),))
            case 3 if address in self._registers:
                return self._registers[address].to_bytes(2, "big")
            case 5 if address == self.channel - 1 and value in (0, 0xFF00):
                self._energise(value == 0xFF00, now)
            case 6 if address in self._registers:
                self._registers[address] = value
            case _:
                return None
        return b""

    def _release_ends(self) -> float | None:
        safe = self._registers[8]
        return self._heard_at + safe if self.on and safe and not self.faults.stuck_relay else None
