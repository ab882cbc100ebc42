"""The worker that keeps a camera alive, against cameras that fail. The clock is ours, the threads real."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from drivers.camera import frame_watch, watch
from drivers.camera.faulty import FaultyCamera, Trouble
from drivers.camera.port import Camera, Frame
from drivers.camera.watch import CameraWorker
from tests.drivers.virtual_time import VirtualTime

PATIENCE_S = 20.0
_MOST_STEPS = 400


class Ticking(Camera):
    """A camera whose every picture differs."""

    name = "ticking"

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sequence = 0
        self._pause = threading.Event()
        self.told_unread = threading.Event()

    def unread(self, unread: bool) -> None:
        if unread:
            self.told_unread.set()

    def open(self) -> None:
        """Nothing to claim."""

    def read(self) -> Frame:
        self._pause.wait(0.002)
        self._sequence += 1
        pixels = np.full((240, 320), self._sequence % 251, np.uint8)
        return Frame(pixels, self._clock(), self._sequence)

    def close(self) -> None:
        """Nothing to let go."""


class Lane:
    """What the worker told, and a way to wait for it."""

    def __init__(self) -> None:
        self.time = VirtualTime()
        self.made: list[FaultyCamera] = []
        self.trouble = Trouble.NONE
        self.said: list[str | None] = []
        self.frames = 0
        self._news = threading.Condition()
        self.worker = CameraWorker(self._make, [self._frame], self._fault, self.time)

    def _make(self) -> Camera:
        self.ticking = Ticking(self.time)
        camera = FaultyCamera(self.ticking, threading.Event().wait)
        camera.trouble = self.trouble
        with self._news:
            self.made.append(camera)
            self._news.notify_all()
        return camera

    def _frame(self, _: Frame) -> None:
        with self._news:
            self.frames += 1
            self._news.notify_all()

    def _fault(self, fault: str | None) -> None:
        with self._news:
            self.said.append(fault)
            self._news.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(condition, PATIENCE_S), f"said {self.said}, {self.frames} frames"

    def until_working(self) -> None:
        self.until(lambda: bool(self.said) and self.said[-1] is None)
        now = self.frames
        self.until(lambda: self.frames > now + 2)

    def let_pass_until(self, condition: Callable[[], bool], step: float = 0.1) -> None:
        """Moves the clock in small steps while the threads run, until the condition holds."""
        for _ in range(_MOST_STEPS):
            self.time.wait(step)
            with self._news:
                if self._news.wait_for(condition, 0.06):
                    return
        raise AssertionError(f"said {self.said}, {self.frames} frames, {len(self.made)} cameras")


@pytest.fixture
def lane() -> Iterator[Lane]:
    lane = Lane()
    yield lane
    lane.worker.stop()
    for camera in lane.made:
        camera.trouble = Trouble.NONE


def test_a_working_camera_is_reported_once_and_its_frames_are_handed_on(lane: Lane) -> None:
    lane.worker.start()
    lane.until_working()
    assert lane.said == [None]


def test_the_camera_hears_of_a_code_that_is_seen_and_not_read(lane: Lane) -> None:
    lane.worker.start()
    lane.until_working()
    lane.worker.unread(True)
    assert lane.ticking.told_unread.wait(PATIENCE_S)


def test_a_missing_camera_is_named_and_found_when_it_appears(lane: Lane) -> None:
    lane.trouble = Trouble.MISSING
    lane.worker.start()
    lane.until(lambda: lane.said == ["There is no camera: plug it in."])
    lane.let_pass_until(lambda: len(lane.made) >= 2)
    lane.trouble = Trouble.NONE
    lane.let_pass_until(lambda: lane.said[-1] is None)
    lane.until_working()


def test_an_unplugged_camera_is_named_at_once(lane: Lane) -> None:
    lane.worker.start()
    lane.until_working()
    lane.made[-1].trouble = Trouble.MISSING
    lane.until(lambda: lane.said[-1] == "The camera was unplugged: plug it in.")


@pytest.mark.parametrize("trouble", [Trouble.HANG, Trouble.NO_FRAME])
def test_a_camera_that_gives_nothing_is_opened_again(lane: Lane, trouble: Trouble) -> None:
    lane.worker.start()
    lane.until_working()
    lane.made[-1].trouble = trouble
    lane.let_pass_until(lambda: lane.said[-1] == frame_watch.SILENT)
    lane.let_pass_until(lambda: len(lane.made) == 2)
    lane.until_working()


def test_a_hanging_camera_that_comes_back_late_is_not_listened_to(lane: Lane) -> None:
    lane.worker.start()
    lane.until_working()
    hung = lane.made[-1]
    hung.trouble = Trouble.HANG
    lane.trouble = Trouble.MISSING
    lane.let_pass_until(lambda: lane.said[-1] == frame_watch.SILENT)
    lane.let_pass_until(lambda: len(lane.made) >= 2)
    before = lane.frames
    hung.trouble = Trouble.NONE
    lane.let_pass_until(lambda: len(lane.made) >= 3)
    assert lane.frames == before


def test_a_camera_that_hangs_again_and_again_is_left_alone_until_a_thread_comes_back(lane: Lane) -> None:
    lane.trouble = Trouble.HANG
    lane.worker.start()
    lane.let_pass_until(lambda: watch.HUNG in lane.said, step=2.0)
    assert len(lane.made) == 3
    lane.trouble = Trouble.NONE
    lane.made[0].trouble = Trouble.NONE
    lane.let_pass_until(lambda: lane.said[-1] is None)


@pytest.mark.parametrize("trouble", [Trouble.FROZEN, Trouble.BLACK])
def test_a_picture_that_never_changes_is_a_fault(lane: Lane, trouble: Trouble) -> None:
    lane.worker.start()
    lane.until_working()
    lane.made[-1].trouble = trouble
    lane.let_pass_until(lambda: lane.said[-1] == frame_watch.FROZEN)


def test_a_camera_that_falls_back_to_tiny_pictures_is_a_fault_and_they_are_not_handed_on(lane: Lane) -> None:
    lane.worker.start()
    lane.until_working()
    lane.made[-1].trouble = Trouble.WRONG_SIZE
    lane.until(lambda: "160x120" in (lane.said[-1] or ""))


def test_stopping_does_not_wait_for_a_camera_that_hangs(lane: Lane) -> None:
    lane.worker.start()
    lane.until_working()
    lane.made[-1].trouble = Trouble.HANG
    lane.worker.stop()
    before = lane.frames
    lane.made[-1].trouble = Trouble.NONE
    assert lane.frames == before


def test_pictures_of_a_file_may_stay_the_same() -> None:
    pixels = np.zeros((480, 640), np.uint8)
    camera_watch, file_watch = (frame_watch.FrameWatch(0.0, watch_frozen=frozen) for frozen in (True, False))
    for tenth in range(100):
        for one in (camera_watch, file_watch):
            one.frame(Frame(pixels, tenth / 10, tenth), tenth / 10)
    assert camera_watch.fault(10.0) == frame_watch.FROZEN
    assert file_watch.fault(10.0) is None


def test_a_camera_is_silent_after_two_and_a_half_seconds_without_a_frame() -> None:
    quiet = frame_watch.FrameWatch(0.0)
    quiet.frame(Frame(np.zeros((480, 640), np.uint8), 1.0, 1), 1.0)
    assert quiet.fault(1.0 + frame_watch.SILENT_S) is None
    assert quiet.fault(1.1 + frame_watch.SILENT_S) == frame_watch.SILENT


def test_a_camera_gets_time_to_open() -> None:
    opened = frame_watch.FrameWatch(0.0)
    assert opened.fault(frame_watch.OPENS_S) is None
    assert opened.fault(frame_watch.OPENS_S + 0.1) == frame_watch.NEVER
