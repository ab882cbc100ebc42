"""Keeps the hint on the screen steady: one bad frame changes nothing, and what is shown can be read."""

from __future__ import annotations

from collections import deque

from drivers.reader.port import Hint

SETTLES_S = 0.5
"""A new reason must have been the commonest for about this long."""
STAYS_S = 1.2
"""What is shown stays at least this long, unless a code is read."""
QUIET_S = 1.5
"""Who was read so short a time ago holds it well enough: nothing is asked of them."""


class SteadyHint:
    """Hysteresis over raw hints. Pure: the time comes with every frame."""

    def __init__(self) -> None:
        self._recent: deque[tuple[float, Hint]] = deque(maxlen=120)
        self._shown = Hint.NOTHING_THERE
        self._since = float("-inf")
        self._read_at = float("-inf")

    def read(self, at: float) -> None:
        """A code was read at `at`: whatever was wrong is over."""
        self._read_at = at
        self._recent.clear()
        self._shown = Hint.NOTHING_THERE
        self._since = float("-inf")

    def offer(self, raw: Hint, at: float) -> Hint:
        """The hint to show at `at` (monotonic seconds) when this frame alone says `raw`."""
        if 0 <= at - self._read_at < QUIET_S:
            return self._shown
        self._recent.append((at, raw))
        while self._recent[0][0] < at - SETTLES_S:
            self._recent.popleft()
        if at - self._since < STAYS_S:
            return self._shown
        counts: dict[Hint, int] = {}
        for _, hint in self._recent:
            counts[hint] = counts.get(hint, 0) + 1
        commonest = max(counts, key=lambda hint: counts[hint])
        settled = at - self._recent[0][0] >= 0.6 * SETTLES_S and counts[commonest] * 2 > len(self._recent)
        if settled and commonest is not self._shown:
            self._shown, self._since = commonest, at
        return self._shown
