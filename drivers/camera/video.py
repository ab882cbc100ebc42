"""A video file as a camera: plays at its own speed, over and over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from drivers.camera.port import Camera, CameraFault, Frame

_USUAL_FPS = 30.0


class VideoCamera(Camera):
    """Frames of a file, paced by an injected clock and wait."""

    name = "video"

    def __init__(self, path: Path, clock: Callable[[], float], wait: Callable[[float], object]) -> None:
        self._path = path
        self._clock = clock
        self._wait = wait
        self._capture: cv2.VideoCapture | None = None
        self._period = 1 / _USUAL_FPS
        self._due = 0.0
        self._sequence = 0

    def open(self) -> None:
        if not self._path.is_file():
            raise CameraFault(f"There is no video file {self._path}: set camera.path to one.")
        capture = cv2.VideoCapture(str(self._path))
        if not capture.isOpened():
            capture.release()
            raise CameraFault(f"The file {self._path} is no video this machine can play.")
        fps = capture.get(cv2.CAP_PROP_FPS)
        self._period = 1 / fps if 1 <= fps <= 240 else 1 / _USUAL_FPS
        self._capture, self._due = capture, self._clock()

    def read(self) -> Frame | None:
        if self._capture is None:
            raise CameraFault("The video file is not open.")
        now = self._clock()
        if now < self._due:
            self._wait(self._due - now)
        self._due = max(self._due, now) + self._period
        good, pixels = self._capture.read()
        if not good:
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            good, pixels = self._capture.read()
        if not good:
            return None
        self._sequence += 1
        return Frame(np.asarray(pixels, dtype=np.uint8), self._clock(), self._sequence)

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None
