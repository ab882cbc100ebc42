"""What every story has: a lane, hands, pictures, a journal read on from where the last step left it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.flows.live_lane import LiveLane
from tests.hands.display import Display

Step = tuple[str, Callable[[], None]]


class Story(ABC):
    """Steps in order. Each ends with something the journal says, and leaves a picture."""

    name = ""

    def __init__(self, lane: LiveLane, out: Path) -> None:
        self.lane, self._out, self._read = lane, out, 0
        self.taken: list[Path] = []

    def start(self) -> None:
        """Starts the programs."""
        self.lane.start()

    def stop(self) -> None:
        """Ends them."""
        self.lane.stop()

    @abstractmethod
    def steps(self) -> Sequence[Step]:
        """What is done, in words."""

    @abstractmethod
    def display(self) -> Display:
        """Whose picture `see` takes."""

    def see(self, name: str) -> None:
        """Takes a picture of the display."""
        self.display().picture(self._next(name))

    def _keep(self, name: str, picture: bytes) -> None:
        """A PNG that is of no display, beside the others."""
        self._next(name).write_bytes(picture)

    def _next(self, name: str) -> Path:
        """Where the next picture goes."""
        self.taken.append(self._out / f"{self.name}-{len(self.taken) + 1:02d}-{name}.png")
        return self.taken[-1]

    def happens(self, kind: str, **fields: object) -> dict[str, Any]:
        """Waits for an event like this, later than the one before. Raises `AssertionError`."""
        found: dict[str, Any] = {}

        def there(events: list[tuple[str, dict[str, Any]]]) -> bool:
            for place, (one, payload) in enumerate(events[self._read :], self._read):
                if one == kind and all(payload.get(key) == value for key, value in fields.items()):
                    found.update(payload)
                    self._read = place + 1
                    return True
            return False

        try:
            self.lane.wait_for(there)
        except AssertionError as wrong:
            if "program ended" in str(wrong):
                raise
            later = [f"{one} {payload}" for one, payload in self.lane.events()[self._read :]]
            raise AssertionError(f"the journal never said {kind} {fields}, only {later}") from None
        return found

    def never(self, kind: str, **fields: object) -> None:
        """The journal has no such event so far. Raises `AssertionError`."""
        for one, payload in self.lane.events():
            if one == kind and all(payload.get(key) == value for key, value in fields.items()):
                raise AssertionError(f"the journal says {kind} {payload}")

    def count(self, kind: str, **fields: object) -> int:
        """How many such events the journal has."""
        return sum(
            one == kind and all(payload.get(key) == value for key, value in fields.items())
            for one, payload in self.lane.events()
        )
