"""What an officer's word about a crossing comes to: pure rules beside the crossing, which goes by them.

Whether the word was in time, whether it takes a second officer, and the one release outside any crossing.
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.turnstile.port import Way
from kiosk.crossing_io import Effect, OfficerDecision, OpenGate, Record, ReleaseOnce, Rulebook, Tell
from kiosk.desk.lane_control import Action, Notice
from kiosk.traveller import Traveller
from sync.event_types import OfficerApproved, OfficerDecided, OfficerReleasedOnce
from verification.reasons import ReasonId


@dataclass(frozen=True, slots=True)
class Ruling:
    """The crossing goes by `event` where there is one; else all there is to do are `effects`."""

    event: OfficerDecided | None
    effects: tuple[Effect, ...] = ()
    """With `event`: what is done after everything else."""


def ruling(
    decision: OfficerDecision, traveller: Traveller | None, rulebook: Rulebook, *, demo: bool
) -> Ruling:
    """What a decision comes to. `traveller` is who stands there, referred; None: nobody whom it is about."""
    number = decision.number
    in_time = traveller is not None and traveller.verdict is not None
    event = OfficerDecided(
        decision.crossing, decision.officer, decision.action, decision.reason, in_time, decision.desk
    )
    if traveller is None or traveller.verdict is None:
        return Ruling(None, (Record((event,)), Tell(Notice.CROSSING_OVER, number)))
    if decision.action is Action.ADMIT:
        if ReasonId.SPECIMEN in traveller.verdict.reasons or (traveller.specimen and not demo):
            return Ruling(None, (Tell(Notice.SPECIMEN, number),))
        needs_two = rulebook.needs_second_officer(traveller.verdict.reasons)
        if needs_two and traveller.approved_by in ("", decision.officer):
            return Ruling(None, _first_of_two(traveller, decision))
    return Ruling(event, (Tell(Notice.TAKEN, number),) if number else ())


def _first_of_two(traveller: Traveller, decision: OfficerDecision) -> tuple[Effect, ...]:
    """One officer alone does not admit here: it is written down, and the gate stays shut."""
    told = Tell(Notice.SECOND_OFFICER, decision.number)
    if traveller.approved_by:
        return (told,)
    traveller.approved_by = decision.officer
    approved = OfficerApproved(decision.crossing, decision.officer, decision.reason, decision.desk)
    return (Record((approved,)), told)


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
