"""An officer's word about a crossing that is over: what it comes to. It goes nowhere near a gate."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.desk.crossed import APPROVED, Crossed, Said
from kiosk.desk.decision import NeedsSecondOfficer
from kiosk.desk.lane_control import Action, Notice
from kiosk.desk.note import note_of
from kiosk.desk.override_reasons import reasons_for
from sync.event import Event
from sync.event_types import OfficerApproved, OfficerDecided, OfficerNoted, OfficerUndone
from verification.reasons import ReasonId
from verification.verdict import Outcome

_STANDS = {Outcome.ADMIT.value: Action.ADMIT, Outcome.REFUSE.value: Action.REFUSE}
_KNOWN = {one.value: one for one in ReasonId}


def late_options(
    crossed: Crossed, needs_second_officer: NeedsSecondOfficer, officer: str, *, demo: bool = False
) -> tuple[tuple[Action, Notice | None], ...]:
    """What this officer can say of it now, and why not. Nothing while it goes on; not what holds already."""
    if not crossed.how:
        return ()
    found: list[tuple[Action, Notice | None]] = []
    for action in Action:
        if action != stands(crossed):
            why_not = _why_not_admit(crossed, needs_second_officer, officer, demo)
            found.append((action, why_not if action is Action.ADMIT else None))
    return tuple(found)


def late_override(
    crossed: Crossed,
    officer: str,
    action: Action,
    reason: str,
    note: str,
    needs_second_officer: NeedsSecondOfficer,
    *,
    demo: bool = False,
) -> tuple[Event, ...] | Notice:
    """The events to record, or why there are none. `crossed` is the crossing as its journal has it now."""
    if reason not in {row.id for row in reasons_for(action)}:
        return Notice.NOT_NOW
    possible = dict(late_options(crossed, needs_second_officer, officer, demo=demo))
    if action not in possible:
        return Notice.NOT_NOW
    if (why_not := possible[action]) is not None:
        return why_not
    kept = note_of(note)
    noted = (OfficerNoted(crossed.crossing, officer, kept),) if kept else ()
    if action is Action.ADMIT and takes_two(crossed, needs_second_officer) and not crossed.approved_by:
        return (OfficerApproved(crossed.crossing, officer, reason, ""), *noted)
    return (OfficerDecided(crossed.crossing, officer, action, reason, False, ""), *noted)


def late_word(crossed: Crossed, officer: str) -> Said | None:
    """What this officer said of it last and can take back while there is time; None: nothing.

    Nothing was said since, by nobody, and what was said moved nothing.
    """
    word = crossed.newest_word
    if word is None or not crossed.how or word.officer != officer:
        return None
    return word if word.late or (word.act == APPROVED and word.at >= crossed.closed_at) else None


def late_undone(crossed: Crossed, officer: str, number: int) -> tuple[Event, ...] | Notice:
    """The event that takes the word with this number back, or why there is none. Both records stay."""
    word = late_word(crossed, officer)
    if word is None or word.sequence != number:
        return Notice.TOO_LATE
    action = Action.ADMIT.value if word.act == APPROVED else word.act
    return (OfficerUndone(crossed.crossing, officer, action, word.reason, ""),)


def stands(crossed: Crossed) -> str:
    """What holds of it now: the last decision, else the verdict's; empty: it was left to an officer."""
    decisions = crossed.decisions
    return decisions[-1].act if decisions else _STANDS.get(crossed.outcome, "")


def takes_two(crossed: Crossed, needs_second_officer: NeedsSecondOfficer) -> bool:
    """Whether the policy asks for two officers to admit it."""
    return needs_second_officer(_reasons(crossed))


def _why_not_admit(
    crossed: Crossed, needs_second_officer: NeedsSecondOfficer, officer: str, demo: bool
) -> Notice | None:
    if ReasonId.SPECIMEN in _reasons(crossed) and not demo:
        return Notice.SPECIMEN
    if crossed.approved_by == officer and takes_two(crossed, needs_second_officer):
        return Notice.SECOND_OFFICER
    return None


def _reasons(crossed: Crossed) -> Sequence[ReasonId]:
    return [_KNOWN[one] for one in (*crossed.reasons, *crossed.doubts) if one in _KNOWN]
