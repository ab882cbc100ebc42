"""The frame generator and the stage."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from drivers.camera.synthetic.appearance import LOOKS, Appearance, Carrier, Difficulty, held_better, sample
from drivers.camera.synthetic.generator import render
from drivers.camera.synthetic.source import SyntheticCamera
from drivers.camera.synthetic.stage import ARRIVES_S, LEAVES_S, Prop, Stage
from drivers.reader.still import read_image
from tests.drivers.made_up_codes import made_up_code
from tests.drivers.virtual_time import VirtualTime


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


def camera_of(stage: Stage, time: VirtualTime) -> SyntheticCamera:
    camera = SyntheticCamera(stage, time, time.wait)
    camera.open()
    return camera


def test_the_same_seed_gives_the_same_pixels() -> None:
    held = [(made_up_code(1), LOOKS["dim_cracked_phone"])]
    assert np.array_equal(render(held, seed=4).pixels, render(held, seed=4).pixels)
    assert not np.array_equal(render(held, seed=4).pixels, render(held, seed=5).pixels)


def test_the_same_generator_state_samples_the_same_travellers() -> None:
    one, other = (np.random.default_rng(9) for _ in range(2))
    assert [sample(d, one) for d in Difficulty] == [sample(d, other) for d in Difficulty]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_a_frame_has_the_size_that_was_asked(size: tuple[int, int]) -> None:
    pixels = render([(made_up_code(1), Appearance())], size=size).pixels
    assert pixels.shape == (size[1], size[0], 3)
    assert pixels.dtype == np.uint8


@pytest.mark.parametrize("carrier", Carrier)
def test_the_true_corners_are_where_the_reader_finds_the_code(carrier: Carrier) -> None:
    rendered = render([(made_up_code(2), Appearance(carrier=carrier, tilt=12, roll=-20))], seed=3)
    (symbol,) = read_image(rendered.pixels)
    assert np.abs(np.array(symbol.corners) - np.array(rendered.corners[0])).max() < 5


def test_hard_travellers_are_harder_than_easy_ones() -> None:
    rng = np.random.default_rng(1)
    easy = [sample(Difficulty.EASY, rng) for _ in range(40)]
    hard = [sample(Difficulty.HARD, rng) for _ in range(40)]
    for name in ("tilt", "defocus", "motion", "noise"):
        assert np.mean([getattr(a, name) for a in hard]) > 1.5 * np.mean([getattr(a, name) for a in easy])


def test_an_empty_stage_shows_a_hall_whose_noise_never_repeats(time: VirtualTime) -> None:
    camera = camera_of(Stage(time), time)
    first, second = camera.read(), camera.read()
    assert first is not None and second is not None
    assert not np.array_equal(first.pixels, second.pixels)
    assert read_image(first.pixels) == ()


def test_frames_come_at_the_rate_of_the_clock(time: VirtualTime) -> None:
    camera = camera_of(Stage(time), time)
    times = [frame.captured_at for _ in range(5) if (frame := camera.read()) is not None]
    assert np.diff(times) == pytest.approx([1 / 30] * 4)


def test_a_prop_is_raised_into_view_and_lowered_again(time: VirtualTime) -> None:
    stage = Stage(time)
    camera = camera_of(stage, time)
    content = made_up_code(3)
    stage.show(Prop(content, LOOKS["phone"]))
    arriving = camera.read()
    assert arriving is not None and read_image(arriving.pixels) == ()
    time.wait(ARRIVES_S)
    here = camera.read()
    assert here is not None and [symbol.content for symbol in read_image(here.pixels)] == [content.encode()]
    stage.clear()
    time.wait(LEAVES_S)
    gone = camera.read()
    assert gone is not None and read_image(gone.pixels) == ()
    assert stage.actors() == ()


def test_a_hand_trembles_between_frames(time: VirtualTime) -> None:
    stage = Stage(time)
    camera = camera_of(stage, time)
    stage.show(Prop(made_up_code(3), LOOKS["phone"]))
    time.wait(ARRIVES_S)
    middles = []
    for _ in range(12):
        frame = camera.read()
        assert frame is not None
        for symbol in read_image(frame.pixels):
            middles.append(np.mean(symbol.corners, axis=0))
    assert len(middles) >= 10
    assert np.ptp(middles, axis=0).max() > 2


def test_another_traveller_looks_different() -> None:
    content = made_up_code(5)
    one = render([(content, Appearance(look=1))], seed=0).pixels.astype(int)
    other = render([(content, Appearance(look=2))], seed=0).pixels.astype(int)
    assert np.abs(one - other).mean() > 2


def test_over_exposure_clips_and_dimness_darkens() -> None:
    content = made_up_code(6)
    bright, plain, dim = (
        render([(content, replace(Appearance(), light=light))], seed=0) for light in (2.4, 1.0, 0.25)
    )
    left, top, right, bottom = _box(plain.corners[0])
    levels = [picture.pixels[top:bottom, left:right].mean() for picture in (bright, plain, dim)]
    assert levels[0] > levels[1] + 15 and levels[1] > levels[2] + 40


PLAIN = Appearance(tilt=0, roll=0, defocus=0, motion=0, veil=0, noise=0, jpeg=0, look=7)
PAPER = replace(PLAIN, carrier=Carrier.PAPER)
IMPAIRMENTS: dict[str, tuple[Appearance, dict[str, object]]] = {
    "size": (PLAIN, {"module_px": 3.0}),
    "perspective": (PLAIN, {"tilt": 35.0}),
    "rotation": (PLAIN, {"roll": 40.0}),
    "motion blur": (PLAIN, {"motion": 0.8}),
    "focus blur": (PLAIN, {"defocus": 0.5}),
    "glare": (PLAIN, {"glare": 0.8, "glare_size": 0.4}),
    "dim screen": (PLAIN, {"light": 0.25}),
    "over-exposed screen": (PLAIN, {"light": 2.4}),
    "reflected room light": (PLAIN, {"veil": 0.3}),
    "bands of a pulsing screen": (PLAIN, {"banding": 0.5}),
    "moiré": (PLAIN, {"moire": 0.5}),
    "cracked glass": (PLAIN, {"cracks": 2}),
    "dark mode": (PLAIN, {"inverted": True}),
    "paper": (PLAIN, {"carrier": Carrier.PAPER}),
    "creases": (PAPER, {"crumple": 1.0}),
    "shadow": (PAPER, {"shadow": 0.6}),
    "sensor noise": (PLAIN, {"noise": 12.0}),
    "JPEG artefacts": (PLAIN, {"jpeg": 60}),
}


@cache
def _code_of(appearance: Appearance) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """The middle of a small frame, which the code fills."""
    pixels = render([(made_up_code(6, 80), appearance)], (480, 320), seed=1).pixels
    return pixels[90:230, 170:310].mean(axis=2).astype(np.int16)


@pytest.mark.parametrize("impairment", IMPAIRMENTS)
def test_every_impairment_is_seen_in_the_code(impairment: str) -> None:
    plain, change = IMPAIRMENTS[impairment]
    changed = _code_of(replace(plain, **change))  # type: ignore[arg-type]
    assert np.abs(changed - _code_of(plain)).mean() > 1.5


def test_every_impairment_happens_to_some_of_the_travellers() -> None:
    rng = np.random.default_rng(5)
    held = [sample(difficulty, rng) for difficulty in Difficulty for _ in range(60)]
    for name in ("glare", "shadow", "cracks", "crumple", "moire", "banding", "inverted", "jpeg"):
        assert sum(bool(getattr(one, name)) for one in held) >= 3, name
    assert {one.carrier for one in held} == set(Carrier)
    assert min(one.light for one in held) < 0.3 and max(one.light for one in held) > 2.0
    assert max(one.tilt for one in held) > 35 and min(one.module_px for one in held) < 2.2


def _box(corners: tuple[tuple[float, float], ...]) -> tuple[int, int, int, int]:
    low, high = np.min(corners, axis=0), np.max(corners, axis=0)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


@pytest.mark.parametrize("name", ["dim_cracked_phone", "crumpled_paper"])
def test_what_was_hard_to_read_is_easier_once_it_is_held_better(name: str) -> None:
    better = held_better(LOOKS[name], 2)
    assert (better.look, better.cracks) == (LOOKS[name].look, LOOKS[name].cracks)
    assert better.tilt < LOOKS[name].tilt and better.module_px > LOOKS[name].module_px
    assert better.light >= LOOKS[name].light and better.crumple <= LOOKS[name].crumple
