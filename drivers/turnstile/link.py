"""The wire to a gate: a serial port whose many ways to fail are two exceptions."""

from __future__ import annotations

import errno
import os
import select
import termios
import threading
from abc import ABC, abstractmethod

import serial

WRITE_TIMEOUT_S = 0.2


class LinkDown(Exception):
    """The device is not there (any more). `str()` is one sentence that says what to do."""


class LinkStalled(LinkDown):
    """The device is there and takes no bytes."""


class Link(ABC):
    """A byte stream, opened, used and closed by one thread; only `force` may be called from another."""

    @abstractmethod
    def open(self) -> None:
        """Claims the device. Raises `LinkDown`."""

    @abstractmethod
    def fileno(self) -> int:
        """Something `select` can wait for; only while open."""

    @abstractmethod
    def read(self) -> bytes:
        """What is there now, at least one byte once `fileno` is readable. Raises `LinkDown`."""

    @abstractmethod
    def write(self, data: bytes) -> None:
        """Sends all of `data` within 0.2 s. Raises `LinkDown` or `LinkStalled`."""

    @abstractmethod
    def force(self, data: bytes) -> bool:
        """The watchdog's way round a thread that hangs: never blocks or raises; did the bytes leave?."""

    @abstractmethod
    def close(self, drain_s: float = 0.0) -> None:
        """Lets the device go, after at most `drain_s` for bytes still on their way. Safe at any time."""


# What one dead port was seen to raise, depending on the call; `termios.error` is not an `OSError`.
_FAILURES = (serial.SerialException, OSError, termios.error, TypeError, ValueError)


class SerialLink(Link):
    """A serial port by path (`/dev/serial/by-path/...`), 8N1, claimed exclusively."""

    def __init__(self, path: str, baud: int) -> None:
        self._path = path
        self._baud = baud
        self._port: serial.Serial | None = None
        self._spare = -1
        self._spare_lock = threading.Lock()

    def open(self) -> None:
        self.close()
        port = serial.Serial()
        port.port = self._path
        port.baudrate = self._baud
        port.timeout = 0
        port.write_timeout = WRITE_TIMEOUT_S
        port.exclusive = True
        # Boards that reset or switch on these lines get as little of a glitch as the kernel allows.
        port.dtr = False
        port.rts = False
        try:
            port.open()
            spare = os.dup(port.fileno())
        except _FAILURES as error:
            _quietly_closed(port)
            raise LinkDown(_why_not_open(self._path, error)) from error
        self._port = port
        with self._spare_lock:
            self._spare = spare

    def fileno(self) -> int:
        if self._port is None:
            raise LinkDown(_gone(self._path))
        return int(self._port.fileno())

    def read(self) -> bytes:
        if self._port is None:
            raise LinkDown(_gone(self._path))
        try:
            return bytes(self._port.read(max(1, min(self._port.in_waiting, 4096))))
        except _FAILURES as error:
            raise LinkDown(_gone(self._path)) from error

    def write(self, data: bytes) -> None:
        if self._port is None:
            raise LinkDown(_gone(self._path))
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise LinkStalled(f"The gate at {self._path} takes no commands: switch it off and on.") from error
        except _FAILURES as error:
            raise LinkDown(_gone(self._path)) from error

    def force(self, data: bytes) -> bool:
        with self._spare_lock:
            if self._spare < 0:
                return False
            try:
                return os.write(self._spare, data) == len(data)
            except OSError:
                return False

    def close(self, drain_s: float = 0.0) -> None:
        port, self._port = self._port, None
        if port is None:
            return
        if not _drained(port, drain_s):
            # Otherwise the kernel may wait half a minute in close() for a device that takes nothing.
            _discard_output(port)
        with self._spare_lock:
            spare, self._spare = self._spare, -1
            if spare >= 0:
                os.close(spare)
        _quietly_closed(port)


def _drained(port: serial.Serial, seconds: float) -> bool:
    """Waits in steps of 5 ms until the kernel's send buffer is empty; `tcdrain` could wait for ever."""
    for _ in range(int(seconds / 0.005) + 1):
        try:
            if port.out_waiting == 0:
                return True
        except _FAILURES:
            return False
        select.select([], [], [], 0.005)
    return False


def _discard_output(port: serial.Serial) -> None:
    try:
        port.reset_output_buffer()
    except _FAILURES:
        return


def _quietly_closed(port: serial.Serial) -> None:
    try:
        port.close()
    except _FAILURES:
        return


def _why_not_open(path: str, error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.ENOENT:
        return f"No gate at {path}: plug it in and check its power."
    if number in (errno.EACCES, errno.EPERM):
        return f"The gate at {path} may not be opened: add the kiosk's user to the group of the port."
    if number in (errno.EAGAIN, errno.EBUSY):
        return f"The gate at {path} is in use by another program: end that program."
    return f"The gate at {path} cannot be opened: unplug it and plug it in again."


def _gone(path: str) -> str:
    return f"The gate at {path} was unplugged or lost power: check cable and power."
