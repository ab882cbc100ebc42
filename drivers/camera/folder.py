"""A folder of pictures as a camera: each is shown for a while, in the order of their names, over and over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from config.regular import open_regular
from drivers.camera.port import Camera, CameraFault, Frame

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
MOST_BYTES = 32 * 1024 * 1024
_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp"})


class FolderCamera(Camera):
    """Frames of a folder's pictures, `shown_s` seconds each. A file that is no picture is passed over.

    A picture that is replaced while the camera is open is shown as it is now.
    """

    name = "folder"

    def __init__(
        self,
        path: Path,
        clock: Callable[[], float],
        wait: Callable[[float], object],
        fps: float = 30.0,
        shown_s: float = 1.0,
    ) -> None:
        self._path = path
        self._clock = clock
        self._wait = wait
        self._period = 1 / fps
        self._frames_each = max(1, round(shown_s * fps))
        self._files: list[Path] = []
        self._shown: tuple[Path, int, Pixels | None] | None = None
        self._due = 0.0
        self._sequence = 0

    def open(self) -> None:
        try:
            files = [file for file in self._path.iterdir() if file.suffix.lower() in _SUFFIXES]
        except OSError as error:
            raise CameraFault(
                f"The folder {self._path} cannot be read ({error.strerror}): set camera.path."
            ) from error
        if not files:
            raise CameraFault(f"There are no pictures in {self._path}: put PNG or JPEG files there.")
        self._files, self._due = sorted(files), self._clock()

    def read(self) -> Frame | None:
        if not self._files:
            raise CameraFault("The folder of pictures is not open.")
        now = self._clock()
        if now < self._due:
            self._wait(self._due - now)
        self._due = max(self._due, now) + self._period
        file = self._files[self._sequence // self._frames_each % len(self._files)]
        self._sequence += 1
        written = _written(file)
        if self._shown is None or self._shown[:2] != (file, written):
            self._shown = (file, written, _picture(file))
        pixels = self._shown[2]
        return None if pixels is None else Frame(pixels, self._clock(), self._sequence)

    def close(self) -> None:
        self._files = []
        self._shown = None


def _written(file: Path) -> int:
    """When the file was last written, in nanoseconds; 0: it is gone."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _picture(file: Path) -> Pixels | None:
    """None for what is no picture, or claims to be a larger one than any camera takes."""
    try:
        with open_regular(file) as stream:
            data = stream.read(MOST_BYTES)
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except (OSError, cv2.error):
        return None
    return None if picture is None else np.asarray(picture, dtype=np.uint8)
