"""The lamp port: what a signal tower shows for each state. A missing lamp is a named fault."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import StrEnum

from drivers.signals.port import Health, Tone


class Light(StrEnum):
    """What is seen from far. Each is told from the others by its rhythm alone, for who sees no colours."""

    DARK = "dark"
    """Nobody is spoken to."""
    GO = "go"
    """Green, steady: please pass."""
    ATTENTION = "attention"
    """Yellow, one long flash a second: an officer comes. A revoked code stands here too."""
    STOP = "stop"
    """Red, two short flashes a second: stop."""
    CLOSED = "closed"
    """Red, steady: this lane takes nobody."""
    LEAVE = "leave"
    """All three, one after the other: leave the hall."""


class Lamp(ABC):
    """A lamp. No call blocks: a worker of the driver's own does what is asked."""

    @abstractmethod
    def start(self) -> None:
        """Starts the worker. Never raises for a missing device: `health` says so."""

    @abstractmethod
    def show(self, light: Light) -> None:
        """Shows this until told otherwise."""

    @abstractmethod
    def buzz(self, tone: Tone) -> None:
        """Sounds the tone's rhythm on the lamp's buzzer: for a lane whose loudspeaker is gone."""

    @abstractmethod
    def health(self) -> Health:
        """How the lamp was the last time it was used or looked for."""

    @abstractmethod
    def self_test(self) -> Health:
        """Looks for the lamp again and flashes each colour. For the start of a shift; may take a second."""

    @abstractmethod
    def stop(self) -> None:
        """Dark and silent, then lets the device go. Returns within a second."""


class NoLamp(Lamp):
    """A lane without one: nothing is shown and nothing is missing."""

    def start(self) -> None:
        """Nothing to start."""

    def show(self, light: Light) -> None:
        """Nobody sees it."""

    def buzz(self, tone: Tone) -> None:
        """Nobody hears it."""

    def health(self) -> Health:
        return Health("lamp", "LA", works=True)

    def self_test(self) -> Health:
        return self.health()

    def stop(self) -> None:
        """Nothing to stop."""
