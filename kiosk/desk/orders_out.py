"""Orders that a station desk sent: which lane can be ordered what, and what came of each. No Qt, no line."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from pydantic import ValidationError

from kiosk.desk.decision import orders
from kiosk.desk.lane_control import LaneOrder, Notice
from kiosk.lane_view import DutyView, LaneView, Phase
from sync.lane_order import ORDERS, WINDOW
from sync.lane_report import DutySaid
from sync.referral import LaneShown, OrderShown

AT_THE_LANE = tuple(order for order in LaneOrder if order.value not in ORDERS)
"""What is ordered at the lane's own panel only."""
SILENT_S = 15.0
"""A lane reports every five seconds; one that did not for so long is not known any more."""
_PHASES = {phase.value: phase for phase in Phase}


class OrderNotice(StrEnum):
    """What the desk tells its officer of an order. The window has a sentence for each, in every language."""

    OBEYED = "obeyed"
    ENTERED = "entered"
    """A document: who it is of waits for an officer now."""
    IN_THE_LANE = "in_the_lane"
    NOT_OBEYED = "not_obeyed"
    NO_ANSWER = "no_answer"


def view_of(one: LaneShown, age_s: float) -> LaneView | None:
    """The lane as far as its report tells; None: it says nothing now, or is too old to take orders.

    `age_s` is the report's age by now.
    """
    report = one.report
    if report is None or age_s > SILENT_S:
        return None
    phase = _PHASES.get(str(report.get("phase")))
    try:
        duty = DutySaid.model_validate(report.get("duty"))
    except ValidationError:
        return None
    if phase is None:
        return None
    return LaneView(phase, one.lane, report.get("demo") is True, duty=DutyView(**duty.model_dump()))


def why_not(view: LaneView, order: LaneOrder, to: str) -> Notice | None:
    """Why a desk can't order this of the lane; None where it can."""
    if order in AT_THE_LANE:
        return Notice.NOT_NOW
    possible = {(what, where): obstacle for what, where, obstacle in orders(view)}
    return possible.get((order, to), Notice.NOT_NOW)


class OrdersOut:
    """Remembers the orders of this desk until their lane has answered, or is too late for it."""

    def __init__(self) -> None:
        self._waiting: dict[int, float] = {}

    def sent(self, number: int, now_mono: float) -> None:
        """The hub has taken one."""
        self._waiting[number] = now_mono

    def heard(self, shown: Sequence[OrderShown]) -> tuple[tuple[int, OrderNotice], ...]:
        """What the lanes said of those that waited for it, by their numbers."""
        told = []
        for one in shown:
            if one.word and self._waiting.pop(one.number, None) is not None:
                told.append((one.number, _notice(one.word)))
        return tuple(told)

    def late(self, now_mono: float) -> tuple[OrderNotice, ...]:
        """Those that no lane will take any more."""
        over = [number for number, at in self._waiting.items() if now_mono - at > WINDOW.total_seconds()]
        for number in over:
            del self._waiting[number]
        return (OrderNotice.NO_ANSWER,) * bool(over)


def _notice(word: str) -> OrderNotice:
    if word == Notice.TAKEN.value:
        return OrderNotice.OBEYED
    if word == Notice.ENTERED.value:
        return OrderNotice.ENTERED
    return OrderNotice.IN_THE_LANE if word == Notice.IN_THE_LANE.value else OrderNotice.NOT_OBEYED
