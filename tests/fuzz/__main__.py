"""`make fuzz`: bends codes of every format for a bounded time; 1 when something did not hold.

make fuzz                            every format, 60 seconds in all
make fuzz ARGS="--seconds 600"       longer
make fuzz ARGS="HC1 SHC"             some of them
make fuzz ARGS="--engine own"        by random edits alone, without atheris
make fuzz ARGS="DIVOC-worker"        DIVOC with its worker process in between, as at a lane

Atheris is guided by what the program has covered. Where it is not installed, random edits do without. Inputs
worth keeping stay in build/fuzz/corpus, one that did not hold in build/fuzz/found.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GRACE_S = 60
"""Beyond its share of the time, for a child to start, and to end its last input."""
FORMATS = ("HC1", "NO1", "HK1", "LT1", "AT1", "SHC", "NZCP", "VDSNC", "DIVOC", "DIVOC-worker")


def main(arguments: Sequence[str]) -> int:
    """Runs every format in a process of its own and prints a line for each."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {' '.join(FORMATS)} (default: all)")
    parser.add_argument("--seconds", type=float, default=60, help="in all (default: 60)")
    parser.add_argument("--engine", choices=("atheris", "own"), help="(default: atheris if it is installed)")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "fuzz", help="(default: build/fuzz)")
    chosen = parser.parse_args(arguments)
    unknown = sorted(set(chosen.formats) - set(FORMATS))
    if unknown:
        parser.error(f"no such format: {', '.join(unknown)}")
    installed = importlib.util.find_spec("atheris") is not None
    if chosen.engine == "atheris" and not installed:
        parser.error("atheris is not installed")
    engine = chosen.engine or ("atheris" if installed else "own")
    formats = chosen.formats or FORMATS
    share = max(1.0, chosen.seconds / len(formats))
    print(f"{engine}, {share:.1f} s for each of {len(formats)} formats")
    results = [run(name, engine, share, chosen.out.resolve()) for name in formats]
    _print_whole(results)
    return 0 if all(result["held"] for result in results) else 1


def run(name: str, engine: str, seconds: float, out: Path) -> dict[str, Any]:
    """One format. What it found, whether everything held, and the line that says so."""
    report = out / f"{name}.json"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    (out / f"{name}.log").unlink(missing_ok=True)
    log = out / f"{name}.log"
    code = _child(engine, name, seconds, out, log)
    if code == 0 and engine == "atheris":
        code = _child("time", name, seconds, out, log)
    found: dict[str, Any] = json.loads(report.read_text()) if report.is_file() else {}
    held = code == 0 and found.get("tried", 0) > 0
    if found:
        print(
            f"{name:<12} {found['tried']:>8} inputs, {found['admitted']} admitted; "
            f"slowest {found['slowest_s'] * 1000:.1f} ms ({found['slowest']}); "
            f"hungriest {found['hungriest_bytes'] / 2**20:.2f} MiB ({found['hungriest']})"
        )
    if not held:
        why = "no end" if code == -1 else f"exit code {code}"
        print(f"{name:<12} DID NOT HOLD: {why}, see {log}\n" + log.read_text(errors="replace")[-3000:])
    return found | {"held": held}


def _child(engine: str, name: str, seconds: float, out: Path, log: Path) -> int:
    """Its exit code; -1 where it did not end. What it printed goes behind what is in `log`."""
    words = [sys.executable, "-m", "tests.fuzz.target", engine, name, f"{seconds:.1f}", str(out)]
    with log.open("ab") as output:
        try:
            limit = seconds + GRACE_S
            child = subprocess.run(
                words, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            return -1
    return child.returncode


def _print_whole(results: Sequence[dict[str, Any]]) -> None:
    tried = sum(result.get("tried", 0) for result in results)
    slowest = max((result.get("slowest_s", 0) for result in results), default=0)
    hungriest = max((result.get("hungriest_bytes", 0) for result in results), default=0)
    print(f"in all {tried} inputs, slowest {slowest * 1000:.1f} ms, hungriest {hungriest / 2**20:.2f} MiB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
