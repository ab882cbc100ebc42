"""The device nodes of real scanners: serial port, hidraw, input event. Each failure is a `ScannerFault`."""

from __future__ import annotations

import fcntl
import os
import struct
from abc import abstractmethod

import serial

from drivers.scanner.framing import SerialDecoder
from drivers.scanner.hid_pos import LONGEST_DESCRIPTOR, HidPosDecoder, layout_of
from drivers.scanner.keys import EVENT, KeyDecoder
from drivers.scanner.port import Decoder, ScannerFault, Source
from drivers.serial_port import FAILURES, READ_MOST, Trouble, let_go, opened, received, trouble

BAUD = 115_200
"""USB-CDC has no speed; scanners behind a real UART are set to this one."""
EVIOCGRAB = 0x40044590
HIDIOCGRDESCSIZE, HIDIOCGRDESC = 0x80044801, 0x90044802


class SerialScanner(Source):
    """USB-CDC: a serial port by path (`/dev/serial/by-id/...`), 8N1, exclusive. Never written to."""

    def __init__(self, path: str, suffix: bytes) -> None:
        self._path, self._suffix = path, suffix
        self._port: serial.Serial | None = None

    def open(self) -> Decoder:
        self.close()
        try:
            port = opened(self._path, BAUD, lines=True)
        except FAILURES as error:
            raise ScannerFault(_why_not_open(self._path, error)) from error
        self._port = port
        return SerialDecoder(self._suffix)

    def fileno(self) -> int:
        if self._port is None:
            raise ScannerFault(_gone(self._path))
        return int(self._port.fileno())

    def read(self) -> bytes:
        if self._port is None:
            raise ScannerFault(_gone(self._path))
        try:
            return received(self._port)
        except FAILURES as error:
            raise ScannerFault(_gone(self._path)) from error

    def close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            let_go(port)


class _Node(Source):
    """A character device that is only read."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._fd = -1

    def open(self) -> Decoder:
        self.close()
        try:
            self._fd = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            return self._claimed(self._fd)
        except OSError as error:
            self.close()
            raise ScannerFault(_why_not_open(self._path, error)) from error
        except ScannerFault:
            self.close()
            raise

    @abstractmethod
    def _claimed(self, fd: int) -> Decoder:
        """Sets the open device up. Raises OSError or `ScannerFault`."""

    def fileno(self) -> int:
        if self._fd < 0:
            raise ScannerFault(_gone(self._path))
        return self._fd

    def read(self) -> bytes:
        try:
            data = os.read(self._fd, READ_MOST - READ_MOST % EVENT.size)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise ScannerFault(_gone(self._path)) from error
        if not data:
            raise ScannerFault(_gone(self._path))
        return data

    def close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)


class HidPosScanner(_Node):
    """HID point of sale through hidraw; one read is one report."""

    def _claimed(self, fd: int) -> Decoder:
        (length,) = struct.unpack("i", fcntl.ioctl(fd, HIDIOCGRDESCSIZE, struct.pack("i", 0)))
        told = bytearray(struct.pack("I", length).ljust(4 + LONGEST_DESCRIPTOR, b"\0"))
        fcntl.ioctl(fd, HIDIOCGRDESC, told)
        return HidPosDecoder(layout_of(bytes(told[4 : 4 + length])))


class KeyboardScanner(_Node):
    """A scanner that acts as a keyboard, grabbed: its keys reach no window and no shortcut."""

    def _claimed(self, fd: int) -> Decoder:
        fcntl.ioctl(fd, EVIOCGRAB, 1)
        return KeyDecoder()


def _why_not_open(path: str, error: Exception) -> str:
    match trouble(error):
        case Trouble.ABSENT:
            return f"No scanner at {path}: plug it in, scan its set-up codes again, or set scanner.path."
        case Trouble.FORBIDDEN:
            return f"The scanner at {path} may not be used: give the kiosk's user the group of that device."
        case Trouble.BUSY:
            return f"The scanner at {path} is in use by another program: end that program."
        case Trouble.OTHER_KIND:
            return f"At {path} is another kind of device: set scanner.kind to what the scanner is set to."
    return f"The scanner at {path} cannot be opened: unplug it and plug it in again."


def _gone(path: str) -> str:
    return f"The scanner at {path} was unplugged: plug it in again."
