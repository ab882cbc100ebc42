"""What a lane tells its hub is what its officer sees, and nothing about a traveller."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from config.moment import Moment
from kiosk.lane_reporting import LaneReporting
from kiosk.lane_view import CrossingView, Fault, LaneView, ListView, Phase
from sync.canonical import canonical_json
from sync.chain import Position
from sync.lane_report import read_lane_report
from sync.uplink import UplinkStatus
from verification.entered import Choice
from verification.evidence import Kind
from verification.snapshot import Freshness
from verification.verdict import Outcome

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


class QuietUplink:
    """An uplink that says what it was given."""

    def __init__(self, unsent: int, oldest_s: float | None) -> None:
        self._said = UplinkStatus(True, unsent, oldest_s, Position(0, bytes(32)), 0, "")

    def status(self) -> UplinkStatus:
        return self._said


def reporting(unsent: int = 0, oldest_s: float | None = None) -> LaneReporting:
    return LaneReporting(lambda: Moment(1.0, NOW), QuietUplink(unsent, oldest_s))  # type: ignore[arg-type]


def test_before_the_first_view_there_is_no_report() -> None:
    assert reporting().report() is None


def test_phase_faults_lists_and_what_is_unsent_are_told() -> None:
    told = reporting(7, 90.0)
    signed_at = NOW - timedelta(hours=3)
    told.show_view(
        LaneView(
            Phase.OUT_OF_ORDER,
            "lane-1",
            faults=(Fault("turnstile", "GT", "Look at the cable.", stops=True),),
            lists=(ListView("trust", Freshness.AGEING, signed_at, "gd"), ListView("policy", Freshness.STALE)),
        )
    )
    report = told.report()
    assert report is not None
    assert (report.phase, report.unsent, report.oldest_unsent_at) == (
        "out_of_order",
        7,
        "2026-03-01T07:58:30.000000Z",
    )
    assert [(fault.part, fault.code, fault.stops) for fault in report.faults] == [("turnstile", "GT", True)]
    assert [(one.name, one.freshness, one.signed_at) for one in report.lists] == [
        ("gd", "AGEING", "2026-03-01T05:00:00.000000Z"),
        ("", "STALE", None),
    ]


def test_nothing_of_the_traveller_in_front_is_told() -> None:
    told = reporting()
    told.show_view(
        LaneView(Phase.REFERRED, "lane-1", crossing=CrossingView("crossing-of-somebody", Outcome.REFER))
    )
    report = told.report()
    assert report is not None
    assert "crossing-of-somebody" not in report.model_dump_json()


def test_a_view_with_more_and_longer_parts_than_a_report_holds_is_cut_to_what_the_hub_takes() -> None:
    told = reporting()
    told.show_view(
        LaneView(
            Phase.WAITING,
            "lane-1",
            faults=tuple(Fault("p" * 99, "C" * 9, "x") for _ in range(99)),
            lists=tuple(ListView("k" * 99, Freshness.FRESH, NOW, "n" * 100) for _ in range(99)),
        )
    )
    report = told.report()
    assert report is not None
    assert read_lane_report(canonical_json(report.content())) == report


def test_what_can_be_entered_here_is_told_to_the_desks() -> None:
    choices = (Choice(Kind.TEST, ("HK", "an issuer of too long a name")),)
    told = LaneReporting(lambda: Moment(1.0, NOW), QuietUplink(0, None), lambda: choices)  # type: ignore[arg-type]
    told.show_view(LaneView(Phase.WAITING, "lane-1"))
    report = told.report()
    assert report is not None
    assert [(one.kind, one.issuers) for one in report.entries] == [("test", ("HK",))]
    assert read_lane_report(json.dumps(report.content()).encode()) == report
