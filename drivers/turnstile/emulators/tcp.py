"""An emulated gate on the network: one connection at a time to a port of this machine."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable

from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.running import Running

HOST = "127.0.0.1"


class NetworkEmulator(Running):
    """`port` 0 takes a free one, and keeps it over each replug."""

    def __init__(
        self, firmware: Firmware, port: int = 0, watch: Callable[[Firmware], None] | None = None
    ) -> None:
        super().__init__(firmware, watch)
        self.port = port
        self._door: socket.socket | None = None
        self._guest: socket.socket | None = None

    @property
    def device(self) -> str:
        with self._lock:
            return f"{HOST}:{self.port}" if self._door is not None else ""

    def unplug(self) -> None:
        with self._lock:
            for end in (self._guest, self._door):
                if end is not None:
                    # Closing alone would leave it open for as long as the other thread waits for it.
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                    end.close()
            self._guest = self._door = None
            self._arriving.clear()
        self._ring()

    def replug(self) -> None:
        with self._lock:
            if self._door is not None:
                return
            door = socket.create_server((HOST, self.port), reuse_port=False)
            door.setblocking(False)
            self._door, self.port = door, door.getsockname()[1]
            self.firmware.power_up(self._clock())
        self._ring()

    def _listening(self) -> list[int]:
        return [end.fileno() for end in (self._door, self._guest) if end is not None]

    def _read(self, ready: list[int]) -> bytes:
        if self._door is not None and self._door.fileno() in ready:
            self._let_in(self._door)
        if self._guest is None or self._guest.fileno() not in ready:
            return b""
        try:
            data = self._guest.recv(4096)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self._guest.close()
            self._guest = None
        return data

    def _let_in(self, door: socket.socket) -> None:
        """A second connection is closed at once: the device serves one."""
        try:
            guest, _ = door.accept()
        except OSError:
            return
        if self._guest is not None:
            guest.close()
            return
        guest.setblocking(False)
        self._guest = guest

    def _write(self, data: bytes) -> None:
        if self._guest is not None:
            with contextlib.suppress(OSError):
                self._guest.sendall(data)
