"""The mapped revocation index against SQLite on the same hashes, in one run on one machine.

Without options 1 and 10 million entries; `--full`, which `make bench-revocation` asks for, adds 100 million
(some 8 GB of disk, a quarter of an hour).
Each store is asked by a process of its own, first with its files out of the page cache.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.bench.report import Result, report
from tests.bench.revocation_stores import STORES, Hashes, MappedStore, SqliteStore

Store = type[MappedStore] | type[SqliteStore]

AIMS = {
    "bytes an entry": 8.0,
    "open": 50.0,
    "open with delta": 50.0,
    "warm hit p99": 10.0,
    "warm miss p99": 10.0,
    "while compacting, hit p99": 10.0,
    "delta": 1000.0,
    "private memory": 100.0,
}
BESIDE = {"bytes an entry", "build", "delta", "warm hit median", "warm miss median", "cold miss median"}
UNITS = {
    "bytes an entry": "B",
    "build": "s",
    "compaction": "s",
    "check all": "s",
    "open": "ms",
    "open with delta": "ms",
    "delta": "ms",
    "private memory": "MB",
    "private memory after compaction": "MB",
}


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_revocation")
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 10])
    parser.add_argument("--full", action="store_true", help="100 million as well")
    parser.add_argument("--lookups", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where the files are made (default: the system's)")
    parser.add_argument("--without-sqlite", action="store_true", help="the mapped index alone, much sooner")
    parser.add_argument("--ask", nargs=2, metavar=("STORE", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.ask:
        store, folder = chosen.ask
        print(json.dumps(STORES[store].ask(Path(folder), chosen.lookups)))
        return 0
    results: list[Result] = []
    for millions in [*chosen.millions, *([100] if chosen.full else [])]:
        with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
            stores = (MappedStore,) if chosen.without_sqlite else (MappedStore, SqliteStore)
            results += measured(int(millions * 1_000_000), Path(folder), chosen.lookups, stores)
    report("revocation", results)
    return 0


def measured(entries: int, folder: Path, lookups: int, stores: Sequence[Store]) -> list[Result]:
    """The stores with so many entries."""
    random = np.random.default_rng(entries)
    hashes = Hashes.made(random, entries)
    figures: dict[str, dict[str, float]] = {}
    for store in stores:
        place = folder / store.name
        place.mkdir()
        hashes.write_samples(random, place)
        print(f"{entries:,} entries, {store.name} ...", file=sys.stderr, flush=True)
        figures[store.name] = store.build(hashes, place) | asked(store.name, place, lookups)
    theirs = figures.get(SqliteStore.name, {})
    results = []
    for name, value in figures[MappedStore.name].items():
        label = f"{entries / 1e6:g}M {name}"
        unit = UNITS.get(name, "us")
        results.append(Result(label, value, unit, aim=AIMS.get(name)))
        if name in theirs:
            results.append(Result(f"{label}, sqlite", theirs[name], unit))
        if name in BESIDE and name in theirs:
            results.append(Result(f"{label}, ratio", value, unit, value / theirs[name], "sqlite"))
    return results


def asked(store: str, folder: Path, lookups: int) -> dict[str, float]:
    """What a process of its own measured."""
    command = [sys.executable, "-m", "tests.bench.bench_revocation", "--ask", store, str(folder)]
    done = subprocess.run([*command, "--lookups", str(lookups)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
