"""What is behind the code, out of focus: a station hall, and the traveller before the lane."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from drivers.camera.synthetic.canvas import (
    Colour,
    Picture,
    blank,
    mixed,
    polygon,
    rounded,
    soft,
    stroke,
    text,
)

_COATS: tuple[Colour, ...] = (
    (60, 48, 40),
    (92, 58, 36),
    (44, 44, 96),
    (74, 82, 70),
    (136, 132, 126),
    (36, 34, 34),
)
_SKINS: tuple[Colour, ...] = ((140, 172, 212), (110, 146, 196), (84, 116, 164), (64, 92, 136))


@lru_cache(maxsize=4)
def hall(width: int, height: int, seed: int) -> Picture:
    """The empty hall, (height, width, 3) BGR. Cached: do not write into it."""
    rng = np.random.default_rng(seed)
    wide, high = 640, round(640 * height / width)
    picture = blank(wide, high, (150, 158, 160))
    horizon = high * float(rng.uniform(0.46, 0.54))
    for row in range(high):
        if row < horizon:
            picture[row] = mixed((104, 108, 108), (196, 200, 200), row / horizon)
        else:
            picture[row] = mixed((140, 148, 152), (92, 98, 104), (row - horizon) / (high - horizon))
    vanish = wide * float(rng.uniform(0.42, 0.58))
    for index in range(-8, 9):
        stroke(
            picture, [(vanish + index * 14, horizon), (vanish + index * 140, float(high))], 1, (120, 126, 130)
        )
    for index in range(1, 8):
        y = horizon + (high - horizon) * (index / 8) ** 1.9
        stroke(picture, [(0, y), (float(wide), y)], 1, (122, 128, 132))
    for lamp in (-2.4, -1.1, 0.2, 1.4, 2.6):
        near, far = vanish + lamp * 190, vanish + lamp * 26
        polygon(
            picture,
            [(near - 26, 0), (near + 26, 0), (far + 4, horizon * 0.86), (far - 4, horizon * 0.86)],
            (246, 250, 252),
        )
    for side in (-1.0, 1.0):
        for depth in (1.0, 0.62, 0.4):
            x = vanish + side * 300 * depth
            half = 20 * depth
            rounded(
                picture, x - half, horizon - 200 * depth, x + half, horizon + 150 * depth, 3, (168, 172, 174)
            )
            rounded(
                picture,
                x - half,
                horizon - 200 * depth,
                x - half * 0.3,
                horizon + 150 * depth,
                3,
                (134, 138, 142),
            )
    _signs(picture, vanish, horizon, rng)
    for _ in range(int(rng.integers(4, 8))):
        depth = float(rng.uniform(0.28, 0.6))
        _person(picture, vanish + float(rng.uniform(-290, 290)), horizon, depth, rng)
    enlarged = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    return soft(enlarged, 0.0062 * width)


def _signs(picture: Picture, vanish: float, horizon: float, rng: np.random.Generator) -> None:
    colours: tuple[Colour, ...] = ((90, 120, 30), (150, 84, 24), (40, 60, 170))
    for index in range(3):
        x = vanish + (-210 + 200 * index) + float(rng.uniform(-30, 30))
        y = horizon - float(rng.uniform(96, 120))
        colour = colours[int(rng.integers(len(colours)))]
        rounded(picture, x, y, x + 104, y + 28, 3, colour)
        text(picture, ("EXIT", "LANE 3", "ARRIVALS")[index], x + 10, y + 19, 9, (240, 240, 240))


def _person(picture: Picture, x: float, horizon: float, size: float, rng: np.random.Generator) -> None:
    coat = _COATS[int(rng.integers(len(_COATS)))]
    skin = _SKINS[int(rng.integers(len(_SKINS)))]
    head = 17 * size
    top = horizon - 50 * size
    stroke(
        picture, [(x - 9 * size, top + 150 * size), (x - 6 * size, top + 240 * size)], 17 * size, (52, 50, 48)
    )
    stroke(
        picture, [(x + 9 * size, top + 150 * size), (x + 8 * size, top + 240 * size)], 17 * size, (46, 44, 42)
    )
    rounded(picture, x - 28 * size, top + 34 * size, x + 28 * size, top + 165 * size, 20 * size, coat)
    rounded(picture, x - head, top - head, x + head, top + head * 1.3, head, skin)
    rounded(picture, x - head, top - head * 1.1, x + head, top - head * 0.1, head * 0.6, (36, 34, 34))


@lru_cache(maxsize=8)
def hall_with_traveller(width: int, height: int, seed: int, look: int) -> Picture:
    """The hall with one traveller near the camera, far out of focus. Cached: do not write into it."""
    rng = np.random.default_rng(look)
    small_width, small_height = 320, round(320 * height / width)
    colour, alpha = blank(small_width, small_height), blank(small_width, small_height)
    coat = _COATS[int(rng.integers(len(_COATS)))]
    skin = _SKINS[int(rng.integers(len(_SKINS)))]
    middle = small_width * float(rng.uniform(0.4, 0.6))
    top = small_height * float(rng.uniform(0.05, 0.16))
    hair: Colour = (34, 32, 34) if rng.random() < 0.75 else (150, 150, 150)
    for picture, of_coat, of_skin, of_hair in (
        (alpha, (255, 255, 255), (255, 255, 255), (255, 255, 255)),
        (colour, coat, skin, hair),
    ):
        rounded(picture, middle - 84, top + 88, middle + 84, small_height + 60, 46, of_coat)
        stroke(picture, [(middle, top + 60), (middle, top + 100)], 28, mixed(of_skin, (0, 0, 0), 0.0))
        rounded(picture, middle - 31, top - 8, middle + 31, top + 40, 30, of_hair)
        rounded(picture, middle - 26, top + 8, middle + 26, top + 80, 26, of_skin)
    shade = mixed(coat, (0, 0, 0), 0.4)
    stroke(colour, [(middle, top + 110), (middle, float(small_height))], 3, shade)
    stroke(colour, [(middle - 11, top + 38), (middle - 9, top + 38)], 4, mixed(skin, (20, 20, 30), 0.6))
    stroke(colour, [(middle + 9, top + 38), (middle + 11, top + 38)], 4, mixed(skin, (20, 20, 30), 0.6))
    colour, alpha = soft(colour, 3.2), soft(alpha, 3.2)
    size = (width, height)
    near = cv2.resize(colour, size, interpolation=cv2.INTER_LINEAR).astype(np.uint16)
    cover = cv2.resize(alpha, size, interpolation=cv2.INTER_LINEAR).astype(np.uint16)
    behind = hall(width, height, seed).astype(np.uint16)
    return ((near * cover + behind * (255 - cover)) // 255).astype(np.uint8)
