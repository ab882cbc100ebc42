"""How a V4L2 device is set up and fails, with a capture that stands in for the device."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from config import settings
from drivers.camera.port import CameraFault
from drivers.camera.v4l2 import Granted, V4l2Camera
from tests.drivers.virtual_time import VirtualTime


class Device:
    """A device that grants what it was built with, and remembers what it was asked, in order."""

    def __init__(self, width: int = 1280, height: int = 720, opens: bool = True) -> None:
        self.asked: list[int] = []
        self.values = {
            cv2.CAP_PROP_FRAME_WIDTH: float(width),
            cv2.CAP_PROP_FRAME_HEIGHT: float(height),
            cv2.CAP_PROP_FPS: 30.0,
            cv2.CAP_PROP_FOURCC: float(cv2.VideoWriter.fourcc(*"MJPG")),
        }
        self.opens = opens
        self.good = True
        self.released = 0

    def isOpened(self) -> bool:
        return self.opens

    def set(self, propId: int, value: float) -> bool:  # noqa: N803
        self.asked.append(propId)
        return True

    def get(self, propId: int) -> float:  # noqa: N803
        return self.values[propId]

    def read(self) -> tuple[bool, npt.NDArray[np.uint8]]:
        return self.good, np.zeros((720, 1280, 3), np.uint8)

    def release(self) -> None:
        self.released += 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "usb-camera-index0"
    file.touch()
    return file


def camera_at(path: Path, device: Device) -> V4l2Camera:
    return V4l2Camera(settings.Camera(path=path), VirtualTime(), lambda _: device)


def test_the_pixel_format_is_asked_for_before_the_size_and_the_buffer_is_one(path: Path) -> None:
    device = Device()
    camera = camera_at(path, device)
    camera.open()
    assert device.asked == [
        cv2.CAP_PROP_FOURCC,
        cv2.CAP_PROP_FRAME_WIDTH,
        cv2.CAP_PROP_FRAME_HEIGHT,
        cv2.CAP_PROP_FPS,
        cv2.CAP_PROP_BUFFERSIZE,
    ]
    assert camera.granted == Granted(1280, 720, 30.0, "MJPG")


def test_a_missing_device_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CameraFault, match=r"There is no camera at .*: plug it in, or set camera.path"):
        camera_at(tmp_path / "gone", Device()).open()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_device_without_permission_names_the_group(path: Path) -> None:
    path.chmod(0)
    with pytest.raises(CameraFault, match="group video"):
        camera_at(path, Device()).open()


def test_a_device_that_is_taken_says_so_and_is_let_go(path: Path) -> None:
    device = Device(opens=False)
    with pytest.raises(CameraFault, match="another program has it"):
        camera_at(path, device).open()
    assert device.released == 1


def test_a_device_that_grants_a_far_smaller_picture_is_refused(path: Path) -> None:
    device = Device(width=352, height=288)
    with pytest.raises(CameraFault, match="gives 352x288 instead of 1280x720"):
        camera_at(path, device).open()
    assert device.released == 1


def test_a_frame_that_fails_is_none_while_the_device_is_there_and_a_fault_when_it_is_gone(path: Path) -> None:
    device = Device()
    camera = camera_at(path, device)
    camera.open()
    device.good = False
    assert camera.read() is None
    path.unlink()
    with pytest.raises(CameraFault, match="plug it in"):
        camera.read()


def test_closing_twice_releases_once(path: Path) -> None:
    device = Device()
    camera = camera_at(path, device)
    camera.open()
    camera.close()
    camera.close()
    assert device.released == 1


def test_a_stalled_device_is_given_up_after_a_second_not_ten() -> None:
    assert os.environ["OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT"] == "1"
