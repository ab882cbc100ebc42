"""Codes with one thing special about them, and codes with one thing wrong, for measuring reader and hints."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

import numpy as np

from drivers.camera.synthetic.appearance import Appearance, Carrier, Difficulty, sample

Held = list[tuple[int, Appearance]]
"""What is held in one frame: the length of a code's content in characters, and how it is held."""
_LENGTH = 420


class Kind(StrEnum):
    """What must be read although it is special."""

    INVERTED = "dark mode"
    DENSE = "version 25"
    AZTEC = "Aztec"
    OVER_EXPOSED = "over-exposed"
    TILTED = "tilted 30 to 40 degrees"
    TINY = "modules of 2.0 to 2.4 pixels"
    SEVERAL = "two codes in a frame"


class Ailment(StrEnum):
    """Why a code cannot be read, one cause at a time, bad enough that nothing reads it."""

    FAR = "far away"
    NEAR = "too near"
    GLARE = "a lamp's reflection"
    DIM = "screen turned down"
    CLIPPED = "over-exposed"
    MOVING = "moving"
    CUT = "partly out of the picture"


def sample_kind(kind: Kind, rng: np.random.Generator) -> Held:
    """One frame of this kind, easy in everything else; the same generator state, the same frame."""
    plain = replace(sample(Difficulty.EASY, rng), inverted=False)
    length = int(rng.integers(250, 700))
    span = rng.uniform(0, 1)

    def between(low: float, high: float) -> float:
        return float(low + (high - low) * span)

    if kind is Kind.INVERTED:
        return [(length, replace(plain, carrier=Carrier.PHONE, inverted=True, light=between(0.75, 1.15)))]
    if kind is Kind.DENSE:
        return [(1800, replace(plain, module_px=between(2.6, 4.2)))]
    if kind is Kind.AZTEC:
        return [(length, replace(plain, aztec=True))]
    if kind is Kind.OVER_EXPOSED:
        return [(length, replace(plain, carrier=Carrier.PHONE, light=between(1.8, 2.6)))]
    if kind is Kind.TILTED:
        return [(length, replace(plain, tilt=between(30, 40)))]
    if kind is Kind.TINY:
        return [(length, replace(plain, module_px=between(2.0, 2.4)))]
    other = replace(sample(Difficulty.EASY, rng), inverted=False)
    return [
        (300, replace(plain, x=0.28, module_px=between(3.2, 3.8))),
        (300, replace(other, x=0.72, module_px=between(3.2, 3.8))),
    ]


def sample_ailment(ailment: Ailment, rng: np.random.Generator) -> Held:
    """One frame with this ailment, easy in everything else."""
    plain = replace(sample(Difficulty.EASY, rng), inverted=False, cracks=0, light=1.0, glare=0.0, shadow=0.0)
    length = int(rng.integers(250, 500))
    span = rng.uniform(0, 1)

    def between(low: float, high: float) -> float:
        return float(low + (high - low) * span)

    if ailment is Ailment.FAR:
        sick = replace(plain, module_px=between(0.9, 1.4), tilt=min(plain.tilt, 8))
    elif ailment is Ailment.NEAR:
        sick = replace(plain, module_px=between(12, 16), defocus=between(0.3, 0.6))
    elif ailment is Ailment.GLARE:
        sick = replace(plain, glare=1.0, glare_size=between(0.4, 0.6), module_px=3.6)
    elif ailment is Ailment.DIM:
        sick = replace(
            plain, carrier=Carrier.PHONE, light=between(0.05, 0.12), veil=0.02, noise=8.0, motion=1.2
        )
    elif ailment is Ailment.CLIPPED:
        sick = replace(plain, carrier=Carrier.PHONE, light=between(4.0, 6.0), veil=0.4, defocus=0.5)
    elif ailment is Ailment.MOVING:
        sick = replace(plain, motion=between(2.2, 4.0), module_px=between(3.6, 4.4))
    else:
        sick = replace(plain, x=float(rng.choice((0.02, 0.05, 0.95, 0.98))), module_px=between(3.6, 4.4))
    return [(length, sick)]
