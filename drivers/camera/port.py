"""The camera port: something that gives frames, or says in one sentence why it cannot."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture. `pixels` is uint8, either (height, width) grey or (height, width, 3) BGR.

    `captured_at` is in seconds of the monotonic clock the source was given.
    """

    pixels: npt.NDArray[np.uint8]
    captured_at: float
    sequence: int


class CameraFault(Exception):
    """The camera cannot give frames. `str()` is one sentence that says what to do."""


class Camera(ABC):
    """A source of frames, owned by one thread. Every method may raise `CameraFault`."""

    name: str

    @abstractmethod
    def open(self) -> None:
        """Claims the device and sets it up."""

    @abstractmethod
    def read(self) -> Frame | None:
        """The next frame, or None when none came within the source's own time limit (a hang is a fault)."""

    def unread(self, unread: bool) -> None:  # noqa: B027
        """Whether a code is in view that is seen and not read: a camera may try another exposure then."""

    @abstractmethod
    def close(self) -> None:
        """Lets the device go. Safe to call at any time, more than once."""
