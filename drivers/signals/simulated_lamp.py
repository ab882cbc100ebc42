"""A lamp that only remembers what it was asked to show, and one that is not there."""

from __future__ import annotations

from drivers.signals.light import Lamp, Light
from drivers.signals.port import Health, Tone

WORKS = Health("lamp", "LA", works=True)
MISSING = Health("lamp", "LA", works=False, advice="There is no lamp: check its cable; the lane goes on.")


class SimulatedLamp(Lamp):
    """Shows nothing, keeps lists. `shown` and `buzzed` are in the order of asking."""

    def __init__(self) -> None:
        self.shown: list[Light] = []
        self.buzzed: list[Tone] = []
        self.tests = 0

    def start(self) -> None:
        """There is nothing to look for."""

    def show(self, light: Light) -> None:
        self.shown.append(light)

    def buzz(self, tone: Tone) -> None:
        self.buzzed.append(tone)

    def health(self) -> Health:
        return WORKS

    def self_test(self) -> Health:
        self.tests += 1
        return self.health()

    def stop(self) -> None:
        self.shown.append(Light.DARK)


class FaultyLamp(SimulatedLamp):
    """Absent until `mend`; what it was asked to show is remembered all the same."""

    def __init__(self) -> None:
        super().__init__()
        self._mended = False

    def mend(self) -> None:
        """The lamp is plugged in."""
        self._mended = True

    def health(self) -> Health:
        return WORKS if self._mended else MISSING
