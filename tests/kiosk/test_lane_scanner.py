"""A barcode scanner goes the camera's way: same verdicts, and nothing it sends changes anything else."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drivers.scanner.faulty import FaultyScanner
from drivers.scanner.framing import SerialDecoder
from drivers.scanner.intake import Intake
from drivers.scanner.port import Scanned
from kiosk.crossing_io import Seen
from kiosk.lane_view import LaneView, Phase
from tests.kiosk.lane_bench import NO_CODE, LaneBench
from tests.kiosk.test_lane import Shell
from tests.kiosk.test_machinery import GENEROUS_S, lane_with_a_silent_reader
from verification.snapshot import Snapshot
from verification.trust.store import TrustList
from verification.verifier import Verifier

CONFIGURATION = [
    b"*ENTCFG",
    b"@SETUPE1;CODEID0;",
    b"\x16M\rPAPHHF.",
    b".A013$",
    b"^#SC^0404^E0",
    b"\x00\x1b[2J",
]


@pytest.fixture
def shell() -> Shell:
    return Shell()


def test_a_scanned_code_is_judged_like_one_the_camera_saw(shell: Shell) -> None:
    shell.lane.scan(Scanned(b"code A", shell.now.mono))
    heard = shell.lane._inbox.get()
    assert heard == Seen(b"code A", shell.now.mono)
    assert isinstance(heard, Seen)
    shell.lane.step(heard)
    assert shell.diary[-1] == "pulse"


def test_a_code_seen_by_camera_and_scanner_is_one_crossing_and_one_pulse() -> None:
    bench = LaneBench()
    bench.show(b"code A")
    bench.hear(Seen(b"code A", bench.now.mono))
    assert len(bench.opened) == 1


def test_a_scanner_that_never_stops_does_not_fill_the_lanes_inbox(shell: Shell) -> None:
    for _ in range(1000):
        shell.lane.scan(Scanned(b"code A", 0.0))
    assert shell.lane._inbox.qsize() <= 4


@pytest.mark.parametrize("barcode", CONFIGURATION)
def test_a_configuration_barcode_is_no_health_code_and_changes_nothing(barcode: bytes) -> None:
    bench = LaneBench()
    (scanned,) = _scanned(barcode)
    verifier = Verifier(lambda: Snapshot(TrustList(()), None), frozenset({"HC1", "HK1"}))
    assessment = verifier.verify(scanned, datetime(2026, 11, 23, tzinfo=UTC))
    assert not assessment.is_health_code
    bench.rules.codes[scanned] = NO_CODE
    bench.show(scanned)
    assert (bench.phase, bench.records, bench.opened) == (Phase.WAITING, [], [])
    assert bench.view.not_a_code is not None


def test_a_lane_without_its_scanner_names_it_and_is_not_stopped_by_it(tmp_path: Path) -> None:
    named, seen = threading.Event(), list[LaneView]()

    def watch(view: LaneView) -> None:
        seen.append(view)
        if any(fault.part == "scanner" for fault in view.faults):
            named.set()

    machinery = lane_with_a_silent_reader(tmp_path, watch, FaultyScanner())
    machinery.start()
    try:
        assert named.wait(GENEROUS_S)
    finally:
        machinery.stop()
    (fault,) = (fault for fault in seen[-1].faults if fault.part == "scanner")
    assert (fault.code, fault.stops) == ("SC", False)
    assert "plug it in" in fault.advice


def _scanned(sent: bytes) -> list[bytes]:
    """What a serial scanner makes of it."""
    intake = Intake(SerialDecoder(b"\r"), 0.0)
    codes = intake.feed(sent, 1.0) + intake.wait_over(2.0)
    return [code.content for code in codes]
