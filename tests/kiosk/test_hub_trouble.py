"""A hub that is away or takes no records is named on the officer's screen until it is over."""

from __future__ import annotations

from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.hub_trouble import named
from kiosk.readiness import Readiness
from kiosk.standing import Standing
from sync.event import Event
from sync.event_types import FaultCleared, FaultRaised, UplinkLost, UplinkRefused, UplinkRestored

FORK = FaultRaised("hub", "HF", "Keep this kiosk's disk.")


def shown(*events: Event) -> tuple[list[str], list[Event]]:
    """The codes on the screen afterwards, and what was recorded of it besides what was told."""
    readiness = Readiness(Standing())
    recorded: list[Event] = []
    for event in events:
        for heard in named(event):
            if isinstance(heard, PartFailed | PartRecovered):
                recorded += readiness.part_changed(heard)
    return [fault.code for fault in readiness.faults], recorded


def test_a_hub_that_cannot_be_reached_is_named_until_it_answers() -> None:
    lost = UplinkLost("The hub can't be reached.")
    assert named(lost)[0] is lost, "and the journal has it"
    assert shown(lost)[0] == ["HU"]
    assert shown(lost, UplinkRestored(3))[0] == []


def test_a_hub_that_answers_is_no_matter_of_the_network() -> None:
    def advice(why: str) -> str:
        (part,) = (one for one in named(UplinkLost(why)) if isinstance(one, PartFailed))
        return part.fault.advice

    assert advice("The hub can't be reached.").endswith("Records wait here: check the network.")
    assert advice("The hub did not answer in time.").endswith("check the network.")
    full = "The hub can't use its database now."
    assert advice(full) == f"{full} Records wait here: call the operator of the hub."


def test_records_the_hub_does_not_take_stay_named_when_the_line_comes_back() -> None:
    full = FaultRaised("hub", "HQ", "They wait here.")
    lost, back = UplinkLost("The hub can't be reached."), UplinkRestored(3)
    assert shown(FORK, lost, back)[0] == ["HF"]
    assert shown(full, lost, back, FaultCleared("hub", "HQ"))[0] == []
    assert shown(FORK, full, FaultCleared("hub", "HQ"))[0] == ["HF"]


def test_a_fault_is_recorded_once() -> None:
    recorded = shown(FORK)[1]
    assert [event.code for event in recorded if isinstance(event, FaultRaised)] == [FORK.code]
    assert FORK not in named(FORK)


def test_no_trouble_of_the_hub_stops_the_lane() -> None:
    for event in (FORK, UplinkLost("Away.")):
        for heard in named(event):
            assert not isinstance(heard, PartFailed) or not heard.fault.stops


def test_other_events_are_told_as_they_are() -> None:
    other = UplinkRefused(3, "no")
    assert named(other) == (other,)
