"""The one authorisation that a gate has in hand, and the watch behind somebody who passed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drivers.turnstile.port import (
    Capabilities,
    GateReport,
    Passage,
    PassageReported,
    PulseRefused,
    Way,
)

FOLLOW_S = 1.5
"""After a passage, somebody right behind still counts as tailgating for this long."""
BOUNCE_S = 0.03


class Phase(StrEnum):
    """Where the gate is with the authorisation in hand."""

    OUT_OF_SERVICE = "out_of_service"
    IDLE = "idle"
    AUTHORISED = "authorised"
    """Asked for; the device cannot take the command yet."""
    PULSED = "pulsed"
    """The release left; the device has not confirmed it."""
    WAITING = "waiting"
    """The release was taken; the passage window runs."""
    PASSING = "passing"
    """Somebody passed, which was reported; is there somebody right behind?"""
    CLOSING = "closing"
    """The window is over; the release is being withdrawn."""
    FIRE = "fire"
    TAMPER = "tamper"


@dataclass(slots=True)
class Flight:
    """What is known of it so far. Times are monotonic seconds."""

    authorisation: str
    way: Way
    phase: Phase = Phase.AUTHORISED
    accepted: bool = False
    confirmed: bool = False
    """The device itself took the release."""
    doubted: bool = False
    """Something happened that makes "nobody passed" a guess."""
    began: float = 0.0
    ends: float = 0.0

    @property
    def sent(self) -> bool:
        """Whether a byte of the release may have left: from then on it is never sent again."""
        return self.phase is not Phase.AUTHORISED

    def waits_for_answer(self, pending: bool) -> bool:
        """Whether its end is put off until the answer that is on its way has come, or has not."""
        return self.phase is Phase.CLOSING and pending

    def nobody(self, can: Capabilities, healthy: bool) -> Passage:
        """No passage was reported: whether that means anything is for the device's abilities to say."""
        known = can.reports_passage and healthy and self.confirmed and not self.doubted
        return Passage.NO_PASSAGE if known else Passage.UNKNOWN

    def broken_off(self, why: str) -> GateReport:
        """How it ends when it cannot run its course: refused if nothing left, else unknown."""
        if not self.sent:
            return PulseRefused(self.authorisation, why)
        return PassageReported(self.authorisation, Passage.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody passed: a second one in the same direction and before `ends` came on the same release."""

    authorisation: str
    way: Way
    began: float
    ends: float

    def follows(self, way: Way, now: float) -> bool:
        """Whether a passage now is a second person rather than a bouncing contact."""
        return way is self.way and now >= self.began + BOUNCE_S

    def bounces(self, way: Way, now: float) -> bool:
        """Whether a passage now is the same one told twice."""
        return way is self.way and now < self.began + BOUNCE_S
