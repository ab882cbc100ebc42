"""The second pair of hands on the OFF button: a thread that needs nothing from the thread it watches."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

HEARTBEAT_S = 1.5
GRACE_S = 0.25
"""How long the watched thread may take to end the process after the kiosk fell silent."""
_AGAIN_S = 0.12
_NEVER = float("inf")


class Watchdog:
    """Sends OFF when a release stands too long or the kiosk falls silent. Times: monotonic seconds."""

    def __init__(
        self,
        force_off: Callable[[], None],
        wake: Callable[[], None],
        clock: Callable[[], float],
        longest_on_s: float,
        die: Callable[[int], None] = os._exit,
    ) -> None:
        self._force_off = force_off
        self._wake = wake
        self._clock = clock
        self._longest_on_s = longest_on_s
        self._die = die
        self._off_by = _NEVER
        self._beat_by = clock() + HEARTBEAT_S
        self._gone_by = _NEVER
        self._bell = threading.Event()
        self._lock = threading.Lock()
        self._ended = False
        self.orphaned = False
        """True when the kiosk fell silent: the process has to end."""

    def start(self) -> None:
        """Starts the thread."""
        threading.Thread(target=self._run, name="gate-watchdog", daemon=True).start()

    def released(self) -> None:
        """A release is about to leave."""
        with self._lock:
            self._off_by = self._clock() + self._longest_on_s
        self._bell.set()

    def off(self) -> None:
        """An OFF has left."""
        with self._lock:
            self._off_by = _NEVER

    def beaten(self) -> None:
        """The kiosk gave a sign of life."""
        self._beat_by = self._clock() + HEARTBEAT_S

    def end(self) -> None:
        """The process ends in good order."""
        self._ended = True
        self._bell.set()

    def look(self) -> float:
        """Does what is due and says in how many seconds to look again."""
        now = self._clock()
        if now >= self._beat_by and not self.orphaned:
            self.orphaned = True
            self._gone_by = now + GRACE_S
            self._force_off()
            self._wake()
        with self._lock:
            if now >= self._off_by:
                self._force_off()
                self._off_by = now + _AGAIN_S
        if now >= self._gone_by:
            self._force_off()
            self._die(4)
        return max(0.0, min(self._off_by, self._gone_by if self.orphaned else self._beat_by) - now)

    def _run(self) -> None:
        while not self._ended:
            self._bell.wait(self.look())
            self._bell.clear()
