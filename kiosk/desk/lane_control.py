"""What a desk may ask of its lane: the one door from officers' hands to the crossing."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from sync.event_types import OfficerSignedIn, OfficerSignedOut, OfficerSignInFailed

SignInEvent = OfficerSignedIn | OfficerSignInFailed | OfficerSignedOut


class Action(StrEnum):
    """What an officer decides about a referral."""

    ADMIT = "admit"
    REFUSE = "refuse"
    DESK = "desk"


class Notice(StrEnum):
    """Why a lane did not do what an officer asked. The panel has a sentence for each, in every language."""

    SECOND_OFFICER = "second_officer"
    """The policy wants two officers for this reason: one has admitted, another has to."""
    CROSSING_OVER = "crossing_over"
    """The decision was recorded; the gate stays shut, since somebody else may stand there now."""
    SPECIMEN = "specimen"
    """A specimen code never opens a real gate."""
    GATE_NOT_READY = "gate_not_ready"
    """No pulse: the link is not up, the lane is busy, or there is a fire alarm."""
    TAKEN = "taken"
    """Done as asked. Only a decision that came through the hub is told so."""
    NOT_NOW = "not_now"
    """The lane is not in a state where this can be asked."""


class LaneControl(Protocol):
    """A lane, as seen from a desk. Every call returns at once; what came of it is the next `LaneView`.

    The lane has the last word on every call: the desk's own checks only spare the officer a detour.
    """

    on_notice: Callable[[str], None]
    """Set by the desk. The lane calls it, from any thread, with a `Notice` or one plain sentence."""

    def decide(self, crossing: str, officer: str, action: Action, reason: str) -> None:
        """Decides one referral. `reason` is an id of `override_reasons.toml`."""

    def hold(self, officer: str) -> None:
        """Stops the lane between two travellers."""

    def free(self, officer: str) -> None:
        """Lets a held lane go on."""

    def release_once(self, officer: str, reason: str) -> None:
        """One pulse outside any crossing, with its own event."""

    def record(self, event: SignInEvent) -> None:
        """Writes a sign-in event to the journal."""
