"""How late an event loop answers: a precise timer that measures itself, standstills counted in full."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

PERIOD_MS = 16


class Punctuality(QObject):
    """Asks the loop to call it every 16 ms, and notes by how many milliseconds each call is late.

    A loop that stands still for 100 ms delays one timer but would have delayed every event of that time, so
    the calls that a second timer would have missed meanwhile are counted too. `work` tells the loop's own
    doing from a machine that had no processor free: it is the processor time of the loop's thread.
    """

    def __init__(self, clock: Callable[[], float], label: Callable[[], str]) -> None:
        """`clock` in monotonic seconds; `label` says what is going on when the call comes."""
        super().__init__()
        self._clock, self._label = clock, label
        self.late: dict[str, list[float]] = {}
        self.work: dict[str, list[float]] = {}
        self._armed_at = self._worked = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._called)

    def start(self) -> None:
        """Begins, or begins anew after a rest."""
        self._armed_at, self._worked = self._clock(), time.thread_time()
        self._timer.start(PERIOD_MS)

    def stop(self) -> None:
        """No more calls."""
        self._timer.stop()

    def all(self) -> list[float]:
        """Every lateness in milliseconds."""
        return [late for values in self.late.values() for late in values]

    def _called(self) -> None:
        late = max(0.0, (self._clock() - self._armed_at) * 1e3 - PERIOD_MS)
        label = self._label()
        self.work.setdefault(label, []).append((time.thread_time() - self._worked) * 1e3)
        noted = self.late.setdefault(label, [])
        while late > 0 or not noted:
            noted.append(late)
            late -= PERIOD_MS
        self.start()
