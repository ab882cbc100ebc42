"""The reader port: a frame in, codes out, and why not when there are none."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import StrEnum

from drivers.camera.port import Frame


class Hint(StrEnum):
    """Why nothing was read, in the traveller's terms."""

    NOTHING_THERE = "nothing_there"
    CLOSER = "closer"
    FARTHER = "farther"
    GLARE = "glare"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    HOLD_STILL = "hold_still"
    MORE_OF_THE_CODE = "more_of_the_code"


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol that was read. `content` is the exact bytes, never guessed text."""

    content: bytes = field(repr=False)
    corners: tuple[tuple[float, float], ...] = ()
    """Four corners in frame pixels, clockwise from the top left of the code."""
    modules: int = field(default=0, compare=False)
    """Modules along a side; 0 when not known."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one frame gave."""

    frame_sequence: int
    captured_at: float
    symbols: tuple[Symbol, ...]
    hint: Hint | None
    located: bool
    """Whether something that looks like a code was found, read or not."""
    took_us: float = field(default=0.0, compare=False)


class Reader(ABC):
    """Frames to codes. Hostile pictures never raise."""

    @abstractmethod
    def read(self, frame: Frame) -> Reading:
        """Reads every code in the frame, or says why there is none."""
