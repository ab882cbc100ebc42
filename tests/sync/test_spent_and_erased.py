"""Spent codes are remembered for 31 days and no longer; payloads are erased and the chain still holds."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sync.event_types import CrossingClosed, JournalErased
from sync.journal import Journal
from sync.journal_file import NAME
from sync.journal_reader import JournalReader
from tests.sync.conftest import OpenJournal
from tests.sync.ground import HandClock, authorised, opened, write

USE = b"customs-declaration/0001"


def test_a_spent_code_is_recognised(journal: Journal, clock: HandClock) -> None:
    assert USE not in journal.spent
    journal.append([authorised()], clock().utc, spend=[USE])
    assert USE in journal.spent
    assert USE + b"x" not in journal.spent
    assert journal.spent.covers_other_lanes is False


def test_a_code_spent_before_midnight_is_recognised_after_it(journal: Journal, clock: HandClock) -> None:
    journal.append([authorised()], clock().utc, spend=[USE])
    clock.pass_time(days=1)
    journal.append([opened(2)], clock().utc, spend=[b"another"])
    assert USE in journal.spent


def test_a_code_spent_before_a_restart_is_recognised_after_it(
    open_journal: OpenJournal, clock: HandClock
) -> None:
    first = open_journal()
    first.append([authorised()], clock().utc, spend=[USE])
    first.close()
    assert USE in open_journal().spent


def test_a_code_given_back_counts_as_unused_even_on_another_day(journal: Journal, clock: HandClock) -> None:
    journal.append([authorised()], clock().utc, spend=[USE])
    clock.pass_time(days=1)
    journal.append([opened()], clock().utc, give_back=[USE])
    assert USE not in journal.spent


@pytest.mark.parametrize(("days", "known"), [(30, True), (31, False)])
def test_a_spent_code_is_forgotten_on_day_31(
    journal: Journal, clock: HandClock, days: int, known: bool
) -> None:
    journal.append([authorised()], clock().utc, spend=[USE])
    clock.pass_time(days=days)
    journal.housekeep()
    assert (USE in journal.spent) is known


def test_the_code_itself_is_nowhere_on_the_disk(journal: Journal, folder: Path, clock: HandClock) -> None:
    journal.append([authorised()], clock().utc, spend=[USE])
    journal.close()
    assert all(USE not in file.read_bytes() for file in folder.iterdir() if file.is_file())


def test_one_code_has_one_fingerprint_a_day_and_another_the_next(journal: Journal, clock: HandClock) -> None:
    today, tomorrow = clock().utc, clock().utc + timedelta(days=1)
    assert journal.fingerprint(b"code", today) == journal.fingerprint(b"code", today)
    assert journal.fingerprint(b"code", today) != journal.fingerprint(b"other", today)
    assert journal.fingerprint(b"code", today) != journal.fingerprint(b"code", tomorrow)
    everyday = journal.fingerprints.over_all_days(b"code")
    assert everyday[today.date()] == journal.fingerprint(b"code", today)


def test_the_key_of_a_day_is_destroyed_on_day_31(journal: Journal, folder: Path, clock: HandClock) -> None:
    file = folder / "day-keys" / f"{clock().utc.date()}.key"
    journal.fingerprint(b"code", clock().utc)
    clock.pass_time(days=30)
    journal.housekeep()
    assert file.exists()
    clock.pass_time(days=1)
    journal.housekeep()
    assert not file.exists()


def test_old_payloads_are_erased_from_the_disk_and_the_chain_still_holds(
    open_journal: OpenJournal, folder: Path, clock: HandClock
) -> None:
    journal = open_journal(keep_days=7)
    old = [4711 + 2 * number for number in range(40)]
    for number in old:
        journal.append([authorised(number)], clock().utc)
    clock.pass_time(days=6)
    journal.append([authorised(4712)], clock().utc)
    clock.pass_time(days=1, seconds=1)
    assert journal.housekeep() is False
    report = journal.verify_chain()
    assert (report.broken, report.erased) == (None, len(old))
    stored = b"".join(file.read_bytes() for file in folder.glob(f"{NAME}*"))
    assert [number for number in old if b"a%d" % number in stored] == []
    assert b"a4712" in stored
    with closing(JournalReader(folder)) as reader:
        assert [record.salt for record in reader.records(0, len(old), 1_000_000)] == [None] * len(old)


def keep_house(journal: Journal) -> None:
    for _ in range(100):
        if not journal.housekeep():
            return
    raise AssertionError("the housekeeping never came to an end")


def test_a_day_of_many_records_that_are_not_due_yet_keeps_nobody_busy(
    open_journal: OpenJournal, clock: HandClock
) -> None:
    journal = open_journal(keep_days=1)
    write(journal, clock, 100)
    clock.pass_time(hours=10)
    write(journal, clock, 1200)
    clock.pass_time(hours=15)
    keep_house(journal)
    assert journal.verify_chain().erased == 100


def test_a_kind_with_days_of_its_own_is_erased_by_them(
    open_journal: OpenJournal, folder: Path, clock: HandClock
) -> None:
    journal = open_journal(keep_days=10, keep_kinds={"gate.authorised": 3, "crossing.opened": 20})
    closed = CrossingClosed(crossing="c1", how="passed")

    def left() -> set[str]:
        keep_house(journal)
        with closing(JournalReader(folder)) as reader:
            return {record.kind for record in reader.all_records() if record.payload is not None}

    for _ in range(300):
        journal.append([opened(), authorised(), closed], clock().utc)
    clock.pass_time(days=3)
    assert left() >= {"gate.authorised", "crossing.closed", "crossing.opened"}
    clock.pass_time(seconds=1)
    assert left() & {"gate.authorised", "crossing.closed", "crossing.opened"} == {
        "crossing.closed",
        "crossing.opened",
    }
    clock.pass_time(days=7)
    assert "crossing.closed" not in left()
    clock.pass_time(days=10)
    assert "crossing.opened" not in left()
    assert journal.verify_chain().broken is None


def test_days_of_a_kind_hold_for_what_was_written_under_them(
    open_journal: OpenJournal, folder: Path, clock: HandClock
) -> None:
    first = open_journal(keep_days=10, keep_kinds={"gate.authorised": 3})
    write(first, clock, 5)
    first.append([authorised()], clock().utc)
    first.close()
    second = open_journal(keep_days=10, keep_kinds={"crossing.opened": 3})
    second.append([authorised(2), opened(2)], clock().utc)
    clock.pass_time(days=4)
    keep_house(second)
    with closing(JournalReader(folder)) as reader:
        left = [record.sequence for record in reader.all_records() if record.payload is not None]
    assert left[:6] == [1, 2, 3, 4, 5, 7]


def test_the_erasure_is_an_event_and_outlives_the_next_one(
    open_journal: OpenJournal, folder: Path, clock: HandClock
) -> None:
    journal = open_journal(keep_days=1, checkpoint_every=10)
    write(journal, clock, 12)
    for _ in range(2):
        clock.pass_time(days=2)
        journal.append([opened()], clock().utc)
        journal.housekeep()
    with closing(JournalReader(folder)) as reader:
        kept = [record.kind for record in reader.all_records() if record.payload is not None]
    assert kept.count(JournalErased.kind) == 2
    assert journal.verify_chain().checkpoints >= 1


def test_a_long_backlog_is_erased_in_short_steps(open_journal: OpenJournal, clock: HandClock) -> None:
    journal = open_journal(keep_days=1)
    write(journal, clock, 1200)
    clock.pass_time(days=2)
    steps = 0
    while journal.housekeep():
        steps += 1
    assert steps == 2
    assert journal.verify_chain().erased == 1200


def test_kept_events_in_front_do_not_shield_old_payloads(open_journal: OpenJournal, clock: HandClock) -> None:
    journal = open_journal(keep_days=1)
    kept = JournalErased(before="", records=0, keys=0)
    journal.append([kept] * 1500, clock().utc)
    journal.append([opened()], clock().utc)
    clock.pass_time(days=3)
    while journal.housekeep():
        pass
    assert journal.verify_chain().erased == 1


def test_a_clock_that_jumped_ahead_for_a_while_delays_only_what_was_written_then(
    open_journal: OpenJournal, clock: HandClock
) -> None:
    journal = open_journal(keep_days=7)
    write(journal, clock, 3)
    wild = clock.now
    clock.pass_time(days=20)
    write(journal, clock, 3)
    clock.now = wild
    write(journal, clock, 3)
    clock.pass_time(days=8)
    journal.housekeep()
    assert journal.verify_chain().erased == 6
    assert journal.verify_chain().broken is None


def test_nothing_due_writes_nothing(journal: Journal, clock: HandClock) -> None:
    write(journal, clock, 3)
    assert journal.housekeep() is False
    assert journal.position.sequence == 3
