"""Is the camera really giving pictures? A pure judgement over arrival times and contents."""

from __future__ import annotations

import zlib

from drivers.camera.port import Frame

OPENS_S = 10.0
"""Opening and the first frame may take this long."""
SILENT_S = 2.5
FROZEN_S = 3.0
_LEAST_WIDTH, _LEAST_HEIGHT = 320, 240

NEVER = "The camera opened but gives no picture: unplug it and plug it in again."
SILENT = "The camera stopped giving pictures and is being opened again: check its cable."
FROZEN = "The camera shows a picture that does not change and is being opened again: check its cable."


class FrameWatch:
    """Watches one opening of one camera. Times are seconds of any clock that does not go back."""

    def __init__(self, opened_at: float, *, watch_frozen: bool = True) -> None:
        """A source of still pictures is not frozen when its picture stays: `watch_frozen` False."""
        self._watch_frozen = watch_frozen
        self._opened_at = opened_at
        self._last_at: float | None = None
        self._changed_at = opened_at
        self._digest: int | None = None
        self._small: str | None = None

    @property
    def alive(self) -> bool:
        """Whether any usable frame came."""
        return self._last_at is not None and self._small is None

    def frame(self, frame: Frame, at: float) -> None:
        """A frame came."""
        self._last_at = at
        height, width = frame.pixels.shape[:2]
        too_small = width < _LEAST_WIDTH or height < _LEAST_HEIGHT
        self._small = (
            f"The camera gives pictures of {width}x{height}, too small to read: set camera.width and height."
            if too_small
            else None
        )
        if self._watch_frozen:
            digest = zlib.crc32(frame.pixels[::4].tobytes())
            if digest != self._digest:
                self._digest, self._changed_at = digest, at

    def fault(self, at: float) -> str | None:
        """One sentence when the camera has to be opened again, else None."""
        if self._last_at is None:
            return NEVER if at - self._opened_at > OPENS_S else None
        if self._small is not None:
            return self._small
        if at - self._last_at > SILENT_S:
            return SILENT
        if self._watch_frozen and at - self._changed_at > FROZEN_S:
            return FROZEN
        return None
