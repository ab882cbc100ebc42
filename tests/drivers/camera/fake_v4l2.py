"""A V4L2 device as OpenCV shows it: grants what it has, ignores what it has not, can be unplugged."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

MJPG = float(cv2.VideoWriter.fourcc(*"MJPG"))
YUYV = float(cv2.VideoWriter.fourcc(*"YUYV"))


class FakeV4l2:
    """A camera with MJPG at `fps` and raw pictures at 5 frames a second, as most USB cameras are.

    As in V4L2, exposure and focus take no value while the camera rules them itself.
    """

    def __init__(
        self,
        sizes: tuple[tuple[int, int], ...] = ((640, 480), (1280, 720), (1920, 1080)),
        fps: float = 30.0,
        *,
        opens: bool = True,
        compresses: bool = True,
        focuses: bool = True,
        exposes: bool = True,
        buffers: bool = True,
    ) -> None:
        self.asked: list[int] = []
        self.sizes = sizes
        self.opens = opens
        self.good = True
        self.breaks_off = False
        self.released = 0
        self.opened: list[str] = []
        self._fps = fps
        self._compresses, self._focuses, self._exposes, self._buffers = compresses, focuses, exposes, buffers
        self._wanted = [640.0, 480.0]
        self.values = {
            cv2.CAP_PROP_FRAME_WIDTH: float(sizes[0][0]),
            cv2.CAP_PROP_FRAME_HEIGHT: float(sizes[0][1]),
            cv2.CAP_PROP_FPS: 5.0,
            cv2.CAP_PROP_FOURCC: YUYV,
            cv2.CAP_PROP_BUFFERSIZE: 4.0,
            cv2.CAP_PROP_AUTOFOCUS: 1.0 if focuses else 0.0,
            cv2.CAP_PROP_FOCUS: 17.0 if focuses else -1.0,
            cv2.CAP_PROP_AUTO_EXPOSURE: 3.0,
            cv2.CAP_PROP_EXPOSURE: 156.0,
        }

    def at(self, path: str) -> FakeV4l2:
        """Stands in for `cv2.VideoCapture`."""
        self.opened.append(path)
        return self

    def isOpened(self) -> bool:
        return self.opens

    def set(self, propId: int, value: float) -> bool:  # noqa: N803
        self.asked.append(propId)
        if propId == cv2.CAP_PROP_FOURCC:
            if self._compresses:
                self.values[propId] = value
        elif propId in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT):
            self._wanted[propId == cv2.CAP_PROP_FRAME_HEIGHT] = value
            width, height = min(self.sizes, key=lambda size: abs(size[0] - self._wanted[0]))
            self.values[cv2.CAP_PROP_FRAME_WIDTH] = float(width)
            self.values[cv2.CAP_PROP_FRAME_HEIGHT] = float(height)
        elif propId == cv2.CAP_PROP_FPS:
            most = self._fps if self.values[cv2.CAP_PROP_FOURCC] == MJPG else 5.0
            self.values[propId] = min(value, most)
        elif self._takes(propId):
            self.values[propId] = value
        else:
            return False
        return True

    def _takes(self, prop: int) -> bool:
        return {
            cv2.CAP_PROP_BUFFERSIZE: self._buffers,
            cv2.CAP_PROP_AUTOFOCUS: self._focuses,
            cv2.CAP_PROP_FOCUS: self._focuses and self.values[cv2.CAP_PROP_AUTOFOCUS] == 0,
            cv2.CAP_PROP_AUTO_EXPOSURE: self._exposes,
            cv2.CAP_PROP_EXPOSURE: self._exposes and self.values[cv2.CAP_PROP_AUTO_EXPOSURE] == 1,
        }[prop]

    def get(self, propId: int) -> float:  # noqa: N803
        return self.values[propId]

    def read(self) -> tuple[bool, npt.NDArray[np.uint8]]:
        if self.breaks_off:
            raise cv2.error("(-215:Assertion failed) !_src.empty() in function 'cvtColor'")
        width, height = (int(self.values[prop]) for prop in (3, 4))
        return self.good, np.zeros((height, width, 3), np.uint8)

    def release(self) -> None:
        self.released += 1


class Socket:
    """Where a camera is plugged in: a path that comes and goes, another device each time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.devices: list[FakeV4l2] = []

    def plug(self, device: FakeV4l2) -> None:
        self.path.touch()
        self.devices.append(device)

    def unplug(self) -> None:
        self.path.unlink()
        self.devices[-1].good = False

    def open_device(self, path: str) -> FakeV4l2:
        assert path == str(self.path)
        return self.devices[-1]
