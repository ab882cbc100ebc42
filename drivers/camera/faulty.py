"""A camera that fails in every way real ones do, on command: for training, the demo and the tests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum

import numpy as np

from drivers.camera.port import Camera, CameraFault, Frame

_GIVES_UP_S = 1.0


class Trouble(StrEnum):
    """What is wrong with the camera just now."""

    NONE = "none"
    MISSING = "missing"
    """Unplugged: does not open, and says so when it was open."""
    NO_FRAME = "no_frame"
    """Answers, but without a picture."""
    HANG = "hang"
    """Does not come back from `read` until the trouble is over."""
    FROZEN = "frozen"
    """The same picture for ever."""
    BLACK = "black"
    WRONG_SIZE = "wrong_size"
    """Falls back to a picture too small to read a code in."""


class FaultyCamera(Camera):
    """Another camera with troubles. `trouble` may be set from any thread at any time."""

    def __init__(self, inner: Camera, wait: Callable[[float], object]) -> None:
        """`wait(seconds)` lets a vain attempt take its time."""
        self.name = inner.name
        self._inner = inner
        self._wait = wait
        self._changed = threading.Condition()
        self._trouble = Trouble.NONE
        self._kept: Frame | None = None

    @property
    def trouble(self) -> Trouble:
        return self._trouble

    @trouble.setter
    def trouble(self, trouble: Trouble) -> None:
        with self._changed:
            self._trouble = trouble
            self._changed.notify_all()

    def open(self) -> None:
        if self._trouble is Trouble.MISSING:
            raise CameraFault("There is no camera: plug it in.")
        self._inner.open()

    def read(self) -> Frame | None:
        with self._changed:
            self._changed.wait_for(lambda: self._trouble is not Trouble.HANG)
        if self._trouble is Trouble.MISSING:
            raise CameraFault("The camera was unplugged: plug it in.")
        if self._trouble is Trouble.NO_FRAME:
            self._wait(_GIVES_UP_S)
            return None
        frame = self._inner.read()
        if frame is None:
            return None
        if self._trouble is Trouble.FROZEN:
            self._kept = self._kept or frame
            return Frame(self._kept.pixels, frame.captured_at, frame.sequence)
        self._kept = None
        if self._trouble is Trouble.BLACK:
            return Frame(np.zeros_like(frame.pixels), frame.captured_at, frame.sequence)
        if self._trouble is Trouble.WRONG_SIZE:
            return Frame(np.ascontiguousarray(frame.pixels[:120, :160]), frame.captured_at, frame.sequence)
        return frame

    def unread(self, unread: bool) -> None:
        self._inner.unread(unread)

    def close(self) -> None:
        self._inner.close()
