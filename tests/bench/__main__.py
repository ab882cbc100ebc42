"""`make bench`: every benchmark of the product, one after the other, in one run on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.report import FOLDER

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def names() -> list[str]:
    """Every `bench_*.py` beside this file."""
    return sorted(file.stem.removeprefix("bench_") for file in HERE.glob("bench_*.py"))


def main(wanted: list[str]) -> int:
    """Runs the benchmarks named in `wanted`, or all of them, each in a process of its own. 1 if one broke."""
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)} (there are {', '.join(names())})", file=sys.stderr)
        return 2
    minute, _, quarter = os.getloadavg()
    print(f"{os.cpu_count()} processors; load {minute:.1f} in the last minute, {quarter:.1f} in fifteen")
    broken = []
    for name in wanted or names():
        print(f"\n== {name}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"tests.bench.bench_{name}"], cwd=ROOT, check=False)
        if done.returncode:
            broken.append(name)
    print(f"\n{FOLDER}/*.json hold the same figures")
    for name in broken:
        print(f"{name} did not run to its end", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
