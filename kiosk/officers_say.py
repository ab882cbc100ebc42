"""What an officer's word about a crossing comes to: pure rules beside the crossing, which goes by them.

Whether a decision was in time, whether it takes a second officer, whether it can still be taken back, and the
one release outside any crossing.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from config.moment import Moment
from drivers.turnstile.port import Way
from kiosk.crossing_io import (
    Effect,
    OfficerDecision,
    OpenGate,
    Patience,
    Record,
    ReleaseOnce,
    Rulebook,
    TakeBack,
    Tell,
)
from kiosk.desk.lane_control import Action, Notice
from kiosk.lane_view import Phase
from kiosk.taking_back import taken_back
from kiosk.traveller import OfficersWord, Traveller
from sync.event import Event
from sync.event_types import OfficerApproved, OfficerDecided, OfficerNoted, OfficerReleasedOnce
from verification.reasons import ReasonId

REMEMBERED = 1000
OfficersSaid = OfficerDecision | TakeBack


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the crossing does: records `events`, goes to `phase`, then `effects`."""

    events: tuple[Event, ...] = ()
    effects: tuple[Effect, ...] = ()
    phase: tuple[Phase, float] | None = None
    """And how many seconds it stays there. None: it stays where it is."""
    opens: bool = False
    """The gate is asked at once: an officer admitted."""
    give_back: tuple[bytes, ...] = ()


class OfficersSay:
    """The rules of one lane. Only a decision in time changes anything about the traveller."""

    def __init__(self, rulebook: Rulebook, patience: Patience, *, demo: bool) -> None:
        self._rulebook, self._patience, self._demo = rulebook, patience, demo
        self.known: deque[str] = deque(maxlen=REMEMBERED)
        """The crossings an officer may still speak of."""

    def ruling(self, said: OfficersSaid, traveller: Traveller | None, phase: Phase, now: Moment) -> Ruling:
        """What it comes to, with who stands in the lane and what its screen shows."""
        ours = traveller if traveller is not None and traveller.id == said.crossing else None
        if isinstance(said, TakeBack):
            return self._taken_back(said, None if phase is Phase.EVACUATE else ours, now)
        if said.crossing not in self.known:
            return Ruling(effects=(Tell(Notice.NOT_NOW, said.number),))
        waits = phase is Phase.REFERRED and ours is not None and not ours.override
        return self._decided(said, ours if waits else None, now)

    def _taken_back(self, wish: TakeBack, traveller: Traveller | None, now: Moment) -> Ruling:
        done = taken_back(traveller, wish, now.mono)
        if done is None:
            return Ruling(effects=(Tell(Notice.TOO_LATE, wish.number),))
        events, give_back = done
        told = Tell(Notice.UNDONE, wish.number)
        return Ruling(events, (told,), (Phase.REFERRED, self._patience.referral), give_back=give_back)

    def _decided(self, decision: OfficerDecision, traveller: Traveller | None, now: Moment) -> Ruling:
        number, action, patience = decision.number, decision.action, self._patience
        in_time = traveller is not None and traveller.verdict is not None
        event = OfficerDecided(
            decision.crossing, decision.officer, action, decision.reason, in_time, decision.desk
        )
        events = (event, *_noted(decision))
        if traveller is None or traveller.verdict is None:
            return Ruling(events, (Tell(Notice.CROSSING_OVER, number),))
        if action is Action.ADMIT:
            if ReasonId.SPECIMEN in traveller.verdict.reasons or (traveller.specimen and not self._demo):
                return Ruling(effects=(Tell(Notice.SPECIMEN, number),))
            needs_two = self._rulebook.needs_second_officer(traveller.reasons)
            if needs_two and traveller.approved_by in ("", decision.officer):
                return _first_of_two(traveller, decision)
        told = (Tell(Notice.TAKEN, number),) if number else ()
        traveller.override, traveller.decided_by = action, decision.officer
        undo, wait = patience.undo, patience.before_pulse
        if action is Action.ADMIT:
            traveller.word = OfficersWord(event, now.mono + wait, unmoved=wait > 0)
            return Ruling(events, told, (Phase.REFERRED, wait) if wait else None, opens=not wait)
        traveller.word = OfficersWord(event, now.mono + undo, unmoved=True)
        refused = (Phase.REFUSED, max(patience.refused, undo))
        at_desk = (Phase.AT_DESK, max(patience.desk, undo))
        return Ruling(events, told, refused if action is Action.REFUSE else at_desk)


def _noted(decision: OfficerDecision) -> tuple[OfficerNoted, ...]:
    if not decision.note:
        return ()
    return (OfficerNoted(decision.crossing, decision.officer, decision.note),)


def _first_of_two(traveller: Traveller, decision: OfficerDecision) -> Ruling:
    """One officer alone does not admit here: it is written down, and the gate stays shut."""
    told = (Tell(Notice.SECOND_OFFICER, decision.number),)
    if traveller.approved_by:
        return Ruling(effects=told)
    traveller.approved_by = decision.officer
    approved = OfficerApproved(decision.crossing, decision.officer, decision.reason, decision.desk)
    return Ruling((approved, *_noted(decision)), told)


class Release:
    """The gate released once, outside any crossing, while it has not answered yet."""

    def __init__(self) -> None:
        self._authorisation: str | None = None
        self._until = 0.0

    def __bool__(self) -> bool:
        return self._authorisation is not None

    def begin(self, order: ReleaseOnce, authorisation: str, way: Way, until: float) -> tuple[Effect, ...]:
        """One pulse, recorded before it is asked for. `until` is when it is given up (monotonic seconds)."""
        self._authorisation, self._until = authorisation, until
        released = OfficerReleasedOnce(order.officer, authorisation, order.reason)
        return (Record((released,)), OpenGate(authorisation, way))

    def ends_with(self, authorisation: str) -> bool:
        """Whether the gate's last word on this authorisation is about the release, which is over then."""
        ours = self._authorisation == authorisation
        if ours:
            self._authorisation = None
        return ours

    def overdue(self, now: float) -> str | None:
        """The authorisation of which the gate should have said long ago what became of it."""
        return self._authorisation if now >= self._until else None
