"""Whether headphones are plugged in: the switch that a sound card has for it, as the kernel reports it.

Linux gives a jack an input device (`/dev/input/by-path/...`) whose switch 2 is closed while a plug is in it
(`SW_HEADPHONE_INSERT`, linux/input-event-codes.h). Nothing is ever written to it.
"""

from __future__ import annotations

import fcntl
import os
import select
import struct
from collections.abc import Callable
from pathlib import Path
from threading import Thread

EVENT = struct.Struct("llHHi")
"""`struct input_event`: seconds, microseconds, type, code, value."""
EV_SW, SW_HEADPHONE_INSERT = 0x05, 0x02
_SWITCHES_BYTES = 8
EVIOCGSW = (2 << 30) | (_SWITCHES_BYTES << 16) | (ord("E") << 8) | 0x1B
"""Asks for the present state of all switches."""
RETRY_S = 5.0


class HeadphoneJack:
    """Tells every change, on its own thread. What is missing reads as unplugged and is looked for again."""

    def __init__(self, path: Path, told: Callable[[bool], None]) -> None:
        self._path, self._told = path, told
        self._plugged = False
        self._wake = os.pipe()
        self._worker = Thread(target=self._work, name="headphone-jack", daemon=True)

    def start(self) -> None:
        """Starts the worker."""
        self._worker.start()

    def stop(self) -> None:
        """Ends the worker; returns within a second."""
        os.write(self._wake[1], b"x")
        if self._worker.is_alive():
            self._worker.join(0.9)

    def _work(self) -> None:
        device = -1
        while True:
            if device < 0:
                device = self._opened()
            watched = [self._wake[0], *([device] if device >= 0 else [])]
            ready, _, _ = select.select(watched, [], [], None if device >= 0 else RETRY_S)
            if self._wake[0] in ready:
                break
            if device in ready and not self._heard(device):
                os.close(device)
                device = -1
                self._tell(False)
        if device >= 0:
            os.close(device)

    def _opened(self) -> int:
        try:
            device = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            return -1
        self._tell(plugged_now(device))
        return device

    def _heard(self, device: int) -> bool:
        """Reads what the switch did; whether the device is still there."""
        try:
            data = os.read(device, EVENT.size * 16)
        except BlockingIOError:
            return True
        except OSError:
            return False
        plugged = last_state(data)
        if plugged is not None:
            self._tell(plugged)
        return bool(data)

    def _tell(self, plugged: bool) -> None:
        if plugged is not self._plugged:
            self._plugged = plugged
            self._told(plugged)


def plugged_now(device: int) -> bool:
    """The switch's state at this moment; unplugged where the device has no switches."""
    switches = bytearray(_SWITCHES_BYTES)
    try:
        fcntl.ioctl(device, EVIOCGSW, switches)
    except OSError:
        return False
    return bool(switches[0] >> SW_HEADPHONE_INSERT & 1)


def last_state(data: bytes) -> bool | None:
    """What the last event about headphones in these bytes says; None: there is none."""
    state = None
    for _, _, kind, code, value in EVENT.iter_unpack(data[: len(data) // EVENT.size * EVENT.size]):
        if (kind, code) == (EV_SW, SW_HEADPHONE_INSERT):
            state = bool(value)
    return state
