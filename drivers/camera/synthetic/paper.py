"""A sheet that carries a printed code: text, stamp, creases, shadow, and two hands at its edges."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from drivers.camera.synthetic.appearance import Appearance
from drivers.camera.synthetic.canvas import Picture, blank, mixed, rounded, soft, text
from drivers.camera.synthetic.hand import Hand, some_hand
from drivers.camera.synthetic.phone import ACCENTS
from drivers.camera.synthetic.texture import QUIET, Texture, code_corners, inked, modules

Field = npt.NDArray[np.float32]


def paper(content: str | bytes, appearance: Appearance, module: int) -> Texture:
    """The texture of a held sheet, `module` pixels per module of the code."""
    rng = np.random.default_rng(appearance.look)
    hand = some_hand(rng)
    dark = modules(content, appearance.aztec)
    sheet, left, top = _sheet(dark, module, appearance, rng)
    corners = code_corners(left, top, len(dark), module)
    sheet, mask, corners = _crumpled(sheet, corners, appearance.crumple, rng)
    height, width = sheet.shape[:2]
    side, foot = round(0.16 * width), round(0.3 * width)
    colour = blank(width + 2 * side, height + foot, mixed(hand.skin, (0, 0, 0), 0.5))
    alpha = np.zeros_like(colour)
    lit = _shaded(sheet, appearance, rng)
    over = np.s_[0:height, side : side + width]
    colour[over] = np.where(mask[:, :, None] > 127, lit, colour[over])
    alpha[over] = mask[:, :, None]
    _hold(colour, alpha, hand, (side, width, height), rng)
    moved = tuple((x + side, y) for x, y in corners)
    return Texture(colour, np.ascontiguousarray(alpha[:, :, 0]), None, moved, module)


def _hold(
    colour: Picture, alpha: Picture, hand: Hand, place: tuple[int, int, int], rng: np.random.Generator
) -> None:
    side, width, height = place
    hand = hand.at_half_light()
    thick = 0.11 * width
    for edge, inward in ((side, 1.0), (side + width, -1.0)):
        y = height * float(rng.uniform(0.8, 0.88))
        root = (edge - inward * side * 0.7, height + 0.22 * width)
        tip = (edge + inward * 0.1 * width, y)
        middle = ((root[0] + tip[0]) / 2 - inward * 0.03 * width, (root[1] + tip[1]) / 2)
        hand.finger(colour, alpha, [(root[0], root[1] + thick), root], thick * 2.4)
        hand.finger(colour, alpha, [root, middle, tip], thick, nail=True)


def _sheet(
    dark: npt.NDArray[np.bool_], module: int, appearance: Appearance, rng: np.random.Generator
) -> tuple[Picture, int, int]:
    code_side = (len(dark) + 2 * QUIET) * module
    width, height = round(code_side / 0.6), round(code_side / 0.6 * 1.28)
    ground = (int(rng.integers(228, 244)), int(rng.integers(236, 248)), 248)
    sheet = blank(width, height, ground)
    unit = width / 100
    accent = ACCENTS[appearance.accent]
    rounded(sheet, 6 * unit, 5 * unit, 94 * unit, 6.2 * unit, 0, accent)
    text(sheet, "HEALTH CERTIFICATE", 8 * unit, 14 * unit, 4.4 * unit, (40, 40, 40))
    for index in range(2):
        y = (19 + 5 * index) * unit
        rounded(sheet, 8 * unit, y, (62 - 14 * index) * unit, y + 1.6 * unit, 0, (150, 150, 150))
    left, top = (width - code_side) // 2, round(30 * unit)
    code = inked(dark, module, (44, 40, 38), ground)
    sheet[top : top + code_side, left : left + code_side] = code
    for index in range(6):
        y = top + code_side + (5 + 4.2 * index) * unit
        end = float(rng.uniform(60, 92)) * unit
        rounded(sheet, 8 * unit, y, end, y + 1.4 * unit, 0, (165, 165, 165))
    middle = (round(80 * unit), round(top + code_side + 16 * unit))
    cv2.circle(sheet, middle, round(9 * unit), (70, 60, 190), max(1, round(0.8 * unit)), cv2.LINE_AA)
    cv2.circle(sheet, middle, round(6.5 * unit), (70, 60, 190), 1, cv2.LINE_AA)
    return sheet, left, top


def _creases(height: int, width: int, amount: float, rng: np.random.Generator) -> Field:
    """A height field of flat facets that meet in ridges and valleys, about -1 to 1."""
    rows, columns = np.mgrid[0:height:2, 0:width:2].astype(np.float32)
    rows, columns = rows / width, columns / width
    relief = np.zeros(rows.shape, np.float32)
    for _ in range(3 + round(22 * amount)):
        angle = float(rng.uniform(0, np.pi))
        middle_x, middle_y = float(rng.uniform(0, 1)), float(rng.uniform(0, height / width))
        away = (columns - middle_x) * np.cos(angle) + (rows - middle_y) * np.sin(angle)
        along = (rows - middle_y) * np.cos(angle) - (columns - middle_x) * np.sin(angle)
        reach = np.exp(-((along / float(rng.uniform(0.15, 0.6))) ** 2) - (away / 0.35) ** 2)
        relief += (float(rng.normal(0, 1)) * np.abs(away) * reach).astype(np.float32)
    relief = cv2.GaussianBlur(relief, (0, 0), 1.6).astype(np.float32)
    return np.asarray(cv2.resize(relief, (width, height)), dtype=np.float32)


def _crumpled(
    sheet: Picture, corners: tuple[tuple[float, float], ...], amount: float, rng: np.random.Generator
) -> tuple[Picture, Picture, tuple[tuple[float, float], ...]]:
    """The sheet pulled out of shape and shaded by its facets, its mask, and where the code's corners went."""
    height, width = sheet.shape[:2]
    mask = np.full((height, width), 255, np.uint8)
    mask[[0, -1]] = mask[:, [0, -1]] = 0
    if amount <= 0:
        return sheet, mask, corners
    relief = _creases(height, width, amount, rng)
    slope_y, slope_x = np.gradient(relief * width)
    soft_y = cv2.GaussianBlur(slope_y.astype(np.float32), (0, 0), 0.02 * width)
    soft_x = cv2.GaussianBlur(slope_x.astype(np.float32), (0, 0), 0.02 * width)
    pull = np.float32(0.0032 * width * amount)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    map_x, map_y = columns + pull * soft_x, rows + pull * soft_y
    bent = np.asarray(cv2.remap(sheet, map_x, map_y, cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE), np.uint8)
    outline = np.asarray(cv2.remap(mask, map_x, map_y, cv2.INTER_LINEAR), np.uint8)
    lamp = 1 + np.float32(0.3 * amount) * np.clip(0.8 * slope_x - 0.9 * slope_y, -1.1, 0.7)
    bent = np.clip(bent * lamp[:, :, None], 0, 255).astype(np.uint8)
    moved = []
    for x, y in corners:
        column, row = min(width - 1, round(x)), min(height - 1, round(y))
        moved.append((x - float(pull * soft_x[row, column]), y - float(pull * soft_y[row, column])))
    return bent, outline, tuple(moved)


def _shaded(sheet: Picture, appearance: Appearance, rng: np.random.Generator) -> Picture:
    """The sheet as light leaving it, at half scale, with a soft shadow across."""
    levels = np.arange(256, dtype=np.float32) / 255
    table = np.clip((appearance.light * 0.93 * levels + appearance.veil) * 127.5, 0, 255).astype(np.uint8)
    lit = np.asarray(cv2.LUT(sheet, table), dtype=np.uint8)
    if appearance.shadow > 0:
        height, width = lit.shape[:2]
        mask = np.full((height, width, 3), 255, np.uint8)
        edge = float(rng.uniform(0.3, 0.6))
        dark = round(255 * (1 - appearance.shadow))
        rounded(mask, -width, -height, edge * width, height * 1.5, 0.3 * width, (dark, dark, dark))
        lit = (lit.astype(np.uint16) * soft(mask, 0.05 * width) // 255).astype(np.uint8)
    return lit
