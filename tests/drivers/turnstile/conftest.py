"""A gate as the kiosk has it: a real child process, a real serial link, an emulated device."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from config.settings import Turnstile
from drivers.turnstile.client import GateProcess
from drivers.turnstile.emulators.catalogue import emulated
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.emulators.running import Running
from drivers.turnstile.emulators.tcp import NetworkEmulator
from drivers.turnstile.from_settings import turnstile_for
from drivers.turnstile.port import GateReport, LinkChanged, LinkState, PassageReported
from tests.drivers.turnstile.devices import wiring

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = [sys.executable, str(ROOT / "main.py")]


@dataclass
class Station:
    """One gate and everything that it reported."""

    device: Running
    settings: Turnstile
    gate: GateProcess
    reports: list[GateReport] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def hear(self, report: GateReport) -> None:
        with self.changed:
            self.reports.append(report)
            self.changed.notify_all()

    def wait_for(self, holds: Callable[[list[GateReport]], bool], seconds: float = 20.0) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: holds(self.reports), seconds), self.reports

    def wait_up(self) -> None:
        self.wait_for(lambda reports: self.state(reports) is LinkState.UP)

    def wait_down(self) -> None:
        self.wait_for(lambda reports: self.state(reports) is LinkState.DOWN)

    def wait_end(self, authorisation: str) -> None:
        self.wait_for(
            lambda reports: any(
                isinstance(report, PassageReported) and report.authorisation == authorisation
                for report in reports
            )
        )

    def state(self, reports: list[GateReport]) -> LinkState | None:
        states = [report.state for report in reports if isinstance(report, LinkChanged)]
        return states[-1] if states else None

    def of(self, authorisation: str) -> list[GateReport]:
        return [report for report in self.reports if getattr(report, "authorisation", "") == authorisation]


def settings_for(device: Running, name: str, **changes: object) -> Turnstile:
    """The settings of a lane whose gate is this device, with all inputs wired."""
    made = wiring(name)
    values = {
        "protocol": name,
        "passage_s": 1.0,
        "inputs": {name: value for name, value in asdict(made.inputs).items() if name != "spare"},
        "frames": asdict(made.frames),
        **changes,
    }
    if isinstance(device, NetworkEmulator):
        return Turnstile.model_validate({**values, "host": "127.0.0.1", "port": device.port})
    assert isinstance(device, Emulator)
    return Turnstile.model_validate({**values, "path": device.link})


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Callable[..., Station]]:
    """Makes started stations: `station("tx1500", passage_s=1.0)`; with faults nobody waits for the link."""
    made: list[Station] = []

    def make(
        name: str,
        faults: Faults | None = None,
        alive: Callable[[], bool] = lambda: True,
        **changes: object,
    ) -> Station:
        device = emulated(name, tmp_path / f"gate{len(made)}")
        device.set_faults(faults or Faults())
        device.start()
        settings = settings_for(device, name, **changes)
        gate = turnstile_for(settings, PROGRAM, alive)
        assert isinstance(gate, GateProcess)
        one = Station(device, settings, gate)
        made.append(one)
        gate.start(one.hear)
        if faults is None:
            one.wait_up()
        return one

    yield make
    for one in made:
        one.gate.stop()
        one.device.stop()
