"""Ways to look again at a located code; each helps one kind of bad picture (docs/reading.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from drivers.reader.decode import GLOBAL, LOCAL
from drivers.reader.patch import Patch
from drivers.reader.picture import Grey

_MOST_PIXELS = 700_000
"""No enlarged region is bigger than this: a second look has a budget of milliseconds."""
_REACH = 5
"""Half the length of the filter that takes blur back, in pixels."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look again: a name for the benchmark, a picture operation, a binarizer."""

    name: str
    look: Callable[[Patch], tuple[Grey, float]]
    """The enhanced region and how many of its pixels make one pixel of the region."""
    binarizer: zxingcpp.Binarizer


@lru_cache(maxsize=8)
def _taking_back(sigma: float, noise: float) -> npt.NDArray[np.float32]:
    """Wiener's filter in one dimension against a Gaussian blur of `sigma` pixels.

    `noise` is the share of noise power against the picture's: the larger, the gentler.
    """
    frequency = np.fft.fftfreq(64)
    blur = np.exp(-2 * (np.pi * sigma * frequency) ** 2)
    filtered = np.fft.fftshift(np.real(np.fft.ifft(blur / (blur * blur + noise))))
    middle = filtered[32 - _REACH : 33 + _REACH]
    return np.asarray(middle / middle.sum(), dtype=np.float32)


def _unblurred(picture: Grey, sigma: float, noise: float) -> Grey:
    kernel = _taking_back(sigma, noise)
    return np.asarray(cv2.sepFilter2D(picture, -1, kernel, kernel), dtype=np.uint8)


def _enlarged(picture: Grey, factor: float) -> tuple[Grey, float]:
    height, width = picture.shape
    factor = min(factor, (_MOST_PIXELS / (height * width)) ** 0.5)
    if factor <= 1.05:
        return picture, 1.0
    size = (round(width * factor), round(height * factor))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8), factor


def _sharp(patch: Patch) -> tuple[Grey, float]:
    """Blur by lens and hand: taken back at the size it happened, on paper made evenly white."""
    return _enlarged(_unblurred(patch.level, 1.0, 0.1), 3.0)


def _sharper(patch: Patch) -> tuple[Grey, float]:
    """More blur and more noise."""
    return _enlarged(_unblurred(patch.level, 1.2, 0.2), 3.0)


def _darkened(patch: Patch) -> tuple[Grey, float]:
    """Over-exposed: spreads what is left of the ink near white over the whole scale."""
    cubed = np.asarray(cv2.LUT(patch.level, _CUBE), dtype=np.uint8)
    return _enlarged(_unblurred(cubed, 1.0, 0.1), 3.0)


def _large_sharp(patch: Patch) -> tuple[Grey, float]:
    """Small and soft: sharpened after enlarging, so that the halo is thinner than a module."""
    large, factor = _enlarged(patch.plain, 2.5)
    soft = cv2.GaussianBlur(large, (0, 0), 3.0)
    return np.asarray(cv2.addWeighted(large, 2.5, soft, -1.5, 0), dtype=np.uint8), factor


def _even(patch: Patch) -> tuple[Grey, float]:
    """Shadow or glare across the code: contrast made equal piece by piece, then sharpened."""
    even = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(4, 4)).apply(patch.plain)
    large, factor = _enlarged(np.asarray(even, dtype=np.uint8), 2.5)
    soft = cv2.GaussianBlur(large, (0, 0), 3.0)
    return np.asarray(cv2.addWeighted(large, 2.5, soft, -1.5, 0), dtype=np.uint8), factor


def _stretched(patch: Patch) -> tuple[Grey, float]:
    """Flat and dim: full contrast, blur taken back, one threshold for all."""
    return _enlarged(_unblurred(patch.level, 1.2, 0.05), 3.0)


_CUBE = np.array([round(255 * (level / 255) ** 3) for level in range(256)], np.uint8)

VARIANTS: tuple[Variant, ...] = (
    Variant("sharp", _sharp, LOCAL),
    Variant("sharper", _sharper, LOCAL),
    Variant("darkened", _darkened, LOCAL),
    Variant("large, sharp", _large_sharp, LOCAL),
    Variant("even light", _even, LOCAL),
    Variant("stretched", _stretched, GLOBAL),
)
"""In the order in which they are tried: what each adds to those before it (docs/reading.md)."""
