"""Whether the lane can take a traveller: its parts, an officer's hold, the fire contact."""

from __future__ import annotations

from kiosk.crossing_io import Free, Hold, PartFailed, PartRecovered
from kiosk.lane_view import Fault, Phase
from sync.event import Event
from sync.event_types import FaultCleared, FaultRaised, LaneFreed, LaneHeld, LaneInOrder, LaneOutOfOrder


class Readiness:
    """A dead part never stops the lane silently: it is named, and recorded when it goes and comes back."""

    def __init__(self) -> None:
        self.fire = False
        self._failed: dict[str, PartFailed] = {}
        self._held = False
        self._in_order = True

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every part that does not work, the oldest first."""
        return tuple(failed.fault for failed in self._failed.values())

    def phase(self, phase: Phase) -> Phase:
        """The phase a screen shows. A crossing under way is finished before the lane stops."""
        if self.fire:
            return Phase.EVACUATE
        if phase is Phase.WAITING and self._missing():
            return Phase.OUT_OF_ORDER
        if phase is Phase.WAITING and self._held:
            return Phase.HELD
        return phase

    def part_changed(self, change: PartFailed | PartRecovered) -> tuple[Event, ...]:
        """The events of a part that failed or came back; none when nothing is new."""
        events: list[Event] = []
        if isinstance(change, PartFailed):
            before = self._failed.get(change.fault.part)
            self._failed[change.fault.part] = change
            if before and before.fault == change.fault:
                return ()
            events.append(FaultRaised(change.fault.part, change.fault.code, change.fault.advice))
        else:
            gone = self._failed.pop(change.part, None)
            if gone is None:
                return ()
            events.append(FaultCleared(gone.fault.part, gone.fault.code))
        missing = self._missing()
        if self._in_order and missing:
            events.append(LaneOutOfOrder(missing.code, missing.advice))
        elif not self._in_order and not missing:
            events.append(LaneInOrder())
        self._in_order = missing is None
        return tuple(events)

    def held_or_freed(self, order: Hold | Free) -> tuple[Event, ...]:
        """The event of an officer's hold or its end; none when it is already so."""
        held = isinstance(order, Hold)
        if held == self._held:
            return ()
        self._held = held
        return (LaneHeld(order.officer) if held else LaneFreed(order.officer),)

    def _missing(self) -> Fault | None:
        return next((failed.fault for failed in self._failed.values() if failed.fault.stops), None)
