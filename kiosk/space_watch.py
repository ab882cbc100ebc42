"""Watches the room for records: people are warned, then the lane admits nobody, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_view import Fault
from sync.reserve import Space

PART, WARNED, REFERRING = "room for records", "SW", "SR"
MEGABYTE = 1_000_000
SLACK = 1.2
"""Room has to be so much larger than its limit before a lane takes it for enough again."""


class SpaceWatch:
    """Its calls belong to one thread; `enough` may be asked from any."""

    def __init__(self, space: Callable[[], Space], warn_mb: int, refer_mb: int) -> None:
        """`warn_mb` and `refer_mb` are free room on the journal's disk, in millions of bytes."""
        self._space = space
        self._limits = ((REFERRING, refer_mb), (WARNED, warn_mb))
        self._told = ""

    @property
    def enough(self) -> bool:
        """Whether the lane may still admit by itself."""
        return self._told != REFERRING

    def look_again(self, tell: Callable[[PartFailed | PartRecovered], None]) -> None:
        """Looks at the disk and tells what is new."""
        try:
            space = self._space()
        except OSError:
            return  # the journal itself says what is wrong with its disk
        free_mb = space.free_bytes / MEGABYTE
        state = next((code for code, limit in self._limits if free_mb < self._limit(code, limit)), "")
        if not space.reserved:
            state = REFERRING
        if state == self._told:
            return
        self._told = state
        tell(PartFailed(Fault(PART, state, _advice(state, free_mb))) if state else PartRecovered(PART))

    def _limit(self, code: str, limit: int) -> float:
        held = self._told == REFERRING or (self._told == WARNED and code == WARNED)
        return limit * SLACK if held else limit


def _advice(state: str, free_mb: float) -> str:
    left = f"The disk of the records has {free_mb:.0f} MB left"
    if state == WARNED:
        return f"{left}: have the operator free some before the lane stops admitting by itself."
    return f"{left}: every traveller is referred, and decisions are still recorded. Free some space now."
