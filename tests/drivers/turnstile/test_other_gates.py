"""Gates that are no device: none at all, simulated, faulty; and the choice between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import SettingsError
from config.settings import Turnstile as TurnstileSettings
from drivers.turnstile.client import GateProcess
from drivers.turnstile.from_settings import capabilities_of, turnstile_for
from drivers.turnstile.port import (
    FireAlarm,
    GateReport,
    LinkChanged,
    LinkState,
    Passage,
    PassageReported,
    PulseAccepted,
    PulseRefused,
)
from drivers.turnstile.simulated import Fault, FaultyTurnstile, SimulatedTurnstile, at_once
from drivers.turnstile.staffed import NO_GATE, NoTurnstile


def test_a_lane_without_a_turnstile_is_up_and_claims_no_pulse() -> None:
    reports: list[GateReport] = []
    gate = NoTurnstile()
    gate.start(reports.append)
    gate.authorise("a")
    gate.stop()
    assert reports == [LinkChanged(LinkState.UP), PulseRefused("a", NO_GATE)]


def test_the_simulated_gate_reports_what_the_next_person_did() -> None:
    reports: list[GateReport] = []
    gate = SimulatedTurnstile(later=at_once)
    gate.start(reports.append)
    gate.people.extend([Passage.NO_PASSAGE, Passage.TAILGATE])
    for name in "abc":
        gate.authorise(name)
    ends = [report.passage for report in reports if isinstance(report, PassageReported)]
    assert ends == [Passage.NO_PASSAGE, Passage.TAILGATE, Passage.PASSED]
    assert gate.pulses == ["a", "b", "c"]


def test_the_simulated_gate_refuses_a_used_id_a_fire_and_an_unplugged_cable() -> None:
    reports: list[GateReport] = []
    gate = SimulatedTurnstile(later=at_once)
    gate.start(reports.append)
    gate.authorise("a")
    gate.authorise("a")
    gate.fire(True)
    gate.authorise("b")
    gate.fire(False)
    gate.unplug()
    gate.authorise("c")
    refused = [report.authorisation for report in reports if isinstance(report, PulseRefused)]
    assert refused == ["a", "b", "c"]
    assert gate.pulses == ["a"]


@pytest.mark.parametrize("accident", ["unplug", "fire", "stop"])
def test_the_simulated_gate_ends_unknown_when_something_comes_between(accident: str) -> None:
    reports: list[GateReport] = []
    waiting = []
    gate = SimulatedTurnstile(later=lambda _seconds, act: waiting.append(act))
    gate.start(reports.append)
    gate.authorise("a")
    waiting.pop()()
    {"unplug": gate.unplug, "fire": lambda: gate.fire(True), "stop": gate.stop}[accident]()
    waiting.pop()()
    about = [report for report in reports if getattr(report, "authorisation", "") == "a"]
    assert about == [PulseAccepted("a", True), PassageReported("a", Passage.UNKNOWN)]
    assert (FireAlarm(True) in reports) is (accident == "fire")


@pytest.mark.parametrize("fault", list(Fault))
def test_a_faulty_gate_keeps_the_order_of_the_port(fault: Fault) -> None:
    reports: list[GateReport] = []
    gate = FaultyTurnstile(fault)
    gate.start(reports.append)
    gate.authorise("a")
    kinds = [type(report) for report in reports if hasattr(report, "authorisation")]
    assert (
        kinds
        == {
            Fault.ABSENT: [PulseRefused],
            Fault.REFUSES: [PulseRefused],
            Fault.SILENT: [PulseAccepted],
            Fault.NO_ACK: [PassageReported],
            Fault.BREAKS: [PulseAccepted, PassageReported],
        }[fault]
    )


def test_the_settings_choose_the_gate() -> None:
    assert isinstance(turnstile_for(TurnstileSettings(), ["main"]), NoTurnstile)
    real = turnstile_for(TurnstileSettings(protocol="lcus"), ["python", "main.py"])
    assert isinstance(real, GateProcess)
    assert real._argv[:3] == ["python", "main.py", "gate-worker"]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"protocol": "lcus", "channel": 9}, r"turnstile\.channel = 9: lcus has channels 1 to 8"),
        ({"protocol": "tx1500", "channel": 2}, r"turnstile\.channel = 2: tx1500 has only channel 1"),
        (
            {"protocol": "lcus", "pulse_ms": 900, "max_on_ms": 500},
            r"turnstile\.pulse_ms = 900: at most turnstile\.max_on_ms, which is 500",
        ),
    ],
)
def test_settings_that_no_device_can_have_are_one_line(changes: dict[str, object], line: str) -> None:
    with pytest.raises(SettingsError, match=line):
        turnstile_for(TurnstileSettings.model_validate(changes), ["main"])


def test_what_the_gate_can_do_is_known_before_it_starts() -> None:
    assert capabilities_of(TurnstileSettings(protocol="tx1500")).reports_passage
    assert not capabilities_of(TurnstileSettings(protocol="lcus")).acknowledges
    assert not capabilities_of(TurnstileSettings()).acknowledges


def test_a_worker_that_cannot_be_started_is_a_report_and_not_an_error(tmp_path: Path) -> None:
    import threading

    down = threading.Event()
    gate = GateProcess([str(tmp_path / "no-such-program")])
    gate.start(lambda report: down.set() if isinstance(report, LinkChanged) else None)
    assert down.wait(10.0)
    gate.stop()
