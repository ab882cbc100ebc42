"""A clock that runs ahead erases nothing early: the journal goes by a time that has surely passed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from config.moment import Moment
from sync.clock.journal_mark import journal_mark
from sync.device_key import device_key
from sync.event_types import ClockFloor, CrossingOpened
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.sync.clock.bench import NOON, Bench

USE = b"issuer and cti"


def test_nothing_is_erased_before_its_time_has_surely_come(tmp_path: Path) -> None:
    now = [Moment(0.0, NOON)]
    journal = Journal(tmp_path, lambda: now[0], device_key(tmp_path), reserve_bytes=100_000)
    journal.append([CrossingOpened("c1", "any")], NOON, spend=[USE])
    before = journal.fingerprint(b"signed", NOON)
    now[0] = Moment(1.0, NOON + timedelta(days=60))
    while journal.housekeep(passed=NOON + timedelta(days=1)):
        pass
    reader = JournalReader(tmp_path)
    assert reader.records(0, 1, 10_000)[0].payload is not None
    assert USE in journal.spent
    assert journal.fingerprint(b"signed", NOON) == before
    while journal.housekeep(passed=NOON + timedelta(days=60)):
        pass
    assert reader.records(0, 1, 10_000)[0].payload is None
    assert USE not in journal.spent
    assert journal.fingerprint(b"signed", NOON) != before
    reader.close()
    journal.close()


def test_what_has_surely_passed_is_the_floor(tmp_path: Path) -> None:
    bench = Bench(tmp_path).confirmed()
    bench.machine.turn(days=30)
    bench.restart()
    assert bench.now > NOON + timedelta(days=29)
    assert bench.clock.surely() < NOON + timedelta(hours=1)


def test_the_newest_floor_of_the_journal_is_its_mark(tmp_path: Path) -> None:
    assert journal_mark(tmp_path) is None
    journal = Journal(tmp_path, lambda: Moment(0.0, NOON), device_key(tmp_path), reserve_bytes=100_000)
    assert journal_mark(tmp_path) is None
    journal.append([ClockFloor("2026-11-01T00:00:00.000000Z", "BELIEVED")], NOON)
    journal.append([ClockFloor("2026-11-02T00:00:00.000000Z", "UNSURE")], NOON)
    journal.append([CrossingOpened("c1", "any")], NOON)
    journal.close()
    mark = journal_mark(tmp_path)
    assert mark is not None and mark.day == 2
    (tmp_path / "journal.sqlite").write_bytes(b"not a journal")
    assert journal_mark(tmp_path) is None
