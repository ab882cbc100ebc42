"""One frame from codes and appearances: the same arguments always give the same pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import cv2
import numpy as np

from drivers.camera.synthetic.appearance import Appearance, Carrier
from drivers.camera.synthetic.canvas import Picture
from drivers.camera.synthetic.hall import hall, hall_with_traveller
from drivers.camera.synthetic.optics import lay, sprite
from drivers.camera.synthetic.paper import paper
from drivers.camera.synthetic.phone import phone
from drivers.camera.synthetic.texture import Texture

Size = tuple[int, int]
"""Width and height in pixels."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A frame and what is true about it."""

    pixels: Picture = field(repr=False)
    """(height, width, 3) BGR uint8."""
    corners: tuple[tuple[tuple[float, float], ...], ...]
    """For every code its four outer corners in frame pixels, clockwise from the code's own top left."""


def texture_of(content: str | bytes, appearance: Appearance) -> Texture:
    """The flat thing that carries `content`. 50 to 150 ms: keep it when the same one is seen for long."""
    module = int(np.clip(np.ceil(appearance.module_px * 0.95), 3, 9))
    return (phone if appearance.carrier is Carrier.PHONE else paper)(content, appearance, module)


def render(
    held: Sequence[tuple[str | bytes, Appearance]], size: Size = (1280, 720), seed: int = 0
) -> Rendered:
    """A frame in which every (content, appearance) is held in front of the camera; none is an empty hall."""
    rng = np.random.default_rng(seed)
    if not held:
        return Rendered(noisy(hall(*size, seed % 5).copy(), 3.0, rng), ())
    frame = hall_with_traveller(*size, seed % 5, held[0][1].look).copy()
    corners = []
    for content, appearance in held:
        laid = sprite(texture_of(content, appearance), appearance, size, rng, margin=0)
        lay(frame, laid)
        corners.append(laid.corners)
    frame = noisy(frame, max(appearance.noise for _, appearance in held), rng)
    quality = min((appearance.jpeg for _, appearance in held if appearance.jpeg), default=0)
    return Rendered(compressed(frame, quality), tuple(corners))


def noisy(frame: Picture, sigma: float, rng: np.random.Generator) -> Picture:
    """Adds sensor noise in place: a cut, at a random place, of one big field of it."""
    if sigma <= 0:
        return frame
    height, width = frame.shape[:2]
    field_of = _noise(width, height, round(sigma * 2) / 2)
    down, across = int(rng.integers(0, 64)), int(rng.integers(0, 64))
    cut = field_of[down : down + height, across : across + width]
    return np.asarray(cv2.addWeighted(frame, 1, cut, 1, -128, dst=frame), dtype=np.uint8)


@lru_cache(maxsize=6)
def _noise(width: int, height: int, sigma: float) -> Picture:
    """Noise round 128, 64 pixels larger than a frame; chroma is weaker than luma, as cameras leave it."""
    rng = np.random.default_rng(1)
    shape = (height + 64, width + 64)
    luma = rng.normal(0, 0.9 * sigma, shape).astype(np.float32)
    chroma = rng.normal(0, 0.45 * sigma, (*shape, 3)).astype(np.float32)
    return np.clip(np.round(128 + luma[:, :, None] + chroma), 0, 255).astype(np.uint8)


def compressed(frame: Picture, quality: int) -> Picture:
    """The frame after a camera's JPEG of this quality; 0 leaves it alone."""
    if not quality:
        return frame
    done, data = cv2.imencode(".jpg", frame, (cv2.IMWRITE_JPEG_QUALITY, quality))
    assert done
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)
