"""What every dialect of a gate has in common: commands in, events out, and no way to say "stay open"."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from drivers.turnstile.port import Capabilities, Way
from drivers.turnstile.wiring import UnsuitableSetting, Wiring

__all__ = ["UnsuitableSetting"]


class About(StrEnum):
    """What a device can be asked."""

    RELAY = "relay"
    INPUTS = "inputs"
    CHECK = "check"
    """Something that has to be right before the device may serve; asked once after every open."""


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
    """Asks for the state of relay or inputs, where the device can tell."""

    about: About = About.RELAY


@dataclass(frozen=True, slots=True)
class Prepare:
    """One step of setting the device up, after the first OFF of every open."""

    step: int


Command = Off | Release | Query | Prepare


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The device took the last command."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The device would not take the last command."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody went through, in this direction; several at once where only a counter tells."""

    way: Way
    persons: int = 1


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


@dataclass(frozen=True, slots=True)
class InputsAre:
    """What the board reads at its inputs; bit 0 is input 1."""

    bits: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The device's counters answered: this is the sign that it works. New passages stand before it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to a check; `advice` says what a person must set right, empty when all is."""

    advice: str = ""


Event = (
    Acknowledged
    | Rejected
    | Passed
    | RelayIs
    | FireContact
    | TamperContact
    | ReadyInput
    | InputsAre
    | Counted
    | Checked
)


class Decoder(ABC):
    """Bytes to events. Never raises, keeps a bounded rest, and finds the next frame after any rubbish."""

    skipped: int = 0
    """How many bytes belonged to no frame. Any of them may have been the report of a passage."""

    @abstractmethod
    def feed(self, data: bytes) -> list[Event]:
        """The events that `data` completes. How a stream is cut into chunks makes no difference."""

    def expect(self, command: Command) -> None:  # noqa: ARG002
        """Notes what leaves now, for dialects whose answers do not say what they answer."""
        return

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
    withdrawn_by_off: bool = False
    """True when the device keeps a release until one passage, and `Off` takes it back early."""
    both_ways: bool = False
    """False when the wiring alone decides which way is released."""
    poll_s: float = 0.0
    """How often to ask an idle device; 0: every two seconds."""
    hasty_poll_s: float = 0.05
    """How often to ask while somebody may be passing."""
    reply_s: float = 0.06
    """How long an answer usually takes: no question is asked closer than this to an OFF that is due."""
    channels: ClassVar[int] = 1
    contacts: ClassVar[int] = 0
    """How many inputs the board has."""
    tells_levels: ClassVar[bool] = True
    """False for a board that only tells when an input changes, never how it stands."""
    steps_s: ClassVar[float] = 0.0
    """The unit of the device's own timer, in seconds; 0: it has none and the pulse is timed here."""
    over_network: ClassVar[bool] = False
    units: ClassVar[range] = range(0)
    """The addresses that it can have on a shared line."""
    unit: int = 0

    def __init__(self, channel: int = 1, wiring: Wiring | None = None) -> None:
        """Raises `UnsuitableSetting` for what this device does not have."""
        wiring = wiring or Wiring()
        if not 1 <= channel <= self.channels:
            what = "only channel 1" if self.channels == 1 else f"channels 1 to {self.channels}"
            raise UnsuitableSetting(f"turnstile.channel = {channel}: {self.name} has {what}")
        self.channel = channel
        self._take_unit(wiring.unit)
        self._take_inputs(wiring)

    def _take_unit(self, unit: int) -> None:
        if unit and unit not in self.units:
            what = (
                f"{self.units.start} to {self.units.stop - 1}" if self.units else "no address: leave it out"
            )
            raise UnsuitableSetting(f"turnstile.unit = {unit}: {self.name} has {what}")
        self.unit = unit or self.unit

    def _take_inputs(self, wiring: Wiring) -> None:
        self.inputs = wiring.inputs
        wired = wiring.inputs.wired
        for name, number in wired.items():
            key = f"turnstile.inputs.{name} = {number}"
            if number > self.contacts:
                has = f"inputs 1 to {self.contacts}" if self.contacts else "no inputs"
                raise UnsuitableSetting(f"{key}: {self.name} has {has}")
            if not self.tells_levels and name not in ("passage", "passage_back", "spare"):
                raise UnsuitableSetting(
                    f"{key}: {self.name} tells only changes, so it can watch no {name} contact"
                )
            if list(wired.values()).count(number) > 1:
                raise UnsuitableSetting(f"{key}: another contact is wired to this input")
        if wired:
            sees = self.capabilities.reports_passage or "passage" in wired
            self.capabilities = replace(self.capabilities, inputs=True, reports_passage=sees)

    @property
    def questions(self) -> tuple[About, ...]:
        """What is asked again and again, for as long as the link is open."""
        relay = (About.RELAY,) if self.capabilities.reads_back else ()
        inputs = (About.INPUTS,) if self.capabilities.inputs and self.tells_levels else ()
        return relay + inputs

    @property
    def checks(self) -> tuple[About, ...]:
        """What is asked once after every open."""
        return ()

    @property
    def preparations(self) -> int:
        """How many steps of setting up there are."""
        return 0

    @abstractmethod
    def encode(self, command: Command) -> bytes:
        """The bytes of a command, empty for a question that this device cannot be asked."""

    @abstractmethod
    def decoder(self) -> Decoder:
        """A new decoder: one for every time the link opens."""
