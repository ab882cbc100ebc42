"""The machine's own clocks: boot clock, calendar, and whether chrony keeps the calendar right."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from sync.clock.line import LATEST, Reading

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOGETHER_S = 0.5
"""Two readings further apart than this were not made together: somebody stopped us between them."""
TRIES = 5
_UNSYNCHRONISED, _ERROR = 0x0040, 5
"""STA_UNSYNC and TIME_ERROR of adjtimex(2)."""


class MachineClocks(Protocol):
    """Everything the clock asks the machine."""

    @property
    def boot_id(self) -> str:
        """Another one after every start of the machine; empty where it can't be known."""
        ...

    def boot_s(self) -> float:
        """Seconds since the machine started, sleep included."""
        ...

    def read(self) -> Reading:
        """All clocks together."""
        ...


class LinuxClocks:
    """The clocks of this machine."""

    def __init__(self) -> None:
        self.boot_id = _boot_id()
        self._adjtimex = _adjtimex()

    def boot_s(self) -> float:
        """Seconds since the machine started, sleep included."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def read(self) -> Reading:
        """All clocks together."""
        before, unix, after = self._together()
        for _ in range(TRIES):
            if after - before <= TOGETHER_S:
                break
            before, unix, after = self._together()
        return Reading((before + after) / 2, calendar(unix), self._synchronised())

    def _together(self) -> tuple[float, float, float]:
        return self.boot_s(), time.time(), self.boot_s()

    def _synchronised(self) -> bool:
        if self._adjtimex is None:
            return False
        answer = _Timex()
        state = self._adjtimex(ctypes.byref(answer))
        return state not in (-1, _ERROR) and not answer.status & _UNSYNCHRONISED


def calendar(unix: float) -> datetime:
    """Seconds since 1970 as a time, or the nearest one that a clock may show."""
    latest = (LATEST - EPOCH).total_seconds()
    return EPOCH + timedelta(seconds=min(max(unix, 0.0), latest))


class _Timex(ctypes.Structure):
    """The beginning of `struct timex`; asked with `modes` 0 it only tells."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def _adjtimex() -> Callable[[object], int] | None:
    try:
        function = ctypes.CDLL(None, use_errno=True).adjtimex
    except (OSError, AttributeError):
        return None
    function.restype = ctypes.c_int

    def ask(answer: object) -> int:
        return int(function(answer))

    return ask


def _boot_id() -> str:
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()[:64]
    except (OSError, UnicodeDecodeError):
        return ""
