"""Between camera and reader: every frame while somebody is there, a few a second while nobody is."""

from __future__ import annotations

import threading
from collections.abc import Callable

from drivers.camera.port import Frame
from drivers.camera.presence import Presence, shrunk
from drivers.reader.picture import to_grey
from drivers.reader.port import Reading

IDLE_S = 1 / 3
"""With nobody there a frame is read this often: a phone that lies still waits no longer."""


class Watchful:
    """Hands frames on to `submit`. `frame` and `heard` may be called from different threads."""

    def __init__(self, submit: Callable[[Frame], None]) -> None:
        self._submit = submit
        self._presence = Presence()
        self._lock = threading.Lock()
        self._submitted_at = float("-inf")

    def frame(self, frame: Frame) -> None:
        """A frame of the camera. Returns at once."""
        now = frame.captured_at
        grey = to_grey(frame.pixels[::2, ::2])
        with self._lock:
            there = grey is None or self._presence.picture(shrunk(grey), now)
            due = there or not 0 <= now - self._submitted_at < IDLE_S
            if due:
                self._submitted_at = now
        if due:
            self._submit(frame)

    def heard(self, reading: Reading) -> None:
        """What the reader made of a frame."""
        if reading.located:
            with self._lock:
                self._presence.code_seen(bool(reading.symbols), reading.captured_at)
