"""What an operator lives through with `main.py run`: missing parts, parts that come back, and the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.commands.run import DISPLAYS
from tests.flows.live_lane import ROOT, LiveLane


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[LiveLane]:
    made = LiveLane(tmp_path)
    yield made
    made.stop()


def test_a_genuine_code_before_the_camera_opens_the_gate_and_is_recorded(lane: LiveLane) -> None:
    lane.hold_up(lane.code())
    lane.start()
    lane.wait_for_kind("crossing.closed", how="passed")
    assert lane.emulator.firmware.pulses == 1
    kinds = [kind for kind, _ in lane.events()]
    assert kinds.index("gate.authorised") < kinds.index("gate.accepted") < kinds.index("gate.passage")


def test_a_missing_camera_puts_the_lane_out_of_order_until_it_appears(lane: LiveLane) -> None:
    lane.start()
    lane.wait_for_kind("fault.raised", part="camera", code="CA")
    lane.wait_for_kind("lane.out_of_order", fault="CA")
    lane.hold_up(lane.code())
    lane.wait_for_kind("lane.in_order")
    lane.wait_for_kind("crossing.closed", how="passed")


def test_a_missing_gate_puts_the_lane_out_of_order_until_it_appears(lane: LiveLane) -> None:
    lane.hold_up(lane.code())
    lane.start(gate=False)
    lane.wait_for_kind("fault.raised", part="turnstile", code="GT")
    assert "crossing.opened" not in [kind for kind, _ in lane.events()]
    lane.emulator.start()
    lane.wait_for_kind("crossing.closed", how="passed")


def test_a_gate_unplugged_and_back_goes_on_by_itself(lane: LiveLane) -> None:
    lane.hold_up("this is no health code")
    lane.start()
    lane.wait_for_kind("lane.in_order")
    lane.emulator.unplug()
    lane.wait_for(
        lambda events: (
            sum(kind == "fault.raised" and p["part"] == "turnstile" for kind, p in events) >= 1
            and events[-1][0] == "lane.out_of_order"
        )
    )
    lane.emulator.replug()
    lane.wait_for(lambda events: events[-1][0] == "lane.in_order")


@pytest.mark.parametrize(("number", "to_all"), [(signal.SIGINT, False), (signal.SIGTERM, True)])
def test_ctrl_c_and_sigterm_end_everything_with_the_gate_off(
    lane: LiveLane, number: signal.Signals, to_all: bool
) -> None:
    lane.hold_up(lane.code())
    lane.start()
    lane.wait_for_kind("gate.accepted")
    code, _, said = lane.end(number, to_all=to_all)
    assert (code, said) == (0, "")
    assert lane.emulator.wait_for(lambda firmware: not firmware.on)
    kinds = [kind for kind, _ in lane.events()]
    assert kinds[-1] == "lane.stopped"
    assert "fault.raised" not in kinds[kinds.index("gate.accepted") :]


def test_a_killed_kiosk_leaves_no_gate_open(lane: LiveLane) -> None:
    lane.hold_up(lane.code())
    lane.start()
    assert lane.emulator.wait_for(lambda firmware: firmware.on, 40.0)
    assert lane.program is not None
    lane.program.kill()
    assert lane.emulator.wait_for(lambda firmware: not firmware.on)
    assert lane.emulator.firmware.pulses == 1


def test_a_kiosk_started_again_goes_on_with_its_journal(lane: LiveLane) -> None:
    lane.hold_up("this is no health code")
    lane.start()
    lane.wait_for_kind("lane.in_order")
    assert lane.program is not None
    lane.program.kill()
    lane.program.communicate()
    before = len(lane.events())
    lane.start(gate=False)
    lane.wait_for(lambda events: len(events) > before and [k for k, _ in events].count("lane.started") == 2)


def run(*arguments: str, display: bool = True) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    if display:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )


def test_without_a_display_run_says_so_in_one_line(lane: LiveLane) -> None:
    done = run("run", "--config", str(lane.settings), display=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "no display" in done.stderr


def test_an_output_that_is_full_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
        verified = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "verify", "--json", "-"],
            input="no code",
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert "Traceback" not in done.stderr
    assert verified.returncode == 2
    assert verified.stderr.count("\n") == 1 and "cannot be written" in verified.stderr


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[turnstile]\nprotocol = 'hope'", ["turnstile.protocol", "'hope'", "'lcus'"]),
        ("[turnstile]\nprotocol = 'lcus'\npulse_ms = 900\nmax_on_ms = 500", ["turnstile.pulse_ms"]),
        ("[journal]\nfolder = '/proc/nowhere'", ["/proc/nowhere"]),
        (f"[lane]\npolicy = '{ROOT}/config/policies/demo.json'\n[journal]\nfolder='j'", ["specimens"]),
        ("[journal]\nfolder='j'\n[hub]\nurl='http://127.0.0.1:9'\nkey='kiosk.toml'", ["kiosk.toml"]),
        ("[journal]\nfolder='j'\n[officers]\nroster='absent.json'", ["absent.json"]),
    ],
)
def test_what_cannot_work_is_one_clear_line_and_exit_code_2(
    tmp_path: Path, text: str, names: list[str]
) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(text)
    done = run("run", "--windowed", "--config", str(file))
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1 and all(name in done.stderr for name in names), done.stderr
