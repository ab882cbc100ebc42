"""Why nothing is read: the right reason, and a steady one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from drivers.camera.port import Frame
from drivers.camera.synthetic.appearance import Appearance
from drivers.camera.synthetic.generator import render
from drivers.reader.hints import STAYS_S, SteadyHint
from drivers.reader.port import Hint, Reading
from drivers.reader.zxing import ZxingReader
from tests.drivers.made_up_codes import made_up_code

PLAIN = Appearance()
SMEARED = 3.0
"""Motion, in modules, that no decoder reads: the hint must come from what else is wrong."""


def readings(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], seconds: float = 2.0) -> list[Reading]:
    """The same picture for some seconds at ten frames a second."""
    reader = ZxingReader()
    return [reader.read(Frame(pixels, number / 10, number)) for number in range(round(seconds * 10))]


def hint_for(appearance: Appearance, length: int = 300) -> Hint | None:
    pixels = render([(made_up_code(4, length), appearance)], seed=2).pixels
    return readings(pixels)[-1].hint


def test_an_empty_hall_asks_for_nothing() -> None:
    last = readings(render([], seed=1).pixels)[-1]
    assert (last.hint, last.located) == (Hint.NOTHING_THERE, False)


def test_a_covered_lens_is_too_dark() -> None:
    assert readings(np.full((720, 1280), 6, np.uint8))[-1].hint is Hint.TOO_DARK


def test_a_blinded_lens_is_too_bright() -> None:
    assert readings(np.full((720, 1280), 250, np.uint8))[-1].hint is Hint.TOO_BRIGHT


def test_a_screen_turned_down_is_too_dark() -> None:
    assert hint_for(replace(PLAIN, light=0.12, veil=0.02, noise=8.0, motion=1.2)) is Hint.TOO_DARK


def test_a_code_far_away_should_come_closer() -> None:
    assert hint_for(replace(PLAIN, module_px=1.15), length=300) is Hint.CLOSER


def test_a_lamps_reflection_is_glare() -> None:
    assert hint_for(replace(PLAIN, glare=1.0, glare_size=0.45, motion=SMEARED)) is Hint.GLARE


def test_a_moving_hand_should_hold_still() -> None:
    assert hint_for(replace(PLAIN, motion=SMEARED)) is Hint.HOLD_STILL


def test_a_code_half_out_of_the_picture_should_show_more() -> None:
    assert hint_for(replace(PLAIN, x=0.06)) is Hint.MORE_OF_THE_CODE


def test_a_code_larger_than_the_picture_should_go_farther() -> None:
    assert hint_for(replace(PLAIN, module_px=13.0)) is Hint.FARTHER


def test_a_code_that_is_read_needs_no_hint() -> None:
    last = readings(render([(made_up_code(4), PLAIN)], seed=2).pixels, 0.3)[-1]
    assert (last.hint, last.located) == (None, True)


def test_one_bad_frame_changes_nothing() -> None:
    steady = SteadyHint()
    raw = [Hint.HOLD_STILL] * 30 + [Hint.GLARE] + [Hint.HOLD_STILL] * 30
    shown = [steady.offer(hint, number / 30) for number, hint in enumerate(raw)]
    assert set(shown[15:]) == {Hint.HOLD_STILL}


@pytest.mark.parametrize("period", [1, 2, 3, 7])
def test_reasons_that_alternate_never_flicker(period: int) -> None:
    steady = SteadyHint()
    shown = [
        steady.offer(Hint.GLARE if number // period % 2 else Hint.CLOSER, number / 30)
        for number in range(300)
    ]
    changes = [number / 30 for number in range(1, 300) if shown[number] != shown[number - 1]]
    assert STAYS_S >= 1.0, "a sentence takes its time to be read"
    assert all(later - earlier >= STAYS_S - 0.001 for earlier, later in pairwise(changes))


def test_a_new_reason_is_shown_within_two_seconds() -> None:
    steady = SteadyHint()
    for number in range(60):
        steady.offer(Hint.CLOSER, number / 30)
    later = [steady.offer(Hint.GLARE, 2 + number / 30) for number in range(60)]
    assert later[0] is Hint.CLOSER and later[-1] is Hint.GLARE


def test_reading_a_code_clears_what_was_wrong() -> None:
    steady = SteadyHint()
    for number in range(60):
        steady.offer(Hint.GLARE, number / 30)
    steady.read(2.0)
    assert steady.offer(Hint.NOTHING_THERE, 2.1) is Hint.NOTHING_THERE


def test_who_is_read_now_and_then_is_asked_for_nothing() -> None:
    """The first of two codes is still in the hand: it was read, whatever the frames between look like."""
    steady, shown = SteadyHint(), set[Hint]()
    for number in range(180):
        if number % 30 == 0:
            steady.read(number / 30)
        else:
            shown.add(steady.offer(Hint.FARTHER, number / 30))
    assert shown == {Hint.NOTHING_THERE}
    later = [steady.offer(Hint.FARTHER, 6 + number / 30) for number in range(60)]
    assert later[-1] is Hint.FARTHER
