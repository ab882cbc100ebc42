"""The wire to a gate: a serial port whose many ways to fail are two exceptions."""

from __future__ import annotations

import os
import select
import threading
from abc import ABC, abstractmethod

import serial

from drivers.serial_port import FAILURES, Trouble, let_go, opened, received, trouble


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


class Spare:
    """A second descriptor of the same device, for whoever may not wait for the thread that owns the first."""

    def __init__(self) -> None:
        self._descriptor = -1
        self._lock = threading.Lock()

    def take(self, descriptor: int) -> None:
        """Doubles `descriptor`. Raises OSError."""
        with self._lock:
            self._descriptor = os.dup(descriptor)

    def force(self, data: bytes) -> bool:
        """Writes at once or not at all."""
        with self._lock:
            if self._descriptor < 0:
                return False
            try:
                return os.write(self._descriptor, data) == len(data)
            except OSError:
                return False

    def let_go(self) -> None:
        """Safe at any time."""
        with self._lock:
            descriptor, self._descriptor = self._descriptor, -1
            if descriptor >= 0:
                os.close(descriptor)


class SerialLink(Link):
    """A serial port by path (`/dev/serial/by-path/...`), 8N1, claimed exclusively."""

    def __init__(self, path: str, baud: int) -> None:
        self._path = path
        self._baud = baud
        self._port: serial.Serial | None = None
        self._spare = Spare()

    def open(self) -> None:
        self.close()
        try:
            port = opened(self._path, self._baud, lines=False)
        except FAILURES as error:
            raise LinkDown(_why_not_open(self._path, error)) from error
        try:
            self._spare.take(port.fileno())
        except OSError as error:
            let_go(port)
            raise LinkDown(_why_not_open(self._path, error)) from error
        self._port = port

    def fileno(self) -> int:
        if self._port is None:
            raise LinkDown(_gone(self._path))
        return int(self._port.fileno())

    def read(self) -> bytes:
        if self._port is None:
            raise LinkDown(_gone(self._path))
        try:
            return received(self._port)
        except FAILURES as error:
            raise LinkDown(_gone(self._path)) from error

    def write(self, data: bytes) -> None:
        if self._port is None:
            raise LinkDown(_gone(self._path))
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise LinkStalled(f"The gate at {self._path} takes no commands: switch it off and on.") from error
        except FAILURES as error:
            raise LinkDown(_gone(self._path)) from error

    def force(self, data: bytes) -> bool:
        return self._spare.force(data)

    def close(self, drain_s: float = 0.0) -> None:
        port, self._port = self._port, None
        if port is None:
            return
        if not _drained(port, drain_s):
            # Otherwise the kernel may wait half a minute in close() for a device that takes nothing.
            _discard_output(port)
        self._spare.let_go()
        let_go(port)


def _drained(port: serial.Serial, seconds: float) -> bool:
    """Waits in steps of 5 ms until the kernel's send buffer is empty; `tcdrain` could wait for ever."""
    for _ in range(int(seconds / 0.005) + 1):
        try:
            if port.out_waiting == 0:
                return True
        except FAILURES:
            return False
        select.select([], [], [], 0.005)
    return False


def _discard_output(port: serial.Serial) -> None:
    try:
        port.reset_output_buffer()
    except FAILURES:
        return


def _why_not_open(path: str, error: Exception) -> str:
    match trouble(error):
        case Trouble.ABSENT:
            return f"No gate at {path}: plug it in and check its power."
        case Trouble.FORBIDDEN:
            return f"The gate at {path} may not be opened: add the kiosk's user to the group of the port."
        case Trouble.BUSY:
            return f"The gate at {path} is in use by another program: end that program."
    return f"The gate at {path} cannot be opened: unplug it and plug it in again."


def _gone(path: str) -> str:
    return f"The gate at {path} was unplugged or lost power: check cable and power."
