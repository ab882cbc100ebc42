"""`make bench`: every benchmark of the product, one after the other, in one run on this machine."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Every `bench_*.py` beside this file."""
    return sorted(file.stem.removeprefix("bench_") for file in FOLDER.glob("bench_*.py"))


def main(wanted: list[str]) -> int:
    """Runs the benchmarks named in `wanted`, or all of them."""
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)} (there are {', '.join(names())})", file=sys.stderr)
        return 2
    for name in wanted or names():
        print(f"\n== {name}")
        import_module(f"tests.bench.bench_{name}").main()
    print("\nbuild/bench/*.json hold the same figures")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
