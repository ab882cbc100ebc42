"""Which exposure comes next: another one only when a code is seen that this one does not show well."""

from __future__ import annotations

from typing import Literal

Exposure = float | Literal["auto"]
"""Milliseconds, or the camera's own choice."""

TRIED_S = 0.4
"""A code that is seen gets this long at one exposure before the next is tried."""
RETURNS_S = 3.0
"""With no code in view for this long it starts from the first exposure again."""


class ExposureBracket:
    """Pure: told about every frame, it says which exposure to set. Times in seconds, never going back.

    Short exposures stop motion and keep a bright screen from clipping; long ones gather light and span the
    pulses of a dimmed screen. No single one is right for phones and paper.
    """

    def __init__(self, exposures: tuple[Exposure, ...]) -> None:
        self._exposures = exposures
        self._index = 0
        self._unread_since: float | None = None
        self._seen_at: float | None = None

    @property
    def now(self) -> Exposure:
        return self._exposures[self._index]

    def frame(self, unread: bool, at: float) -> Exposure | None:
        """The exposure to change to; None to leave it. `unread`: a code is seen and not read."""
        if not unread:
            self._unread_since = None
            back = self._index and self._seen_at is not None and at - self._seen_at > RETURNS_S
            return self._go(0) if back else None
        self._seen_at = at
        if self._unread_since is None:
            self._unread_since = at
        if len(self._exposures) < 2 or at - self._unread_since < TRIED_S:
            return None
        self._unread_since = at
        return self._go((self._index + 1) % len(self._exposures))

    def _go(self, index: int) -> Exposure:
        self._index = index
        return self.now
