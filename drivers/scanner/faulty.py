"""A scanner with something wrong: not there, unplugged while it reads, flooding."""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.scanner.intake import FLOODING
from drivers.scanner.simulated import SimulatedScanner

ABSENT = "No scanner at /dev/made-up: plug it in, scan its set-up codes again, or set scanner.path."
UNPLUGGED = "The scanner at /dev/made-up was unplugged: plug it in again."


class FaultyScanner(SimulatedScanner):
    """Absent until `mend`; reads nothing while anything is wrong."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, fault: str | None = ABSENT) -> None:
        super().__init__(clock)
        self._fault = fault

    def scan(self, content: bytes) -> None:
        if self._fault is None:
            super().scan(content)

    def mend(self) -> None:
        """It is plugged in and quiet."""
        self._becomes(None)

    def unplug(self) -> None:
        """The cable is pulled."""
        self._becomes(UNPLUGGED)

    def flood(self) -> None:
        """It sends without end."""
        self._becomes(FLOODING)

    def _becomes(self, fault: str | None) -> None:
        self._fault = fault
        self._tell(fault)
