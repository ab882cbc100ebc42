"""A traveller's call for an officer: when it becomes a referral, and how playing children are slowed down.

A call is never refused and never lost. One that comes while the gate is busy, or soon after others were
withdrawn, is noted and made when its time has come.
"""

from __future__ import annotations

from kiosk.lane_view import Help, Phase
from kiosk.traveller import Traveller
from sync.event import Event
from sync.event_types import HelpCalled, HelpWithdrawn
from verification.reasons import ReasonId, reason
from verification.verdict import Outcome, Verdict

FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 60.0
"""After a call that came to nothing the next waits this long; twice as long after each further one."""
FORGOTTEN_S = 600.0
"""After so long without one, calls that came to nothing are forgotten."""
OPENS = (Phase.WAITING, Phase.GATHERING, Phase.REFUSED)
"""Where a call becomes a referral at once: the gate is not asked for anything."""
REFERRAL = Verdict(Outcome.REFER, (ReasonId.HELP_ASKED,))
"""The verdict on somebody who has no code, or wants an officer rather than a further code."""


class HelpCall:
    """Times are monotonic seconds."""

    def __init__(self) -> None:
        self._noted = False
        """Whether a call waits to become a referral."""
        self._in_vain = 0
        """How many calls came to nothing, one after the other."""
        self._not_before = float("-inf")
        self._last = float("-inf")

    def ask(self, traveller: Traveller | None, phase: Phase) -> tuple[Event, ...]:
        """The traveller asks, while the screen shows `phase`. Touched again, nothing new."""
        if phase is Phase.EVACUATE or self._noted or (traveller and traveller.called):
            return ()
        if traveller and phase is Phase.REFERRED:
            traveller.called = True
        else:
            self._noted = True
        return (HelpCalled(traveller.id if traveller else "", phase),)

    def due(self, phase: Phase, now: float) -> bool:
        """Whether a noted call becomes a referral in this phase of the crossing."""
        return self._noted and phase in OPENS and now >= self._not_before

    def made(self, traveller: Traveller) -> None:
        """It became this traveller's referral."""
        self._noted, traveller.called = False, True

    def withdraw(
        self, traveller: Traveller | None, phase: Phase, now: float
    ) -> tuple[tuple[Event, ...], str]:
        """What to write, and how the crossing ends with it; empty: it does not."""
        referred = traveller is not None and traveller.called and phase is Phase.REFERRED
        if not self._noted and not referred:
            return (), ""
        self.came_to_nothing(now)
        event = HelpWithdrawn(traveller.id if traveller else "", self._in_vain)
        if traveller is None or traveller.verdict is None or not referred:
            return (event,), ""
        traveller.called, traveller.withdrawn = False, True
        if traveller.verdict is REFERRAL:
            return (event,), "withdrawn"
        refused = traveller.verdict.outcome is Outcome.REFUSE
        return (event,), "refused" if refused and not reason(traveller.verdict.reasons[0]).private else ""

    def over(self, traveller: Traveller, how: str, now: float) -> None:
        """The traveller's crossing is over."""
        if traveller.called and how == "timed_out":
            self.came_to_nothing(now)

    def answered(self, traveller: Traveller) -> None:
        """An officer decided: whoever calls next calls for the first time."""
        if traveller.called:
            traveller.called, self._in_vain, self._not_before = False, 0, float("-inf")

    def forget(self) -> None:
        """Everybody leaves."""
        self._noted = False

    def came_to_nothing(self, now: float) -> None:
        """It was withdrawn, or nobody came: the next waits a little longer."""
        if now - self._last > FORGOTTEN_S:
            self._in_vain = 0
        self._noted = False
        self._in_vain += 1
        self._last = now
        self._not_before = now + min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** (self._in_vain - 1))

    def shown(self, traveller: Traveller | None) -> Help:
        """What the screen says of it."""
        if traveller is not None and traveller.called:
            return Help.CALLED
        return Help.NOTED if self._noted else Help.NONE
