"""The long counts of this room: `python -m tests.sync.soak --kills 500 --histories 2000`; tests run a few."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from config.moment import system_clock
from sync.device_key import device_key
from sync.hub.database import open_database
from sync.journal import Journal

LOT = 100
DATABASES = ("PostgreSQL", "SQLite")
ROOT = Path(__file__).resolve().parents[2]


def start_writer(folder: Path, most_bytes: int = 0) -> subprocess.Popen[str]:
    """A writer of its own process; no file of it grows beyond `most_bytes` (0: no limit)."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sync.journal_writer", str(folder), str(most_bytes)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_and_prove(folder: Path, commits: int) -> int:
    """Kills a writer after some commits; what it acknowledged must be there. Returns the last record."""
    acknowledged, spent = 0, 0
    with start_writer(folder) as writer:
        assert writer.stdout is not None
        for _ in range(commits):
            acknowledged, spent = map(int, writer.stdout.readline().split())
        os.kill(writer.pid, signal.SIGKILL)
        for line in writer.stdout.read().splitlines(keepends=True):
            if line.endswith("\n"):
                acknowledged, spent = map(int, line.split())
    journal = Journal(folder, system_clock, device_key(folder))
    report = journal.verify_chain()
    uses = [f"use {number}".encode() for number in range(1, spent + 1)]
    missing = [use for use in uses if use not in journal.spent]
    journal.close()
    assert report.broken is None, report.broken
    assert report.position.sequence >= acknowledged, (report.position.sequence, acknowledged)
    assert not missing, missing
    return report.position.sequence


def histories(count: int, on_postgresql: int) -> None:
    """Generated histories over a bad line, in lots, so that whoever waits sees how far it is."""
    import structlog

    from tests.postgres import Postgres
    from tests.sync import test_exactly_once as machine

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    began = time.monotonic()
    for done in range(0, count, LOT):
        machine.run_histories(machine.Histories, histories=min(LOT, count - done), steps=40)
        print(f"... {min(count, done + LOT)} after {time.monotonic() - began:.0f} s", flush=True)
    print(f"{count} histories over a bad line: every record exactly once and in order", flush=True)
    if not on_postgresql:
        return
    with Postgres() as server:
        made = server.database()
        open_database(Path(), made).dispose()
        template = made.rpartition("/")[2]
        machine.run_histories(machine.on_postgresql(server, template), histories=on_postgresql, steps=40)
    print(f"{on_postgresql} histories with a hub on PostgreSQL: the same", flush=True)


def hub_kills(count: int, database: str) -> None:
    """`kill -9` of two hubs in turn on one database, while three lanes send to both."""
    from tests.postgres import Postgres
    from tests.sync.test_two_hubs import Pair, carry_through_kills

    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        url = stack.enter_context(Postgres()).database() if database == "PostgreSQL" else None
        pair = Pair(Path(place) / "hub", url)
        stack.callback(pair.end)

        def say(done: int) -> None:
            if done % LOT == 0:
                print(f"... {done} on {database} after {time.monotonic() - began:.0f} s", flush=True)

        records = carry_through_kills(pair, Path(place), count, pause_s=0.1, say=say)
    print(
        f"{count} hub kills: {records} records of three lanes on {database}, each held once and in order",
        flush=True,
    )


def main() -> int:
    """Runs the counts and says what they came to."""
    parser = argparse.ArgumentParser(prog="python -m tests.sync.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--histories", type=int, default=2000)
    parser.add_argument("--on-postgresql", type=int, default=200)
    parser.add_argument("--hub-kills", type=int, default=500, help="on each database")
    parser.add_argument("--hub-on", nargs="+", choices=DATABASES, default=DATABASES)
    args = parser.parse_args()
    if args.kills:
        with tempfile.TemporaryDirectory() as place:
            last = 0
            for kill in range(args.kills):
                last = kill_and_prove(Path(place), 1 + kill * 7 % 60)
            print(
                f"{args.kills} kills: {last} records, every acknowledged one there, the chain holds",
                flush=True,
            )
    for database in args.hub_on if args.hub_kills else ():
        hub_kills(args.hub_kills, database)
    if args.histories:
        histories(args.histories, args.on_postgresql)
    return 0


if __name__ == "__main__":
    sys.exit(main())
