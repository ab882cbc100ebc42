"""Visibly made-up code texts of the sizes health codes have."""

from __future__ import annotations

import numpy as np

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def made_up_code(seed: int, length: int = 300) -> str:
    """A text of the base45 alphabet that is no credential."""
    rng = np.random.default_rng(seed)
    return "HK1:MADE UP:" + "".join(_ALPHABET[int(i)] for i in rng.integers(0, 45, length - 12))
