"""What people live through with a scanner and a lamp beside the camera, with `main.py run`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.pseudo_terminal import PseudoTerminal
from drivers.scanner.emulator import EmulatedScanner
from drivers.signals.tower import Part, state
from tests.flows.live_lane import GENEROUS_S, ROOT, LiveLane

BESIDE = """
[scanner]
kind = "serial"
path = "scanner"
[lamp]
kind = "adafruit"
path = "lamp"
"""


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[LiveLane]:
    made = LiveLane(tmp_path)
    made.settings.write_text(made.settings.read_text(encoding="utf-8") + BESIDE, encoding="utf-8")
    made.pictures.mkdir()
    cv2.imwrite(str(made.pictures / "nobody.png"), np.full((720, 1280, 3), 90, np.uint8))
    yield made
    made.stop()


@pytest.fixture
def scanner(lane: LiveLane) -> Iterator[EmulatedScanner]:
    with EmulatedScanner(lane.folder / "scanner") as device:
        yield device


@pytest.fixture
def lamp(lane: LiveLane) -> Iterator[PseudoTerminal]:
    with PseudoTerminal(lane.folder / "lamp") as device:
        yield device


def lit(lamp: PseudoTerminal, wanted: Part) -> bool:
    """Whether the lamp is told this before long."""
    heard = b""
    for _ in range(200):
        heard = heard[-8:] + lamp.take(0.2)
        if state(wanted) in heard:
            return True
    return False


def scan_until_seen(lane: LiveLane, scanner: EmulatedScanner, text: str) -> None:
    lane.wait_for_kind("lane.in_order")
    assert scanner.scan(text.encode())
    lane.wait_for_kind("crossing.opened")


def test_a_scanned_code_opens_the_gate_like_one_before_the_camera_and_the_lamp_turns_green(
    lane: LiveLane, scanner: EmulatedScanner, lamp: PseudoTerminal
) -> None:
    lane.start()
    scan_until_seen(lane, scanner, lane.code())
    assert lit(lamp, Part.GREEN)
    lane.wait_for_kind("crossing.closed", how="passed")
    assert lane.emulator.firmware.pulses == 1


def test_a_configuration_barcode_and_a_flood_record_nothing_and_open_nothing(
    lane: LiveLane, scanner: EmulatedScanner, lamp: PseudoTerminal
) -> None:
    lane.start()
    lane.wait_for_kind("lane.in_order")
    assert scanner.scan(b"@SETUPE1;CODEID0;")
    assert scanner.flood()
    lane.wait_for_kind("fault.raised", part="scanner", code="SC")
    kinds = {kind for kind, _ in lane.events()}
    assert not kinds & {"crossing.opened", "gate.authorised"}
    lane.wait_for_kind("fault.cleared", part="scanner", code="SC")
    assert scanner.scan(lane.code().encode())
    lane.wait_for_kind("crossing.closed", how="passed")


def test_without_scanner_and_lamp_the_lane_works_and_names_both(lane: LiveLane) -> None:
    lane.start()
    lane.wait_for_kind("fault.raised", part="scanner", code="SC")
    lane.wait_for_kind("fault.raised", part="lamp", code="LA")
    lane.wait_for_kind("lane.in_order")
    with EmulatedScanner(lane.folder / "scanner") as scanner:
        lane.wait_for_kind("fault.cleared", part="scanner", code="SC")
        assert scanner.scan(lane.code().encode())
        lane.wait_for_kind("crossing.closed", how="passed")


def test_the_doctor_finds_every_part_of_this_lane_and_opens_nothing(
    lane: LiveLane, scanner: EmulatedScanner, lamp: PseudoTerminal
) -> None:
    lane.emulator.start()
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "doctor", "--json", "--config", str(lane.settings)],
        capture_output=True,
        text=True,
        timeout=GENEROUS_S,
        check=False,
    )
    report = json.loads(done.stdout)
    found = {part["code"]: part["severity"] for part in report["parts"]}
    assert {found[code] for code in ("CA", "RD", "SC", "GT", "LA", "JR", "TL", "RL")} <= {0, 1}
    assert (found["SC"], found["GT"], found["LA"], found["TL"]) == (0, 0, 0, 0)
    assert done.returncode == report["severity"]
    assert (lane.emulator.firmware.pulses, lane.emulator.firmware.record) == (0, [])
