"""What the checks find beside a running lane is named on its screen, and taken back when it is well."""

from __future__ import annotations

from config.settings import Settings
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.health.finding import Finding, broken, look, well
from kiosk.health.watch import HealthWatch
from kiosk.lane_view import Fault


def test_what_is_found_is_named_once_a_code_and_taken_back() -> None:
    found: list[Finding] = [broken("PM", "One key."), broken("PM", "Another key."), look("DK", "No copy.")]
    post: list[PartFailed | PartRecovered] = []
    watch = HealthWatch([("PM", lambda _: found)], Settings(), post.append)
    watch.look()
    assert {said.fault for said in post if isinstance(said, PartFailed)} == {
        Fault("check PM", "PM", "One key."),
        Fault("check DK", "DK", "No copy."),
    }
    post.clear()
    found[:] = [well("PM", "Fine."), look("DK", "No copy.")]
    watch.look()
    assert PartRecovered("check PM") in post
    assert PartRecovered("check DK") not in post


def test_it_ends_when_it_is_told() -> None:
    post: list[PartFailed | PartRecovered] = []
    watch = HealthWatch([("PM", lambda _: [])], Settings(), post.append)
    watch.start()
    watch.stop()
    watch._thread.join(20.0)
    assert not watch._thread.is_alive()
