"""A pseudo-terminal with an emulated gate behind it, under a path that outlives each replug."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from drivers.pseudo_terminal import new_terminal, publish
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.running import Running


class Emulator(Running):
    """`link` is a symlink, as `/dev/serial/by-path/...` is."""

    def __init__(
        self, firmware: Firmware, link: Path, watch: Callable[[Firmware], None] | None = None
    ) -> None:
        super().__init__(firmware, watch)
        self.link = link
        self._master = -1
        self._slave = -1
        self._last_device = ""

    @property
    def device(self) -> str:
        """The pseudo-terminal behind `link` now; empty while unplugged."""
        with self._lock:
            return os.ttyname(self._slave) if self._slave >= 0 else ""

    def unplug(self) -> None:
        """The cable is pulled: whoever has the device open gets an error, and the path is gone."""
        with self._lock:
            if self._master < 0:
                return
            self.link.unlink(missing_ok=True)
            os.close(self._slave)
            os.close(self._master)
            self._master = self._slave = -1
            self._arriving.clear()
        self._ring()

    def replug(self) -> None:
        """The cable is back, under a new device and the old path. The relay lost its power in between."""
        with self._lock:
            if self._master >= 0:
                return
            self._master, self._slave = new_terminal(other_than=self._last_device)
            self.firmware.power_up(self._clock())
            self._last_device = publish(self._slave, self.link)
        self._ring()

    def _listening(self) -> list[int]:
        return [self._master] if self._master >= 0 else []

    def _read(self, ready: list[int]) -> bytes:
        if self._master not in ready:
            return b""
        try:
            return os.read(self._master, 4096)
        except OSError:
            return b""

    def _write(self, data: bytes) -> None:
        if self._master < 0:
            return
        try:
            os.write(self._master, data)
        except OSError:
            return
