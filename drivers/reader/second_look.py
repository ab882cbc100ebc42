"""One second look: enhance a located region, decode it, give the corners back in the frame's pixels."""

from __future__ import annotations

import cv2
import zxingcpp

from drivers.reader.decode import NOTHING, QR, Decoded, Quad, decode
from drivers.reader.patch import Patch
from drivers.reader.port import Symbol
from drivers.reader.region import Box
from drivers.reader.variants import Variant


def look_again(patch: Patch, variant: Variant, *, formats: zxingcpp.BarcodeFormats = QR) -> Decoded:
    """Decodes the patch through `variant`."""
    try:
        picture, factor = variant.look(patch)
    except cv2.error:
        # A region of an odd shape that one of the picture operations refuses is a region without a code.
        return NOTHING
    found = decode(
        picture,
        binarizer=variant.binarizer,
        formats=formats,
        downscale=False,
        invert=patch.may_be_inverted,
        errors=False,
    )
    return Decoded(
        tuple(
            Symbol(symbol.content, _placed(symbol.corners, patch.box, factor), symbol.modules)
            for symbol in found.symbols
        )
    )


def _placed(corners: Quad | tuple[tuple[float, float], ...], box: Box, factor: float) -> Quad:
    first, second, third, fourth = ((x / factor + box.left, y / factor + box.top) for x, y in corners)
    return (first, second, third, fourth)
