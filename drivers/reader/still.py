"""Reading a picture that stands still (a file): every look at every region, because nobody is waiting."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from drivers.reader.decode import GLOBAL, LOCAL, QR, QR_AND_AZTEC, Quad, decode
from drivers.reader.patch import Patch
from drivers.reader.picture import SMALLEST_SIDE, Grey, to_grey
from drivers.reader.port import Symbol
from drivers.reader.region import Box, around, distinct, textured
from drivers.reader.second_look import look_again
from drivers.reader.variants import VARIANTS

_QUIET_BORDER = 40
_MOST_REGIONS = 6


def read_image(pixels: npt.NDArray[np.uint8], *, aztec: bool = True) -> tuple[Symbol, ...]:
    """Every code in one picture (uint8, grey, BGR or BGRA), exact bytes, in no promised order.

    Takes up to about a second when nothing is found. Never raises for a picture, whatever is in it;
    what is no usable picture (other types, sides under 16 or over 8192 pixels) holds no codes.
    """
    grey = to_grey(pixels)
    if grey is None:
        return ()
    formats = QR_AND_AZTEC if aztec else QR
    first = decode(grey, formats=formats)
    if first.symbols and not first.damaged:
        return first.symbols
    symbols = list(first.symbols)
    for box in _regions(grey, first.damaged)[:_MOST_REGIONS]:
        if any(_covers(box, symbol) for symbol in symbols):
            continue
        patch = Patch(grey, box)
        for variant in VARIANTS:
            found = look_again(patch, variant, formats=formats).symbols
            if found:
                symbols.extend(found)
                break
    return tuple(symbols) if symbols else _whole_picture(grey, aztec)


def _regions(grey: Grey, damaged: tuple[Quad, ...]) -> tuple[Box, ...]:
    boxes = [box for quad in damaged if (box := around(quad, grey.shape)) is not None]
    return distinct((*boxes, *textured(grey)))


def _covers(box: Box, symbol: Symbol) -> bool:
    x = sum(corner[0] for corner in symbol.corners) / 4
    y = sum(corner[1] for corner in symbol.corners) / 4
    return box.left <= x < box.right and box.top <= y < box.bottom


def _whole_picture(grey: Grey, aztec: bool) -> tuple[Symbol, ...]:
    """Files often lack the quiet border, or are tiny: add one, enlarge, shrink, soften."""
    formats = QR_AND_AZTEC if aztec else QR
    bordered = np.asarray(
        cv2.copyMakeBorder(grey, *(_QUIET_BORDER,) * 4, cv2.BORDER_CONSTANT, value=(255,)), dtype=np.uint8
    )
    height, width = bordered.shape
    for factor in (1.0, 2.0, 0.5):
        if min(height, width) * factor < SMALLEST_SIDE or max(height, width) * factor > 4096:
            continue
        size = (round(width * factor), round(height * factor))
        scaled = np.asarray(cv2.resize(bordered, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        soft = np.asarray(cv2.GaussianBlur(scaled, (0, 0), 1.0), dtype=np.uint8)
        for picture, binarizer in ((scaled, LOCAL), (scaled, GLOBAL), (soft, LOCAL)):
            symbols = decode(picture, binarizer=binarizer, formats=formats).symbols
            if symbols:
                return tuple(_unbordered(symbol, factor) for symbol in symbols)
    return ()


def _unbordered(symbol: Symbol, factor: float) -> Symbol:
    corners = ((x / factor - _QUIET_BORDER, y / factor - _QUIET_BORDER) for x, y in symbol.corners)
    return Symbol(symbol.content, tuple(corners))
