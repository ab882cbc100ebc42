"""Whether somebody is there: a still phone, changing light, the night. Pure, in made-up time."""

from __future__ import annotations

import numpy as np
import pytest

from drivers.camera.port import Frame
from drivers.camera.presence import SIZE, STAYS_S, UNREAD_S, Presence, Small, shrunk
from drivers.camera.synthetic.appearance import LOOKS
from drivers.camera.synthetic.source import SyntheticCamera
from drivers.camera.synthetic.stage import ARRIVES_S, Prop, Stage
from drivers.reader.port import Reading, Symbol
from drivers.reader.watchful import IDLE_S, Watchful
from drivers.reader.zxing import ZxingReader
from tests.drivers.made_up_codes import made_up_code
from tests.drivers.virtual_time import VirtualTime

FPS = 10


class Hall:
    """Draws the small picture of a hall: a level, noise, and a rectangle that may be put into it."""

    def __init__(self, level: float = 120.0, noise: float = 3.0, seed: int = 5) -> None:
        self._rng = np.random.default_rng(seed)
        shape = (SIZE[1], SIZE[0])
        self._ground = level * (0.7 + 0.6 * self._rng.random(shape))
        self.noise = noise
        self.light = 1.0
        self.added = 0.0
        self.thing: tuple[int, int, int, int, float] | None = None
        """left, top, width, height, level"""

    def picture(self) -> Small:
        picture = self._ground * self.light + self.added
        if self.thing is not None:
            left, top, width, height, level = self.thing
            picture = picture.copy()
            picture[top : top + height, left : left + width] = level
        noisy = picture + self._rng.normal(0, self.noise, picture.shape)
        return np.clip(noisy, 0, 255).astype(np.uint8)


class Watched:
    """A hall looked at for some seconds."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.presence = Presence()
        self.now = 100.0

    def look(self, seconds: float, fps: float = FPS) -> list[bool]:
        there = []
        for _ in range(round(seconds * fps)):
            self.now += 1 / fps
            there.append(self.presence.picture(self.hall.picture(), self.now))
        return there

    def settled(self) -> Watched:
        assert self.look(12.0)[-1] is False
        return self


@pytest.mark.parametrize(
    ("level", "noise"), [(120.0, 3.0), (120.0, 9.0), (6.0, 4.0), (15.0, 12.0), (240.0, 2.0), (90.0, 25.0)]
)
def test_an_empty_hall_by_day_and_by_night_is_nobody(level: float, noise: float) -> None:
    watched = Watched(Hall(level, noise)).settled()
    assert not any(watched.look(20.0))


@pytest.mark.parametrize("level", [15.0, 120.0])
def test_a_phone_that_comes_into_view_is_somebody_at_once(level: float) -> None:
    watched = Watched(Hall(level)).settled()
    watched.hall.thing = (60, 40, 14, 24, 200.0)
    assert watched.look(0.1)[0]


def test_a_hand_that_keeps_moving_stays_somebody() -> None:
    watched = Watched(Hall()).settled()
    for step in range(300):
        watched.hall.thing = (40 + step % 30, 40, 16, 20, 190.0)
        assert watched.look(1 / FPS)[0]


def test_the_same_hall_at_three_pictures_a_second_still_sees_who_comes() -> None:
    watched = Watched(Hall())
    assert watched.look(15.0, fps=3)[-1] is False
    watched.hall.thing = (60, 40, 14, 24, 200.0)
    assert watched.look(1.0, fps=3)[0]


def test_somebody_who_left_is_nobody_some_seconds_later() -> None:
    watched = Watched(Hall()).settled()
    watched.hall.thing = (60, 30, 40, 50, 200.0)
    watched.look(10.0)
    watched.hall.thing = None
    there = watched.look(20.0)
    assert there[0] and not there[-1]


@pytest.mark.parametrize("added", [40.0, -40.0, 90.0])
def test_the_lamps_being_switched_wakes_once_and_is_the_hall_from_then_on(added: float) -> None:
    watched = Watched(Hall()).settled()
    watched.hall.added = added
    there = watched.look(12.0)
    assert there[0] and not any(there[round((STAYS_S + 4.0) * FPS) :])


def test_daylight_that_fades_is_nobody() -> None:
    watched = Watched(Hall()).settled()
    for step in range(600):
        watched.hall.light = 1 - step / 1200
        watched.look(0.1, fps=10)
    assert not watched.presence.there(watched.now)


def test_a_code_that_lies_still_and_is_read_stays_somebody() -> None:
    watched = Watched(Hall()).settled()
    for _ in range(1200):
        watched.presence.code_seen(True, watched.now)
        watched.look(0.1, fps=10)
    assert watched.presence.there(watched.now)


def test_something_like_a_code_that_is_never_read_stops_counting_in_the_end() -> None:
    watched = Watched(Hall()).settled()
    watched.hall.thing = (60, 40, 14, 24, 200.0)
    watched.look(0.1)
    still = []
    for _ in range(round((UNREAD_S + 30) * 10)):
        watched.presence.code_seen(False, watched.now)
        still += watched.look(0.1, fps=10)
    assert all(still[: round((UNREAD_S - 5) * 10)])
    assert not still[-1]


@pytest.mark.parametrize("size", [(720, 1280), (1080, 1920), (480, 640), (17, 33)])
def test_frames_of_any_size_are_shrunk(size: tuple[int, int]) -> None:
    assert shrunk(np.zeros(size, np.uint8)).shape == (SIZE[1], SIZE[0])


def test_a_camera_that_changes_its_size_starts_again() -> None:
    presence = Presence()
    presence.picture(np.zeros((90, 160), np.uint8), 1.0)
    assert presence.picture(np.zeros((45, 80), np.uint8), 2.0)


class Door:
    """A watchful door before a reader, with frames of an empty hall."""

    def __init__(self) -> None:
        self.read: list[Frame] = []
        self.door = Watchful(self.read.append)
        self.hall = Hall()
        self.frames = 0

    def frames_for(self, seconds: float) -> int:
        """How many frames were read meanwhile."""
        before = len(self.read)
        for _ in range(round(seconds * FPS)):
            self.frames += 1
            pixels = np.kron(self.hall.picture(), np.ones((2, 2), np.uint8))
            self.door.frame(Frame(pixels, self.frames / FPS, self.frames))
        return len(self.read) - before

    def heard(self, *, read: bool) -> None:
        at = self.frames / FPS
        symbols = (Symbol(b"HK1:MADE UP"),) if read else ()
        self.door.heard(Reading(self.frames, at, symbols, None, True))


def test_with_nobody_there_three_frames_a_second_are_read_and_with_somebody_all() -> None:
    door = Door()
    door.frames_for(15.0)
    assert door.frames_for(10.0) == pytest.approx(10.0 / IDLE_S, abs=6)
    door.hall.thing = (60, 40, 14, 24, 200.0)
    assert door.frames_for(1.0) == FPS


def test_a_phone_that_was_lying_there_before_anyone_looked_is_read_within_half_a_second_and_then_fully() -> (
    None
):
    door = Door()
    door.hall.thing = (60, 40, 14, 24, 200.0)
    door.frames_for(20.0)
    assert door.frames_for(0.5) >= 1
    door.heard(read=False)
    assert door.frames_for(1.0) == FPS


def test_a_phone_that_nobody_was_ever_seen_to_put_down_is_read_at_the_next_idle_look(
    monkeypatch: pytest.MonkeyPatch, time: VirtualTime
) -> None:
    """Whatever movement is missed: only how soon depends on it, and then on the code being seen."""
    monkeypatch.setattr(Presence, "picture", lambda *_: False)
    stage = Stage(time)
    camera = SyntheticCamera(stage, time, time.wait)
    camera.open()
    reader, read = ZxingReader(), list[float]()

    def submit(frame: Frame) -> None:
        reading = reader.read(frame)
        door.heard(reading)
        read.extend([frame.captured_at] * bool(reading.symbols))

    door = Watchful(submit)
    for _ in range(4):
        door.frame(frame_of(camera))
    stage.show(Prop(made_up_code(3), LOOKS["phone"]))
    time.wait(ARRIVES_S)
    lies_since = time()
    while not read and time() < lies_since + 2.0:
        door.frame(frame_of(camera))
    assert read and read[0] - lies_since <= IDLE_S + 0.05


def frame_of(camera: SyntheticCamera) -> Frame:
    frame = camera.read()
    assert frame is not None
    return frame


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


def test_a_clock_that_stands_or_jumps_back_still_gets_frames_read() -> None:
    door = Door()
    door.frames_for(20.0)
    door.frames = 0
    assert door.frames_for(1.0) >= 2
