"""Video files and folders of pictures behind the camera port."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from config import settings
from drivers.camera import MOST_PIXELS
from drivers.camera.folder import FolderCamera
from drivers.camera.from_settings import camera_of, changes_by_itself
from drivers.camera.port import Camera, CameraFault
from drivers.camera.v4l2 import V4l2Camera
from drivers.camera.video import VideoCamera
from tests.drivers.virtual_time import VirtualTime


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


def levels(camera: Camera, count: int) -> list[int]:
    frames = [camera.read() for _ in range(count)]
    return [round(float(frame.pixels.mean())) for frame in frames if frame is not None]


def picture(level: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((240, 320, 3), level, np.uint8)


def test_a_folder_shows_each_picture_in_turn_and_starts_again(tmp_path: Path, time: VirtualTime) -> None:
    for name, level in (("b.png", 20), ("a.png", 10)):
        cv2.imwrite(str(tmp_path / name), picture(level))
    (tmp_path / "notes.txt").write_text("not a picture")
    camera = FolderCamera(tmp_path, time, time.wait, fps=10, shown_s=0.2)
    camera.open()
    started = time()
    assert levels(camera, 6) == [10, 10, 20, 20, 10, 10]
    assert time() - started == pytest.approx(0.5)


def test_a_picture_that_is_replaced_or_taken_away_is_seen_as_it_is_now(
    tmp_path: Path, time: VirtualTime
) -> None:
    file = tmp_path / "a.png"
    camera = FolderCamera(tmp_path, time, time.wait, fps=10, shown_s=0.2)
    for level, written in ((10, 1), (20, 2)):
        cv2.imwrite(str(file), picture(level))
        os.utime(file, ns=(written, written))
        if level == 10:
            camera.open()
        assert levels(camera, 2) == [level, level]
    file.unlink()
    assert levels(camera, 2) == []


def test_a_file_that_only_looks_like_a_picture_is_passed_over(tmp_path: Path, time: VirtualTime) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG not really")
    cv2.imwrite(str(tmp_path / "b.png"), picture(30))
    camera = FolderCamera(tmp_path, time, time.wait, fps=10, shown_s=0.1)
    camera.open()
    assert levels(camera, 4) == [30, 30]


def test_a_file_that_waits_or_claims_to_be_huge_is_passed_over(tmp_path: Path, time: VirtualTime) -> None:
    os.mkfifo(tmp_path / "a.png")
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    (tmp_path / "b.png").write_bytes(png)
    (tmp_path / "c.png").write_bytes(b"")
    cv2.imwrite(str(tmp_path / "d.png"), np.full((4, 4, 3), 9, np.uint8))
    camera = FolderCamera(tmp_path, time, time.wait, fps=10, shown_s=0.1)
    camera.open()
    assert levels(camera, 8) == [9, 9]


def test_a_small_file_that_claims_more_pixels_than_a_camera_has_takes_no_memory() -> None:
    asks = "import drivers.camera.folder, os; print(os.environ['OPENCV_IO_MAX_IMAGE_PIXELS'])"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OPENCV_")}
    told = subprocess.run([sys.executable, "-c", asks], capture_output=True, env=clean, check=True)
    assert int(told.stdout) == MOST_PIXELS


def test_an_empty_or_missing_folder_says_what_to_do(tmp_path: Path, time: VirtualTime) -> None:
    with pytest.raises(CameraFault, match="put PNG or JPEG files there"):
        FolderCamera(tmp_path, time, time.wait).open()
    with pytest.raises(CameraFault, match=r"set camera\.path"):
        FolderCamera(tmp_path / "gone", time, time.wait).open()


def test_a_video_plays_at_its_own_speed_and_loops(tmp_path: Path, time: VirtualTime) -> None:
    file = tmp_path / "two.avi"
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 240))
    for level in (50, 150):
        writer.write(picture(level))
    writer.release()
    camera = VideoCamera(file, time, time.wait)
    camera.open()
    started = time()
    assert levels(camera, 5) == pytest.approx([50, 150, 50, 150, 50], abs=3)
    assert time() - started == pytest.approx(0.4)
    camera.close()


def test_a_video_that_is_none_says_so(tmp_path: Path, time: VirtualTime) -> None:
    file = tmp_path / "text.avi"
    file.write_text("no video")
    for path in (file, tmp_path / "gone.avi"):
        with pytest.raises(CameraFault):
            VideoCamera(path, time, time.wait).open()


def test_settings_choose_the_source(tmp_path: Path, time: VirtualTime) -> None:
    kinds = {"video": VideoCamera, "folder": FolderCamera, "v4l2": V4l2Camera}
    for source, kind in kinds.items():
        wanted = settings.Camera.model_validate({"source": source, "path": tmp_path})
        make = camera_of(wanted, time, time.wait)
        assert isinstance(make(), kind)
        assert make() is not make()
        assert changes_by_itself(wanted) == (source == "v4l2")
