"""The reader: every frame once as it is, then a located but unread code again, differently each time."""

from __future__ import annotations

import time
from collections.abc import Callable

import zxingcpp

from drivers.camera.port import Frame
from drivers.reader.decode import QR, Quad, decode
from drivers.reader.hints import SteadyHint
from drivers.reader.patch import Patch
from drivers.reader.picture import Grey, to_grey
from drivers.reader.port import Hint, Reader, Reading, Symbol
from drivers.reader.quality import measure, why_not, why_nothing
from drivers.reader.region import Box, around, distinct, textured, without
from drivers.reader.second_look import look_again
from drivers.reader.suspicion import LOOK_S, Suspicion
from drivers.reader.variants import VARIANTS

_BUDGET_S = 0.013
"""A located code gets one second look in every frame, and another begins only while this is not spent."""
_MOST_LOOKS = 4
_REMEMBERED_FRAMES = 8
"""How long the place of a code that was seen counts, when this frame shows no place."""
_BESIDE_S = 0.2
"""While the same codes are read again and again, this often it is looked whether another is beside them."""
_OF_LIGHT = (Hint.TOO_DARK, Hint.TOO_BRIGHT, Hint.GLARE)


class ZxingReader(Reader):
    """zxing-cpp in two stages. Keeps where codes were and which look is next; owned by one thread."""

    def __init__(
        self,
        clock: Callable[[], float] = time.perf_counter,
        budget_s: float = _BUDGET_S,
        most_looks: int = _MOST_LOOKS,
        formats: zxingcpp.BarcodeFormats = QR,
    ) -> None:
        """`clock` (seconds) measures the second stage's budget; 0 turns that stage off."""
        self._clock = clock
        self._budget = budget_s
        self._most_looks = most_looks
        self._formats = formats
        self._next_variant = 0
        self._next_box = 0
        self._last: tuple[Box, ...] = ()
        self._last_age = 0
        self._read: frozenset[bytes] = frozenset()
        """What the last frame held."""
        self._beside_at = float("-inf")
        self._steady = SteadyHint()
        self._suspicion = Suspicion()

    def read(self, frame: Frame) -> Reading:
        begun = self._clock()
        grey = to_grey(frame.pixels)
        if grey is None:
            return Reading(frame.sequence, frame.captured_at, (), None, False)
        first = decode(grey, formats=self._formats)
        symbols = first.symbols
        damaged = tuple(quad for quad in first.damaged if not _lies_in_one(_middle_of(quad), symbols))
        boxes: tuple[Box, ...] = ()
        if damaged or not symbols or self._beside_due(symbols, frame.captured_at):
            rest = without(grey, symbols) if symbols else grey
            boxes = self._places(rest, damaged, bool(symbols))
            symbols += self._look_again(rest, boxes, begun, symbols, frame.captured_at)
        self._read = frozenset(symbol.content for symbol in symbols)
        hint = self._hint(grey, boxes, frame.captured_at, symbols)
        took = (self._clock() - begun) * 1e6
        return Reading(frame.sequence, frame.captured_at, symbols, hint, bool(symbols or boxes), took)

    def _beside_due(self, symbols: tuple[Symbol, ...], at: float) -> bool:
        """A code that is read hides no other: who holds still with nothing new gets a look beside it."""
        if not {symbol.content for symbol in symbols} <= self._read or 0 <= at - self._beside_at < _BESIDE_S:
            return False
        self._beside_at = at
        return True

    def _places(self, grey: Grey, damaged: tuple[Quad, ...], others: bool) -> tuple[Box, ...]:
        """Where unread codes may be: a code's texture, else damaged codes, else where one was lately.

        The place of a damaged code is often wrong: finder patterns are seen in hands and letters too.
        `others`: codes were read and taken out of the picture.
        """
        found = textured(grey)
        if not found:
            found = distinct(box for quad in damaged if (box := around(quad, grey.shape)) is not None)
        if others:
            return found
        if found:
            self._last, self._last_age = found, 0
            return found
        self._last_age += 1
        if self._last_age > _REMEMBERED_FRAMES:
            self._next_variant = 0
            return ()
        height, width = grey.shape
        return tuple(box for box in self._last if box.right <= width and box.bottom <= height)

    def _look_again(
        self, grey: Grey, boxes: tuple[Box, ...], begun: float, known: tuple[Symbol, ...], at: float
    ) -> tuple[Symbol, ...]:
        """Some enhanced looks, most at the likeliest box; a look that helped is the next frame's first."""
        contents = {symbol.content for symbol in known}
        budget = self._budget - (LOOK_S if not known and self._suspicion.due(at) else 0.0)
        patches: dict[Box, Patch] = {}
        for look in range(self._most_looks if boxes and self._budget > 0 else 0):
            if look and self._clock() - begun >= budget:
                break
            aside = look % 3 == 2 and len(boxes) > 1
            box = boxes[1 + self._next_box % (len(boxes) - 1)] if aside else boxes[0]
            if box not in patches:
                patches[box] = Patch(grey, box)
            variant = VARIANTS[(self._next_box if aside else self._next_variant) % len(VARIANTS)]
            found = look_again(patches[box], variant, formats=self._formats)
            fresh = tuple(symbol for symbol in found.symbols if symbol.content not in contents)
            if fresh:
                return fresh
            self._next_box += aside
            self._next_variant += not aside
        return ()

    def _hint(
        self, grey: Grey, boxes: tuple[Box, ...], at: float, symbols: tuple[Symbol, ...]
    ) -> Hint | None:
        if symbols:
            self._steady.read(at)
            return None
        raw = why_not(measure(grey, boxes[0])) if boxes else why_nothing(grey)
        if raw not in _OF_LIGHT:
            # What was found may be something beside a screen that shows nothing.
            raw = self._suspicion.look(grey, at) or raw
        return self._steady.offer(raw, at)


def _middle_of(corners: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    return sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)


def _lies_in_one(point: tuple[float, float], symbols: tuple[Symbol, ...]) -> bool:
    """Whether a place lies in a code that was read: a second sighting of the same."""
    x, y = point
    for symbol in symbols:
        xs, ys = [corner[0] for corner in symbol.corners], [corner[1] for corner in symbol.corners]
        if min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys):
            return True
    return False
