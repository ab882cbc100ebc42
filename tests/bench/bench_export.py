"""Memory and time of an export of a million events, and what the lane's own writing costs meanwhile.

The export is the real command in a process of its own, with report, reading back and all; the lane is a
journal that goes on being written beside it. Memory has to stay where it was with a hundredth of the events.
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

from config.moment import Moment
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import (
    CodeAssessed,
    CrossingClosed,
    CrossingDecided,
    CrossingOpened,
    GateAuthorised,
    GatePassage,
    ShiftOpened,
)
from sync.journal import Journal
from tests.bench.report import FOLDER, Result, percentile, report

ROOT = Path(__file__).resolve().parents[2]
EVENTS = (10_000, 1_000_000)
AIM = 1.25
"""Peak of the many against the few: an allocator's noise and the traces of more blocks."""


class _Clock:
    """Goes on by a second for each crossing, from ten days ago."""

    def __init__(self) -> None:
        from config.moment import system_clock

        self.now = system_clock().later(-10 * 86_400)

    def __call__(self) -> Moment:
        return self.now


def crossing(number: int) -> list[Event]:
    """Six events, as a lane writes them."""
    name, reasons = f"{number:032x}", ("UNKNOWN_SIGNER",) if number % 20 == 0 else ()
    return [
        CrossingOpened(name, "to_mainland"),
        CodeAssessed(
            name, f"{number:032x}", "HC1", "health_colour", "HK1", "green", "HK", "ok", "ok", "ok", reasons
        ),
        CrossingDecided(name, "REFER" if reasons else "ADMIT", reasons, "p1", 30.0 + number % 60, ()),
        GateAuthorised(name, name, "forward"),
        GatePassage(name, name, "PASSED"),
        CrossingClosed(name, "passed"),
    ]


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_export")
    parser.add_argument("--events", type=int, nargs="+", default=EVENTS)
    chosen = parser.parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    results: list[Result] = []
    peaks: list[tuple[str, float]] = []
    with tempfile.TemporaryDirectory(dir=FOLDER) as place:
        for count in sorted(chosen.events):
            peak, seconds, beside = exported(Path(place) / f"{count}", count)
            name = f"peak resident, {count:,} events"
            against = peaks[0] if peaks else None
            results.append(
                Result(
                    name,
                    peak,
                    "MB",
                    peak / against[1] if against else None,
                    against[0] if against else None,
                    AIM if against else None,
                )
            )
            results.append(Result(f"time, {count:,} events", seconds, "s"))
            results.append(
                Result(
                    f"  a crossing's record beside it, p99 ({len(beside)})", percentile(beside, 0.99), "ms"
                )
            )
            peaks.append((name, peak))
    report("export", results)
    return 0


def exported(folder: Path, count: int) -> tuple[float, float, list[float]]:
    """Peak resident size in MB, seconds, and the milliseconds of each append beside it."""
    clock = _Clock()
    journal = Journal(folder, clock, device_key(folder), kiosk="lane-1")
    journal.append([ShiftOpened("S-1", "S-1", True, (), ())], clock().utc)
    number = 0
    while journal.position.sequence < count:
        events = [event for one in range(number, number + 80) for event in crossing(one)]
        journal.append(events, clock().utc)
        number += 80
        clock.now = clock.now.later(80)
    command = [sys.executable, str(ROOT / "main.py"), "export", "--folder", str(folder), "--shift", "last"]
    begun = time.monotonic()
    child = subprocess.Popen(
        [*command, "--to", str(folder / "out"), "--progress"], stdout=subprocess.DEVNULL, cwd=ROOT
    )
    beside: list[float] = []
    while True:
        done, status, usage = os.wait4(child.pid, os.WNOHANG)
        if done:
            break
        started = time.perf_counter()
        journal.append(crossing(number)[:3], clock().utc)
        beside.append((time.perf_counter() - started) * 1000)
        number += 1
        time.sleep(0.2)
    child.returncode = os.waitstatus_to_exitcode(status)
    journal.close()
    if child.returncode:
        raise SystemExit(f"the export ended with {child.returncode}")
    return usage.ru_maxrss / 1024, time.monotonic() - begun, beside


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
