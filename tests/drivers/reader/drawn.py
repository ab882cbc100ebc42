"""Codes drawn flat and clean, for tests about content rather than about pictures."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import segno

Picture = npt.NDArray[np.uint8]


def drawn(content: str | bytes, module: int = 4, error: str = "m") -> Picture:
    """Grey, white quiet zone."""
    return _grey(segno.make(content, error=error, micro=False), module)


def drawn_in_parts(content: str, parts_version: int) -> list[Picture]:
    """The symbols of a structured-append sequence."""
    return [_grey(code, 4) for code in segno.make_sequence(content, version=parts_version)]


def _grey(code: segno.QRCode, module: int) -> Picture:
    rows = [[0 if cell else 255 for cell in row] for row in code.matrix_iter(scale=module, border=4)]
    return np.array(rows, np.uint8)


def on_a_page(
    code: Picture, size: tuple[int, int] = (1280, 720), at: tuple[int, int] = (300, 150)
) -> Picture:
    """The code on a mid-grey page of (width, height), its corner at (x, y)."""
    page = np.full((size[1], size[0]), 170, np.uint8)
    page[at[1] : at[1] + code.shape[0], at[0] : at[0] + code.shape[1]] = code
    return page
