"""The reader: every frame once as it is, then a located but unread code again, differently each frame."""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.camera.port import Frame
from drivers.reader.decode import Quad, decode
from drivers.reader.hints import SteadyHint
from drivers.reader.picture import Grey, to_grey
from drivers.reader.port import Hint, Reader, Reading, Symbol
from drivers.reader.quality import measure, why_not, why_nothing
from drivers.reader.region import Box, around, distinct, textured
from drivers.reader.second_look import look_again
from drivers.reader.variants import VARIANTS

_BUDGET_S = 0.015
"""A located code gets one second look in every frame, and more only while this is not spent."""
_MOST_LOOKS = 2
_REMEMBERED_FRAMES = 8
"""How long the place of a code that was seen counts, when this frame shows no place."""


class ZxingReader(Reader):
    """zxing-cpp in two stages. Keeps where codes were and which look is next; owned by one thread."""

    def __init__(
        self,
        clock: Callable[[], float] = time.perf_counter,
        budget_s: float = _BUDGET_S,
        most_looks: int = _MOST_LOOKS,
    ) -> None:
        """`clock` (seconds) measures the second stage's budget; 0 turns that stage off."""
        self._clock = clock
        self._budget = budget_s
        self._most_looks = most_looks
        self._next_variant = 0
        self._next_box = 0
        self._last: tuple[Box, ...] = ()
        self._last_age = 0
        self._steady = SteadyHint()

    def read(self, frame: Frame) -> Reading:
        begun = self._clock()
        grey = to_grey(frame.pixels)
        if grey is None:
            return Reading(frame.sequence, frame.captured_at, (), None, False)
        first = decode(grey)
        symbols = first.symbols
        places = tuple(quad for quad in first.damaged if not _inside_any(quad, symbols))
        boxes: tuple[Box, ...] = ()
        if places or not symbols:
            boxes = self._places(grey, places, look_for_texture=not symbols)
            symbols += self._look_again(grey, boxes, begun, symbols)
        hint = self._hint(grey, boxes, frame.captured_at, symbols)
        took = (self._clock() - begun) * 1e6
        return Reading(frame.sequence, frame.captured_at, symbols, hint, bool(symbols or boxes), took)

    def _places(self, grey: Grey, damaged: tuple[Quad, ...], look_for_texture: bool) -> tuple[Box, ...]:
        """Where unread codes may be: damaged codes, else a code's texture, else where one was lately."""
        found = distinct(box for quad in damaged if (box := around(quad, grey.shape)) is not None)
        if not found and look_for_texture:
            found = textured(grey)
        if found:
            self._last, self._last_age = found, 0
            return found
        self._last_age += 1
        if not look_for_texture or self._last_age > _REMEMBERED_FRAMES:
            return ()
        height, width = grey.shape
        return tuple(box for box in self._last if box.right <= width and box.bottom <= height)

    def _look_again(
        self, grey: Grey, boxes: tuple[Box, ...], begun: float, known: tuple[Symbol, ...]
    ) -> tuple[Symbol, ...]:
        """Up to two enhanced looks, turning through boxes and variants; one that helped is the next first."""
        contents = {symbol.content for symbol in known}
        for look in range(self._most_looks if boxes and self._budget > 0 else 0):
            if look and self._clock() - begun >= self._budget:
                break
            box = boxes[self._next_box % len(boxes)]
            found = look_again(grey, box, VARIANTS[self._next_variant % len(VARIANTS)])
            fresh = tuple(symbol for symbol in found.symbols if symbol.content not in contents)
            if fresh:
                return fresh
            self._next_box += 1
            if self._next_box % len(boxes) == 0:
                self._next_variant += 1
        return ()

    def _hint(
        self, grey: Grey, boxes: tuple[Box, ...], at: float, symbols: tuple[Symbol, ...]
    ) -> Hint | None:
        if symbols:
            self._steady.read()
            return None
        raw = why_not(measure(grey, boxes[0])) if boxes else why_nothing(grey)
        return self._steady.offer(raw, at)


def _inside_any(quad: Quad, symbols: tuple[Symbol, ...]) -> bool:
    """Whether the middle of a damaged code lies in one that was read: a second sighting of the same."""
    x, y = sum(point[0] for point in quad) / 4, sum(point[1] for point in quad) / 4
    for symbol in symbols:
        xs, ys = [point[0] for point in symbol.corners], [point[1] for point in symbol.corners]
        if min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys):
            return True
    return False
