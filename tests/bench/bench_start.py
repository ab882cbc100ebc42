"""From the start of `main.py run` to the first frame that a waiting lane has read, beside an empty window.

Lists, journal, reader process, windows: everything the settings ask for, with a folder of pictures as camera.
An empty Qt window is started in turns in the same run. Files are in the machine's cache for both.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import cv2

from config.moment import system_clock
from drivers.camera.synthetic.generator import render
from kiosk.demo import authorities
from kiosk.program import ROOT
from tests.bench.report import FOLDER, Result, percentile, report

STARTS = 7
PATIENCE_S = 60.0
EMPTY = "empty Qt window painted"


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_start")
    parser.add_argument("--starts", type=int, default=STARTS)
    chosen = parser.parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as place:
        settings = written(Path(place))
        kiosk, empty = [], []
        warm = 1 if chosen.starts > 1 else 0
        for _ in range(warm + chosen.starts):
            kiosk.append(started("kiosk", str(settings)))
            empty.append(started("window"))
    report("start", results(kiosk[warm:], empty[warm:]))
    return 0


def written(folder: Path) -> Path:
    """A settings file of a lane that can start: signed lists, a camera, no gate and no hub."""
    issuers = authorities.found(system_clock().utc)
    files = authorities.write_lists(folder / "lists", issuers, (), system_clock().utc)
    (folder / "pictures").mkdir()
    cv2.imwrite(str(folder / "pictures" / "hall.png"), render([]).pixels)
    (folder / "journal").mkdir()
    text = f"""
[lane]
id = "bench-1"
[camera]
source = "folder"
path = "{folder / "pictures"}"
[trust]
lists = ["{files.trust}"]
key = "{files.key}"
revocation = "{files.revocation}"
[journal]
folder = "{folder / "journal"}"
"""
    file = folder / "kiosk.toml"
    file.write_text(text, encoding="utf-8")
    return file


def started(*what: str) -> dict[str, float]:
    """Runs one program to its end. Seconds from the start of the process to each word it said."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.started", *what],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    said = (line.split() for line in done.stdout.splitlines())
    return {word: float(at) - began for word, at in said}


def results(kiosk: Sequence[dict[str, float]], empty: Sequence[dict[str, float]]) -> list[Result]:
    """Medians, and the slowest of the starts."""
    bare = percentile([one["painted"] for one in empty], 0.5)
    ready = [max(one["waiting"], one["read"]) for one in kiosk]
    rows = [Result(EMPTY, bare, "s")]
    for name, values in (
        ("kiosk painted", [one["painted"] for one in kiosk]),
        ("lane waiting for travellers", [one["waiting"] for one in kiosk]),
        ("first frame read", [one["read"] for one in kiosk]),
        ("start to first scan-ready frame", ready),
    ):
        middle = percentile(values, 0.5)
        rows.append(Result(f"{name}, median", middle, "s", middle / bare, EMPTY))
    rows.append(Result("start to first scan-ready frame, slowest", max(ready), "s"))
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
