"""How long lanes should gather records before they send them: a hub with much to do asks for fewer batches.

A batch costs the hub about as much as a hundred records do, so the same records in fewer batches are less
work. Each process measures itself: how many batches are in it at a time, on average over a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from sync.receipt import MOST_GATHER_MS

BUSY, CALM = 8.0, 4.0
"""Batches in the hub at a time: above the first lanes gather longer, below the second they come back."""
FIRST_S = 0.2
"""What lanes do by themselves: a hint begins above it, and ends there."""
SLOWEST_RISE, FASTEST_RISE, FALL = 1.1, 2.0, 0.97
"""Times so much for each rise; a second, when it falls. It falls slowly, so that it settles."""
STEP_S = 1.0

log = structlog.get_logger("hub")


class GatherHint:
    """For one event loop. `ms` may be asked from any thread."""

    def __init__(self, least_s: float = 0.0, mono: Callable[[], float] = time.monotonic) -> None:
        """`least_s` is what the operator wants in any case."""
        self._least_s, self._mono = least_s, mono
        self._hint_s = 0.0
        self._inside_s = 0.0
        self._since = self._rose_at = mono()

    @property
    def ms(self) -> int:
        """For the next receipt; 0: as the lane likes."""
        return min(MOST_GATHER_MS, round(max(self._hint_s, self._least_s) * 1000))

    @contextmanager
    def taking(self) -> Iterator[None]:
        """While a batch is in the hub, from its last byte to its answer."""
        begun = self._mono()
        try:
            yield
        finally:
            now = self._mono()
            self._inside_s += now - begun
            if now - self._since >= STEP_S:
                self._step(now - self._since)
                self._since, self._inside_s = now, 0.0

    def _step(self, elapsed_s: float) -> None:
        at_once, before = self._inside_s / elapsed_s, self._hint_s
        if at_once > BUSY:
            if self._mono() - self._rose_at < before:
                return  # lanes hear of the last rise with their next receipt
            self._rose_at = self._mono()
            rise = min(FASTEST_RISE, max(SLOWEST_RISE, at_once / BUSY))
            self._hint_s = min(MOST_GATHER_MS / 1000, max(before, FIRST_S) * rise)
        elif at_once < CALM:
            self._hint_s = before * FALL**elapsed_s
            if self._hint_s <= FIRST_S:
                self._hint_s = 0.0
        if bool(before) != bool(self._hint_s):
            log.info("lanes gather longer" if self._hint_s else "lanes gather as they like", at_once=at_once)
