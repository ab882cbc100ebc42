"""Where the traveller's window has its name plate, its keys, its row of help, and room for the page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

from kiosk.theme.sizes import Sizes


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles in the window."""

    plate: QRect
    keys: QRect
    help: QRect
    page: QRect


def window_places(sizes: Sizes, top: int, *, demo: bool) -> Places:
    """Below `top` pixels of demo strip. On a tall display the keys stand at the foot, where a seated person
    reaches them (EN 301 549, 8.3: not above 1220 mm); on a wide one, which is low, beside the plate."""
    width, height, margin = sizes.width, sizes.height, sizes.px(48)
    tight = sizes.large and not sizes.portrait
    key = round(sizes.smallest * (1.5 if tight else 2.1)) - sizes.px(16)
    row = round(sizes.smallest * (1.6 if sizes.portrait else 1.3))
    if sizes.portrait:
        header, foot = round(sizes.smallest * 1.2) + sizes.px(16), key + row + sizes.px(34)
        plate = QRect(margin, top + sizes.px(16), width - 2 * margin - sizes.px(170), header - sizes.px(16))
        keys = QRect(margin, height - key - sizes.px(24), width - 2 * margin, key)
    else:
        header, foot = key + sizes.px(20 if tight else 28), row + sizes.px(10)
        plate = QRect(margin, top + sizes.px(16), round(width * 0.24), key)
        left = plate.right() + 1 + margin
        keys = QRect(left, top + sizes.px(16), width - sizes.px(190 if demo else 48) - left, key)
    row_of_help = QRect(margin, height - foot, width - 2 * margin, row)
    return Places(plate, keys, row_of_help, QRect(0, top + header, width, height - top - header - foot))
