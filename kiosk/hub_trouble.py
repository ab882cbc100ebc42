"""What the uplink has to say, so that an officer sees it: a hub that is away, or that takes no records."""

from __future__ import annotations

from kiosk.crossing_io import Input, PartFailed, PartRecovered
from kiosk.lane_view import Fault
from sync.event import Event
from sync.event_types import FaultCleared, FaultRaised, UplinkLost, UplinkRestored
from sync.uplink_core import PART

LINE, AWAY = "line to the hub", "HU"
RECORDS = "records at the hub"
UNREACHED = ("The hub can't be reached.", "The hub did not answer in time.")
"""Of a hub that answers, it is not the network that keeps the records."""


def named(event: Event) -> tuple[Input | Event, ...]:
    """What the lane is told for an event of the uplink.

    A fault is recorded by the lane when it changes what officers see, so the event itself is not told twice.
    That the line is gone and that the records are not taken are two troubles: one ends without the other.
    """
    match event:
        case UplinkLost():
            what = "check the network" if event.why in UNREACHED else "call the operator of the hub"
            return (event, PartFailed(Fault(LINE, AWAY, f"{event.why} Records wait here: {what}.")))
        case UplinkRestored():
            return (event, PartRecovered(LINE))
        case FaultRaised() if event.part == PART:
            return (PartFailed(Fault(f"{RECORDS}, {event.code}", event.code, event.advice)),)
        case FaultCleared() if event.part == PART:
            return (PartRecovered(f"{RECORDS}, {event.code}"),)
    return (event,)
