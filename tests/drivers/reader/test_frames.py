"""Reading a camera's frames: the demo's looks, several codes, the second stage and its budget."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drivers.camera.port import Frame
from drivers.camera.synthetic.appearance import LOOKS, Accent, Appearance, Difficulty, sample
from drivers.camera.synthetic.generator import render
from drivers.camera.synthetic.source import SyntheticCamera
from drivers.camera.synthetic.stage import Prop, Stage
from drivers.reader import zxing
from drivers.reader.decode import NOTHING, Decoded, decode
from drivers.reader.patch import Patch
from drivers.reader.picture import Grey, to_grey
from drivers.reader.port import Hint
from drivers.reader.region import Box, textured
from drivers.reader.second_look import look_again
from drivers.reader.variants import VARIANTS, Variant
from drivers.reader.zxing import ZxingReader
from tests.drivers.made_up_codes import made_up_code
from tests.drivers.reader.drawn import drawn
from tests.drivers.virtual_time import VirtualTime


def first_read(prop: Prop, frames: int) -> int | None:
    """The number of the frame that first gave the prop's content, from the moment it is raised."""
    time = VirtualTime()
    stage = Stage(time)
    camera = SyntheticCamera(stage, time, time.wait)
    camera.open()
    reader = ZxingReader()
    stage.show(prop)
    for number in range(frames):
        frame = camera.read()
        assert frame is not None
        if any(symbol.content == str(prop.content).encode() for symbol in reader.read(frame).symbols):
            return number
    return None


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("person", [0, 1, 2])
def test_every_look_of_the_demo_is_read_within_two_seconds(look: str, person: int) -> None:
    prop = Prop(made_up_code(person, 280 + 100 * person), replace(LOOKS[look], look=person))
    assert first_read(prop, frames=60) is not None


def test_a_trembling_hand_is_read() -> None:
    assert (
        first_read(Prop(made_up_code(8), replace(LOOKS["phone"], motion=0.5), trembling=3.0), 60) is not None
    )


def test_an_empty_stage_reads_nothing() -> None:
    time = VirtualTime()
    camera = SyntheticCamera(Stage(time), time, time.wait)
    camera.open()
    reader = ZxingReader()
    for _ in range(10):
        frame = camera.read()
        assert frame is not None
        reading = reader.read(frame)
        assert (reading.symbols, reading.located) == ((), False)


def test_two_phones_in_one_frame_are_two_symbols() -> None:
    one, other = made_up_code(1), made_up_code(2)
    held = [
        (one, Appearance(x=0.28, module_px=3.6)),
        (other, Appearance(x=0.72, module_px=3.6, accent=Accent.BLUE, look=3)),
    ]
    reading = ZxingReader().read(Frame(render(held, seed=1).pixels, 0.0, 1))
    assert sorted(symbol.content for symbol in reading.symbols) == sorted([one.encode(), other.encode()])


def test_a_second_code_that_is_seen_damaged_is_looked_at_again_in_the_same_frame() -> None:
    worse = Appearance(
        x=0.72, module_px=2.6, defocus=0.8, motion=0.6, noise=8, tilt=22, roll=25, veil=0.2, look=3
    )
    held = [(made_up_code(1), Appearance(x=0.28, module_px=3.6)), (made_up_code(2), worse)]
    frame = Frame(render(held, seed=1).pixels, 0.0, 1)
    first = decode(grey_of(frame))
    assert (len(first.symbols), len(first.damaged)) == (1, 1)
    assert len(ZxingReader(budget_s=1.0).read(frame).symbols) == 2


def test_a_near_and_grainy_code_is_read_from_a_smaller_copy() -> None:
    code = drawn(b"HC1:MADE UP HC1:MADE UP", module=20)
    grainy = code + np.random.default_rng(1).normal(0, 60, code.shape)
    grey = np.clip(grainy, 0, 255).astype(np.uint8)
    assert len(decode(grey).symbols) == 1
    assert decode(grey, downscale=False).symbols == ()


def test_a_code_that_the_first_look_is_blind_to_is_found_beside_one_that_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not in the first frame, whose code goes on at once, and then five times a second."""
    held = [
        (made_up_code(1), Appearance(x=0.28, module_px=3.6)),
        (made_up_code(2), Appearance(x=0.72, module_px=3.6, look=3)),
    ]
    pixels = render(held, seed=1).pixels

    def one_eyed(grey: Grey, **_: object) -> Decoded:
        return Decoded(tuple(symbol for symbol in decode(grey).symbols if symbol.corners[0][0] < 640))

    monkeypatch.setattr(zxing, "decode", one_eyed)
    reader = ZxingReader(budget_s=1.0)
    read = [len(reader.read(Frame(pixels, number / 30, number)).symbols) for number in range(14)]
    assert read == [1, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 2]


def test_a_dark_mode_page_is_read() -> None:
    pixels = render([(made_up_code(1), Appearance(inverted=True))], seed=1).pixels
    assert len(ZxingReader().read(Frame(pixels, 0.0, 1)).symbols) == 1


def test_corners_are_in_the_frames_own_pixels_also_after_a_second_look() -> None:
    looked_again = 0
    for frame, corners in hard_frames():
        first = decode(grey_of(frame)).symbols
        reading = ZxingReader(budget_s=1.0, most_looks=4).read(frame)
        if reading.symbols and not first:
            looked_again += 1
            found = np.array(reading.symbols[0].corners)
            assert np.abs(found.mean(axis=0) - np.mean(corners, axis=0)).max() < 12
    assert looked_again >= 3


def test_second_looks_read_codes_the_first_look_does_not() -> None:
    frames = [frame for frame, _ in hard_frames()]
    once = sum(bool(ZxingReader(budget_s=0.0).read(frame).symbols) for frame in frames)
    twice = sum(bool(ZxingReader(budget_s=1.0).read(frame).symbols) for frame in frames)
    assert twice >= once + 6


@pytest.mark.parametrize(("budget_s", "looks"), [(0.0, 0), (0.015, 1), (0.03, 2), (0.2, 4)])
def test_a_spent_budget_leaves_one_second_look_and_no_budget_none(
    budget_s: float, looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look(_patch: object, variant: Variant, **_: object) -> Decoded:
        looked.append(variant.name)
        return NOTHING

    monkeypatch.setattr(zxing, "look_again", look)
    ticks = iter(number * 0.02 for number in range(20))
    unread = next(frame for frame, _ in hard_frames() if not decode(grey_of(frame)).symbols)
    reading = ZxingReader(clock=lambda: next(ticks), budget_s=budget_s).read(unread)
    assert (len(looked), reading.symbols, reading.located) == (looks, (), True)


def test_a_frame_ends_in_its_time_and_a_look_for_the_hint_comes_out_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each look takes 4 ms here: the last begins before 13 ms are spent, or before 10 ms."""
    now, looked = [0.0], list[float]()

    def look(*_: object, **__: object) -> Decoded:
        looked.append(now[0])
        now[0] += 0.004
        return NOTHING

    monkeypatch.setattr(zxing, "look_again", look)
    unread = next(frame for frame, _ in hard_frames() if not decode(grey_of(frame)).symbols)
    reader = ZxingReader(clock=lambda: now[0])
    reader.read(unread)
    assert looked == pytest.approx([0.0, 0.004, 0.008, 0.012])
    monkeypatch.setattr(reader._suspicion, "due", lambda _: True)
    now[0] = 0.0
    looked.clear()
    reader.read(unread)
    assert looked == pytest.approx([0.0, 0.004, 0.008])


def test_each_of_the_six_looks_reads_what_the_first_look_does_not() -> None:
    unread = [frame for frame, _ in hard_frames() if not decode(grey_of(frame)).symbols]
    helped = dict.fromkeys([variant.name for variant in VARIANTS], 0)
    for frame in unread:
        grey = grey_of(frame)
        for box in textured(grey)[:1]:
            patch = Patch(grey, box)
            for variant in VARIANTS:
                helped[variant.name] += bool(look_again(patch, variant).symbols)
    assert list(helped) == ["sharp", "sharper", "darkened", "large, sharp", "even light", "stretched"]
    assert min(helped.values()) >= 1, helped


LIKELIEST, NEXT, LAST = Box(0, 0, 99, 99), Box(200, 0, 299, 99), Box(400, 0, 499, 99)
HALL = np.full((480, 640), 128, np.uint8)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[Box]:
    """Where second looks are taken, none of which helps."""
    boxes: list[Box] = []

    def look(patch: Patch, _: Variant, **__: object) -> Decoded:
        boxes.append(patch.box)
        return NOTHING

    monkeypatch.setattr(zxing, "look_again", look)
    return boxes


def test_every_third_look_is_at_the_next_likeliest_places_in_turn(
    looked: list[Box], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zxing, "textured", lambda _: (LIKELIEST, NEXT, LAST))
    reader = ZxingReader(clock=lambda: 0.0)
    for number in range(2):
        reader.read(Frame(HALL, number / 30, number))
    assert looked == [LIKELIEST, LIKELIEST, NEXT, LIKELIEST, LIKELIEST, LIKELIEST, LAST, LIKELIEST]


def test_where_a_code_was_is_looked_at_for_eight_frames_more(
    looked: list[Box], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zxing, "textured", lambda _: (LIKELIEST,))
    reader = ZxingReader(clock=lambda: 0.0, most_looks=1)
    reader.read(Frame(HALL, 0.0, 0))
    monkeypatch.setattr(zxing, "textured", lambda _: ())
    for number in range(1, 20):
        reader.read(Frame(HALL, number / 30, number))
    assert looked == [LIKELIEST] * 9


def test_looks_turn_from_frame_to_frame() -> None:
    """One look a frame, and the code is read when the look that helps comes round."""
    helped_later = 0
    for frame, _ in hard_frames():
        reader = ZxingReader(budget_s=1.0, most_looks=1)
        turns = [bool(reader.read(frame).symbols) for _ in range(8)]
        helped_later += any(turns) and not turns[0]
    assert helped_later >= 1


def test_a_picture_that_is_none_gives_an_empty_reading() -> None:
    reading = ZxingReader().read(Frame(np.zeros((4, 4), np.uint8), 1.5, 9))
    assert (reading.symbols, reading.located, reading.frame_sequence) == ((), False, 9)


def test_noise_is_no_code() -> None:
    rng = np.random.default_rng(0)
    reader = ZxingReader()
    for number in range(3):
        noise = rng.integers(0, 256, (480, 640), np.uint8)
        reading = reader.read(Frame(noise, number / 30, number))
        assert reading.symbols == () and isinstance(reading.hint, Hint)


def grey_of(frame: Frame) -> Grey:
    grey = to_grey(frame.pixels)
    assert grey is not None
    return grey


def hard_frames(count: int = 26) -> list[tuple[Frame, tuple[tuple[float, float], ...]]]:
    """Frames of hard travellers with the code's true corners. Made once."""
    if not _HARD:
        rng = np.random.default_rng(101)
        for number in range(count):
            rendered = render([(made_up_code(number, 420), sample(Difficulty.HARD, rng))], seed=number)
            _HARD.append((Frame(rendered.pixels, 0.0, number), rendered.corners[0]))
    return _HARD


_HARD: list[tuple[Frame, tuple[tuple[float, float], ...]]] = []
