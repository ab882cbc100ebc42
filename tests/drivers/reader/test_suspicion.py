"""A screen too dark or too white for its code to be found is suspected; a hall, a lamp, a coat are not."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from drivers.camera.port import Frame
from drivers.reader.picture import Grey
from drivers.reader.port import Hint
from drivers.reader.suspicion import BELIEVED_S, GONE_S, LOOKS_EVERY_S, Suspicion, suspect
from drivers.reader.zxing import ZxingReader

DICE = np.random.default_rng(7)


def hall(noise: float = 8.0) -> Grey:
    """A grey hall with a thin lamp and a dark coat, as a noisy camera shows it."""
    level = np.full((720, 1280), 120.0)
    level[40:60, 100:900] = 255
    level[300:720, 100:420] = 25
    return noisy(level, noise)


def noisy(level: np.ndarray[tuple[int, ...], np.dtype[np.float64]], noise: float) -> Grey:
    return np.clip(level + DICE.normal(0, noise, level.shape), 0, 255).astype(np.uint8)


def screen(ink: float, ground: float, noise: float = 8.0) -> Grey:
    """A phone of 300x560 pixels before the hall, with a code of 65 modules of 4 pixels."""
    level = hall(0).astype(np.float64)
    level[100:660, 620:920] = ground
    modules = DICE.integers(0, 2, (65, 65))
    level[240:500, 640:900] = np.kron(np.where(modules, ink, ground), np.ones((4, 4)))
    return noisy(level, noise)


@pytest.mark.parametrize(
    ("picture", "hint"),
    [
        (screen(8, 34), Hint.TOO_DARK),
        (screen(4, 22, 6.0), Hint.TOO_DARK),
        (screen(3, 16, 1.0), Hint.TOO_DARK),
        (screen(235, 300), Hint.TOO_BRIGHT),
        (screen(255, 300), Hint.TOO_BRIGHT),
        (hall(), None),
        (hall(1.0), None),
        (hall(16.0), None),
    ],
)
def test_a_screen_is_suspected_by_what_is_left_of_its_code(picture: Grey, hint: Hint | None) -> None:
    assert suspect(picture) is hint


def test_a_light_wall_is_no_screen() -> None:
    picture = hall()
    picture[100:660, 620:920] = 236
    assert suspect(picture) is None


def test_a_tiny_picture_is_looked_at_without_harm() -> None:
    assert suspect(np.zeros((20, 20), np.uint8)) is None


def test_what_stays_is_believed_for_a_while_and_again_once_it_was_gone() -> None:
    suspicion, white, empty = Suspicion(), screen(255, 300), hall()
    assert suspicion.look(white, 0.0) is None
    for tenth in range(3, int(10 * BELIEVED_S)):
        assert suspicion.look(white, tenth / 10) is Hint.TOO_BRIGHT
    late = BELIEVED_S + 1
    assert suspicion.look(white, late) is None
    assert suspicion.look(empty, late + 1) is None
    assert suspicion.look(white, late + 2) is None, "gone for a moment only"
    assert suspicion.look(empty, late + 3) is None
    assert suspicion.look(white, late + 3 + GONE_S) is Hint.TOO_BRIGHT


def test_between_two_looks_the_last_one_stands() -> None:
    suspicion = Suspicion()
    suspicion.look(screen(255, 300), 0.0)
    assert suspicion.look(screen(255, 300), LOOKS_EVERY_S) is Hint.TOO_BRIGHT
    assert suspicion.look(hall(), LOOKS_EVERY_S * 1.5) is Hint.TOO_BRIGHT
    assert suspicion.look(hall(), LOOKS_EVERY_S * 2.1) is None


def test_the_first_frames_of_a_code_are_for_reading_it() -> None:
    suspicion, white = Suspicion(), screen(255, 300)
    for begins in (10.0, 100.0):
        for frame in range(3):
            assert not suspicion.due(begins + frame / 30)
            assert suspicion.look(white, begins + frame / 30) is None
        assert suspicion.due(begins + 0.11)
        assert suspicion.look(white, begins + 0.11) is Hint.TOO_BRIGHT
        assert not suspicion.due(begins + 0.12)


def test_the_reader_says_it_after_a_moment_and_never_flickers() -> None:
    reader, dim, empty = ZxingReader(), screen(8, 34), hall()
    shown = [reader.read(Frame(dim, number / 10, number)).hint for number in range(20)]
    shown += [
        reader.read(Frame((dim, empty)[number % 2], number / 10, number)).hint for number in range(20, 40)
    ]
    changes = [hint for before, hint in pairwise(shown) if hint is not before]
    assert shown[10] is Hint.TOO_DARK and len(changes) <= 2
