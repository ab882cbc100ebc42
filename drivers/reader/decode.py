"""The one place that calls the decoder: bytes and corners out, never text, never an exception."""

from __future__ import annotations

from dataclasses import dataclass

import zxingcpp

from drivers.reader.picture import Grey
from drivers.reader.port import Symbol

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]

LOCAL = zxingcpp.Binarizer.LocalAverage
GLOBAL = zxingcpp.Binarizer.GlobalHistogram
# Only what a lane shows. Other symbologies of the library have had hangs and out-of-bounds reads.
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
QR_AND_AZTEC = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCodeModel2, zxingcpp.BarcodeFormat.AztecCode]
)
_WITH_VERSION = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.QRCodeModel2)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one call found: codes that were read, and the places of those that were seen but not read."""

    symbols: tuple[Symbol, ...] = ()
    damaged: tuple[Quad, ...] = ()


NOTHING = Decoded()


def decode(
    grey: Grey,
    *,
    binarizer: zxingcpp.Binarizer = LOCAL,
    formats: zxingcpp.BarcodeFormats = QR,
    downscale: bool = True,
    invert: bool = True,
    errors: bool = True,
) -> Decoded:
    """Reads every code in a grey picture. Corners are in its pixels.

    `downscale` looks at shrunken copies too, `invert` at light codes on dark ground, `errors` wants places
    of codes that were not read: each costs time.
    """
    try:
        found = zxingcpp.read_barcodes(
            grey,
            formats=formats,
            try_rotate=False,
            try_downscale=downscale,
            try_invert=invert,
            text_mode=zxingcpp.TextMode.Plain,
            binarizer=binarizer,
            return_errors=errors,
        )
    except (ValueError, TypeError, RuntimeError, MemoryError):
        # The binding refuses odd shapes with the first two; the library's own exceptions come as the third.
        return NOTHING
    symbols: list[Symbol] = []
    damaged: list[Quad] = []
    for barcode in found:
        quad = _quad(barcode.position)
        if not barcode.valid:
            if quad[0] != quad[2]:  # an error without a place comes with four equal corners
                damaged.append(quad)
        elif barcode.bytes:
            symbols.append(Symbol(barcode.bytes, quad, _modules(barcode)))
    return Decoded(tuple(symbols), tuple(damaged))


def _modules(barcode: zxingcpp.Barcode) -> int:
    """ISO/IEC 18004, 6.3: a QR code of version 1 has 21 modules along a side, each version 4 more."""
    extra = barcode.extra
    version = str(extra.get("Version", "")) if isinstance(extra, dict) else ""
    return 17 + 4 * int(version) if version.isdecimal() and barcode.format in _WITH_VERSION else 0


def _quad(position: zxingcpp.Position) -> Quad:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    first, second, third, fourth = ((float(point.x), float(point.y)) for point in corners)
    return (first, second, third, fourth)
