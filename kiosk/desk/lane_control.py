"""What a desk may ask of its lane: the one door from officers' hands to the crossing."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from sync.event_types import OfficerSignedIn, OfficerSignedOut, OfficerSignInFailed
from verification.entered import Entered

SignInEvent = OfficerSignedIn | OfficerSignInFailed | OfficerSignedOut


class Action(StrEnum):
    """What an officer decides about a referral."""

    ADMIT = "admit"
    REFUSE = "refuse"
    DESK = "desk"


class LaneOrder(StrEnum):
    """What an officer orders the lane to be, until somebody orders otherwise. The gate is asked nothing."""

    HOLD = "hold"
    """For a moment, between two travellers."""
    CLOSE = "close"
    """Travellers are sent to another lane."""
    OPEN = "open"
    """A held or closed lane goes on."""
    TURN = "turn"
    """The other direction, whose name goes with the order."""
    ALARM = "alarm"
    """Everybody leaves."""
    ALL_CLEAR = "all_clear"
    MUTE = "mute"
    UNMUTE = "unmute"
    MORE_TIME = "more_time"
    """Longer for who stands there. Every officer's own panel has a key of its own for it."""


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
    IN_THE_LANE = "in_the_lane"
    """A lane is turned only while nobody is in it."""
    TOO_LATE = "too_late"
    """A decision is taken back within seconds, by who made it, and while the gate has not moved."""
    ENTERED = "entered"
    """A document was entered. Only a desk that sent it through the hub is told so."""
    UNDONE = "undone"
    """The decision was taken back: the traveller waits for another one."""
    TAKEN = "taken"
    """Done as asked. Only what came through the hub is told so."""
    NOT_NOW = "not_now"
    """The lane is not in a state where this can be asked."""


class LaneControl(Protocol):
    """A lane, as seen from a desk. Every call returns at once; what came of it is the next `LaneView`.

    The lane has the last word on every call: the desk's own checks only spare the officer a detour.
    """

    on_notice: Callable[[str], None]
    """Set by the desk. The lane calls it, from any thread, with a `Notice` or one plain sentence."""

    def decide(self, crossing: str, officer: str, action: Action, reason: str, note: str = "") -> None:
        """Decides one referral. `reason` is an id of `override_reasons.toml`, `note` free words."""

    def enter(self, crossing: str, officer: str, entered: Entered) -> None:
        """A document as the officer entered it; `crossing` is empty for a person without a code."""

    def take_back(self, crossing: str, officer: str) -> None:
        """Takes the officer's own decision back."""

    def order(self, order: LaneOrder, officer: str, to: str = "") -> None:
        """Holds, closes, turns, mutes the lane, or raises the alarm. `to` is the direction of a turn."""

    def more_time(self, officer: str) -> None:
        """Gives who stands there longer before the phase ends by itself."""

    def release_once(self, officer: str, reason: str) -> None:
        """One pulse outside any crossing, with its own event."""

    def record(self, event: SignInEvent) -> None:
        """Writes a sign-in event to the journal."""
