"""From the start of `main.py run` to its first screen, and to the first frame that a waiting lane has read.

Lists, journal, reader process, windows: everything the settings ask for, with a folder of pictures as camera.
An empty Qt window is started in turns in the same run. Files are in the machine's cache for both; `--cold`
asks the machine to forget those of this checkout and of Python before each start. `--xvfb` shows both on a
display of their own instead of none.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import cv2

from config.moment import system_clock
from drivers.camera.synthetic.generator import render
from kiosk.demo import authorities
from kiosk.program import ROOT
from tests.bench.report import FOLDER, Result, percentile, report
from tests.hands.display import Display

STARTS = 7
PATIENCE_S = 60.0
EMPTY = "empty Qt window painted"
AIM = 2.0
"""Times the empty window's, for the first screen."""
STEP_AIM_MS = 33.0


STEP = "step"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds from the start to each word it said; milliseconds of the first screen's steps."""

    at: dict[str, float]
    steps: list[float]


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_start")
    parser.add_argument("--starts", type=int, default=STARTS)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--xvfb", action="store_true")
    chosen = parser.parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as place:
        settings = written(Path(place))
        kiosk, empty = [], []
        warm = 1 if chosen.starts > 1 else 0
        with Display(1080, 1920) if chosen.xvfb else nullcontext() as display:
            shown = display.environment if display else OFFSCREEN
            for _ in range(warm + chosen.starts):
                for times, what in ((kiosk, ("kiosk", str(settings))), (empty, ("window",))):
                    if chosen.cold:
                        forget()
                    times.append(started(*what, shown=shown))
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


def forget() -> None:
    """Asks the machine to drop what it holds of the program's files, as after it was switched on."""
    for root in (ROOT, Path(sys.base_prefix) / "lib"):
        for file in root.rglob("*"):
            if file.suffix in (".py", ".pyc", ".so", ".qm", ".toml") or ".so." in file.name:
                with suppress(OSError), file.open("rb") as opened:
                    os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def started(*what: str, shown: Mapping[str, str] = OFFSCREEN) -> Started:
    """Runs one program to its end."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.started", *what],
        cwd=ROOT,
        env=os.environ | shown,
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    said = [line.split() for line in done.stdout.splitlines()]
    at = {word: float(when) - began for word, when in said if word != STEP}
    return Started(at, [float(ms) for word, ms in said if word == STEP])


def results(kiosk: Sequence[Started], empty: Sequence[Started]) -> list[Result]:
    """Medians, and the slowest of the starts."""
    bare = percentile([one.at["painted"] for one in empty], 0.5)
    first = percentile([one.at["first"] for one in kiosk], 0.5)
    ready = [max(one.at["waiting"], one.at["read"]) for one in kiosk]
    rows = [Result(EMPTY, bare, "s")]
    rows.append(Result("first screen painted, median", first, "s", first / bare, EMPTY, aim=AIM))
    slowest = max(one.at["first"] for one in kiosk)
    rows.append(Result("first screen painted, slowest", slowest, "s"))
    for name, values in (
        ("lane's own screen painted", [one.at["painted"] for one in kiosk]),
        ("lane waiting for travellers", [one.at["waiting"] for one in kiosk]),
        ("first frame read", [one.at["read"] for one in kiosk]),
        ("start to first scan-ready frame", ready),
    ):
        middle = percentile(values, 0.5)
        rows.append(Result(f"{name}, median", middle, "s", middle / bare, EMPTY))
    rows.append(Result("start to first scan-ready frame, slowest", max(ready), "s"))
    steps = [ms for one in kiosk for ms in one.steps]
    rows.append(Result("first screen moves every, p50", percentile(steps, 0.5), "ms"))
    rows.append(Result("first screen moves every, p99", percentile(steps, 0.99), "ms", aim=STEP_AIM_MS))
    rows.append(Result("first screen stands still at most", max(steps), "ms"))
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
