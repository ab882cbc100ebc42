"""A kiosk that is killed or freezes cannot leave its gate open: real processes, real signals."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.turnstile.emulators.catalogue import emulator
from drivers.turnstile.emulators.person import NOBODY
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.protocols.codec import Off
from tests.drivers.turnstile.conftest import ROOT, settings_for
from tests.drivers.turnstile.devices import device as protocol_of

DEVICES_OWN_LIMIT_S = 10.0


@pytest.fixture(params=["tx1500", "lctech"])
def device(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Emulator]:
    """One that confirms and holds its release, and a Modbus relay that only the worker switches off."""
    with emulator(request.param, tmp_path / "gate") as running:
        running.set_person(NOBODY)
        yield running


@pytest.fixture
def kiosk(device: Emulator) -> Iterator[subprocess.Popen[bytes]]:
    settings = settings_for(device, device.firmware.name, passage_s=60.0, pulse_ms=1000)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.drivers.turnstile.little_kiosk", settings.model_dump_json()], cwd=ROOT
    )
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV])
def test_a_kiosk_that_is_killed_frozen_or_crashes_leaves_the_gate_locked(
    device: Emulator, kiosk: subprocess.Popen[bytes], blow: signal.Signals
) -> None:
    assert device.wait_for(lambda firmware: firmware.on, 30.0), "the little kiosk did not open the gate"
    os.kill(kiosk.pid, blow)
    assert device.wait_for(lambda firmware: not firmware.on, DEVICES_OWN_LIMIT_S * 2)
    on, off = device.firmware.record[-2:]
    assert off.at - on.at < DEVICES_OWN_LIMIT_S, "the device's own limit ended it, not the worker"
    name = device.firmware.name
    assert protocol_of(name).encode(Off()) in {frame for _, frame in device.firmware.commands[-3:]}
    assert device.firmware.pulses == 1


def test_the_orphaned_worker_lets_the_device_go(device: Emulator, kiosk: subprocess.Popen[bytes]) -> None:
    assert device.wait_for(lambda firmware: firmware.on, 30.0)
    worker = _child_of(kiosk.pid)
    kiosk.kill()
    kiosk.wait()
    descriptor = os.pidfd_open(worker)
    try:
        assert select.select([descriptor], [], [], 10.0)[0], "the worker outlived its kiosk"
    finally:
        os.close(descriptor)


def _child_of(pid: int) -> int:
    children = Path(f"/proc/{pid}/task").glob("*/children")
    return int(next(text for file in children if (text := file.read_text().strip())).split()[0])
