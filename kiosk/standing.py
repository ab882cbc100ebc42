"""What officers ordered the lane to be, until somebody orders otherwise: held, closed, turned, mute, alarm.

No order here moves the gate or decides about anybody. What stood when the program ended, the direction
too, stands when it starts again, but silence: a lane that was closed does not open by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drivers.turnstile.port import Way
from kiosk.crossing_io import FaceGate, Ordered, Tell
from kiosk.desk.lane_control import LaneOrder, Notice
from kiosk.lane_view import DutyView
from sync.chain import Record
from sync.event import Event
from sync.event_types import LaneAlarm, LaneClosed, LaneFreed, LaneHeld, LaneMuted, LaneTurned

KINDS = (LaneHeld.kind, LaneClosed.kind, LaneFreed.kind, LaneTurned.kind, LaneAlarm.kind)
"""The records that `restore` goes by."""
NEWEST_OF = ((LaneHeld.kind, LaneClosed.kind, LaneFreed.kind), (LaneTurned.kind,), (LaneAlarm.kind,))
"""Of each group the newest record tells."""


@dataclass(frozen=True, slots=True)
class Side:
    """One direction of the lane, and how the gate opens for it."""

    direction: str
    way: Way = Way.FORWARD
    arrow: str = ""
    """Where travellers walk as they face the screen: `up`, `left`, `right`; empty: as the display says."""


class Standing:
    """Belongs to the lane's thread; whoever else reads a value sees the newest."""

    def __init__(self, sides: Sequence[Side] = (Side("any"),)) -> None:
        """`sides` are one or two; the lane begins with the first."""
        self.held = self.closed = self.alarm = self.muted = False
        self._sides, self._side = tuple(sides), 0

    @property
    def side(self) -> Side:
        """The direction in which the lane works now."""
        return self._sides[self._side]

    @property
    def turned(self) -> bool:
        """Whether that is the other one than in the settings."""
        return self._side > 0

    @property
    def turns_to(self) -> str:
        """The direction the lane can be turned to; empty: it has only one."""
        return next((side.direction for side in self._sides if side != self.side), "")

    def view(self) -> DutyView:
        """As the screens are told of it."""
        shut = LaneOrder.HOLD if self.held else LaneOrder.CLOSE if self.closed else ""
        side = self.side.direction
        arrow = self.side.arrow
        return DutyView(side, self.turns_to, self.turned, str(shut), self.muted, self.alarm, arrow)

    def began(self) -> tuple[Event, ...]:
        """What the program's start records of a lane with two directions: which one it began in."""
        if len(self._sides) < 2:
            return ()
        return (LaneTurned("", "", self.side.direction, self.side.way),)

    def ordered(self, said: Ordered, *, busy: bool) -> tuple[tuple[Event, ...], tuple[FaceGate | Tell, ...]]:
        """The event of an order, none where it is so already; and what the officer is told.

        `busy`: somebody is in the lane, or the gate has not answered yet. An officer at the panel sees what
        was done, and is told only what was not.
        """
        before = self.side
        events, notice = self._obey(said, busy)
        faced = () if self.side is before else (FaceGate(self.side.way),)
        if notice is Notice.TAKEN and not said.number:
            return events, faced
        return events, (*faced, Tell(notice, said.number, order=True))

    def _obey(self, said: Ordered, busy: bool) -> tuple[tuple[Event, ...], Notice]:
        if said.order is LaneOrder.TURN:
            if said.to not in {side.direction for side in self._sides}:
                return (), Notice.NOT_NOW
            if said.to == self.side.direction:
                return (), Notice.TAKEN
            if busy:
                return (), Notice.IN_THE_LANE
        event = self._event(said)
        if event is None:
            return (), Notice.TAKEN
        self._apply(event)
        return (event,), Notice.TAKEN

    def restore(self, records: Iterable[Record]) -> None:
        """What stood at the end of these records of `KINDS`, oldest first.

        Of a record whose payload was erased by age only the kind is known: a direction or an alarm that is
        older than that is the settings' direction, and no alarm.
        """
        for record in records:
            told = {} if record.payload is None else json.loads(record.payload)
            match record.kind:
                case LaneHeld.kind:
                    self._shut(held=True)
                case LaneClosed.kind:
                    self._shut(closed=True)
                case LaneFreed.kind:
                    self._shut()
                case LaneTurned.kind:
                    self._turn(told.get("direction", ""))
                case LaneAlarm.kind:
                    self.alarm = told.get("active", False)

    def _event(self, said: Ordered) -> Event | None:
        who, desk = said.officer, said.desk
        match said.order:
            case LaneOrder.HOLD if not self.held:
                return LaneHeld(who, desk)
            case LaneOrder.CLOSE if not self.closed:
                return LaneClosed(who, desk)
            case LaneOrder.OPEN if self.held or self.closed:
                return LaneFreed(who, desk)
            case LaneOrder.TURN:
                side = next(side for side in self._sides if side.direction == said.to)
                return LaneTurned(who, desk, side.direction, side.way)
            case LaneOrder.ALARM | LaneOrder.ALL_CLEAR if self.alarm is not (said.order is LaneOrder.ALARM):
                return LaneAlarm(who, desk, said.order is LaneOrder.ALARM)
            case LaneOrder.MUTE | LaneOrder.UNMUTE if self.muted is not (said.order is LaneOrder.MUTE):
                return LaneMuted(who, desk, said.order is LaneOrder.MUTE)
            case _:
                return None

    def _apply(self, event: Event) -> None:
        match event:
            case LaneHeld():
                self._shut(held=True)
            case LaneClosed():
                self._shut(closed=True)
            case LaneFreed():
                self._shut()
            case LaneTurned():
                self._turn(event.direction)
            case LaneAlarm():
                self.alarm = event.active
            case LaneMuted():
                self.muted = event.muted

    def _shut(self, *, held: bool = False, closed: bool = False) -> None:
        self.held, self.closed = held, closed

    def _turn(self, direction: str) -> None:
        places = [place for place, side in enumerate(self._sides) if side.direction == direction]
        self._side = places[0] if places else self._side
