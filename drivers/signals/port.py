"""The signals port: what a lane says without words. A missing device is a named fault, never an exception."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What is heard. Each is told from the others by its rhythm alone."""

    READ = "read"
    """A tick: a code was read."""
    GO = "go"
    """Two rising: please pass."""
    ATTENTION = "attention"
    """One long: an officer comes."""
    STOP = "stop"
    """Five short: stop."""
    AGAIN = "again"
    """Two falling, soft: not this code, another one."""


class Prompt(StrEnum):
    """What is spoken, in the language of the verdict. Nothing here tells a revoked code from a referral."""

    GO = "go"
    GO_LEFT = "go_left"
    GO_RIGHT = "go_right"
    OFFICER_COMES = "officer_comes"
    PLEASE_STOP = "please_stop"
    ONE_MORE_CODE = "one_more_code"
    NOT_A_CODE = "not_a_code"
    MORE_TIME = "more_time"
    GO_TO_DESK = "go_to_desk"
    GATE_STUCK = "gate_stuck"
    LEAVE_NOW = "leave_now"
    STAFFED_LANE = "staffed_lane"


@dataclass(frozen=True, slots=True)
class Health:
    """How a signal device is. `advice` is one sentence that says what to do; empty when it works."""

    part: str
    code: str
    works: bool
    advice: str = ""


class Signals(ABC):
    """A device that signals. No call blocks: a worker of the driver's own does what is asked."""

    @abstractmethod
    def start(self) -> None:
        """Starts the worker. Never raises for a missing device: `health` says so."""

    @abstractmethod
    def play(self, tone: Tone) -> None:
        """Asks for one tone and returns at once. A newer tone cuts an older one short."""

    @abstractmethod
    def say(self, prompt: Prompt, language: str) -> None:
        """Asks for one spoken prompt after the tone asked for last; nothing where it was never made."""

    @abstractmethod
    def health(self) -> Health:
        """How the device was the last time it was used or looked for."""

    @abstractmethod
    def self_test(self) -> Health:
        """Looks for the device again now and plays a tick. For the start of a shift; may take a second."""

    @abstractmethod
    def stop(self) -> None:
        """Silence, then lets the device go. Returns within a second."""
