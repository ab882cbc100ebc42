"""The turnstile port: what a lane may ask of a gate, and what a gate reports."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Passage(StrEnum):
    """What the gate did. The gate is a second verdict."""

    PASSED = "PASSED"
    NO_PASSAGE = "NO_PASSAGE"
    TAILGATE = "TAILGATE"
    UNKNOWN = "UNKNOWN"


class LinkState(StrEnum):
    """The supervisor's view of the device."""

    DOWN = "DOWN"
    PROBING = "PROBING"
    UP = "UP"
    DEGRADED = "DEGRADED"


class Way(StrEnum):
    """Which side of the gate is released."""

    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a device can do, as its protocol's table says."""

    acknowledges: bool = False
    reports_passage: bool = False
    hardware_pulse: bool = False
    reads_back: bool = False
    inputs: bool = False
    keeps_max_on: bool = False
    """The device itself ends a release that nobody withdraws, in a time that is known."""


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The link went up or down. `advice` is one sentence for the officer's screen; empty when UP."""

    state: LinkState
    advice: str = ""


@dataclass(frozen=True, slots=True)
class PulseAccepted:
    """The device took the pulse of this authorisation (or the bytes left, where it cannot say)."""

    authorisation: str
    acknowledged: bool
    """True when the device itself confirmed; False when the bytes left and the device cannot say."""


@dataclass(frozen=True, slots=True)
class PulseRefused:
    """No pulse was or will be made for this authorisation. `why` is one sentence."""

    authorisation: str
    why: str


@dataclass(frozen=True, slots=True)
class PassageReported:
    """How an authorisation that may have pulsed ended. Exactly one for each; UNKNOWN is never retried."""

    authorisation: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class FireAlarm:
    """The copy of the fire contact opened or closed. Nothing is commanded while it is open."""

    active: bool


@dataclass(frozen=True, slots=True)
class Tamper:
    """Somebody forced the gate, or its housing was opened."""

    active: bool


@dataclass(frozen=True, slots=True)
class PassageCorrected:
    """What was reported as PASSED was more: somebody followed close behind (TAILGATE). At most one."""

    authorisation: str
    passage: Passage


GateReport = (
    LinkChanged | PulseAccepted | PulseRefused | PassageReported | PassageCorrected | FireAlarm | Tamper
)


class Turnstile(ABC):
    """A gate. Reports arrive through the callable given to `start`, on a thread of the driver's own.

    For each `authorise` exactly one of `PulseAccepted` or `PulseRefused` follows (or, when the link broke in
    between, none), and after anything but a refusal exactly one `PassageReported`. PASSED comes at once; a
    `PassageCorrected` may follow it within two seconds.
    """

    @abstractmethod
    def start(self, report: Callable[[GateReport], None]) -> None:
        """Starts the device's owner. Never raises for a missing device: that is a `LinkChanged`."""

    @abstractmethod
    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:
        """Asks for one pulse. Returns at once; an id that was seen before is refused."""

    def face(self, way: Way) -> None:  # noqa: ARG002
        """The lane works that way from now on. Returns at once; who opens both ways has nothing to do.

        Called while nobody is in the lane. Until the gate is ready that way, its link is not up.
        """
        return

    @abstractmethod
    def stop(self) -> None:
        """OFF, then lets the device go. Returns within a second whatever the device does."""
