"""How a V4L2 device is set up, tells what it granted, and fails."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import cv2
import pytest

from config import settings
from drivers.camera.bracket import TRIED_S
from drivers.camera.port import Camera, CameraFault, Frame
from drivers.camera.v4l2 import Granted, V4l2Camera
from drivers.camera.watch import CameraWorker
from tests.drivers.camera.fake_v4l2 import FakeV4l2, Socket
from tests.drivers.virtual_time import VirtualTime

PATIENCE_S = 20.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "usb-camera-index0"
    file.touch()
    return file


def camera_at(path: Path, device: FakeV4l2, **wanted: object) -> V4l2Camera:
    return V4l2Camera(settings.Camera.model_validate({"path": path, **wanted}), VirtualTime(), device.at)


def opened(path: Path, device: FakeV4l2, **wanted: object) -> V4l2Camera:
    camera = camera_at(path, device, **wanted)
    camera.open()
    return camera


def answers(camera: V4l2Camera) -> dict[str, tuple[str, str]]:
    return {answer.what: (answer.asked, answer.got) for answer in camera.answers}


def test_the_pixel_format_is_asked_for_before_the_size_and_the_buffer_is_one(path: Path) -> None:
    device = FakeV4l2()
    camera = opened(path, device)
    assert device.asked[:5] == [
        cv2.CAP_PROP_FOURCC,
        cv2.CAP_PROP_FRAME_WIDTH,
        cv2.CAP_PROP_FRAME_HEIGHT,
        cv2.CAP_PROP_FPS,
        cv2.CAP_PROP_BUFFERSIZE,
    ]
    assert camera.granted == Granted(1280, 720, 30.0, "MJPG")
    assert device.opened == [str(path)]


def test_no_other_backend_of_opencv_may_take_the_device(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its GStreamer and FFmpeg know none of the controls that are set here."""
    asked: list[tuple[object, ...]] = []

    def capture(*arguments: object) -> FakeV4l2:
        asked.append(arguments)
        return FakeV4l2()

    monkeypatch.setattr(cv2, "VideoCapture", capture)
    V4l2Camera(settings.Camera(path=path), VirtualTime()).open()
    assert asked == [(str(path), cv2.CAP_V4L2)]


def test_what_was_asked_stands_beside_what_was_got(path: Path) -> None:
    camera = opened(path, FakeV4l2(), focus=30, exposure_ms=[4.0])
    assert all(answer.as_asked for answer in camera.answers)
    assert answers(camera)["focus"] == ("30", "30")
    assert answers(camera)["exposure"] == ("4 ms", "4 ms")


@pytest.mark.parametrize(
    ("kept", "said"), [(True, ("kept", "kept")), (False, ("kept", "falls")), (None, None)]
)
def test_a_camera_that_slows_down_in_the_dark_is_forbidden_to_or_named(
    path: Path, kept: bool | None, said: tuple[str, str] | None
) -> None:
    asked: list[Path] = []

    def keep(device: Path) -> bool | None:
        asked.append(device)
        return kept

    camera = V4l2Camera(settings.Camera(path=path), VirtualTime(), FakeV4l2().at, keep)
    camera.open()
    assert (answers(camera).get("rate in the dark"), asked) == (said, [path])


def test_a_camera_without_compression_says_that_it_is_slow(path: Path) -> None:
    got = answers(opened(path, FakeV4l2(compresses=False)))
    assert (got["format"], got["frames a second"]) == (("MJPG", "YUYV"), ("30", "5"))


def test_a_camera_with_another_size_is_taken_and_the_difference_named(path: Path) -> None:
    camera = opened(path, FakeV4l2(sizes=((1024, 576),)))
    assert answers(camera)["size"] == ("1280x720", "1024x576")


@pytest.mark.parametrize("focus", [0, 17, 1023])
def test_a_fixed_focus_turns_the_cameras_own_off_first(path: Path, focus: int) -> None:
    device = FakeV4l2()
    opened(path, device, focus=focus)
    assert device.values[cv2.CAP_PROP_AUTOFOCUS] == 0
    assert device.values[cv2.CAP_PROP_FOCUS] == focus


def test_a_lens_that_cannot_be_moved_is_named(path: Path) -> None:
    assert answers(opened(path, FakeV4l2(focuses=False), focus=30))["focus"] == ("30", "-1")
    assert answers(opened(path, FakeV4l2(focuses=False)))["focus"] == ("auto", "fixed")


def test_an_exposure_that_is_not_taken_is_named(path: Path) -> None:
    camera = opened(path, FakeV4l2(exposes=False), exposure_ms=2.0)
    assert answers(camera)["exposure"] == ("2 ms", "auto")


def test_buffers_that_stay_are_named(path: Path) -> None:
    assert answers(opened(path, FakeV4l2(buffers=False)))["buffers"] == ("1", "4")


def test_an_unread_code_is_looked_at_with_the_next_exposure_and_a_read_one_is_left(path: Path) -> None:
    time, device = VirtualTime(), FakeV4l2()
    wanted = settings.Camera.model_validate({"path": path, "exposure_ms": [2.0, 6.0, "auto"]})
    camera = V4l2Camera(wanted, time, device.at)
    camera.open()
    seen = []
    camera.unread(True)
    for number in range(40):
        if number == 36:
            camera.unread(False)
        camera.read()
        time.wait(TRIED_S / 10)
        auto = device.values[cv2.CAP_PROP_AUTO_EXPOSURE] == 3
        seen.append("auto" if auto else device.values[cv2.CAP_PROP_EXPOSURE])
    assert [seen[number] for number in (5, 15, 25, 35, 39)] == [20.0, 60.0, "auto", 20.0, 20.0]


def test_opening_again_begins_with_the_first_exposure(path: Path) -> None:
    time, device = VirtualTime(), FakeV4l2()
    wanted = settings.Camera.model_validate({"path": path, "exposure_ms": [2.0, 6.0]})
    camera = V4l2Camera(wanted, time, device.at)
    camera.open()
    camera.unread(True)
    for _ in range(3):
        camera.read()
        time.wait(TRIED_S)
    camera.close()
    camera.open()
    assert answers(camera)["exposure"] == ("2 ms", "2 ms")


def test_a_missing_device_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CameraFault, match=r"There is no camera at .*: plug it in, or set camera.path"):
        camera_at(tmp_path / "gone", FakeV4l2()).open()


def test_a_device_without_permission_names_the_group(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(CameraFault, match="group video"):
        camera_at(path, FakeV4l2()).open()


def test_a_device_that_is_taken_says_so_and_is_let_go(path: Path) -> None:
    device = FakeV4l2(opens=False)
    with pytest.raises(CameraFault, match="another program has it"):
        camera_at(path, device).open()
    assert device.released == 1


def test_a_device_that_grants_a_far_smaller_picture_is_refused(path: Path) -> None:
    device = FakeV4l2(sizes=((352, 288),))
    with pytest.raises(CameraFault, match="gives 352x288 instead of 1280x720"):
        camera_at(path, device).open()
    assert device.released == 1


def test_a_frame_that_fails_is_none_while_the_device_is_there_and_a_fault_when_it_is_gone(path: Path) -> None:
    device = FakeV4l2()
    camera = opened(path, device)
    device.good = False
    assert camera.read() is None
    path.unlink()
    with pytest.raises(CameraFault, match="plug it in"):
        camera.read()


def test_a_picture_that_broke_off_is_none_and_the_next_one_counts(path: Path) -> None:
    device = FakeV4l2()
    camera = opened(path, device)
    device.breaks_off = True
    assert camera.read() is None
    device.breaks_off = False
    frame = camera.read()
    assert frame is not None and frame.sequence == 1


def test_closing_twice_releases_once(path: Path) -> None:
    device = FakeV4l2()
    camera = opened(path, device)
    camera.close()
    camera.close()
    assert device.released == 1


def test_a_stalled_device_is_given_up_after_a_second_not_ten() -> None:
    option = "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT"
    assert os.environ[option] == "1"
    assert any(option.encode() in file.read_bytes() for file in Path(cv2.__file__).parent.glob("cv2*.so"))


def test_a_lane_names_its_camera_by_id_and_no_number_that_changes_with_the_socket() -> None:
    assert settings.Camera().path.parent == Path("/dev/v4l/by-id")


class Plugged:
    """A camera worker at a socket, and a way to wait for what it says."""

    def __init__(self, socket: Socket) -> None:
        self.time = VirtualTime()
        self.said: list[str | None] = []
        self.sizes: list[tuple[int, ...]] = []
        self._news = threading.Condition()
        wanted = settings.Camera(path=socket.path)

        def make() -> Camera:
            return V4l2Camera(wanted, self.time, socket.open_device)

        self.worker = CameraWorker(make, [self._frame], self._fault, self.time, watch_frozen=False)

    def _frame(self, frame: Frame) -> None:
        with self._news:
            self.sizes.append(frame.pixels.shape)
            self._news.notify_all()

    def _fault(self, fault: str | None) -> None:
        with self._news:
            self.said.append(fault)
            self._news.notify_all()

    def until_said(self, part: str | None) -> None:
        """Lets the clock run, slowly, until the newest word is this one."""

        def told() -> bool:
            return bool(self.said) and (
                self.said[-1] is None if part is None else part in (self.said[-1] or "")
            )

        for _ in range(400):
            with self._news:
                if self._news.wait_for(told, 0.05):
                    return
            self.time.wait(0.1)
        raise AssertionError(self.said)


def test_a_camera_that_is_unplugged_and_plugged_in_again_comes_back_set_up_as_before(tmp_path: Path) -> None:
    socket = Socket(tmp_path / "usb-camera-index0")
    plugged = Plugged(socket)
    plugged.worker.start()
    try:
        plugged.until_said("There is no camera")
        socket.plug(FakeV4l2())
        plugged.until_said(None)
        socket.unplug()
        plugged.until_said("There is no camera")
        socket.plug(FakeV4l2())
        plugged.until_said(None)
    finally:
        plugged.worker.stop()
    first, second = socket.devices
    assert first.asked == second.asked
    assert first.released == 1
    assert set(plugged.sizes) == {(720, 1280, 3)}
