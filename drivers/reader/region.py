"""Where in the picture a code may be: the box of a damaged code, or the texture only a code has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from drivers.reader.decode import Quad
from drivers.reader.picture import Grey

_MARGIN = 0.12
_MOST_CANDIDATES = 4
_LEAST_TEXTURE = 3.5
"""Grey levels from one pixel to the next, beyond what the sensor's noise does everywhere."""


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
    """Boxes whose content changes often in both directions, as a code's does; strongest first, at most four.

    Works on a copy of about 400 pixels' width: 1 to 2 ms whatever the camera's size.
    """
    height, width = grey.shape
    step = max(1, round(width / 640))
    small = (
        cv2.resize(grey, (width // step, height // step), interpolation=cv2.INTER_AREA) if step > 1 else grey
    )
    across = cv2.absdiff(small[:-1, 1:], small[:-1, :-1])
    down = cv2.absdiff(small[1:, :-1], small[:-1, :-1])
    window = (21, 21)
    both = cv2.min(cv2.blur(across, window), cv2.blur(down, window))
    strongest, noise = float(both.max(initial=0)), float(np.median(both[::4, ::4]))
    if strongest < _LEAST_TEXTURE + 2 * noise:
        return ()
    _, mask = cv2.threshold(both, noise + 0.42 * (strongest - noise), 255, cv2.THRESH_BINARY)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    scale_x, scale_y = width / small.shape[1], height / small.shape[0]
    ranked: list[tuple[float, Box]] = []
    for index in range(1, min(count, 64)):
        left, top, box_width, box_height, area = (int(value) for value in stats[index])
        longer, shorter = max(box_width, box_height), min(box_width, box_height)
        if shorter < 18 or longer > 3.2 * shorter:
            continue
        pad = 0.08 * longer + 3
        box = _inside(
            (left - pad) * scale_x,
            (top - pad) * scale_y,
            (left + box_width + pad) * scale_x,
            (top + box_height + pad) * scale_y,
            grey.shape,
        )
        if box is not None:
            ranked.append((area * shorter / longer, box))
    ranked.sort(key=lambda entry: -entry[0])
    return tuple(box for _, box in ranked[:_MOST_CANDIDATES])


def distinct(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """The boxes without those that mostly cover an earlier one."""
    kept: list[Box] = []
    for box in boxes:
        if all(box.overlap(earlier) < 0.6 for earlier in kept):
            kept.append(box)
    return tuple(kept)
