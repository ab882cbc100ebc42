"""`main.py camera`: as an operator types it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from drivers.camera.synthetic.appearance import LOOKS
from drivers.camera.synthetic.generator import render

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 60


def camera(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "camera", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    rendered = render([("HK1:MADE UP TO AIM BY " * 12, LOOKS["phone"])], seed=1)
    cv2.imwrite(str(folder / "one.png"), rendered.pixels)
    return folder


def test_the_synthetic_source_shows_a_meter_that_reads() -> None:
    done = camera("--source", "synthetic", "--seconds", "2")
    assert done.returncode == 0, done.stderr
    assert "Pictures of 1280x720" in done.stdout
    last = done.stdout.splitlines()[-1]
    assert "sharpness" in last and "px" in last and "read 0 of" not in last


def test_a_folder_is_metered_too(pictures: Path) -> None:
    done = camera("--source", "folder", "--path", str(pictures), "--seconds", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert "module" in done.stdout.splitlines()[-1]


def test_no_device_is_one_sentence(tmp_path: Path) -> None:
    done = camera("--path", str(tmp_path / "video-index0"), "--seconds", "5")
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("There is no camera at") and "plug it in" in sentence


def test_an_empty_folder_is_one_sentence(tmp_path: Path) -> None:
    done = camera("--source", "folder", "--path", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "put PNG or JPEG files there" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--seconds", "0"), ("--source", "folder"), ("--source", "webcam"), ("--config", "/nowhere.toml")],
)
def test_wrong_usage_is_two(arguments: tuple[str, ...]) -> None:
    assert camera(*arguments).returncode == 2


def test_control_c_ends_it_in_order(pictures: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "camera", "--source", "folder", "--path", str(pictures)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        while "sharpness" not in child.stdout.readline():
            assert child.poll() is None
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=PATIENCE_S)
    assert (child.returncode, errors) == (0, "")
