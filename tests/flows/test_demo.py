"""The demonstration, as a stranger runs it: the whole cast once, through the real program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.demo.cast import WHOLE_CAST
from tests.flows.live_lane import ROOT

GENEROUS_S = 400


def demo(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "demo", "--seed", "7", "--out", str(folder), *more],
        capture_output=True,
        text=True,
        env=environment,
        timeout=GENEROUS_S,
    )


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("demo") / "out"
    return demo(folder, "--headless"), folder


@pytest.fixture(scope="module")
def summary(shown: tuple[subprocess.CompletedProcess[str], Path]) -> dict[str, Any]:
    return dict(json.loads((shown[1] / "summary.json").read_text()))


def test_every_crossing_ends_as_the_cast_says(
    shown: tuple[subprocess.CompletedProcess[str], Path], summary: dict[str, Any]
) -> None:
    done, _ = shown
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert summary["as_cast"] == len(summary["crossings"]) == WHOLE_CAST


def test_each_crossing_is_one_printed_line(
    shown: tuple[subprocess.CompletedProcess[str], Path], summary: dict[str, Any]
) -> None:
    printed = shown[0].stdout
    assert all(printed.count(row["who"]) >= 1 for row in summary["crossings"])
    yellow = next(line for line in printed.splitlines() if line.startswith("yellow"))
    assert "REFER" in yellow and "P|YEL" in yellow and " ms" in yellow


def test_the_summary_has_what_the_issue_promises(summary: dict[str, Any]) -> None:
    for row in summary["crossings"]:
        assert {"who", "expected", "verdict", "reasons", "timings_ms", "gate"} <= row.keys()
    for side in ("hub", "kiosk"):
        assert summary[side].keys() == {"sequence", "head"}


def test_hub_and_kiosk_agree_on_the_last_sequence_and_chain_head(summary: dict[str, Any]) -> None:
    assert summary["hub"] == summary["kiosk"]
    assert summary["kiosk"]["sequence"] > WHOLE_CAST


def test_the_gate_pulsed_once_for_each_that_it_let_through_and_never_else(summary: dict[str, Any]) -> None:
    assert summary["pulses"] == sum(bool(row["gate"]) for row in summary["crossings"])


def test_journal_and_export_prove_themselves(
    shown: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    _, folder = shown
    key = str(folder / "journal" / "device.pub.pem")
    for command in (
        ["journal", "verify", "--folder", str(folder / "journal")],
        ["verify-export", str(folder / "export"), "--key", key],
    ):
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *command], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_no_name_reaches_journal_export_or_hub(
    shown: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    _, folder = shown
    written = [
        *(folder / "journal").iterdir(),
        *(folder / "export").iterdir(),
        *(folder / "hub").iterdir(),
        folder / "hub.log",
    ]
    for file in written:
        if file.is_file():
            content = file.read_bytes()
            assert b"S******N" not in content and b"Specimen" not in content, file


def test_every_part_has_its_picture(
    shown: tuple[subprocess.CompletedProcess[str], Path], summary: dict[str, Any]
) -> None:
    pictures = list((shown[1] / "screenshots").glob("*.png"))
    assert len(pictures) >= len(summary["crossings"])
    assert all(picture.stat().st_size > 5_000 for picture in pictures)


def test_without_a_display_it_says_so_and_goes_on(tmp_path: Path) -> None:
    done = demo(tmp_path / "out", "--travellers", "1")
    assert done.returncode == 0 and "no display" in done.stdout


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.txt").write_text("mine")
    done = demo(tmp_path, "--headless", "--travellers", "1")
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert (tmp_path / "holiday.txt").read_text() == "mine"
