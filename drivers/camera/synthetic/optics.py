"""The lens and the sensor: where a texture lands in the frame, what blurs, shines and clips it there."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from drivers.camera.synthetic.appearance import Appearance
from drivers.camera.synthetic.canvas import Picture
from drivers.camera.synthetic.texture import Texture

_FOCAL = 1.54
"""Focal length in frame heights: about 60 degrees across a 16:9 frame."""
_KNEE = 205
"""Grey level from which the sensor's curve bends towards white."""


@dataclass(frozen=True, slots=True)
class Sprite:
    """A texture as it lies in the frame: ready to be laid over any background, at any small shift."""

    left: int
    top: int
    colour: Picture = field(repr=False)
    alpha: Picture = field(repr=False)
    """Three equal channels: 255 covers."""
    corners: tuple[tuple[float, float], ...]
    """The code's outer corners in frame pixels."""


def place(texture: Texture, appearance: Appearance, size: tuple[int, int]) -> npt.NDArray[np.float64]:
    """The 3x3 map from texture to frame (width, height) pixels."""
    width, height = size
    corners = np.array(texture.corners, np.float64)
    middle = corners.mean(axis=0)
    focal = _FOCAL * height
    scale = appearance.module_px / texture.module
    roll, tilt, towards = np.deg2rad((appearance.roll, appearance.tilt, appearance.tilt_towards))
    axis = np.array([np.cos(towards), np.sin(towards), 0.0]) * tilt
    turn = cv2.Rodrigues(axis)[0] @ cv2.Rodrigues(np.array([0.0, 0.0, roll]))[0]
    box = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float64) * np.array(
        [[texture.colour.shape[1], texture.colour.shape[0]]]
    )
    seen = []
    for point in box:
        x, y, z = turn @ np.array([*((point - middle) * scale), 0.0])
        depth = max(0.2 * focal, focal + z)
        seen.append((appearance.x * width + focal * x / depth, appearance.y * height + focal * y / depth))
    return np.asarray(
        cv2.getPerspectiveTransform(box.astype(np.float32), np.array(seen, np.float32)), dtype=np.float64
    )


def sprite(
    texture: Texture,
    appearance: Appearance,
    size: tuple[int, int],
    rng: np.random.Generator,
    margin: int = 40,
) -> Sprite:
    """The texture seen through the lens. `margin` is how far it may be shifted before its cut edge shows."""
    matrix = place(texture, appearance, size)
    height, width = texture.colour.shape[:2]
    outline = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    seen = cv2.perspectiveTransform(outline, matrix)[0]
    left = int(max(-margin, np.floor(seen[:, 0].min()) - 12))
    top = int(max(-margin, np.floor(seen[:, 1].min()) - 12))
    right = int(min(size[0] + margin, np.ceil(seen[:, 0].max()) + 12))
    bottom = int(min(size[1] + margin, np.ceil(seen[:, 1].max()) + 12))
    box = (max(8, right - left), max(8, bottom - top))
    moved = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64) @ matrix
    colour = _warped(texture.colour, moved, box, cv2.BORDER_REPLICATE)
    alpha = _warped(texture.alpha, moved, box, cv2.BORDER_CONSTANT)
    if appearance.banding > 0 and texture.glow is not None:
        glow = _warped(texture.glow, moved, box, cv2.BORDER_CONSTANT)
        colour = _banded(colour, glow, appearance.banding, rng)
    colour, alpha = _blurred(colour, appearance), _blurred(alpha, appearance)
    colour = np.asarray(cv2.LUT(colour, _SENSOR), dtype=np.uint8)
    corners = np.asarray(
        cv2.perspectiveTransform(np.array([texture.corners], np.float64), matrix)[0], dtype=np.float64
    )
    if appearance.glare > 0:
        _shine(colour, corners - (left, top), appearance, rng)
    cover = np.asarray(cv2.cvtColor(alpha, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    return Sprite(left, top, colour, cover, tuple((float(x), float(y)) for x, y in corners))


def lay(frame: Picture, laid: Sprite, shift: tuple[int, int] = (0, 0)) -> None:
    """Lays the sprite over the frame, moved by whole pixels; what falls outside is cut."""
    height, width = frame.shape[:2]
    left, top = laid.left + shift[0], laid.top + shift[1]
    from_x, from_y = max(0, left), max(0, top)
    to_x, to_y = min(width, left + laid.colour.shape[1]), min(height, top + laid.colour.shape[0])
    if to_x <= from_x or to_y <= from_y:
        return
    cut = np.s_[from_y - top : to_y - top, from_x - left : to_x - left]
    under = frame[from_y:to_y, from_x:to_x]
    cover = laid.alpha[cut]
    above = cv2.multiply(laid.colour[cut], cover, scale=1 / 255)
    below = cv2.multiply(under, cv2.bitwise_not(cover), scale=1 / 255)
    cv2.add(above, below, dst=under)


def _curve() -> Picture:
    """Doubles the half light of the texture, with a soft shoulder before it clips."""
    light = np.arange(256, dtype=np.float64) * 2
    over = np.maximum(0, light - _KNEE)
    bent = np.where(light <= _KNEE, light, _KNEE + (255 - _KNEE) * (1 - np.exp(-over / 40)))
    return np.clip(np.round(bent), 0, 255).astype(np.uint8)


_SENSOR = _curve()


def _warped(picture: Picture, matrix: npt.NDArray[np.float64], size: tuple[int, int], border: int) -> Picture:
    return np.asarray(
        cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=border), dtype=np.uint8
    )


def _blurred(picture: Picture, appearance: Appearance) -> Picture:
    radius = appearance.defocus * appearance.module_px
    blurred = picture
    if radius > 0.15:
        # A disc of radius r spreads like a Gaussian of r / 2; half a pixel more is the lens itself.
        blurred = np.asarray(
            cv2.GaussianBlur(blurred, (0, 0), (radius * radius / 4 + 0.2) ** 0.5), dtype=np.uint8
        )
    length = appearance.motion * appearance.module_px
    if length > 0.5:
        blurred = np.asarray(
            cv2.filter2D(blurred, -1, streak(length, appearance.motion_angle)), dtype=np.uint8
        )
    return blurred


def streak(length: float, angle: float) -> npt.NDArray[np.float32]:
    """The kernel of a straight motion of `length` pixels at `angle` degrees."""
    half = max(1, int(np.ceil(length / 2)))
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    across, down = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    for step in np.linspace(-length / 2, length / 2, 4 * half + 1):
        x, y = half + step * across, half + step * down
        column, row = int(x), int(y)
        for add_x, add_y in ((0, 0), (1, 0), (0, 1), (1, 1)):
            if column + add_x <= 2 * half and row + add_y <= 2 * half:
                weight = (1 - abs(x - column - add_x)) * (1 - abs(y - row - add_y))
                kernel[row + add_y, column + add_x] += weight
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def _banded(colour: Picture, glow: Picture, strength: float, rng: np.random.Generator) -> Picture:
    rows = np.arange(colour.shape[0], dtype=np.float32)
    wave = np.sin(rows * np.float32(2 * np.pi / rng.uniform(60, 150)) + np.float32(rng.uniform(0, 6.28)))
    dimming = np.float32(strength) * (0.5 + 0.5 * wave)[:, None] * (glow.astype(np.float32) / 255)
    return np.asarray(colour * (1 - dimming)[:, :, None], dtype=np.uint8)


def _shine(
    colour: Picture, corners: npt.NDArray[np.float64], appearance: Appearance, rng: np.random.Generator
) -> None:
    """A lamp's reflection near the code: a bright core with a wide skirt, added to the light."""
    side = float(np.linalg.norm(corners[1] - corners[0]))
    weights = rng.dirichlet((1.2, 1.2, 1.2, 1.2))
    x, y = (corners * weights[:, None]).sum(axis=0)
    height, width = colour.shape[:2]
    reach = max(4.0, appearance.glare_size * side)
    turn = float(rng.uniform(-0.5, 0.5))
    rows, columns = np.mgrid[0:height:4, 0:width:4].astype(np.float32)
    across = (columns - x) * np.cos(turn) + (rows - y) * np.sin(turn)
    down = (rows - y) * np.cos(turn) - (columns - x) * np.sin(turn)
    far = (across / reach) ** 2 + (down / (0.55 * reach)) ** 2
    light = 255 * appearance.glare * (0.85 * np.exp(-far * 1.6) + 0.3 * np.exp(-far * 0.25))
    spot = cv2.resize(
        np.clip(light, 0, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR
    )
    cv2.add(colour, cv2.cvtColor(spot, cv2.COLOR_GRAY2BGR), dst=colour)
