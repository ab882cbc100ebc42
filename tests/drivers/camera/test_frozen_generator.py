"""The generator's parameters were frozen before the reader was tuned: better rates come from the reader."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from drivers.camera.synthetic.appearance import Difficulty, sample
from drivers.camera.synthetic.generator import render
from drivers.camera.synthetic.kinds import Ailment, Kind, sample_ailment, sample_kind
from tests.drivers.made_up_codes import made_up_code

TRAVELLERS = "4aeda33633c06e5d9887790cc0e720e71dd864d04fe2c5b960cfc27bcfdf4073"
AILMENTS = "26d600d1cf5442a30e44f731fd658041db1e640d4944d2a3e4b5080ed7924782"
"""When one of these has to change, every figure of docs/reading.md is measured again."""
LEVELS = {Difficulty.EASY: 153.39, Difficulty.MEDIUM: 146.19, Difficulty.HARD: 131.74}
SPREADS = {Difficulty.EASY: 65.83, Difficulty.MEDIUM: 62.33, Difficulty.HARD: 61.02}
"""Mean and deviation of one frame of each difficulty: what the numbers are turned into is frozen too."""


def digest(things: list[object]) -> str:
    return hashlib.sha256("".join(map(repr, things)).encode()).hexdigest()


def test_the_travellers_that_the_bench_reads_are_the_ones_the_reader_was_tuned_for() -> None:
    drawn: list[object] = []
    for difficulty in Difficulty:
        rng = np.random.default_rng(7)
        drawn += [sample(difficulty, rng) for _ in range(40)]
    for kind in Kind:
        rng = np.random.default_rng(7)
        drawn += [sample_kind(kind, rng) for _ in range(10)]
    assert digest(drawn) == TRAVELLERS


def test_the_ailments_that_hints_are_measured_on_are_frozen() -> None:
    drawn: list[object] = []
    for ailment in Ailment:
        rng = np.random.default_rng(7)
        drawn += [sample_ailment(ailment, rng) for _ in range(10)]
    assert digest(drawn) == AILMENTS


@pytest.mark.parametrize("difficulty", Difficulty)
def test_the_same_traveller_is_still_drawn_the_same_way(difficulty: Difficulty) -> None:
    appearance = sample(difficulty, np.random.default_rng(7))
    pixels = render([(made_up_code(7), appearance)], seed=7).pixels
    assert float(pixels.mean()) == pytest.approx(LEVELS[difficulty], abs=0.05)
    assert float(pixels.std()) == pytest.approx(SPREADS[difficulty], abs=0.05)


@pytest.mark.parametrize("kind", Kind)
def test_what_the_reader_must_read_is_drawn(kind: Kind) -> None:
    held = sample_kind(kind, np.random.default_rng(3))
    assert len(held) == (2 if kind is Kind.SEVERAL else 1)
    seen = {
        Kind.INVERTED: held[0][1].inverted,
        Kind.DENSE: held[0][0] >= 1740,
        Kind.AZTEC: held[0][1].aztec,
        Kind.OVER_EXPOSED: held[0][1].light >= 1.8,
        Kind.TILTED: held[0][1].tilt >= 30,
        Kind.TINY: 2.0 <= held[0][1].module_px <= 2.4,
        Kind.SEVERAL: len(held) == 2,
    }
    assert seen[kind]
