"""What every dialect of a gate has in common: commands in, events out, and no way to say "stay open"."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from drivers.turnstile.port import Capabilities, Way


class UnsuitableSetting(Exception):
    """A setting this device cannot have. `str()` is `key = value: what is allowed`."""


@dataclass(frozen=True, slots=True)
class Off:
    """Relay off; release withdrawn. The only command that may be repeated."""


@dataclass(frozen=True, slots=True)
class Release:
    """One pulse, or one passage where the device counts. `pulse_s` is for boards that time it themselves."""

    way: Way
    pulse_s: float


@dataclass(frozen=True, slots=True)
class Query:
    """Asks for the state of relay and inputs, where the device can tell."""


Command = Off | Release | Query


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The device took the last command."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The device would not take the last command."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody went through, in this direction."""

    way: Way


@dataclass(frozen=True, slots=True)
class RelayIs:
    """The relay's state as the device reads it back."""

    on: bool


@dataclass(frozen=True, slots=True)
class FireContact:
    """The copy of the fire loop. It is normally closed, so a broken wire reads as open."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class TamperContact:
    """The housing switch or the forced-passage output. Normally closed as well."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class ReadyInput:
    """The gate's own "may take the next command"."""

    ready: bool


Event = Acknowledged | Rejected | Passed | RelayIs | FireContact | TamperContact | ReadyInput


class Decoder(ABC):
    """Bytes to events. Never raises, keeps a bounded rest, and finds the next frame after any rubbish."""

    skipped: int = 0
    """How many bytes belonged to no frame. Any of them may have been the report of a passage."""

    @abstractmethod
    def feed(self, data: bytes) -> list[Event]:
        """The events that `data` completes. How a stream is cut into chunks makes no difference."""

    @property
    @abstractmethod
    def held(self) -> int:
        """How many bytes wait for the rest of their frame."""


class Protocol(ABC):
    """One dialect of one device: pure, configured and never probed.

    Toggle, latch and all-on commands exist in most of these dialects. None of them is here, on purpose.
    """

    name: str
    baud: int
    capabilities: Capabilities
    min_gap_s: float
    """The shortest time between two commands that the firmware is known to take."""
    answer_s: float
    """How long an answer may take, where there is one."""
    withdrawn_by_off: bool
    """True when the device keeps a release until one passage, and `Off` takes it back early."""
    both_ways: bool
    """False when the wiring alone decides which way is released."""
    poll_s: float = 0.0
    """How often to ask a device that reads back; short where inputs are only seen by asking."""

    def __init__(self, channel: int = 1) -> None:
        """Raises `UnsuitableSetting` for a channel that this device does not have."""
        if not 1 <= channel <= self.channels:
            what = "only channel 1" if self.channels == 1 else f"channels 1 to {self.channels}"
            raise UnsuitableSetting(f"turnstile.channel = {channel}: {self.name} has {what}")
        self.channel = channel

    channels: int = 1

    @abstractmethod
    def encode(self, command: Command) -> bytes:
        """The bytes of a command, empty for a question that this device cannot be asked."""

    @abstractmethod
    def decoder(self) -> Decoder:
        """A new decoder: one for every time the link opens."""
