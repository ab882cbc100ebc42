"""The worker by itself: what it imports, how it ends, and its watchdog against an owner that hangs."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from config.settings import Turnstile as TurnstileSettings
from drivers.turnstile.emulators.catalogue import emulator
from drivers.turnstile.emulators.person import NOBODY
from drivers.turnstile.link import SerialLink
from drivers.turnstile.port import Way
from drivers.turnstile.protocols.catalogue import protocol
from drivers.turnstile.wire import Authorise, Beat, request_line
from drivers.turnstile.worker import Worker, main
from tests.drivers.turnstile.conftest import PROGRAM, ROOT
from tests.drivers.turnstile.virtual import setup

HEAVY = ("PySide6", "cv2", "numpy", "pydantic", "zxingcpp", "cryptography", "sqlite3", "requests")


def test_the_worker_imports_nothing_heavy() -> None:
    code = (
        "import sys, drivers.turnstile.worker, kiosk.commands.gate_worker;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("text", ["not json", "{}", '{"protocol":"lcus","path":"/x","channel":99}'])
def test_settings_that_no_device_can_have_are_said_and_end_it(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    out = io.BytesIO()
    assert main(text, io.BytesIO(), out) == 2
    assert out.getvalue().startswith(b'{"tell":"link","state":"DOWN"')


def test_the_end_of_the_pipe_ends_it(tmp_path: Path) -> None:
    settings = (
        f'{{"protocol":"lcus","path":"{tmp_path}/none","channel":1,"pulse_ms":400,"max_on_ms":1000,'
        '"passage_s":5,"way":"forward"}'
    )
    process = subprocess.Popen(
        [*PROGRAM, "gate-worker", settings], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert b"plug it in" in out


def test_invariant_1_started_with_no_kiosk_it_switches_off_and_ends(tmp_path: Path) -> None:
    """What a service manager runs after a crash that took kiosk and worker together."""
    with emulator("lcus", tmp_path / "gate") as device:
        left_on = SerialLink(str(device.link), 9600)
        left_on.open()
        left_on.write(bytes.fromhex("a00101a2"))
        assert device.wait_for(lambda firmware: firmware.on)
        left_on.close(drain_s=0.1)
        settings = TurnstileSettings(protocol="lcus", path=device.link).model_dump_json()
        subprocess.run([*PROGRAM, "gate-worker", settings], stdin=subprocess.DEVNULL, check=True, timeout=20)
        assert device.wait_for(lambda firmware: not firmware.on)


def test_invariant_3_the_watchdog_switches_off_behind_an_owner_that_hangs(tmp_path: Path) -> None:
    """The owner's own OFF never leaves (its write hangs); the watchdog's goes round it."""

    class Hangs(SerialLink):
        released = threading.Event()
        end = threading.Event()

        def write(self, data: bytes) -> None:
            if self.released.is_set():
                self.end.wait(20.0)
            super().write(data)
            if data == bytes.fromhex("a00101a2"):
                self.released.set()

    requests_out, requests_in = os.pipe()
    reports_out, reports_in = os.pipe()
    with emulator("lcus", tmp_path / "gate") as device:
        device.set_person(NOBODY)
        made = setup(protocol="lcus", path=str(device.link), pulse_s=0.3, max_on_s=0.6)
        link = Hangs(made.path, 9600)
        worker = Worker(protocol("lcus", 1), made, link, requests_out, reports_in)
        thread = threading.Thread(target=worker.run)
        thread.start()
        assert device.wait_for(lambda firmware: len(firmware.commands) >= 2)
        os.write(requests_in, request_line(Beat()))
        authorise = request_line(Authorise("a", Way.FORWARD))
        for attempt in range(50):
            os.write(requests_in, authorise.replace(b'"a"', f'"a{attempt}"'.encode()))
            if device.wait_for(lambda firmware: firmware.on, 0.1):
                break
        assert device.wait_for(lambda firmware: firmware.pulses == 1 and not firmware.on)
        assert device.firmware.longest_on(time.monotonic()) < 1.4
        link.end.set()
        worker.stop()
        thread.join(10.0)
        assert not thread.is_alive()
    for descriptor in (requests_out, requests_in, reports_out, reports_in):
        os.close(descriptor)
