"""Resident memory of the kiosk's process after 10, 1,000 and 10,000 crossings: it has to be flat.

Virtual time, real parts: signed codes, verifier, policy, crossing, lane, journal with its fsync, a gate in
memory, the traveller's window and the officer's panel with every view painted. Camera, reader and uplink are
not in it: the long demonstration of `make soak` has them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.report import FOLDER, Result, report
from tests.bench.resident import Resident, resident

CROSSINGS = (10, 1_000, 10_000)
NAMES = {"rss": "resident", "own": "own memory"}
AIM = 1.10
"""Growth from the second count to the last: what is left is the noise of an allocator."""


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_memory")
    parser.add_argument("--crossings", type=int, nargs="+", default=CROSSINGS)
    chosen = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as place:
        held, ends = lived(Path(place), sorted(chosen.crossings))
    report("memory", results(held, ends))
    return 0


def lived(folder: Path, counts: Sequence[int]) -> tuple[dict[int, Resident], dict[str, int]]:
    """What the process holds after each of `counts` crossings, and how the crossings ended."""
    from tests.bench.long_day import LongDay

    day = LongDay(folder)
    held: dict[int, Resident] = {}
    for number in range(1, counts[-1] + 1):
        day.cross(number)
        if number in counts:
            held[number] = resident()
    day.close()
    return held, day.ends


def results(held: dict[int, Resident], ends: dict[str, int]) -> list[Result]:
    """The figures, each against the one before, and the last against the first."""
    rows: list[Result] = []
    for what in ("rss", "own"):
        before: tuple[str, float] | None = None
        for count, size in held.items():
            name, value = f"{NAMES[what]} after {count:,} crossings", getattr(size, what)
            last = before is not None and count == max(held)
            of, ratio = (before[0], value / before[1]) if before else (None, None)
            rows.append(Result(name, value, "MB", ratio, of, AIM if last else None))
            before = (name, value)
    counts = sorted(held)
    grown = (held[counts[-1]].own - held[counts[0]].own) * 1024
    rows.append(
        Result("own memory, growth a crossing, first to last", grown / max(1, counts[-1] - counts[0]), "kB")
    )
    rows += [Result(f"  ended {end}", number, "crossings") for end, number in sorted(ends.items())]
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
