"""A loop-back on a control line of a serial port, looked at a thousand times a second."""

from __future__ import annotations

import errno
import fcntl
import os
import struct
import termios
import threading
import time
from collections.abc import Callable

LINES = {"cts": termios.TIOCM_CTS, "dcd": termios.TIOCM_CAR, "dsr": termios.TIOCM_DSR, "ri": termios.TIOCM_RI}
LOOK_S = 0.001
TELL_S = 0.5
"""A line that does not change is told this often."""

Note = Callable[[float, bool], None]


class ControlLineUnusable(Exception):
    """There is no such line. `str()` is one sentence that says what to do."""


class Looks:
    """Of a thousand looks a second those worth keeping: before and after each change. Pure."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._last: tuple[float, bool] | None = None
        self._told_at = float("-inf")

    def look(self, at: float, closed: bool) -> None:
        """One look at the line."""
        last, self._last = self._last, (at, closed)
        changed = last is not None and last[1] is not closed
        if last is not None and changed and last[0] > self._told_at:
            self._note(*last)
        if changed or at >= self._told_at + TELL_S:
            self._told_at = at
            self._note(at, closed)


class ControlLine:
    """Line `name` of the port at `path`. The relay's contact joins it to DTR or RTS of the same port.

    `feeds`: raise both, as the contact's source; not on the gate's own port, whose lines rest.
    """

    def __init__(self, path: str, name: str, *, feeds: bool) -> None:
        self._path, self._bit, self._feeds = path, LINES[name], feeds
        self._fd = -1
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, note: Note) -> None:
        """Opens the port and looks from now on. Raises `ControlLineUnusable`."""
        try:
            self._fd = os.open(self._path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
            if self._feeds:
                lines = struct.pack("I", termios.TIOCM_DTR | termios.TIOCM_RTS)
                fcntl.ioctl(self._fd, termios.TIOCMBIS, lines)
            self._closed()
        except OSError as error:
            self.stop()
            raise ControlLineUnusable(_why(self._path, error)) from error
        self._thread = threading.Thread(target=self._run, args=(Looks(note),), name="loop-back", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Lets the port go."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(1.0)
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def _run(self, looks: Looks) -> None:
        while not self._ending.wait(LOOK_S):
            try:
                looks.look(time.monotonic(), self._closed())
            except OSError:
                return  # unplugged: what was seen so far stands

    def _closed(self) -> bool:
        (lines,) = struct.unpack("I", fcntl.ioctl(self._fd, termios.TIOCMGET, struct.pack("I", 0)))
        return bool(lines & self._bit)


def _why(path: str, error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return f"No port at {path}: plug the loop-back's adapter in."
    if error.errno in (errno.ENOTTY, errno.EINVAL):
        return f"{path} has no control lines: name another port for --loop-back."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"{path} may not be used: add this user to the group of the port."
    return f"{path} cannot be used for the loop-back: {error.strerror}."
