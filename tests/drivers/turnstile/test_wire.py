"""The lines between kiosk and worker survive the way there and back, and rubbish is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.turnstile.port import (
    FireAlarm,
    GateReport,
    LinkChanged,
    LinkState,
    Passage,
    PassageCorrected,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Tamper,
    Way,
)
from drivers.turnstile.wire import (
    Authorise,
    Beat,
    Request,
    Stop,
    report_line,
    report_of,
    request_line,
    request_of,
)

REPORTS: list[GateReport | Beat] = [
    *(LinkChanged(state, 'advice with "quotes"\nand a line') for state in LinkState),
    PulseAccepted("a", True),
    PulseAccepted("a", False),
    PulseRefused("a", "why"),
    *(PassageReported("a", passage) for passage in Passage),
    PassageCorrected("a", Passage.TAILGATE),
    FireAlarm(True),
    FireAlarm(False),
    Tamper(True),
    Tamper(False),
    Beat(),
]


@pytest.mark.parametrize("report", REPORTS)
def test_every_report_is_one_line_and_comes_back(report: GateReport | Beat) -> None:
    line = report_line(report)
    assert line.count(b"\n") == 1
    assert report_of(line) == report


@pytest.mark.parametrize("request_", [Beat(), Stop(), *(Authorise("a", way) for way in Way)])
def test_every_request_is_one_line_and_comes_back(request_: Request) -> None:
    line = request_line(request_)
    assert line.count(b"\n") == 1
    assert request_of(line) == request_


@given(st.binary(max_size=200))
def test_rubbish_is_no_request_and_no_report(line: bytes) -> None:
    assert request_of(line) is None
    assert report_of(line) is None


@pytest.mark.parametrize(
    "line", [b'{"do":"authorise"}', b'{"do":"authorise","authorisation":1,"way":"forward"}', b"[" * 9999]
)
def test_half_a_request_is_none(line: bytes) -> None:
    assert request_of(line) is None
