"""One way to open, read and let go a serial port, whatever hangs on it, and what went wrong in one word."""

from __future__ import annotations

import errno
import termios
from enum import StrEnum

import serial

WRITE_TIMEOUT_S = 0.2
READ_MOST = 4096
# What one dead port was seen to raise, depending on the call; `termios.error` is not an `OSError`.
FAILURES = (serial.SerialException, OSError, termios.error, TypeError, ValueError)


class Trouble(StrEnum):
    """Why a device did not open; each driver has its own sentence for it."""

    ABSENT = "absent"
    FORBIDDEN = "forbidden"
    BUSY = "busy"
    OTHER_KIND = "other kind"
    UNKNOWN = "unknown"


_TROUBLES = {
    errno.ENOENT: Trouble.ABSENT,
    errno.EACCES: Trouble.FORBIDDEN,
    errno.EPERM: Trouble.FORBIDDEN,
    errno.EAGAIN: Trouble.BUSY,
    errno.EBUSY: Trouble.BUSY,
    errno.ENOTTY: Trouble.OTHER_KIND,
    errno.EINVAL: Trouble.OTHER_KIND,
}


def trouble(error: Exception) -> Trouble:
    """The word for what opening a device raised."""
    return _TROUBLES.get(getattr(error, "errno", None) or 0, Trouble.UNKNOWN)


def opened(path: str, baud: int, *, lines: bool) -> serial.Serial:
    """The port at `path`, 8N1, claimed exclusively, whose calls never block for long. Raises `FAILURES`.

    `lines`: whether DTR and RTS go up. Boards that reset or switch on them want them down, and get as little
    of a glitch as the kernel allows; scanners may wait for them.
    """
    port = serial.Serial()
    port.port, port.baudrate = path, baud
    port.timeout, port.write_timeout = 0, WRITE_TIMEOUT_S
    port.exclusive = True
    port.dtr = port.rts = lines
    try:
        port.open()
    except FAILURES:
        let_go(port)
        raise
    return port


def received(port: serial.Serial) -> bytes:
    """What is there now, at least one byte once the port is readable. Raises `FAILURES`."""
    return bytes(port.read(max(1, min(port.in_waiting, READ_MOST))))


def let_go(port: serial.Serial) -> None:
    """Closes it, dead or alive."""
    try:
        port.close()
    except FAILURES:
        return
