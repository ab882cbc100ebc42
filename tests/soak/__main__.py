"""`make soak`: runs the long counts and prints one line for each; 1 when one of them did not hold.

make soak                          all of them, about two hours
make soak ARGS="gate journal"      some of them
make soak ARGS=--quick             all, shortened to a minute: whether they still run
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.soak.counts import SOAKS, NotHeld, Soak

ROOT = Path(__file__).resolve().parents[2]
LOOK_S = 1.0


def main(arguments: Sequence[str]) -> int:
    """Runs what was chosen. 0: everything held; 1: something did not; 2: there is no such count."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak",
        description="Runs the long counts and prints one line for each.",
        epilog="\n".join(f"  {soak.name:<8} {soak.says}" for soak in SOAKS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (default: all)")
    parser.add_argument("--quick", action="store_true", help="a short run of each")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "soak", help="(default: build/soak)")
    chosen = parser.parse_args(arguments)
    unknown = sorted(set(chosen.names) - {soak.name for soak in SOAKS})
    if unknown:
        parser.error(f"no such count: {', '.join(unknown)}")
    wanted = [soak for soak in SOAKS if not chosen.names or soak.name in chosen.names]
    held = [run(soak, chosen.out.resolve(), quick=chosen.quick) for soak in wanted]
    return 0 if all(held) else 1


def run(soak: Soak, folder: Path, *, quick: bool) -> bool:
    """One count, in a process of its own. Prints its line; its whole output is kept beside."""
    out = folder / soak.name
    out.mkdir(parents=True, exist_ok=True)
    log = out / "output.txt"
    words = [word.format(out=out) for word in (soak.quick if quick else soak.arguments)]
    began = time.monotonic()
    with log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=os.environ | {"BENCH_DIR": str(out), "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        sizes = _watched(child)
    took = time.monotonic() - began
    said = log.read_text(encoding="utf-8", errors="replace")
    try:
        if child.returncode:
            last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")
            raise NotHeld(f"exit code {child.returncode}: {last or 'it said nothing'}")
        answer, held = soak.answer(said, out), True
    except NotHeld as reason:
        answer, held = f"{reason}; see {log}", False
    size = f"; its process {sizes[0]} MB early, {sizes[-1]} MB at the end" if len(sizes) > 1 else ""
    print(f"{soak.name:<8} {'held' if held else 'BROKEN':<7} {took:7.1f} s  {answer}{size}", flush=True)
    return held


def _watched(child: subprocess.Popen[bytes]) -> list[int]:
    """Waits for the end. What the process held in MB, once a second, without its first tenth."""
    sizes: list[int] = []
    while True:
        try:
            child.wait(LOOK_S)
            return sizes[len(sizes) // 10 :]
        except subprocess.TimeoutExpired:
            sizes.append(_resident_mb(child.pid))


def _resident_mb(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
