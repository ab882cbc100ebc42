"""Power cuts and full disks: what was acknowledged is there, and nothing else is half there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.device_key import device_key
from sync.event_types import JournalSpaceLow
from sync.journal import Journal, JournalUnavailable
from sync.journal_reader import JournalReader
from tests.sync.conftest import OpenJournal
from tests.sync.ground import HandClock, opened, write
from tests.sync.soak import ROOT, kill_and_prove, start_writer

KILLS = 4
"""`make soak` kills five hundred."""


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    last = 0
    for kill in range(KILLS):
        reached = kill_and_prove(tmp_path, 3 + 19 * kill)
        assert reached > last
        last = reached


def test_a_write_that_finds_no_room_changes_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    with start_writer(tmp_path, most_bytes=300_000) as writer:
        assert writer.stdout is not None
        lines = writer.stdout.read().splitlines()
    assert writer.returncode == 0
    acknowledged = int(lines[-2].split()[0])
    word, sequence, use_spent, broken, sentence = lines[-1].split(maxsplit=4)
    assert (word, use_spent, broken) == ("unavailable", "False", "None")
    assert acknowledged <= int(sequence) <= acknowledged + 1
    assert "check the disk" in sentence or "free some space" in sentence


def test_what_happened_together_is_on_the_disk_in_one_flush_before_it_is_acknowledged(tmp_path: Path) -> None:
    """As the system sees it: nothing written to the log waits for its flush when the writer says so far."""
    if shutil.which("strace") is None:
        pytest.skip("no strace to look at the system calls with")
    calls = tmp_path / "calls"
    traced = ["strace", "-f", "-y", "-e", "trace=pwrite64,write,fdatasync,fsync", "-o", str(calls)]
    writer = [sys.executable, "-m", "tests.sync.journal_writer", str(tmp_path / "journal"), "700000"]
    (tmp_path / "journal").mkdir()
    done = subprocess.run([*traced, *writer], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("no right to look at a process here")
    acknowledged, flushes = 0, 0
    unflushed = False
    for call in calls.read_text(errors="replace").splitlines():
        in_log = "-wal>" in call
        if "pwrite64(" in call and in_log:
            unflushed = True
        elif "sync(" in call and in_log:
            unflushed, flushes = False, flushes + 1
        elif re.search(r"write\(1<[^>]*>, \"[0-9]+ [0-9]+", call):
            assert not unflushed
            assert acknowledged == 0 or flushes == 1, "records that belong together cost one flush"
            acknowledged, flushes = acknowledged + 1, 0
    assert acknowledged == len(done.stdout.splitlines()) - 1 > 10


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of sixteen megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "none", place], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("no right to mount a small file system here")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def fill(disk: Path) -> Path:
    """Uses up what is left of a disk."""
    waste = disk / "waste"
    with waste.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    return waste


def test_on_a_full_disk_the_reserve_lets_decisions_be_written(small_disk: Path, clock: HandClock) -> None:
    journal = Journal(small_disk / "journal", clock, device_key(small_disk), reserve_bytes=3_000_000)
    try:
        write(journal, clock, 20)
        assert journal.space().reserved
        waste = fill(small_disk)
        for _ in range(100):
            journal.append([opened()], clock().utc)
        assert not journal.space().reserved
        reader = JournalReader(small_disk / "journal")
        kinds = [record.kind for record in reader.all_records()]
        reader.close()
        assert kinds.count(JournalSpaceLow.kind) == 1

        with pytest.raises(JournalUnavailable, match="is full: free some space"):
            write(journal, clock, 50_000, at_once=100)
        before = journal.position
        assert journal.verify_chain().position == before

        waste.unlink()
        journal.housekeep()
        assert journal.space().reserved
        journal.append([opened()], clock().utc)
        assert journal.verify_chain().broken is None
    finally:
        journal.close()


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path, clock: HandClock) -> None:
    (tmp_path / "device.key").unlink(missing_ok=True)
    key = device_key(tmp_path)
    (tmp_path / "taken").write_text("")
    with pytest.raises(JournalUnavailable, match="check the disk, its room and its owner"):
        Journal(tmp_path / "taken", clock, key)


def test_a_disk_that_became_read_only_is_one_sentence(open_journal: OpenJournal, clock: HandClock) -> None:
    journal = open_journal()
    write(journal, clock, 3)
    journal._connection.execute("PRAGMA query_only = ON")
    before = journal.position
    with pytest.raises(JournalUnavailable, match="can't be written"):
        journal.append([opened()], clock().utc)
    assert journal.position == before
    journal._connection.execute("PRAGMA query_only = OFF")
    journal.append([opened()], clock().utc)
    assert journal.verify_chain().broken is None
