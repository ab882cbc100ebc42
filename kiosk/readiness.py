"""Whether the lane can take a traveller: its parts, what officers ordered, the fire contact."""

from __future__ import annotations

from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_view import Fault, Phase
from kiosk.standing import Standing
from sync.event import Event
from sync.event_types import FaultCleared, FaultRaised, LaneInOrder, LaneOutOfOrder


class Readiness:
    """A dead part never stops the lane silently: it is named, and recorded when it goes and comes back."""

    def __init__(self, standing: Standing) -> None:
        self.fire = False
        self._standing = standing
        self._failed: dict[str, PartFailed] = {}
        self._in_order = True

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every part that does not work, the oldest first."""
        return tuple(failed.fault for failed in self._failed.values())

    @property
    def evacuating(self) -> bool:
        """Whether everybody leaves: by the fire contact, or an officer's alarm."""
        return self.fire or self._standing.alarm

    def phase(self, phase: Phase) -> Phase:
        """The phase a screen shows. A crossing under way is finished before the lane stops."""
        if self.evacuating:
            return Phase.EVACUATE
        if phase is Phase.WAITING and self._missing():
            return Phase.OUT_OF_ORDER
        if phase is Phase.WAITING and self._standing.closed:
            return Phase.CLOSED
        if phase is Phase.WAITING and self._standing.held:
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

    def _missing(self) -> Fault | None:
        return next((failed.fault for failed in self._failed.values() if failed.fault.stops), None)
