"""The figures a camera is aimed by: they go the right way when a person turns the right screw."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.camera.port import Frame
from drivers.camera.synthetic.appearance import Appearance
from drivers.camera.synthetic.generator import render
from drivers.reader.aim import WINDOW_S, Aim, AimMeter
from drivers.reader.picture import to_grey
from drivers.reader.port import Hint
from drivers.reader.zxing import ZxingReader
from tests.drivers.made_up_codes import made_up_code

PLAIN = Appearance(tilt=2, roll=0, defocus=0.05, motion=0.0)


def aimed(appearance: Appearance | None, frames: int = 1) -> Aim:
    held = [] if appearance is None else [(made_up_code(3, 300), appearance)]
    pixels = render(held, seed=1).pixels
    grey = to_grey(pixels)
    assert grey is not None
    meter, reader = AimMeter(), ZxingReader()
    for number in range(frames):
        aim = meter.frame(grey, reader.read(Frame(pixels, number / 10, number)), number / 10)
    return aim


@pytest.mark.parametrize("module_px", [3.0, 4.4, 6.0])
def test_the_size_of_a_module_is_measured(module_px: float) -> None:
    measured = aimed(replace(PLAIN, module_px=module_px)).module_px
    assert measured == pytest.approx(module_px, rel=0.04)


def test_a_lens_out_of_focus_is_less_sharp() -> None:
    figures = [aimed(replace(PLAIN, defocus=defocus)).sharpness for defocus in (0.05, 0.4, 0.9)]
    assert figures[0] > figures[1] + 5 > figures[2] + 10


def test_a_brighter_screen_is_brighter_and_a_far_too_bright_one_clips() -> None:
    dim, right, clipped = (aimed(replace(PLAIN, light=light)) for light in (0.3, 1.0, 2.5))
    assert dim.brightness < right.brightness - 40
    assert clipped.clipped > right.clipped + 0.1


def test_read_frames_are_counted_over_the_last_two_seconds() -> None:
    aim = aimed(PLAIN, frames=60)
    assert aim.frames == aim.read == pytest.approx(WINDOW_S * 10, abs=1)


def test_nothing_in_view_says_so_without_a_size() -> None:
    aim = aimed(None)
    assert (aim.read, aim.module_px, aim.hint) == (0, None, Hint.NOTHING_THERE)
    assert "module    - px" in aim.line() and "nothing" not in aim.line()


def test_a_code_that_is_too_small_is_told_to_come_closer() -> None:
    assert "closer: 4 or more" in aimed(replace(PLAIN, module_px=3.0)).line()
    assert "closer" not in aimed(PLAIN).line()
