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
from drivers.camera.bracket import Exposure, ExposureBracket
from drivers.camera.port import Camera, CameraFault, Frame
from drivers.camera.steady_rate import keep_rate_at

_MJPG = cv2.VideoWriter.fourcc(*"MJPG")
_MANUAL, _AUTOMATIC = 1, 3
"""V4L2's auto_exposure: manual, and aperture priority, which is what cameras mean by automatic."""
_UNITS_PER_MS = 10
"""V4L2's exposure_time_absolute counts in 100 microseconds."""


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


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that was asked of the camera, and what it does instead or indeed."""

    what: str
    asked: str
    got: str

    @property
    def as_asked(self) -> bool:
        return self.asked == self.got


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
        keep_rate: Callable[[Path], bool | None] = keep_rate_at,
    ) -> None:
        self._keep_rate = keep_rate
        self._wanted = wanted
        self._clock = clock
        self._open_device = open_device
        self._capture: Capture | None = None
        self._sequence = 0
        self._bracket = ExposureBracket(wanted.exposure_ms)
        self._unread = False
        self.granted: Granted | None = None
        """None until opened."""
        self.answers: tuple[Answer, ...] = ()
        """Everything that was asked when it was opened, beside what was got."""

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
        self._bracket = ExposureBracket(self._wanted.exposure_ms)
        self.answers = (
            Answer("format", "MJPG", self.granted.fourcc or "unknown"),
            Answer("size", _size(self._wanted), _size(self.granted)),
            Answer("frames a second", f"{self._wanted.fps:g}", f"{self.granted.fps:g}"),
            Answer("buffers", "1", f"{capture.get(cv2.CAP_PROP_BUFFERSIZE):g}"),
            _focus(capture, self._wanted.focus),
            _expose(capture, self._bracket.now),
            *_rate_in_the_dark(self._keep_rate(path)),
        )
        self._capture = capture

    def read(self) -> Frame | None:
        if self._capture is None:
            raise CameraFault("The camera is not open.")
        try:
            good, pixels = self._capture.read()
        except cv2.error:
            # A picture that broke off in the cable can be too little for OpenCV's own colour conversion.
            good, pixels = False, None
        now = self._clock()
        if not good or pixels is None:
            if not self._wanted.path.exists():
                raise CameraFault(_missing(self._wanted.path))
            return None
        exposure = self._bracket.frame(self._unread, now)
        if exposure is not None:
            _expose(self._capture, exposure)
        self._sequence += 1
        return Frame(pixels, now, self._sequence)

    def unread(self, unread: bool) -> None:
        self._unread = unread

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


def _rate_in_the_dark(kept: bool | None) -> tuple[Answer, ...]:
    """Nothing to say of a camera that cannot slow down by itself."""
    return () if kept is None else (Answer("rate in the dark", "kept", "kept" if kept else "falls"),)


def _size(of: settings.Camera | Granted) -> str:
    return f"{of.width}x{of.height}"


def _focus(capture: Capture, wanted: int | str) -> Answer:
    """A lens that hunts for focus loses a second at every traveller, so it can be fixed."""
    if isinstance(wanted, str):
        capture.set(cv2.CAP_PROP_AUTOFOCUS, 1)
        return Answer("focus", "auto", "auto" if capture.get(cv2.CAP_PROP_AUTOFOCUS) == 1 else "fixed")
    capture.set(cv2.CAP_PROP_AUTOFOCUS, 0)
    capture.set(cv2.CAP_PROP_FOCUS, wanted)
    still = capture.get(cv2.CAP_PROP_AUTOFOCUS) == 1
    return Answer("focus", str(wanted), "auto" if still else f"{capture.get(cv2.CAP_PROP_FOCUS):g}")


def _expose(capture: Capture, wanted: Exposure) -> Answer:
    if isinstance(wanted, str):
        capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, _AUTOMATIC)
    else:
        capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, _MANUAL)
        capture.set(cv2.CAP_PROP_EXPOSURE, round(wanted * _UNITS_PER_MS))
    if capture.get(cv2.CAP_PROP_AUTO_EXPOSURE) == _MANUAL:
        got = f"{capture.get(cv2.CAP_PROP_EXPOSURE) / _UNITS_PER_MS:g} ms"
    else:
        got = "auto"
    return Answer("exposure", "auto" if isinstance(wanted, str) else f"{wanted:g} ms", got)


def _read_back(capture: Capture) -> Granted:
    code = int(capture.get(cv2.CAP_PROP_FOURCC))
    letters = "".join(chr(code >> shift & 0xFF) for shift in (0, 8, 16, 24))
    return Granted(
        int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
        int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        capture.get(cv2.CAP_PROP_FPS),
        letters if letters.isprintable() and letters.isascii() else "",
    )
