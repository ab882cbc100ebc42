"""Where in the picture a code may be: the box of a damaged code, or the texture only a code has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from drivers.reader.decode import Quad
from drivers.reader.picture import Grey
from drivers.reader.port import Symbol

_MARGIN = 0.12
_MOST_CANDIDATES = 4
_WINDOW = 21
_DENSITY = 0.15
"""Change from pixel to pixel against the spread of levels: a code gives 0.15 to 0.5, one edge 0.1."""
_WEAKEST = 0.38
"""Change against the strongest of the picture: text and icons round a code have less than the code."""
_LEAST_SPREAD = 4.0
"""Grey levels (standard deviation) below which nothing is a code, whatever its texture."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a picture in whole pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def overlap(self, other: Box) -> float:
        """Shared area as a share of the smaller box, 0 to 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        if width <= 0 or height <= 0:
            return 0.0
        return width * height / max(1, min(self.width * self.height, other.width * other.height))

    def cut(self, grey: Grey) -> Grey:
        return np.ascontiguousarray(grey[self.top : self.bottom, self.left : self.right])


def around(quad: Quad, shape: tuple[int, ...], margin: float = _MARGIN) -> Box | None:
    """The box of four corners with a quiet margin, inside the picture; None when nothing usable is left."""
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    pad = margin * max(max(xs) - min(xs), max(ys) - min(ys)) + 4
    return _inside(min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad, shape)


def _inside(left: float, top: float, right: float, bottom: float, shape: tuple[int, ...]) -> Box | None:
    height, width = shape[:2]
    box = Box(max(0, int(left)), max(0, int(top)), min(width, int(right) + 1), min(height, int(bottom) + 1))
    return box if box.width >= 24 and box.height >= 24 else None


def textured(grey: Grey) -> tuple[Box, ...]:
    """Boxes whose content changes as densely both ways as a code's does; largest first, at most four.

    Looks at a copy of about 640 pixels' width, and for a code held very near at a third of that: 2 to 3 ms.
    """
    step = max(1, round(grey.shape[1] / 640))
    near = 0.55 * min(grey.shape)
    large = [entry for entry in _dense(grey, 3 * step) if min(entry[1].width, entry[1].height) > near]
    ranked = large or _dense(grey, step)
    ranked.sort(key=lambda entry: -entry[0])
    return tuple(box for _, box in ranked[:_MOST_CANDIDATES])


def _dense(grey: Grey, step: int) -> list[tuple[float, Box]]:
    """Boxes of dense texture in a copy shrunk `step` times, with their weight in square pixels."""
    height, width = grey.shape
    size = (width // step, height // step)
    if min(size) < 2 * _WINDOW:
        return []
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA) if step > 1 else grey
    window = (_WINDOW, _WINDOW)
    across = cv2.boxFilter(cv2.absdiff(small[:-1, 1:], small[:-1, :-1]), cv2.CV_32F, window)
    down = cv2.boxFilter(cv2.absdiff(small[1:, :-1], small[:-1, :-1]), cv2.CV_32F, window)
    change = cv2.min(across, down)
    mean = cv2.boxFilter(small[:-1, :-1], cv2.CV_32F, window)
    spread = cv2.sqrt(
        cv2.absdiff(cv2.sqrBoxFilter(small[:-1, :-1], cv2.CV_32F, window), cv2.multiply(mean, mean))
    )
    noise = float(np.percentile(change[::4, ::4], 20))
    least = max(_LEAST_SPREAD, 2 * noise)
    # A place whose spread is too small gets a spread no change can match.
    _, needed = cv2.threshold(spread, least, 0, cv2.THRESH_TOZERO_INV)
    code = cv2.compare(change - noise, _DENSITY * spread + 255 * needed, cv2.CMP_GT)
    strongest = cv2.minMaxLoc(change, code)[1]
    _, strong = cv2.threshold(change, noise + _WEAKEST * (strongest - noise), 255, cv2.THRESH_BINARY)
    dense = cv2.bitwise_and(code, strong.astype(np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(dense, connectivity=4)
    found: list[tuple[float, Box]] = []
    for index in range(1, min(count, 64)):
        left, top, box_width, box_height, area = (int(value) for value in stats[index])
        longer, shorter = max(box_width, box_height), min(box_width, box_height)
        if shorter < _WINDOW - 3 or longer > 3.2 * shorter:
            continue
        pad = 0.08 * longer + 3
        corner = (left - pad) * step, (top - pad) * step
        far = (left + box_width + pad) * step, (top + box_height + pad) * step
        box = _inside(*corner, *far, grey.shape)
        if box is not None:
            found.append((area * step * step * shorter / longer, box))
    return found


def without(grey: Grey, symbols: Iterable[Symbol]) -> Grey:
    """The picture with the codes that were read painted over, so that only what is unread is found."""
    rest = grey.copy()
    level = float(np.percentile(grey[::8, ::8], 80))
    for symbol in symbols:
        if len(symbol.corners) == 4:
            corners = np.array(symbol.corners)
            wider = corners.mean(axis=0) + 1.06 * (corners - corners.mean(axis=0))
            cv2.fillConvexPoly(rest, np.round(wider).astype(np.int32), (level, level, level))
    return rest


def distinct(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """The boxes without those that mostly cover an earlier one."""
    kept: list[Box] = []
    for box in boxes:
        if all(box.overlap(earlier) < 0.6 for earlier in kept):
            kept.append(box)
    return tuple(kept)
