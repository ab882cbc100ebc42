"""Boards whose commands are one or three bytes: HW-667, KMtronic, Devantech RLY and ETH008, a made-up one."""

from __future__ import annotations

from drivers.turnstile.emulators.relay import RelayFirmware


class Hw667Firmware(RelayFirmware):
    """`AA` on, `BB` off, `CC` on for a second."""

    name = "hw667"
    baud = 9600

    def _command(self) -> int:
        return 1 if self._rest[0] in (0xAA, 0xBB, 0xCC) else -1

    def _obey(self, frame: bytes, now: float) -> None:
        self._energise(frame != b"\xbb", now, 1.0 if frame == b"\xcc" else None)


class _ThreeBytes(RelayFirmware):
    """Frames of three bytes that begin with one of `starts`."""

    starts: tuple[int, ...] = (0xFF,)

    def _command(self) -> int:
        if self._rest[0] not in self.starts:
            return 1
        return 3 if len(self._rest) >= 3 else 0


class KMtronic2Firmware(_ThreeBytes):
    """One or two relays, each asked by itself."""

    name = "kmtronic"
    baud = 9600

    def _obey(self, frame: bytes, now: float) -> None:
        if len(frame) < 3 or frame[1] != self.channel:
            return
        if frame[2] == 3:
            self._answer(bytes((0xFF, self.channel, self.on)), now)
        elif frame[2] in (0, 1):
            self._energise(frame[2] == 1, now)


class KMtronic4Firmware(_ThreeBytes):
    """Four relays, asked together."""

    name = "kmtronic-4"
    baud = 9600
    relays = 4

    def _obey(self, frame: bytes, now: float) -> None:
        if frame == b"\xff\x09\x00":
            relays = bytearray(self.relays)
            relays[self.channel - 1] = self.on
            self._answer(bytes(relays), now)
        elif len(frame) == 3 and frame[1] == self.channel and frame[2] in (0, 1):
            self._energise(frame[2] == 1, now)


class KMtronic8Firmware(KMtronic4Firmware):
    """Eight relays, asked together."""

    name = "kmtronic-8"
    relays = 8


class DevantechFirmware(RelayFirmware):
    """USB-RLY08: single bytes."""

    name = "devantech"
    baud = 19200

    def _obey(self, frame: bytes, now: float) -> None:
        if frame[0] == 0x5B:
            self._answer(bytes((self.on << self.channel - 1,)), now)
        elif frame[0] in (0x64, 0x64 + self.channel):
            self._energise(True, now)
        elif frame[0] in (0x6E, 0x6E + self.channel):
            self._energise(False, now)


class Eth008Firmware(_ThreeBytes):
    """On the network; it times its relay itself when it is told to."""

    name = "eth008"
    baud = 0
    starts = (0x20, 0x21)

    def _obey(self, frame: bytes, now: float) -> None:
        if frame == b"\x24":
            self._answer(bytes((self.on << self.channel - 1,)), now)
        elif len(frame) == 3 and 1 <= frame[1] <= 8 and not (self.faults.nak and frame[0] == 0x20):
            if frame[1] == self.channel:
                timed = frame[2] / 10 if frame[0] == 0x20 and frame[2] else None
                self._energise(frame[0] == 0x20, now, timed)
            self._answer(b"\x00", now, confirmation=True)
        else:
            self._answer(b"\x01", now, confirmation=True)


class GenericFirmware(RelayFirmware):
    """A made-up board: LCUS's frames without their last byte's meaning, `5B` asks, `AA relays inputs 55`."""

    name = "generic"
    baud = 9600

    def _command(self) -> int:
        if self._rest[0] == 0x5B:
            return 1
        if self._rest[0] != 0xA0:
            return -1
        return 4 if len(self._rest) >= 4 else 0

    def _obey(self, frame: bytes, now: float) -> None:
        if frame == b"\x5b":
            self._answer(bytes((0xAA, self.on << self.channel - 1, self.contacts(now), 0x55)), now)
        elif frame == b"\xa0\x01\x01\xa2":
            self._energise(True, now)
        elif frame == b"\xa0\x01\x00\xa1":
            self._energise(False, now)
