"""A USB camera on Linux, through OpenCV, set up in the one order that works and read back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from config import settings
from drivers.camera.port import Camera, CameraFault, Frame

_MJPG = cv2.VideoWriter.fourcc(*"MJPG")


class Capture(Protocol):
    """The part of `cv2.VideoCapture` that is used."""

    def isOpened(self) -> bool: ...  # noqa: N802
    def set(self, propId: int, value: float) -> bool: ...  # noqa: N803
    def get(self, propId: int) -> float: ...  # noqa: N803
    def read(self) -> tuple[bool, npt.NDArray[np.uint8]]: ...
    def release(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Granted:
    """What the camera really does, read back after it was asked."""

    width: int
    height: int
    fps: float
    fourcc: str


def _open_device(path: str) -> Capture:
    capture: Capture = cv2.VideoCapture(path, cv2.CAP_V4L2)  # type: ignore[assignment]
    return capture


class V4l2Camera(Camera):
    """One device by its path, best a stable one under /dev/v4l/by-id."""

    name = "v4l2"

    def __init__(
        self,
        wanted: settings.Camera,
        clock: Callable[[], float],
        open_device: Callable[[str], Capture] = _open_device,
    ) -> None:
        self._wanted = wanted
        self._clock = clock
        self._open_device = open_device
        self._capture: Capture | None = None
        self._sequence = 0
        self.granted: Granted | None = None
        """None until opened."""

    def open(self) -> None:
        path = self._wanted.path
        _check(path)
        capture = self._open_device(str(path))
        if not capture.isOpened():
            capture.release()
            raise CameraFault(
                f"The camera at {path} does not open: another program has it, or it is no camera."
            )
        # The pixel format first: asking for the size first leaves many cameras at 5 raw frames a second.
        capture.set(cv2.CAP_PROP_FOURCC, _MJPG)
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._wanted.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._wanted.height)
        capture.set(cv2.CAP_PROP_FPS, self._wanted.fps)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self.granted = _read_back(capture)
        if self.granted.width * 2 < self._wanted.width:
            capture.release()
            raise CameraFault(
                f"The camera at {path} gives {self.granted.width}x{self.granted.height} instead of "
                f"{self._wanted.width}x{self._wanted.height}: set a size it offers, or use another camera."
            )
        self._capture = capture

    def read(self) -> Frame | None:
        if self._capture is None:
            raise CameraFault("The camera is not open.")
        good, pixels = self._capture.read()
        now = self._clock()
        if not good or pixels is None:
            if not self._wanted.path.exists():
                raise CameraFault(_missing(self._wanted.path))
            return None
        self._sequence += 1
        return Frame(pixels, now, self._sequence)

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None


def _check(path: Path) -> None:
    """The faults that have an advice of their own, before OpenCV turns them into one."""
    if not path.exists():
        raise CameraFault(_missing(path))
    if not os.access(path, os.R_OK | os.W_OK):
        raise CameraFault(f"The camera at {path} may not be used: add the kiosk's user to the group video.")


def _missing(path: Path) -> str:
    return f"There is no camera at {path}: plug it in, or set camera.path to one under /dev/v4l/by-id."


def _read_back(capture: Capture) -> Granted:
    code = int(capture.get(cv2.CAP_PROP_FOURCC))
    letters = "".join(chr(code >> shift & 0xFF) for shift in (0, 8, 16, 24))
    return Granted(
        int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
        int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        capture.get(cv2.CAP_PROP_FPS),
        letters if letters.isprintable() else "",
    )
