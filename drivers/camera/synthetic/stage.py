"""What stands in front of the synthetic camera now: set by a director, looked at by the camera."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from drivers.camera.synthetic.appearance import Appearance
from drivers.camera.synthetic.generator import Size, texture_of
from drivers.camera.synthetic.optics import Sprite, sprite
from drivers.camera.synthetic.texture import Texture

ARRIVES_S = 0.45
LEAVES_S = 0.3
_POSES = 10
_FRAMES_PER_POSE = 3
_RAISED_FROM = 1.05
"""Where a thing comes from and goes to: this share of the frame's height below its place."""


@dataclass(frozen=True, slots=True)
class Prop:
    """A code in a traveller's hand."""

    content: str | bytes = field(repr=False)
    appearance: Appearance = field(default_factory=Appearance)
    trembling: float = 1.0
    """How much the hand moves between frames: 0 is on a tripod, 1 ordinary, 3 old or hurried."""


class Actor:
    """One prop on the stage: it is raised into view, trembles there, and is lowered again."""

    def __init__(self, prop: Prop, arrives_at: float) -> None:
        self.prop = prop
        self.arrives_at = arrives_at
        self.leaves_at: float | None = None
        self._texture: Texture = texture_of(prop.content, prop.appearance)
        self._rng = np.random.default_rng(prop.appearance.look + 77)
        self._phases = self._rng.uniform(0, 2 * np.pi, 4)
        self._poses: list[Sprite] = []
        self._size: Size = (0, 0)

    def gone(self, now: float) -> bool:
        return self.leaves_at is not None and now >= self.leaves_at + LEAVES_S

    def raised(self, now: float) -> float:
        """0 out of view, 1 in its place, eased."""
        share = min(1.0, max(0.0, (now - self.arrives_at) / ARRIVES_S))
        if self.leaves_at is not None:
            share = min(share, max(0.0, 1 - (now - self.leaves_at) / LEAVES_S))
        return 1 - (1 - share) ** 3

    def shift(self, now: float, size: Size) -> tuple[int, int]:
        """Where the hand is, in pixels from the prop's place: the rise and an ordinary tremor."""
        hand = 0.005 * size[1] * self.prop.trembling
        first, second, third, fourth = self._phases
        across = np.sin(2 * np.pi * 0.9 * now + first) + 0.5 * np.sin(2 * np.pi * 2.3 * now + second)
        down = np.sin(2 * np.pi * 0.7 * now + third) + 0.5 * np.sin(2 * np.pi * 2.9 * now + fourth)
        low = (1 - self.raised(now)) * _RAISED_FROM * size[1]
        return round(float(hand * across)), round(float(hand * down + low))

    def pose(self, number: int, size: Size) -> Sprite:
        """The pose for the frame of this number: a little sway, another focus, motion and reflection.

        A pose is drawn when it is first asked for (10 to 30 ms) and kept.
        """
        if size != self._size:
            self._poses, self._size = [], size
        index = number // _FRAMES_PER_POSE % _POSES
        if index >= len(self._poses):
            index = len(self._poses)
            self._poses.append(
                sprite(self._texture, self._swayed(2 * np.pi * index / _POSES), size, self._rng)
            )
        return self._poses[index]

    def _swayed(self, around: float) -> Appearance:
        """The appearance somewhere on the small circle a hand draws; one circle is all the poses."""
        plain, rng, much = self.prop.appearance, self._rng, self.prop.trembling
        wave, other = float(np.sin(around)), float(np.cos(around))
        return replace(
            plain,
            module_px=plain.module_px * (1 + 0.012 * much * wave),
            tilt=plain.tilt + 1.2 * much * other,
            roll=plain.roll + 0.8 * much * wave,
            defocus=plain.defocus * float(rng.uniform(0.75, 1.25)),
            motion=plain.motion * float(rng.uniform(1 - 0.8 * min(1.0, much), 1 + 0.4 * much)),
            motion_angle=plain.motion_angle + 20 * float(rng.normal()),
        )


class Stage:
    """The scene as it is now. `show` and `clear` may be called from any thread; the camera only looks."""

    def __init__(self, clock: Callable[[], float], hall: int = 0) -> None:
        """`clock` gives monotonic seconds, the same as the camera's; `hall` is the background's seed."""
        self.hall = hall
        self._clock = clock
        self._lock = threading.Lock()
        self._actors: tuple[Actor, ...] = ()

    def show(self, *props: Prop) -> None:
        """Lowers what is there and raises these. Draws their textures in the caller's thread."""
        coming = tuple(Actor(prop, 0.0) for prop in props)
        with self._lock:
            now = self._clock()
            for actor in self._actors:
                if actor.leaves_at is None:
                    actor.leaves_at = now
            for actor in coming:
                actor.arrives_at = now
            self._actors = tuple(actor for actor in self._actors if not actor.gone(now)) + coming

    def clear(self) -> None:
        """Nobody there any more."""
        self.show()

    def actors(self) -> tuple[Actor, ...]:
        """What is in view or on its way, in the order it is drawn."""
        with self._lock:
            now = self._clock()
            self._actors = tuple(actor for actor in self._actors if not actor.gone(now))
            return self._actors
