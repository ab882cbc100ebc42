"""How well the camera is aimed, in figures a person can turn a screw by: pure, fed with every frame."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from drivers.reader.picture import Grey
from drivers.reader.port import Hint, Reading, Symbol
from drivers.reader.quality import measure
from drivers.reader.region import Box, around, textured

WINDOW_S = 2.0
GOOD_MODULE_PX = 4.0
"""Below it, codes are lost by the smallest blur (docs/reading.md)."""
_CLIPPED = 250


@dataclass(frozen=True, slots=True)
class Aim:
    """The last two seconds."""

    frames: int
    read: int
    """Frames in which a code was read."""
    sharpness: float
    """0 to 100: how steep edges are against the contrast, where the code is or in the middle."""
    brightness: float
    """Mean level there, 0 to 255."""
    clipped: float
    """Share of it that is white without a difference, 0 to 1."""
    module_px: float | None
    """Camera pixels of a module of the newest code that was read; None when its size is not known."""
    hint: Hint | None

    def line(self) -> str:
        """One line for a terminal."""
        module = "module    - px" if self.module_px is None else f"module {self.module_px:4.1f} px"
        if self.module_px is not None and self.module_px < GOOD_MODULE_PX:
            module += f" (closer: {GOOD_MODULE_PX:g} or more)"
        said = "" if self.hint in (None, Hint.NOTHING_THERE) else f"  {str(self.hint).replace('_', ' ')}"
        return (
            f"sharpness {self.sharpness:3.0f}  brightness {self.brightness:3.0f}  "
            f"clipped {100 * self.clipped:3.0f} %  {module}  read {self.read} of {self.frames} frames{said}"
        )


class AimMeter:
    """Keeps what the last two seconds showed. Times in seconds that never go back."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, bool]] = deque()
        self._module: float | None = None
        self._module_at = float("-inf")

    def frame(self, grey: Grey, reading: Reading, at: float) -> Aim:
        """Takes a frame and what was read in it."""
        self._seen.append((at, bool(reading.symbols)))
        while self._seen[0][0] < at - WINDOW_S:
            self._seen.popleft()
        for symbol in reading.symbols:
            size = module_size(symbol)
            if size is not None:
                self._module, self._module_at = size, at
        box = _place(grey, reading)
        quality = measure(grey, box)
        region = box.cut(grey)
        return Aim(
            frames=len(self._seen),
            read=sum(read for _, read in self._seen),
            sharpness=100 * min(1.0, quality.detail),
            brightness=quality.mean,
            clipped=float(np.count_nonzero(region >= _CLIPPED)) / region.size,
            module_px=self._module if at - self._module_at <= WINDOW_S else None,
            hint=reading.hint,
        )


def module_size(symbol: Symbol) -> float | None:
    """Frame pixels per module, the mean of the four sides; None when the symbol's size is not known."""
    if not symbol.modules or len(symbol.corners) != 4:
        return None
    corners = np.array(symbol.corners, np.float64)
    sides = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
    return float(sides.mean()) / symbol.modules


def _place(grey: Grey, reading: Reading) -> Box:
    """Where the code is, else what looks like one, else the middle of the picture."""
    for symbol in reading.symbols:
        first, *rest = symbol.corners or ((0.0, 0.0),)
        if len(rest) == 3:
            box = around((first, rest[0], rest[1], rest[2]), grey.shape, 0.02)
            if box is not None:
                return box
    for box in textured(grey):
        return box
    height, width = grey.shape
    return Box(width // 4, height // 4, width - width // 4, height - height // 4)
