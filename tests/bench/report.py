"""Benchmark results: one line each for people, one JSON file for comparisons over time."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path(os.environ.get("BENCH_DIR") or Path(__file__).resolve().parents[2] / "build" / "bench")
"""Where the files go: `build/bench`, or what BENCH_DIR says."""


@dataclass(frozen=True, slots=True)
class Result:
    """One measured figure. `ratio` is `value` against the figure named `of`; `aim` is its upper limit."""

    name: str
    value: float
    unit: str
    ratio: float | None = None
    of: str | None = None
    aim: float | None = None

    @property
    def met(self) -> bool:
        """Whether the aim is reached. The aim is for the ratio where there is one."""
        return self.aim is None or (self.value if self.ratio is None else self.ratio) <= self.aim


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of `values` lie, nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(name: str, values: Sequence[float], unit: str) -> list[Result]:
    """Median, p95 and p99 of one measured quantity."""
    shares = (("median", 0.5), ("p95", 0.95), ("p99", 0.99))
    return [Result(f"{name} {label}", percentile(values, share), unit) for label, share in shares]


def report(name: str, results: Sequence[Result]) -> Path:
    """Prints the results and writes `build/bench/<name>.json`. Returns the file's path."""
    for result in results:
        print(_line(result))
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}.json"
    rows = [asdict(result) for result in results]
    file.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def _line(result: Result) -> str:
    line = f"{result.name:<44} {result.value:>12.2f} {result.unit:<6}"
    if result.ratio is not None:
        line += f" {result.ratio:>6.2f} x {result.of}"
    if result.aim is not None:
        line += f"   aim {result.aim:g}: {'met' if result.met else 'NOT MET'}"
    return line.rstrip()
