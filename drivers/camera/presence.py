"""Whether somebody is before the lane: from small grey pictures and what the reader sees, nothing else."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Small = npt.NDArray[np.uint8]

SIZE = (160, 90)
"""Width and height of the small picture."""
STAYS_S = 3.0
"""After the last sign of somebody, this long at the full rate."""
UNREAD_S = 60.0
"""Something that looks like a code and is never read, in a picture where nothing moves, counts this long."""
_ADAPTS_S = 4.0
"""What stays as it is becomes background with this time constant."""
_LEAST_CHANGE = 10.0
"""Grey levels a place must have changed by, whatever the noise."""
_NOISES = 5.0
_LEAST_SHARE = 0.004
"""Share of the picture that must have changed: 8x8 places of 160x90, a hand at the edge."""
_WHOLE_SHARE = 0.6
"""More than this is the light in the hall, not a person."""


def shrunk(grey: Small) -> Small:
    """The small picture of a frame of any size: about 0.2 ms for 1280x720."""
    return np.asarray(cv2.resize(grey[::2, ::2], SIZE, interpolation=cv2.INTER_AREA), dtype=np.uint8)


class Presence:
    """Pure: the time comes with every picture, in seconds that never go back.

    It never decides whether a frame is worth reading, only how soon the next one is read: a phone that
    simply lies there is found at the idle rate, and from then on counts as somebody.
    """

    def __init__(self) -> None:
        self._background: npt.NDArray[np.float32] | None = None
        self._noise = 2.0
        self._before: npt.NDArray[np.float32] | None = None
        self._at = 0.0
        self._sign_at = float("-inf")
        self._still_since = 0.0

    def picture(self, small: Small, at: float) -> bool:
        """Takes one small picture; whether somebody is there now."""
        level = cv2.GaussianBlur(small, (0, 0), 1.5).astype(np.float32)
        if self._background is None or self._before is None or self._background.shape != level.shape:
            self._background, self._before, self._at, self._sign_at = level, level, at, at
            self._still_since = at
            return True
        moved, changed = self._change(level, self._before), self._change(level, self._background)
        difference = cv2.absdiff(level, self._before)
        self._noise = 0.9 * self._noise + 0.1 * max(0.3, 1.5 * float(np.median(difference)))
        if moved > _LEAST_SHARE:
            self._still_since = at
        if changed > _WHOLE_SHARE:
            # The light was switched or a cloud passed: look well once, then this is the hall.
            self._background, self._sign_at = level.copy(), at
        elif changed > _LEAST_SHARE or moved > _LEAST_SHARE:
            self._sign_at = at
        share = 1 - np.exp(-(at - self._at) / _ADAPTS_S)
        cv2.accumulateWeighted(level, self._background, float(share))
        self._before, self._at = level, at
        return self.there(at)

    def code_seen(self, read: bool, at: float) -> None:
        """The reader saw a code. One that stays unread in a still picture stops counting in the end."""
        if read or at - self._still_since < UNREAD_S:
            self._sign_at = max(self._sign_at, at)

    def there(self, at: float) -> bool:
        return at - self._sign_at < STAYS_S

    def _change(self, level: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> float:
        """Share of the picture that differs, without the change that all of it shares."""
        difference = level - other
        common = float(np.median(difference))
        if abs(common) > 2 * _LEAST_CHANGE:
            return 1.0
        limit = max(_LEAST_CHANGE, _NOISES * self._noise)
        return float(np.count_nonzero(np.abs(difference - common) > limit)) / difference.size
