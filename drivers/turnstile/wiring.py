"""What a settings file says about one device beyond its dialect: addresses, and what hangs on its inputs."""

from __future__ import annotations

from dataclasses import dataclass, field, fields


class UnsuitableSetting(Exception):
    """A setting this device cannot have. `str()` is `key = value: what is allowed`."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Which input of the board each contact is wired to, counted from 1; 0: not wired.

    Fire and tamper contacts are normally closed: open is the alarm, and so is a broken wire.
    """

    passage: int = 0
    passage_back: int = 0
    ready: int = 0
    fire: int = 0
    tamper: int = 0
    spare: int = 0
    """Only looked at, never believed: the loop-back of commissioning. No setting of a lane names it."""
    passage_when: str = "closes"
    """`closes` or `opens`: what the passage contact does while somebody goes through."""
    ready_when: str = "closed"
    """`closed` or `open`: the ready contact of a gate that may take the next command."""
    closed_reads: int = 1
    """What the board reads at an input whose contact is closed."""

    @property
    def wired(self) -> dict[str, int]:
        """The contacts that are there, by name."""
        names = ("passage", "passage_back", "ready", "fire", "tamper", "spare")
        return {name: number for name in names if (number := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Frames:
    """The bytes of a board that is described in the settings, in hexadecimal; empty: it has none.

    In `answer`, `RR` stands for the byte of its relays, `II` for that of its inputs, `??` for any byte.
    """

    on: str = ""
    off: str = ""
    ask: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything a dialect may need to know of its device."""

    unit: int = 0
    """The board's address on a shared line; 0: as it leaves the factory."""
    inputs: Inputs = field(default_factory=Inputs)
    frames: Frames = field(default_factory=Frames)


def inputs_of(table: dict[str, object]) -> Inputs:
    """Reads `config.settings.TurnstileInputs` as JSON has it."""
    known = {item.name for item in fields(Inputs)}
    return Inputs(**{name: value for name, value in table.items() if name in known})  # type: ignore[arg-type]


def frames_of(table: dict[str, object]) -> Frames:
    """Reads `config.settings.TurnstileFrames` as JSON has it."""
    known = {item.name for item in fields(Frames)}
    return Frames(**{name: value for name, value in table.items() if name in known})  # type: ignore[arg-type]
