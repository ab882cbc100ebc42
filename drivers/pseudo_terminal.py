"""A device on a pseudo-terminal, under a path that outlives each replug: emulated scanners and lamps."""

from __future__ import annotations

import os
import pty
import select
import threading
import tty
from pathlib import Path
from types import TracebackType


class PseudoTerminal:
    """`link` is a symlink, as `/dev/serial/by-id/...` is. Plugged in once entered or `plug` was called."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self._master = self._slave = -1
        self._last = ""
        self._lock = threading.Lock()

    def plug(self) -> None:
        """The cable is in, under a new device and the old path. Raises OSError."""
        with self._lock:
            if self._master >= 0:
                return
            self._master, self._slave = new_terminal(self._last)
            self._last = publish(self._slave, self.link)

    def unplug(self) -> None:
        """The cable is pulled: whoever has the device open gets an error, and the path is gone."""
        with self._lock:
            if self._master < 0:
                return
            self.link.unlink(missing_ok=True)
            os.close(self._slave)
            os.close(self._master)
            self._master = self._slave = -1

    def give(self, data: bytes, within_s: float = 5.0) -> bool:
        """The device sends. False when nobody took all of it in time, or it is unplugged."""
        while data:
            with self._lock:
                if self._master < 0:
                    return False
                if not select.select([], [self._master], [], within_s)[1]:
                    return False
                try:
                    data = data[os.write(self._master, data) :]
                except OSError:
                    return False
        return True

    def take(self, within_s: float = 5.0) -> bytes:
        """What the kiosk wrote next; empty when nothing came in time, or it is unplugged."""
        with self._lock:
            master = self._master
        if master < 0:
            return b""
        try:
            return os.read(master, 4096) if select.select([master], [], [], within_s)[0] else b""
        except OSError:
            return b""

    def __enter__(self) -> PseudoTerminal:
        self.plug()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self.unplug()


def publish(slave: int, link: Path) -> str:
    """Puts the terminal behind `link` in one move, and returns its device."""
    device = os.ttyname(slave)
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(device)
    fresh.replace(link)
    return device


def new_terminal(other_than: str) -> tuple[int, int]:
    """A new raw pseudo-terminal, under another device than the last one: master and slave.

    The slave stays open on our side too, or the master would report an error at every close on the other.
    """
    master, slave = pty.openpty()
    if os.ttyname(slave) == other_than:
        kept = master, slave
        master, slave = pty.openpty()
        for one in kept:
            os.close(one)
    tty.setraw(slave)
    os.set_blocking(master, False)
    return master, slave
