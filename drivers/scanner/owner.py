"""Owns one scanner: opens it until it works, hands on each code, and says when it does not work."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable

from drivers.scanner.intake import Intake
from drivers.scanner.port import OnCode, OnFault, Scanner, ScannerFault, Source

FLOOD_PAUSE_S = 0.05
"""Between two reads of a scanner that floods: it costs the lane no time worth speaking of."""
RETRY_S = 1.0
"""How often a scanner that is not there is looked for."""


class OwnedScanner(Scanner):
    """A real scanner: one thread opens, reads and closes it, and finds it again when it is plugged in."""

    def __init__(self, source: Source, clock: Callable[[], float] = time.monotonic) -> None:
        self._source, self._clock = source, clock
        self._bell, self._rope = os.pipe()
        self._stopping = threading.Event()
        self._said: str | None = ""
        self._on_code: OnCode = _nobody_reads
        self._on_fault: OnFault = _nobody_cares
        self._thread = threading.Thread(target=self._run, name="scanner", daemon=True)

    def start(self, on_code: OnCode, on_fault: OnFault) -> None:
        self._on_code, self._on_fault = on_code, on_fault
        self._thread.start()

    def stop(self) -> None:
        if self._stopping.is_set():
            return
        self._stopping.set()
        os.write(self._rope, b".")
        if self._thread.ident is not None:
            self._thread.join(0.9)
        if not self._thread.is_alive():
            os.close(self._bell)
            os.close(self._rope)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                intake = Intake(self._source.open(), self._clock())
                self._say(None)
                while not self._stopping.is_set():
                    self._listen(intake)
            except ScannerFault as fault:
                self._say(str(fault))
            finally:
                self._source.close()
            self._stopping.wait(RETRY_S)

    def _listen(self, intake: Intake) -> None:
        due = intake.due()
        wait = None if due is None else max(0.0, due - self._clock())
        ready, _, _ = select.select([self._source.fileno(), self._bell], [], [], wait)
        if self._bell in ready:
            return
        codes = intake.feed(self._source.read(), self._clock()) if ready else intake.wait_over(self._clock())
        self._say(intake.fault())
        for code in codes:
            self._on_code(code)
        if ready and intake.flooding:
            self._stopping.wait(FLOOD_PAUSE_S)

    def _say(self, fault: str | None) -> None:
        if fault != self._said:
            self._said = fault
            self._on_fault(fault)


def _nobody_reads(_code: object) -> None:
    """Until it is started."""


def _nobody_cares(_fault: str | None) -> None:
    """Until it is started."""
