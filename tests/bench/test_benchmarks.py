"""Every benchmark runs, however short, and reports. Nothing here looks at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.__main__ import ROOT, names
from tests.bench.report import Result

SHORT = {
    "bundle": ["--looks", "2"],
    "decisions": ["--rounds", "2"],
    "export": ["--events", "100", "300"],
    "hints": ["--each", "1"],
    "hub": ["--warm", "1", "--rounds", "2", "--crossings", "5"],
    "journal": ["--warm", "1", "--rounds", "2"],
    "lane": ["--travellers", "3", "--rounds", "1"],
    "list": ["--rows", "200", "--steps", "10"],
    "load": [
        "--kiosks",
        "20",
        "--seconds",
        "0.5",
        "--crossings",
        "1",
        "--hubs",
        "1",
        "--sqlite",
        "--settle",
        "0.2",
    ],
    "loop": ["--travellers", "1", "--idle-s", "0.1"],
    "memory": ["--crossings", "1", "3", "20"],
    "minute": ["--travellers", "2"],
    "reader": ["--frames", "3", "--sequences", "1", "--kinds", "1", "--breaks", "1"],
    "revocation": ["--millions", "0.001", "--lookups", "10"],
    "rules": [],
    "screens": ["--screens", "1", "--each-s", "0.2"],
    "shift_export": ["--events", "100", "--alone-s", "0.4"],
    "start": ["--starts", "1"],
    "stop": ["--rounds", "1"],
    "verify": ["--rounds", "3", "--no-install"],
}
WITH_AIM = {
    "decisions": "decision from the desk to the lane, slowest of 100",
    "hub": "ingest / plain COPY",
    "journal": "append of one event / bare",
    "lane": "frame to verdict median",
    "list": "200 rows, every step: lateness p99",
    "loop": "kiosk, lateness p99",
    "memory": "own memory after 20 crossings",
    "minute": "each traveller, start to passed",
    "revocation": "0.001M warm hit p99",
    "stop": "SIGTERM to the end, slowest",
    "verify": "colour code text to verdict median",
}


def test_every_benchmark_is_tried_here() -> None:
    assert set(names()) <= set(SHORT), "say in SHORT how the new one is made short"


@pytest.mark.parametrize("name", sorted({*names()} & {*SHORT}))
def test_a_benchmark_prints_and_writes_its_figures(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.bench_{name}", *SHORT[name]],
        cwd=ROOT,
        env=os.environ | {"BENCH_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
    assert rows
    for row in rows:
        assert set(row) == {"name", "value", "unit", "ratio", "of", "aim"}
        assert row["name"] in done.stdout
        assert (row["ratio"] is None) == (row["of"] is None)
    aims = {row["name"] for row in rows if row["aim"] is not None}
    assert WITH_AIM.get(name) in {*aims, None}


def test_an_aim_is_an_upper_limit_for_the_ratio_or_else_for_the_value() -> None:
    assert Result("a", 100.0, "ms", 1.2, "b", 1.25).met
    assert not Result("a", 1.0, "ms", 1.3, "b", 1.25).met
    assert Result("a", 32.9, "ms", aim=33.0).met
    assert not Result("a", 33.1, "ms", aim=33.0).met


def test_an_unknown_benchmark_is_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "nonsense"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("no such benchmark: nonsense (there are ")
