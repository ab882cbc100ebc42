"""How long a phase of the crossing stands: its own time, and as much more as the person in front needs."""

from __future__ import annotations

from kiosk.crossing_io import Effect, MoreTime, Record, Tell
from kiosk.desk.lane_control import Notice
from kiosk.lane_view import Phase
from kiosk.traveller import Traveller
from sync.event_types import CrossingExtended

EXTENDABLE = (Phase.GATHERING, Phase.REFERRED, Phase.REFUSED, Phase.AT_DESK, Phase.GATE_FAILED)
"""Phases that time ends. The open gate's window is the gate's own: who misses it shows the code again."""
MORE_S = 20.0
"""A touch gives at least so long (WCAG 2.2, 2.2.1)."""
TOUCHES = 10
"""So often a traveller can ask in one phase (WCAG 2.2, 2.2.1); an officer always can."""
IN_VIEW_S = 3.0
"""A phase does not end sooner than this after its code was last in view ..."""
KEPT_BY_VIEW_S = 60.0
"""... for so long: a phone that was left lying does not keep the lane."""


class Stay:
    """Where the crossing is, since when, and when that ends by itself. Times are monotonic seconds."""

    def __init__(self, now: float) -> None:
        self.phase, self.since = Phase.WAITING, now
        self.until: float | None = None
        self._length = 0.0
        self._touches = 0

    def enter(self, phase: Phase, now: float, seconds: float | None) -> None:
        """The next phase. `seconds` None: it waits for somebody."""
        self.phase, self.since = phase, now
        self.until = None if seconds is None else now + seconds
        self._length, self._touches = seconds or 0.0, 0

    def over(self, now: float) -> bool:
        """Whether its time has run out."""
        return self.until is not None and now >= self.until

    def more(self, asked: MoreTime, traveller: Traveller | None, now: float) -> list[Effect]:
        """Somebody needs longer: the phase's own length again, and its record; nothing where it can't be had.
        A station desk is told which."""
        given: list[Effect] = []
        may = bool(asked.officer) or self._touches < TOUCHES
        if may and traveller is not None and self.until is not None and _waits(self.phase, traveller):
            self._touches += not asked.officer
            self.until = max(self.until, now + max(MORE_S, self._length))
            given.append(Record((CrossingExtended(traveller.id, str(self.phase), asked.officer),)))
        if asked.number:
            given.append(Tell(Notice.TAKEN if given else Notice.NOT_NOW, asked.number, order=True))
        return given

    def in_view(self, traveller: Traveller, now: float) -> None:
        """A code of this crossing is still held up."""
        if self.until is not None and _waits(self.phase, traveller):
            end = min(now + IN_VIEW_S, self.since + self._length + KEPT_BY_VIEW_S)
            self.until = max(self.until, end)


def _waits(phase: Phase, traveller: Traveller) -> bool:
    """Not where an officer has decided and the time left is theirs to take it back."""
    return phase in EXTENDABLE and not (phase is Phase.REFERRED and traveller.override)
