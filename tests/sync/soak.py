"""The long counts of this room: `python -m tests.sync.soak --kills 500 --histories 2000`; tests run a few."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from config.moment import system_clock
from sync.device_key import device_key
from sync.journal import Journal

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


def main() -> int:
    """Runs both counts and says what they came to."""
    import structlog
    from hypothesis import HealthCheck, settings
    from hypothesis.stateful import run_state_machine_as_test

    from tests.sync.test_exactly_once import Histories

    parser = argparse.ArgumentParser(prog="python -m tests.sync.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--histories", type=int, default=2000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        last = 0
        for kill in range(args.kills):
            last = kill_and_prove(Path(place), 1 + kill * 7 % 60)
        print(f"{args.kills} kills: {last} records, every acknowledged one there, the chain holds")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=args.histories,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"{args.histories} histories over a bad line: every record exactly once and in order")
    return 0


if __name__ == "__main__":
    sys.exit(main())
