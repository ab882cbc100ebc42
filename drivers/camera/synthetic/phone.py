"""A phone that shows a code: body, screen, page or gallery, cracks, and the hand around it."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from drivers.camera.synthetic.appearance import Accent, Appearance, Screen
from drivers.camera.synthetic.canvas import Colour, Picture, blank, mixed, rounded, stroke, text
from drivers.camera.synthetic.hand import Hand, some_hand
from drivers.camera.synthetic.texture import QUIET, Texture, code_corners, inked, modules

ACCENTS: dict[Accent, Colour] = {
    Accent.GREEN: (72, 150, 20),
    Accent.AMBER: (20, 150, 235),
    Accent.RED: (50, 40, 205),
    Accent.BLUE: (170, 95, 20),
    Accent.GREY: (105, 100, 95),
}
_BODIES: tuple[Colour, ...] = ((30, 28, 26), (70, 66, 62), (140, 142, 150), (96, 60, 40), (60, 40, 74))


def phone(content: str | bytes, appearance: Appearance, module: int) -> Texture:
    """The texture of a held phone, `module` pixels per module of the code."""
    rng = np.random.default_rng(appearance.look)
    hand = some_hand(rng)
    dark = modules(content, appearance.aztec)
    code = (len(dark) + 2 * QUIET) * module
    page, code_left, code_top = _page(dark, module, appearance, rng)
    height, width = page.shape[:2]
    bezel, side = round(0.035 * width), round(0.42 * width)
    body_left, body_top = side, round(0.12 * width)
    body_right, body_bottom = body_left + width + 2 * bezel, body_top + height + 2 * bezel
    colour = blank(body_right + side, body_bottom + round(0.5 * width), hand.skin)
    alpha = np.zeros_like(colour)
    glow = np.zeros(colour.shape[:2], np.uint8)

    hand.palm(colour, alpha, ((body_left + body_right) / 2, body_top + 0.78 * height), width * 1.15)
    body = _BODIES[int(rng.integers(len(_BODIES)))]
    radius = 0.11 * width
    rounded(alpha, body_left, body_top, body_right, body_bottom, radius, (255, 255, 255))
    rounded(colour, body_left, body_top, body_right, body_bottom, radius, mixed(body, (255, 255, 255), 0.25))
    rounded(colour, body_left + 2, body_top + 2, body_right - 2, body_bottom - 2, radius - 2, body)
    inset = (body_left + bezel, body_top + bezel)
    lit = _lit(page, appearance)
    _crack(lit, appearance.cracks, rng)
    colour = (colour // 2).astype(np.uint8)
    mask = np.zeros((height, width, 3), np.uint8)
    rounded(mask, 0, 0, width, height, radius * 0.8, (255, 255, 255))
    place = np.s_[inset[1] : inset[1] + height, inset[0] : inset[0] + width]
    colour[place] = np.where(mask > 127, lit, colour[place])
    glow[place] = mask[:, :, 0]
    _grip(colour, alpha, hand, (body_left, body_top, body_right, body_bottom), width, rng)
    corners = code_corners(inset[0] + code_left, inset[1] + code_top, len(dark), module)
    assert code <= width
    return Texture(colour, np.ascontiguousarray(alpha[:, :, 0]), glow, corners, module)


def _grip(
    colour: Picture,
    alpha: Picture,
    hand: Hand,
    body: tuple[int, int, int, int],
    width: int,
    rng: np.random.Generator,
) -> None:
    """Four fingertips round one edge and the thumb along the other, at half light like the texture."""
    left, top, right, bottom = body
    thick = 0.17 * width
    half = hand.at_half_light()
    first = top + (bottom - top) * float(rng.uniform(0.44, 0.52))
    for index in range(4):
        y = first + index * thick * 1.12
        reach = 0.035 * width if index < 3 else 0.01 * width
        tip = (right - reach, y - thick * 0.15)
        half.finger(colour, alpha, [(right + thick * 0.5, y + thick * 0.3), tip], thick)
    y = top + (bottom - top) * float(rng.uniform(0.66, 0.74))
    half.finger(
        colour,
        alpha,
        [
            (left - thick * 0.9, y + thick * 2.2),
            (left - thick * 0.45, y + thick),
            (left - thick * 0.05, y - thick * 0.6),
        ],
        thick * 1.15,
        nail=True,
    )


def _page(
    dark: npt.NDArray[np.bool_], module: int, appearance: Appearance, rng: np.random.Generator
) -> tuple[Picture, int, int]:
    """What the screen shows, and where the code's quiet zone starts on it."""
    code_side = (len(dark) + 2 * QUIET) * module
    accent = ACCENTS[appearance.accent]
    width = round(code_side / 0.86)
    height = round(width * 2.05)
    night = appearance.inverted
    ground: Colour = (24, 22, 20) if night else (246, 246, 246)
    line: Colour = (90, 88, 86) if night else (205, 203, 200)
    tinted = rng.random() < 0.35 and not night
    ink = mixed(accent, (0, 0, 0), 0.45) if tinted else (12, 12, 12)
    card: Colour = ground if night else (255, 255, 255)
    code = inked(dark, module, (245, 245, 245) if night else ink, card)
    page = blank(width, height, ground)
    unit = width / 100
    page[: round(42 * unit)] = accent
    text(page, "12:40", 7 * unit, 7 * unit, 3.4 * unit, (255, 255, 255))
    rounded(page, 86 * unit, 3.6 * unit, 93 * unit, 7 * unit, unit, (255, 255, 255))
    title = ("Health Code", "Health Declaration", "Vaccination", "e-Pass")[int(rng.integers(4))]
    text(page, title, 7 * unit, 22 * unit, 6 * unit, (255, 255, 255))
    text(page, "2026-03-09  12:40:07", 7 * unit, 33 * unit, 3.6 * unit, (255, 255, 255))
    left = (width - code_side) // 2
    top = round(52 * unit)
    rounded(page, 4 * unit, 45 * unit, 96 * unit, top + code_side + 34 * unit, 4 * unit, card)
    page[top : top + code_side, left : left + code_side] = code
    below = top + code_side + 8 * unit
    for index, share in enumerate((0.5, 0.7, 0.34)):
        y = below + index * 8 * unit
        rounded(
            page,
            50 * unit * (1 - share),
            y,
            50 * unit * (1 + share),
            y + 3 * unit,
            unit,
            accent if index == 0 else line,
        )
    for index in range(3):
        y = below + (36 + 11 * index) * unit
        rounded(page, 6 * unit, y, 94 * unit, y + 8 * unit, 2 * unit, card)
        rounded(page, 10 * unit, y + 2.6 * unit, (40 + 12 * index) * unit, y + 5.4 * unit, unit, line)
    rounded(page, 34 * unit, height - 4 * unit, 66 * unit, height - 2.4 * unit, unit, line)
    if appearance.screen is Screen.SCREENSHOT:
        return _gallery(page, left, top)
    return page, left, top


def _gallery(page: Picture, left: int, top: int) -> tuple[Picture, int, int]:
    """The page as a picture in a photo viewer: black all round, a bar of tools below."""
    height, width = page.shape[:2]
    margin, head, foot = round(0.05 * width), round(0.17 * width), round(0.3 * width)
    whole = blank(width + 2 * margin, height + head + foot - round(0.25 * height), (8, 8, 8))
    shown = page[: height - round(0.25 * height)]
    whole[head : head + len(shown), margin : margin + width] = shown
    unit = whole.shape[1] / 100
    text(whole, "< Photos", 4 * unit, 12 * unit, 4 * unit, (230, 230, 230))
    for index in range(4):
        x, y = (14 + 24 * index) * unit, whole.shape[0] - 16 * unit
        rounded(whole, x - 3 * unit, y - 3 * unit, x + 3 * unit, y + 3 * unit, 1.5 * unit, (200, 200, 200))
    return whole, left + margin, top + head


def _lit(page: Picture, appearance: Appearance) -> Picture:
    """The page as light leaving the glass, at half scale: exposure, veil of the room, interference."""
    levels = np.arange(256, dtype=np.float32) / 255
    leaving = np.float32(appearance.light) * (levels**1.15 + 0.015) + np.float32(appearance.veil)
    table = np.clip(leaving * 127.5, 0, 255).astype(np.uint8)
    lit = np.asarray(cv2.LUT(page, table), dtype=np.uint8)
    if appearance.moire > 0:
        height, width = lit.shape[:2]
        rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
        turn = 0.35 + (appearance.look % 97) / 97
        wave = np.sin(columns * 0.21 * turn + 0.00019 * rows * columns) * np.sin(rows * 0.17 + columns * 0.03)
        lit = np.clip(lit * (1 + 0.35 * appearance.moire * wave)[:, :, None], 0, 255).astype(np.uint8)
    return lit


def _crack(screen: Picture, impacts: int, rng: np.random.Generator) -> None:
    """Branching lines from each impact: light along the break, dark beside it."""
    height, width = screen.shape[:2]
    bright = int(np.clip(screen.max(initial=0) * 0.62 + 26, 30, 140))
    for _ in range(impacts):
        x, y = float(rng.uniform(0, 1)) * width, float(rng.uniform(0.08, 0.75)) * height
        x = 0.0 if x < 0.3 * width else float(width) if x > 0.7 * width else x
        for _ in range(int(rng.integers(6, 10))):
            heading = float(rng.uniform(0, 2 * np.pi))
            points = [(x, y)]
            for _ in range(int(rng.integers(4, 11))):
                heading += float(rng.normal(0, 0.22))
                step = float(rng.uniform(0.04, 0.13)) * width
                points.append(
                    (points[-1][0] + step * np.cos(heading), points[-1][1] + step * np.sin(heading))
                )
            shifted = [(px + 1.6, py + 1.6) for px, py in points]
            stroke(screen, shifted, 1, (10, 10, 10))
            stroke(screen, points, 1 + (rng.random() < 0.3), (bright, bright, bright))
        stroke(screen, [(x, y), (x + 1, y)], 0.05 * width, (bright, bright, bright))
