"""A clock that moves when told, and a wait that moves it."""

from __future__ import annotations


class VirtualTime:
    """Call it for the time; `wait` lets it pass."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
