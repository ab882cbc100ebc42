"""Soft shapes on small pictures: what phones, sheets, hands and halls are drawn with."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]
"""Blue, green, red."""
Point = tuple[float, float]


def blank(width: int, height: int, colour: Colour = (0, 0, 0)) -> Picture:
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = colour
    return picture


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour in the one."""
    blue, green, red = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return (blue, green, red)


def rounded(
    picture: Picture, left: float, top: float, right: float, bottom: float, radius: float, colour: Colour
) -> None:
    """A filled rectangle with round corners."""
    radius = max(0.0, min(radius, (right - left) / 2, (bottom - top) / 2))
    corners = [
        ((right - radius, top + radius), -90),
        ((right - radius, bottom - radius), 0),
        ((left + radius, bottom - radius), 90),
        ((left + radius, top + radius), 180),
    ]
    outline: list[Point] = []
    for (x, y), start in corners:
        for step in range(7):
            angle = np.deg2rad(start + 15 * step)
            outline.append((x + radius * float(np.cos(angle)), y + radius * float(np.sin(angle))))
    polygon(picture, outline, colour)


def polygon(picture: Picture, outline: list[Point], colour: Colour) -> None:
    points = np.round(np.array(outline, np.float64) * 16).astype(np.int32)
    cv2.fillPoly(picture, [points], colour, cv2.LINE_AA, 4)


def stroke(picture: Picture, points: list[Point], thickness: float, colour: Colour) -> None:
    """A line with round ends through the points."""
    path = np.round(np.array(points, np.float64) * 16).astype(np.int32)
    cv2.polylines(picture, [path], False, colour, max(1, round(thickness)), cv2.LINE_AA, 4)


def text(picture: Picture, words: str, x: float, y: float, height: float, colour: Colour) -> None:
    """Words with their base line at y, capitals about `height` pixels high."""
    scale = height / 22
    thickness = max(1, round(height / 11))
    place = (round(x), round(y))
    cv2.putText(picture, words, place, cv2.FONT_HERSHEY_SIMPLEX, scale, colour, thickness, cv2.LINE_AA)


def soft(picture: Picture, sigma: float) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), max(0.1, sigma)), dtype=np.uint8)
