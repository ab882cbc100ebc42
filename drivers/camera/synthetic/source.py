"""The synthetic camera: renders the stage at a steady rate behind the camera port."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from drivers.camera.port import Camera, Frame
from drivers.camera.synthetic.canvas import Picture
from drivers.camera.synthetic.generator import Size, compressed, noisy
from drivers.camera.synthetic.hall import hall, hall_with_traveller
from drivers.camera.synthetic.optics import lay
from drivers.camera.synthetic.stage import Actor, Stage

_IDLE_NOISE = 2.5


class SyntheticCamera(Camera):
    """Frames of a stage. Only `clock` and `wait` touch the world: tests hand in their own time."""

    name = "synthetic"

    def __init__(
        self,
        stage: Stage,
        clock: Callable[[], float],
        wait: Callable[[float], object],
        size: Size = (1280, 720),
        fps: float = 30.0,
        seed: int = 0,
    ) -> None:
        """`wait(seconds)` lets the time to the next frame pass; `clock` is in monotonic seconds."""
        self._stage = stage
        self._clock = clock
        self._wait = wait
        self._size = size
        self._period = 1 / fps
        self._rng = np.random.default_rng(seed)
        self._sequence = 0
        self._due = 0.0

    def open(self) -> None:
        hall(*self._size, self._stage.hall)
        self._due = self._clock()

    def read(self) -> Frame | None:
        now = self._clock()
        if now < self._due:
            self._wait(self._due - now)
            now = self._clock()
        self._due = max(self._due + self._period, now)
        self._sequence += 1
        return Frame(self._draw(now), now, self._sequence)

    def close(self) -> None:
        """Nothing is held."""

    def _draw(self, now: float) -> Picture:
        actors = self._stage.actors()
        frame = self._behind(actors, now)
        noise, quality = _IDLE_NOISE, 0
        for actor in actors:
            appearance = actor.prop.appearance
            pose = actor.pose(self._sequence, self._size)
            lay(frame, pose, actor.shift(now, self._size))
            noise = max(noise, appearance.noise)
            quality = appearance.jpeg or quality
        return compressed(noisy(frame, noise, self._rng), quality)

    def _behind(self, actors: tuple[Actor, ...], now: float) -> Picture:
        """The hall, with the first traveller stepping in as the code is raised."""
        empty = hall(*self._size, self._stage.hall)
        if not actors:
            return empty.copy()
        leading = max(actors, key=lambda actor: actor.raised(now))
        occupied = hall_with_traveller(*self._size, self._stage.hall, leading.prop.appearance.look)
        share = leading.raised(now)
        if share >= 1:
            return occupied.copy()
        return np.asarray(cv2.addWeighted(occupied, share, empty, 1 - share, 0), dtype=np.uint8)
