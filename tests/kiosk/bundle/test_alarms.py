"""Every way in which an update is refused is an event; and an alarm, at once or when it stays so."""

from __future__ import annotations

from typing import cast

import pytest

from kiosk.bundle import worker
from kiosk.bundle.worker import ALARM_AFTER, CODE, PART, BundleWorker
from kiosk.crossing_io import PartFailed, PartRecovered
from sync.bundle.lane import Lane
from sync.bundle.outcome import Outcome
from sync.bundle.refused import Refused, Why
from sync.bundle.source import Source
from sync.event import Event
from sync.event_types import BundleRefused
from tests.kiosk.bundle.town import HandClock

NEVER = {Why.UNREACHABLE}
LATER = {Why.SLOW, Why.INCOMPLETE}
Told = Event | PartFailed | PartRecovered


class Mirror:
    """A source by its name alone."""

    name = "a made-up mirror"


@pytest.mark.parametrize("why", Why)
def test_each_refusal_is_an_event_at_once_and_an_alarm_with_what_to_do(
    why: Why, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Told] = []
    source, refusing = cast(Source, Mirror()), [True]

    def update(*_: object) -> Outcome:
        if refusing[0]:
            raise Refused(why, "it is made up")
        return Outcome(False, {})

    monkeypatch.setattr(worker, "update", update)
    lane = BundleWorker(cast(Lane, None), lambda: [source], HandClock(), told.append, 60.0)
    alarmed_at = []
    for look in range(1, ALARM_AFTER + 2):
        lane.look()
        if any(isinstance(one, PartFailed) for one in told) and not alarmed_at:
            alarmed_at.append(look)
    events = [one for one in told if isinstance(one, BundleRefused)]
    assert [one.payload()["why"] for one in events] == [why.value], "told once, not at every look"
    assert alarmed_at == ([] if why in NEVER else [ALARM_AFTER] if why in LATER else [1])
    faults = [one.fault for one in told if isinstance(one, PartFailed)]
    assert [(one.part, one.code) for one in faults] == [(PART, CODE)] * len(alarmed_at)
    assert all(one.advice.strip() for one in faults)
    refusing[0] = False
    lane.look()
    recovered = [one for one in told if isinstance(one, PartRecovered)]
    assert recovered == [PartRecovered(PART)] * len(alarmed_at)
