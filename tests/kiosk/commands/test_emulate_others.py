"""The emulated scanner and lamp, by hand, as a trainer uses them."""

from __future__ import annotations

import queue
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from drivers.scanner.devices import SerialScanner
from drivers.signals.light import Light
from drivers.signals.tower_lamp import TowerLamp
from kiosk.commands.door import main
from kiosk.program import ROOT

GENEROUS_S = 20.0


def started(*arguments: str) -> subprocess.Popen[str]:
    command: Sequence[str] = [sys.executable, str(ROOT / "main.py"), "emulate", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)


@contextmanager
def ended(device: subprocess.Popen[str]) -> Iterator[None]:
    """Nobody waits for a device that a failed test has left behind."""
    try:
        yield
    finally:
        if device.poll() is None:
            device.kill()


def test_each_line_is_scanned(tmp_path: Path) -> None:
    with started("scanner", "--link", str(tmp_path / "scanner")) as device, ended(device):
        assert device.stdin is not None and device.stdout is not None
        assert "scanner at" in device.stdout.readline()
        source = SerialScanner(str(tmp_path / "scanner"), b"\r")
        decoder = source.open()
        device.stdin.write("HC1:MADE UP\n")
        assert select.select([source.fileno()], [], [], GENEROUS_S)[0]
        assert decoder.feed(source.read(), 1.0) == [b"HC1:MADE UP"]
        source.close()
        device.stdin.close()
        assert device.wait(GENEROUS_S) == 0
    assert not (tmp_path / "scanner").exists()


def test_lights_are_told_in_words(tmp_path: Path) -> None:
    with started("lamp", "--link", str(tmp_path / "lamp")) as device, ended(device):
        assert device.stdout is not None
        assert "lamp at" in device.stdout.readline()
        lamp = TowerLamp(str(tmp_path / "lamp"))
        lamp.start()
        lamp.show(Light.GO)
        told: queue.Queue[str] = queue.Queue()
        for line in device.stdout:
            told.put(line.strip())
            if line.strip() == "green":
                break
        lamp.stop()
        device.send_signal(signal.SIGINT)
        assert device.wait(GENEROUS_S) == 130


def test_a_fault_that_is_none_is_named_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["emulate", "scanner", "--scanner-faults", "tired"])
    assert "split" in capsys.readouterr().err
