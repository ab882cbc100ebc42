"""What an event costs with everything that makes it evidence, against one bare fsynced SQLite commit."""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from config.moment import system_clock
from sync.batch import batch_body, heads, read_batch
from sync.chain import genesis
from sync.device_key import device_key
from sync.event_types import CodeAssessed, GateAuthorised
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.bench.report import FOLDER, Result, percentile, report, spread

WARM = 1100
"""Rounds until both write-ahead logs have their full length: a growing file costs the disk more."""
ROUNDS = 600
PAYLOAD = b"x" * 300


def bare_commits(folder: Path) -> Callable[[], None]:
    """One row of about the size of a record, one commit, one fsync."""
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, data BLOB)")

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO rows (data) VALUES (?)", (PAYLOAD,))
        connection.execute("COMMIT")

    return commit


def appends(folder: Path) -> tuple[Journal, Callable[[], None], Callable[[], None]]:
    """One event; and a whole admission: code, decision, spent use."""
    journal = Journal(folder, system_clock, device_key(folder))
    event = GateAuthorised(crossing="c" * 12, authorisation="a" * 12, way="forward")
    code = CodeAssessed(
        crossing="c" * 12,
        fingerprint="f" * 32,
        format="HK1",
        evidence_kind="health_colour",
        scheme="hk",
        colour="green",
        issuer="HK",
        signature="VALID",
        validity="VALID",
        revocation="CLEAR",
        reasons=("ok",),
    )
    number = 0

    def one() -> None:
        journal.append([event], system_clock().utc)

    def admission() -> None:
        nonlocal number
        number += 1
        use = [b"use %d" % number]
        journal.append([code, code, event], system_clock().utc, spend=use)

    return journal, one, admission


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1e3


def main(arguments: Sequence[str] = ()) -> int:
    """Runs all in turns of changing order, so that the disk's mood is the same for each. Always 0."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_journal")
    parser.add_argument("--warm", type=int, default=WARM)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as place:
        folder = Path(place)
        bare = bare_commits(folder)
        journal, one, admission = appends(folder / "journal")
        acts = {"bare fsynced commit": bare, "append of one event": one, "append of an admission": admission}
        times: dict[str, list[float]] = {name: [] for name in acts}
        turns = random.Random(7)
        for turn in range(chosen.warm + chosen.rounds):
            for name in turns.sample(sorted(acts), len(acts)):
                taken = timed(acts[name])
                if turn >= chosen.warm:
                    times[name].append(taken)
        medians = {name: percentile(values, 0.5) for name, values in times.items()}
        base = "bare fsynced commit"
        results = [row for name, values in times.items() for row in spread(name, values, "ms")]
        for name, aim in (("append of one event", 1.3), ("append of an admission", None)):
            ratio = medians[name] / medians[base]
            results.append(Result(f"{name} / bare", medians[name], "ms", ratio, base, aim))
        results += reading(folder / "journal", journal)
        journal.close()
    report("journal", results)
    return 0


def reading(folder: Path, journal: Journal) -> list[Result]:
    """What a batch and the proof of the chain cost."""
    device = device_key(folder)
    reader = JournalReader(folder)
    records = reader.records(0, 500, 2_000_000)
    body = batch_body("lane-1", genesis(device.public.raw), records)
    made = percentile([timed(lambda: batch_body("lane-1", genesis(b""), records)) for _ in range(20)], 0.5)
    read = percentile([timed(lambda: heads(read_batch(body))) for _ in range(20)], 0.5)
    proof = timed(journal.verify_chain) * 1e3 / journal.position.sequence
    reader.close()
    return [
        Result("batch of 500: made", made, "ms"),
        Result("batch of 500: read and chained", read, "ms"),
        Result("batch of 500: bytes a record", len(body) / len(records), "B"),
        Result("chain proof, a record", proof, "us"),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
