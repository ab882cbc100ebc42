"""How a code is held in front of the camera: every number that makes it easy or hard to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

import numpy as np


class Carrier(StrEnum):
    """What the code is on."""

    PHONE = "phone"
    PAPER = "paper"


class Screen(StrEnum):
    """What a phone shows around the code."""

    APP = "app"
    SCREENSHOT = "screenshot"


class Accent(StrEnum):
    """The colour of the page around the code, as health-code pages have one."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"


class Difficulty(StrEnum):
    """A third of the travellers each."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Appearance:
    """One way to hold one code. Lengths in modules are of the code as the camera sees it."""

    carrier: Carrier = Carrier.PHONE
    screen: Screen = Screen.APP
    accent: Accent = Accent.GREEN
    module_px: float = 4.4
    """Frame pixels per module at the middle of the code."""
    x: float = 0.5
    """Middle of the code, share of the frame's width."""
    y: float = 0.5
    """Middle of the code, share of the frame's height."""
    tilt: float = 8.0
    """Degrees out of the camera's plane."""
    tilt_towards: float = 90.0
    """Degrees, direction of the tilt in the picture."""
    roll: float = 3.0
    """Degrees in the camera's plane."""
    defocus: float = 0.18
    """Radius of the focus blur, in modules."""
    motion: float = 0.1
    """Length of the motion blur, in modules."""
    motion_angle: float = 70.0
    light: float = 1.0
    """Exposure of the code: 0.2 is a screen turned down, 1 is right, 2 is clipped."""
    veil: float = 0.04
    """Room light reflected by the surface, lifting the blacks: 0 to 0.5."""
    glare: float = 0.0
    """Strength of a lamp's reflection over the code: 0 to 1."""
    glare_size: float = 0.25
    """Its size as a share of the code's side."""
    shadow: float = 0.0
    """A hand's or a head's shadow over paper: 0 to 0.7."""
    cracks: int = 0
    """How many impacts the glass has had."""
    crumple: float = 0.0
    """Creases of paper: 0 is flat, 1 was a ball."""
    moire: float = 0.0
    banding: float = 0.0
    """Bright and dark bands of a dimmed screen's pulsing: 0 to 0.6."""
    noise: float = 3.0
    """Standard deviation of the sensor's noise in grey levels."""
    jpeg: int = 0
    """JPEG quality of the camera's compression, 0 for none."""
    inverted: bool = False
    """A dark page with a light code."""
    aztec: bool = False
    """An Aztec symbol instead of a QR code."""
    look: int = 0
    """Seed of everything that decides no difficulty: hand, clothes, page, where cracks and creases are."""


def held_better(plain: Appearance, times: int) -> Appearance:
    """The same thing after its holder tried `times` to make it readable.

    Nearer, straighter, out of the lamp's reflection, a dim screen turned up, paper smoothed out. What is
    broken stays broken: cracks are where they were.
    """
    ease = 0.6**times
    return replace(
        plain,
        light=max(plain.light, min(1.0, plain.light + 0.3 * times)),
        glare=plain.glare * 0.3**times,
        tilt=plain.tilt * ease,
        roll=plain.roll * ease,
        shadow=plain.shadow * ease,
        banding=plain.banding * ease,
        crumple=plain.crumple * ease,
        module_px=plain.module_px * 1.08**times,
    )


LOOKS: Mapping[str, Appearance] = MappingProxyType(
    {
        "phone": Appearance(moire=0.15),
        "paper": Appearance(carrier=Carrier.PAPER, crumple=0.12, light=0.92, tilt=11, roll=-5, module_px=4.2),
        "dim_cracked_phone": Appearance(
            light=0.3, veil=0.07, cracks=2, banding=0.12, tilt=10, roll=6, noise=4.0, glare=0.2, module_px=4.6
        ),
        "crumpled_paper": Appearance(
            carrier=Carrier.PAPER, crumple=0.85, light=0.85, shadow=0.3, tilt=14, roll=-9, module_px=4.8
        ),
        "screenshot_on_phone": Appearance(screen=Screen.SCREENSHOT, moire=0.2, roll=-3, module_px=4.2),
    }
)
"""The ways of the demo's cast. Use `dataclasses.replace` for another seed, place or colour."""

_RANGES: Mapping[Difficulty, Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        Difficulty.EASY: {
            "module_px": (3.6, 6.0), "tilt": (0, 12), "roll": (-8, 8),
            "defocus": (0.03, 0.22), "motion": (0, 0.2), "veil": (0, 0.08), "noise": (1.5, 4),
            "crumple": (0, 0.25), "jpeg": (85, 96),
        },
        Difficulty.MEDIUM: {
            "module_px": (2.5, 4.8), "tilt": (5, 27), "roll": (-30, 30),
            "defocus": (0.1, 0.46), "motion": (0, 0.55), "veil": (0.02, 0.22), "noise": (3, 9),
            "crumple": (0.1, 0.6), "jpeg": (72, 92),
        },
        Difficulty.HARD: {
            "module_px": (2.0, 4.2), "tilt": (10, 40), "roll": (-180, 180),
            "defocus": (0.15, 0.58), "motion": (0.05, 0.85), "veil": (0.05, 0.32), "noise": (4, 13),
            "crumple": (0.3, 1.0), "jpeg": (60, 88),
        },
    }
)  # fmt: skip
_CHANCE = {Difficulty.EASY: 0.1, Difficulty.MEDIUM: 0.4, Difficulty.HARD: 0.7}
_STRENGTH = {Difficulty.EASY: 0.3, Difficulty.MEDIUM: 0.6, Difficulty.HARD: 1.0}


def sample(difficulty: Difficulty, rng: np.random.Generator) -> Appearance:
    """One traveller of this difficulty: 72 % phones, 28 % paper; the same generator state, the same one."""
    span = {name: float(rng.uniform(*bounds)) for name, bounds in _RANGES[difficulty].items()}
    strength = _STRENGTH[difficulty]

    def sometimes(most: float, chance: float = 1.0) -> float:
        happens = bool(rng.random() < chance * _CHANCE[difficulty])
        return float(rng.uniform(0.3, 1.0)) * most * strength if happens else 0.0

    phone = bool(rng.random() < 0.72)
    return Appearance(
        carrier=Carrier.PHONE if phone else Carrier.PAPER,
        screen=Screen.SCREENSHOT if rng.random() < 0.25 else Screen.APP,
        accent=tuple(Accent)[int(rng.integers(len(Accent)))],
        module_px=span["module_px"],
        x=float(rng.uniform(0.36, 0.64)),
        y=float(rng.uniform(0.42, 0.58)),
        tilt=span["tilt"],
        tilt_towards=float(rng.uniform(0, 360)),
        roll=span["roll"],
        defocus=span["defocus"],
        motion=span["motion"],
        motion_angle=float(rng.uniform(0, 180)),
        light=_light(phone, difficulty, rng),
        veil=span["veil"] * (1.0 if phone else 0.5),
        glare=sometimes(0.9, 0.6),
        glare_size=float(rng.uniform(0.1, 0.35)),
        shadow=sometimes(0.6),
        cracks=int(rng.integers(1, 3)) if phone and sometimes(1.0, 0.5) else 0,
        crumple=span["crumple"],
        moire=sometimes(0.5) if phone else 0.0,
        banding=sometimes(0.5, 0.5) if phone else 0.0,
        noise=span["noise"],
        jpeg=round(span["jpeg"]),
        inverted=phone and bool(rng.random() < 0.08),
        look=int(rng.integers(1 << 31)),
    )


def _light(phone: bool, difficulty: Difficulty, rng: np.random.Generator) -> float:
    kind = float(rng.random())
    if not phone:
        return float(rng.uniform(0.95 - 0.45 * _STRENGTH[difficulty], 1.05))
    if kind < 0.35 * _CHANCE[difficulty]:
        return float(rng.uniform(0.45 - 0.3 * _STRENGTH[difficulty], 0.5))
    if kind < 0.8 * _CHANCE[difficulty]:
        return float(rng.uniform(1.3, 1.3 + 1.3 * _STRENGTH[difficulty]))
    return float(rng.uniform(0.75, 1.15))
