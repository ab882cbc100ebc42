"""A screen whose code is too dark or too white to be found: suspected, for the hint only."""

from __future__ import annotations

import cv2
import numpy as np

from drivers.reader.picture import Grey
from drivers.reader.port import Hint

LOOKS_EVERY_S = 0.25
"""What a look found stands until the next."""
FIRST_AFTER_S = 0.1
"""The first frames of a code are for reading it: this long after the first unread one it is looked at."""
LOOK_S = 0.003
"""What a look costs: the frame it is taken in has so much less time for reading."""
BELIEVED_S = 15.0
"""Nobody holds a screen up for longer without a hint having helped: it is a window, or a coat."""
GONE_S = 2.0
"""Only when it was gone for this long is the same thing suspected again."""
_DARK = 64
_WINDOW = (15, 15)
_LEAST_VARIANCE = 6.0
"""Square grey levels a code has at least beyond the camera's noise."""
_NOISES = 1.5
_LIGHT, _WHITE = 227, 250
_LEAST_WHITE = 0.3
"""Share of a light patch that is white to the limit: a wall is light and not white."""
_LEAST_SHARE = 0.05
"""Share of the picture that a white screen covers at least."""


class Suspicion:
    """Asked about frames in which no code was read. Times in seconds that never go back."""

    def __init__(self) -> None:
        self._found: Hint | None = None
        self._looked_at = self._asked_at = float("-inf")
        self._since: float | None = None
        self._last_at = float("-inf")

    def due(self, at: float) -> bool:
        """Whether `look` would take its time now."""
        return at - self._asked_at <= GONE_S and at - self._looked_at >= LOOKS_EVERY_S

    def look(self, grey: Grey, at: float) -> Hint | None:
        """`TOO_DARK`, `TOO_BRIGHT` or None."""
        begins, due = at - self._asked_at > GONE_S, self.due(at)
        self._asked_at = at
        if begins:
            self._looked_at, self._found = at - LOOKS_EVERY_S + FIRST_AFTER_S, None
        if due:
            self._looked_at = at
            self._found = suspect(grey)
            if self._found is not None:
                if self._since is None or at - self._last_at > GONE_S:
                    self._since = at
                self._last_at = at
        if self._since is None or at - self._since > BELIEVED_S:
            return None
        return self._found


def suspect(grey: Grey) -> Hint | None:
    """What one picture alone says."""
    step = max(1, round(grey.shape[1] / 640))
    size = (grey.shape[1] // step, grey.shape[0] // step)
    if min(size) < 4 * _WINDOW[0]:
        return None
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if _white_screen(small):
        return Hint.TOO_BRIGHT
    return Hint.TOO_DARK if _dim_code(small) else None


def _white_screen(small: Grey) -> bool:
    """A large compact patch, white to the limit but for what may be faint ink. Lamps are thin."""
    light = cv2.threshold(cv2.blur(small, (9, 9)), _LIGHT, 1, cv2.THRESH_BINARY)[1]
    if cv2.countNonZero(light) < _LEAST_SHARE * small.size:
        return False
    solid = cv2.morphologyEx(light, cv2.MORPH_OPEN, np.ones(_WINDOW, np.uint8))
    if cv2.countNonZero(cv2.bitwise_and(solid, (small >= _WHITE).astype(np.uint8))) < (
        _LEAST_WHITE * cv2.countNonZero(solid)
    ):
        return False
    return any(
        area >= _LEAST_SHARE * small.size and max(width, height) < 2.8 * min(width, height)
        for width, height, area in _patches(solid, 0.65)
    )


def _dim_code(small: Grey) -> bool:
    """A dark patch, about square, that varies by more than the camera's noise all over."""
    _, dark = cv2.threshold(cv2.dilate(small, np.ones((7, 7), np.uint8)), _DARK, 1, cv2.THRESH_BINARY_INV)
    inner = cv2.erode(dark, np.ones(_WINDOW, np.uint8))
    if cv2.countNonZero(inner) < 0.005 * small.size:
        return False
    mean = cv2.boxFilter(small, cv2.CV_32F, _WINDOW)
    variance = cv2.sqrBoxFilter(small, cv2.CV_32F, _WINDOW) - cv2.multiply(mean, mean)
    known = variance[::2, ::2][inner[::2, ::2] > 0]
    noise = max(0.25, float(np.percentile(known, 15))) if known.size else 0.25
    varies = (variance > max(_LEAST_VARIANCE, _NOISES * noise)).astype(np.uint8)
    code = cv2.morphologyEx(cv2.bitwise_and(varies, dark), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    code = cv2.morphologyEx(code, cv2.MORPH_OPEN, np.ones((21, 21), np.uint8))
    least = 0.13 * small.shape[0]
    return any(
        min(width, height) >= least and max(width, height) < 1.7 * min(width, height)
        for width, height, _ in _patches(code, 0.55)
    )


def _patches(mask: cv2.typing.MatLike, filled: float) -> list[tuple[int, int, int]]:
    """Width, height and area of the connected patches that fill that share of their box."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    boxes = [tuple(int(value) for value in stats[index][2:5]) for index in range(1, min(count, 64))]
    return [(width, height, area) for width, height, area in boxes if area >= filled * width * height]
