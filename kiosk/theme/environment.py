"""What Qt must find in the environment before it starts, so that every machine draws the same pixels."""

from __future__ import annotations

import os

FIXED = {
    "QT_FONT_DPI": "96",
    "QT_ENABLE_HIGHDPI_SCALING": "0",
    "QT_SCALE_FACTOR_ROUNDING_POLICY": "PassThrough",
}


def prepare() -> None:
    """Sets what is not set yet. Call it before the first QApplication of the process."""
    for name, value in FIXED.items():
        os.environ.setdefault(name, value)
