"""Compaction beside the lane: a process of the lowest priority, one at a time, that can be ended."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.bundle.compacting import CompactionProcess
from kiosk.program import program
from tests.sync.bundle.test_indexes import HASHES, INDEX, Border
from tests.verification.revocation.index.publisher import PUBLIC, uci

REAL = [*program(), "index-worker"]
SLEEPS = [sys.executable, "-c", "import sys; sys.stdin.read()"]
DEAF = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def slow() -> Iterator[CompactionProcess]:
    compactor = CompactionProcess(SLEEPS)
    yield compactor
    compactor.stop()


def test_the_next_base_is_made_by_a_process_and_not_fetched(tmp_path: Path) -> None:
    border = Border(tmp_path)
    border.look()
    border.delta(20)
    border.look()
    border.publisher.new_base()
    border.publish()
    ended = threading.Event()
    compactor = CompactionProcess(REAL)
    compactor.on_end = ended.set
    assert "part" not in border.look(compactor=compactor) and not border.outcome.indexes
    assert ended.wait(60)
    assert border.look(compactor=compactor) == ()
    assert border.outcome.indexes == (INDEX,)
    assert border.index().number == 0 and len(border.index()) == 21
    compactor.stop()


def test_it_leaves_the_processors_to_the_lane() -> None:
    with subprocess.Popen(REAL, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stdout.readline() == b"ready\n"
        assert os.getpriority(os.PRIO_PROCESS, child.pid) == 19
        child.communicate(b"")
    assert child.returncode == 0


def test_one_is_at_work_at_a_time_and_a_newer_base_takes_its_place(
    slow: CompactionProcess, tmp_path: Path
) -> None:
    assert not slow.finished(tmp_path / "a", "1", [PUBLIC])
    first = slow._child
    assert not slow.finished(tmp_path / "b", "1", [PUBLIC]) and slow._child is first
    assert not slow.finished(tmp_path / "a", "1", [PUBLIC]) and slow._child is first
    assert not slow.finished(tmp_path / "a", "2", [PUBLIC]) and slow._child is not first
    assert first is not None and first.poll() is not None


@pytest.mark.parametrize("argv", [SLEEPS, DEAF])
def test_it_ends_when_the_lane_stops(argv: list[str], tmp_path: Path) -> None:
    compactor = CompactionProcess(argv)
    assert not compactor.finished(tmp_path, "1", [PUBLIC])
    child = compactor._child
    compactor.stop()
    assert child is not None and child.poll() is not None


@pytest.mark.parametrize("argv", [["/nowhere/at-all"], [sys.executable, "-c", "raise SystemExit(1)"]])
def test_where_no_process_can_work_everything_is_fetched(argv: list[str], tmp_path: Path) -> None:
    border = Border(tmp_path)
    border.look()
    border.publisher.add(uci(HASHES[30]))
    border.publisher.sequence += 1
    border.publisher.new_base()
    border.publish()
    ended = threading.Event()
    compactor = CompactionProcess(argv)
    compactor.on_end = ended.set
    border.look(compactor=compactor)
    if not border.outcome.indexes:
        assert ended.wait(60)
        assert border.look(compactor=compactor) == ("part",)
    assert border.outcome.indexes == (INDEX,) and len(border.index()) == 21
    compactor.stop()
