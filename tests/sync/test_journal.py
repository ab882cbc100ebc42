"""The journal keeps what happened, in order, and shows when somebody changed it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from sync import schema
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import CrossingOpened
from sync.journal import Journal, JournalUnavailable
from sync.journal_file import NAME
from sync.journal_reader import JournalReader
from sync.signing import SigningKey
from tests.sync.conftest import OpenJournal
from tests.sync.ground import HandClock, authorised, key, opened, write


def change(folder: Path, statement: str) -> None:
    """What somebody with the disk in hand might do."""
    with closing(sqlite3.connect(folder / NAME)) as connection, connection:
        connection.execute(statement)


def test_events_are_numbered_in_the_order_they_were_written(journal: Journal, clock: HandClock) -> None:
    assert journal.append([opened(1), authorised(1)], clock().utc) == 2
    assert journal.append([opened(2)], clock().utc) == 3
    assert journal.verify_chain().position == journal.position


def test_a_journal_opened_again_goes_on_where_it_ended(open_journal: OpenJournal, clock: HandClock) -> None:
    first = open_journal()
    write(first, clock, 250)
    first.close()
    again = open_journal()
    assert again.position == first.position
    again.append([opened()], clock().utc)
    assert again.verify_chain().broken is None


def test_what_a_reader_sees_is_what_was_written(journal: Journal, folder: Path, clock: HandClock) -> None:
    journal.append([authorised(7)], clock().utc)
    with closing(JournalReader(folder)) as reader:
        (record,) = reader.records(0, 10, 1_000_000)
        assert (record.kind, record.at) == ("gate.authorised", "2026-03-01T08:00:00.000000Z")
        assert record.payload == '{"authorisation":"a7","crossing":"c7","way":"forward"}'
        assert reader.written_at(1) == clock().utc


def test_text_that_is_no_unicode_is_written_all_the_same(journal: Journal, clock: HandClock) -> None:
    journal.append([CrossingOpened(crossing="\ud800\x00", direction="any")], clock().utc)
    assert journal.verify_chain().broken is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET payload = replace(payload, 'c5', 'c6') WHERE sequence = 6",
        "UPDATE events SET at = '2026-03-01T09:00:00.000000Z' WHERE sequence = 6",
        "UPDATE events SET kind = 'crossing.closed' WHERE sequence = 6",
        "UPDATE events SET salt = zeroblob(16) WHERE sequence = 6",
        "DELETE FROM events WHERE sequence = 6",
        "DELETE FROM events WHERE sequence = 1",
    ],
)
def test_a_changed_or_missing_record_breaks_the_chain(
    journal: Journal, folder: Path, clock: HandClock, statement: str
) -> None:
    write(journal, clock, 10)
    assert journal.verify_chain().broken is None
    change(folder, statement)
    assert journal.verify_chain().broken is not None


def test_a_checkpoint_signed_by_another_key_is_noticed(open_journal: OpenJournal, clock: HandClock) -> None:
    journal = open_journal(checkpoint_every=5)
    write(journal, clock, 4)
    assert journal.verify_chain().broken is None
    forger, journal._key = journal._key, key()
    write(journal, clock, 4)
    journal._key = forger
    assert journal.verify_chain().broken == "the checkpoint in record 9 was not signed by this device"


def test_checkpoints_are_signed_by_the_device(open_journal: OpenJournal, clock: HandClock) -> None:
    journal = open_journal(checkpoint_every=10)
    for _ in range(35):
        journal.append([opened()], clock().utc)
    report = journal.verify_chain()
    assert report.checkpoints == 3
    assert report.signed_to >= 30


def test_a_second_writer_is_kept_out(open_journal: OpenJournal) -> None:
    open_journal()
    with pytest.raises(JournalUnavailable, match="Another program writes the journal"):
        open_journal()


def test_a_journal_of_another_device_is_not_continued(
    open_journal: OpenJournal, folder: Path, clock: HandClock
) -> None:
    open_journal().close()
    with pytest.raises(JournalUnavailable, match="another device key"):
        Journal(folder, clock, key())


def test_a_file_that_becomes_damaged_is_one_clear_sentence(
    journal: Journal, folder: Path, clock: HandClock
) -> None:
    write(journal, clock, 500)
    journal.close()
    file = folder / NAME
    file.write_bytes(b"\x00" * 4096 + file.read_bytes()[4096:])
    with pytest.raises(JournalUnavailable, match="is damaged: start the lane again"):
        JournalReader(folder)


def test_a_file_of_a_newer_version_is_left_alone(open_journal: OpenJournal, folder: Path) -> None:
    open_journal().close()
    change(
        folder,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('journal', 'm999', '2030')",
    )
    with pytest.raises(JournalUnavailable, match="newer version"):
        open_journal()


def test_an_empty_file_gets_its_tables_by_migration(open_journal: OpenJournal, folder: Path) -> None:
    open_journal()
    with closing(sqlite3.connect(folder / NAME)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations")}
    assert names == {migration.name for migration in schema.journal_migrations.pending(_empty())}


def _empty() -> schema.Database:
    return schema.Database(memory=True)


def test_several_threads_write_one_chain(journal: Journal, clock: HandClock) -> None:
    at = clock().utc

    def some() -> None:
        for number in range(40):
            journal.append([opened(number)], at)

    threads = [threading.Thread(target=some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = journal.verify_chain()
    assert report.broken is None
    assert report.position.sequence == 160 + report.checkpoints


def test_a_closed_journal_says_so(journal: Journal, clock: HandClock) -> None:
    journal.close()
    with pytest.raises(JournalUnavailable, match="was closed"):
        journal.append([opened()], clock().utc)


def test_files_are_for_their_owner_only(journal: Journal, folder: Path, device: SigningKey) -> None:
    assert device == device_key(folder) or device.public == device_key(folder).public
    for file in (folder / NAME, folder / "device.key", *(folder / "day-keys").iterdir()):
        assert file.stat().st_mode & 0o077 == 0


@dataclass(frozen=True, slots=True)
class Impossible(Event):
    """An event whose payload JSON does not know."""

    kind: ClassVar[str] = "test.impossible"
    ratio: float


def test_a_write_that_fails_half_way_changes_nothing(journal: Journal, clock: HandClock) -> None:
    before = journal.position
    with pytest.raises(ValueError, match="JSON"):
        journal.append([opened(), Impossible(float("nan"))], clock().utc, spend=[b"use"])
    assert journal.position == before
    assert b"use" not in journal.spent
    journal.append([opened()], clock().utc)
    assert journal.verify_chain().broken is None


def test_a_failure_between_two_statements_changes_nothing(
    journal: Journal, folder: Path, clock: HandClock
) -> None:
    write(journal, clock, 3)
    before = journal.position
    change(folder, "CREATE TRIGGER no BEFORE INSERT ON spent BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(JournalUnavailable):
        journal.append([opened(4)], clock().utc, spend=[b"use"])
    assert journal.position == before
    change(folder, "DROP TRIGGER no")
    assert journal.append([opened(5)], clock().utc, spend=[b"use"]) == 4
    assert journal.verify_chain().broken is None
