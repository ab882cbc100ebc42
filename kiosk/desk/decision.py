"""Which decisions an officer can make about the referral in front, and why not the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from drivers.turnstile.port import LinkState
from kiosk.desk.lane_control import Action, LaneOrder, Notice
from kiosk.desk.override_reasons import RELEASE, reasons_for
from kiosk.lane_view import LaneView, Phase
from kiosk.stay import EXTENDABLE
from verification.reasons import ReasonId

NeedsSecondOfficer = Callable[[Sequence[ReasonId]], bool]
"""What the policy says: whether one officer alone may not admit somebody referred for these reasons."""

_NOBODY_DECIDED = (Phase.WAITING, Phase.HELD, Phase.CLOSED, Phase.OUT_OF_ORDER)
"""Phases in which one pulse outside a crossing cannot be mistaken for the crossing's own."""
_SHUT = {Phase.HELD: LaneOrder.HOLD.value, Phase.CLOSED: LaneOrder.CLOSE.value}


@dataclass(frozen=True, slots=True)
class Option:
    """One decision and, where it is not possible, why."""

    action: Action
    why_not: Notice | None = None

    @property
    def possible(self) -> bool:
        """Whether one officer can decide so now."""
        return self.why_not is None


def options(
    view: LaneView, needs_second_officer: NeedsSecondOfficer, officer: str = ""
) -> tuple[Option, ...]:
    """What this officer can decide about the referral in front; empty when there is none.

    Where it takes two to admit, the first admits and the gate stays shut until another one does.
    """
    crossing = view.crossing
    if view.phase is not Phase.REFERRED or crossing is None or crossing.override:
        return ()
    specimen = ReasonId.SPECIMEN in crossing.reasons or any(item.specimen for item in crossing.evidence)
    why_not_admit: Notice | None = None
    if specimen and not view.demo:
        why_not_admit = Notice.SPECIMEN
    elif officer and officer == crossing.approved_by and needs_second_officer(crossing.reasons):
        why_not_admit = Notice.SECOND_OFFICER
    return (Option(Action.ADMIT, why_not_admit), Option(Action.REFUSE), Option(Action.DESK))


def obstacle(
    view: LaneView,
    crossing: str,
    action: Action,
    reason: str,
    needs_second_officer: NeedsSecondOfficer,
    officer: str = "",
) -> Notice | None:
    """Why this decision cannot be made now; None when it can. `reason` is an id of the table."""
    if view.crossing is None or view.crossing.crossing != crossing or not options(view, needs_second_officer):
        return Notice.CROSSING_OVER
    if reason not in {row.id for row in reasons_for(action)}:
        return Notice.NOT_NOW
    possible = options(view, needs_second_officer, officer)
    return next(option.why_not for option in possible if option.action is action)


def may_take_back(view: LaneView, officer: str, now_mono: float) -> bool:
    """Whether this officer's decision about who stands there can still be taken back."""
    crossing = view.crossing
    if crossing is None or view.phase is Phase.EVACUATE or crossing.decided_by != officer:
        return False
    return crossing.take_back_until is not None and now_mono < crossing.take_back_until


def may_enter_document(view: LaneView) -> bool:
    """Whether a paper document can be entered: for who waits, or for a person without a code."""
    crossing = view.crossing
    return view.phase in (Phase.WAITING, Phase.GATHERING, Phase.REFERRED) and not (
        crossing is not None and crossing.override
    )


def release_obstacle(view: LaneView, reason: str) -> Notice | None:
    """Why "release once" cannot be asked now; None when it can."""
    if reason not in {row.id for row in reasons_for(RELEASE)}:
        return Notice.NOT_NOW
    if view.link is not LinkState.UP:
        return Notice.GATE_NOT_READY
    return None if may_release(view) else Notice.NOT_NOW


def may_release(view: LaneView) -> bool:
    """Whether the lane stands still, so that a pulse cannot be taken for a traveller's own."""
    return view.phase in _NOBODY_DECIDED


def may_hold(view: LaneView) -> bool:
    """Whether the lane can be held: also with a traveller in it, since holding begins after that one."""
    return not shut(view) and view.phase is not Phase.EVACUATE


def may_free(view: LaneView) -> bool:
    """Whether a held or closed lane can go on."""
    return bool(shut(view)) and view.phase is not Phase.EVACUATE


def shut(view: LaneView) -> str:
    """`hold` or `close`, also while the last traveller is still in the lane; empty: it takes travellers."""
    return view.duty.shut or _SHUT.get(view.phase, "")


def orders(view: LaneView) -> tuple[tuple[LaneOrder, str, Notice | None], ...]:
    """What can be ordered of this lane now: each with its direction, and why it can't be done."""
    duty = view.duty
    gone = Notice.NOT_NOW if view.phase is Phase.EVACUATE else None
    ways = [one for one in (LaneOrder.HOLD, LaneOrder.CLOSE) if one.value != shut(view)]
    found = [(one, "", gone) for one in ([LaneOrder.OPEN, *ways] if shut(view) else ways)]
    if duty.turns_to:
        busy = None if may_release(view) else Notice.IN_THE_LANE
        found.append((LaneOrder.TURN, duty.turns_to, gone or busy))
    found.append((LaneOrder.UNMUTE if duty.muted else LaneOrder.MUTE, "", None))
    found.append((LaneOrder.ALL_CLEAR if duty.alarm else LaneOrder.ALARM, "", None))
    if view.phase in EXTENDABLE:
        found.append((LaneOrder.MORE_TIME, "", None))
    return tuple(found)
