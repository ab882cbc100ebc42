"""A scanner without a device: what the program scans is scanned. For demonstrations, training and tests."""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.scanner.port import OnCode, OnFault, Scanned, Scanner


class SimulatedScanner(Scanner):
    """`scan` is a hand that holds a code before it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._fault: str | None = None
        self._on_code: OnCode | None = None
        self._on_fault: OnFault | None = None

    def start(self, on_code: OnCode, on_fault: OnFault) -> None:
        self._on_code, self._on_fault = on_code, on_fault
        self._tell(self._fault)

    def scan(self, content: bytes) -> None:
        """One code. While the scanner does not run, nothing happens."""
        if self._on_code is not None:
            self._on_code(Scanned(content, self._clock()))

    def stop(self) -> None:
        self._on_code = self._on_fault = None

    def _tell(self, fault: str | None) -> None:
        if self._on_fault is not None:
            self._on_fault(fault)
