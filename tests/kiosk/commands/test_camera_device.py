"""What `main.py camera` says of a device: what it can do, what was set, and how well it is aimed."""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from drivers.camera import from_settings, v4l2
from drivers.camera.abilities import Abilities, Control, Mode
from drivers.camera.synthetic.appearance import LOOKS
from drivers.camera.synthetic.generator import render
from kiosk.commands import camera
from tests.drivers.camera.fake_v4l2 import FakeV4l2

ABLE = Abilities(
    "Made-up camera",
    "uvcvideo",
    (Mode("MJPG", 1280, 720, (30.0, 15.0)), Mode("YUYV", 640, 480, ())),
    (Control("Focus, Absolute", 0, 250, 30, 17), Control("Brightness", 0, 255, 128, None)),
)


class Held(FakeV4l2):
    """A device before which somebody holds a code, with a lens that cannot be moved."""

    def __init__(self) -> None:
        super().__init__(focuses=False)
        self._pixels = render([("HK1:MADE UP TO AIM BY " * 12, LOOKS["phone"])], seed=1).pixels

    def read(self) -> tuple[bool, npt.NDArray[np.uint8]]:
        return True, self._pixels.copy()


@pytest.fixture(autouse=True)
def signals_stay_pytests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera.signal, "signal", lambda *_: None)


def shown(path: Path, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    camera.add_arguments(parser)
    return camera.run(parser.parse_args(["--path", str(path), "--seconds", "0.9", *arguments]))


def test_abilities_answers_and_a_live_meter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    device, path = Held(), tmp_path / "usb-camera-index0"
    path.touch()
    config = tmp_path / "kiosk.toml"
    config.write_text("[camera]\nfocus = 30\nexposure_ms = 2.0\n")
    monkeypatch.setattr(
        from_settings,
        "V4l2Camera",
        lambda wanted, clock: v4l2.V4l2Camera(wanted, clock, device.at, lambda _: True),
    )
    monkeypatch.setattr("drivers.camera.abilities.abilities_at", lambda _: ABLE)
    assert shown(path, "--config", str(config)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:5] == [
        f"Made-up camera (uvcvideo) at {path}",
        "  MJPG 1280x720 at 30, 15 frames a second",
        "  YUYV 640x480 at ? frames a second",
        "  Focus, Absolute: 17 (0 to 250, usually 30)",
        "  Brightness: ? (0 to 255, usually 128)",
    ]
    assert "  format: asked MJPG, got MJPG" in lines
    assert "  exposure: asked 2 ms, got 2 ms" in lines
    assert "  focus: asked 30, got -1   <- not as asked" in lines
    meter = [line for line in lines if line.startswith("sharpness")]
    assert len(meter) >= 2
    assert all(word in meter[-1] for word in ("brightness", "clipped", "module", "px", "read"))
    assert "read 0 of" not in meter[-1]
    assert device.values[cv2.CAP_PROP_BUFFERSIZE] == 1


def test_a_path_that_is_no_camera_is_answered_with_those_that_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(camera, "BY_ID", tmp_path)
    (tmp_path / "usb-other-index0").touch()
    assert shown(tmp_path / "none") == 1
    said = capsys.readouterr()
    assert said.out.strip() == f"Cameras of this machine: {tmp_path / 'usb-other-index0'}"
    assert "There is no camera at" in said.err
