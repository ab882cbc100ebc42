"""An officer sees what the gate says of itself: gone, in doubt, forced, back."""

from __future__ import annotations

import pytest

from drivers.turnstile.port import FireAlarm, GateReport, LinkChanged, LinkState, PulseAccepted, Tamper
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.gate_parts import CONNECTING, FORCED, part_news
from kiosk.health.codes import code_of
from kiosk.lane_view import Fault
from kiosk.readiness import Readiness
from kiosk.standing import Standing


@pytest.mark.parametrize("state", [LinkState.DOWN, LinkState.PROBING, LinkState.DEGRADED])
def test_without_its_gate_a_lane_stops(state: LinkState) -> None:
    assert part_news(LinkChanged(state, "Do it.")) == PartFailed(
        Fault("turnstile", "GT", "Do it.", stops=True)
    )
    assert part_news(LinkChanged(state)) == PartFailed(Fault("turnstile", "GT", CONNECTING, stops=True))
    assert part_news(LinkChanged(LinkState.UP)) == PartRecovered("turnstile")


def test_a_forced_gate_is_on_the_officers_screen_until_it_is_over_and_stops_nothing() -> None:
    parts = Readiness(Standing())
    forced, over = part_news(Tamper(True)), part_news(Tamper(False))
    assert forced is not None
    assert over is not None
    parts.part_changed(forced)
    assert parts.faults == (Fault("gate forced", "GF", FORCED),)
    assert code_of("GF") is not None
    parts.part_changed(over)
    assert parts.faults == ()


@pytest.mark.parametrize("report", [FireAlarm(True), PulseAccepted("a", True)])
def test_everything_else_is_no_part(report: GateReport) -> None:
    assert part_news(report) is None
