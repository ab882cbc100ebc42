"""One second look: cut a region, enhance it, decode it, and give the corners back in the frame's pixels."""

from __future__ import annotations

import cv2
import zxingcpp

from drivers.reader.decode import NOTHING, QR, Decoded, Quad, decode
from drivers.reader.picture import Grey
from drivers.reader.port import Symbol
from drivers.reader.region import Box
from drivers.reader.variants import Variant


def look_again(grey: Grey, box: Box, variant: Variant, *, formats: zxingcpp.BarcodeFormats = QR) -> Decoded:
    """Decodes `box` of the picture through `variant`."""
    try:
        picture, factor = variant.look(box.cut(grey))
    except cv2.error:
        # A region of an odd shape that one of the picture operations refuses is a region without a code.
        return NOTHING
    found = decode(picture, binarizer=variant.binarizer, formats=formats)
    return Decoded(
        tuple(Symbol(symbol.content, _placed(symbol.corners, box, factor)) for symbol in found.symbols),
        tuple(_placed_quad(quad, box, factor) for quad in found.damaged),
    )


def _placed(
    corners: tuple[tuple[float, float], ...], box: Box, factor: float
) -> tuple[tuple[float, float], ...]:
    return tuple((x / factor + box.left, y / factor + box.top) for x, y in corners)


def _placed_quad(quad: Quad, box: Box, factor: float) -> Quad:
    first, second, third, fourth = _placed(quad, box, factor)
    return (first, second, third, fourth)
