"""A screen in a made-up state, for pictures and for looking: what stands there before, and what brings it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

Scene = tuple[str, QWidget, Callable[[], Iterator[None]]]
"""A screen's name, the widget before it is there, and what brings it, a message or a touch at a time."""


def played(scenes: Iterator[Scene]) -> Iterator[tuple[str, QWidget]]:
    """Each screen when its scene has been played."""
    for name, widget, act in scenes:
        at_once(act())
        widget.ensurePolished()
        yield name, widget


def at_once(steps: Iterator[None]) -> None:
    """Plays a scene to its end, the loop having no turn."""
    deque(steps, maxlen=0)
