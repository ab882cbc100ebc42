"""What the hub holds and the retention time has passed leaves the journal; nothing else ever does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.commands.door import main
from sync.export import export
from sync.export.verifying import verify_export
from sync.journal import Journal
from sync.journal_file import NAME
from sync.journal_opening import TAIL_CHECKED
from sync.journal_reader import JournalReader
from sync.journal_salvage import SET_ASIDE
from sync.signing import SigningKey
from tests.sync.conftest import OpenJournal
from tests.sync.ground import HandClock, write
from tests.sync.test_uplink import Rig, rig

__all__ = ["rig"]


def keep_house(journal: Journal, held: int = 0) -> None:
    for _ in range(100):
        if not journal.housekeep(held):
            return
    raise AssertionError("the housekeeping never came to an end")


def first(folder: Path) -> int:
    with closing(JournalReader(folder)) as reader:
        return reader.records(0, 1, 1)[0].sequence


def aged(journal: Journal, clock: HandClock, records: int = 3000) -> None:
    write(journal, clock, records)
    clock.pass_time(days=32)
    write(journal, clock, 300)


def test_records_the_hub_holds_leave_once_they_are_erased_by_age(
    journal: Journal, folder: Path, clock: HandClock
) -> None:
    aged(journal, clock)
    keep_house(journal, held=2500)
    assert first(folder) == 2501
    report = journal.verify_chain()
    assert (report.broken, report.position) == (None, journal.position)


def test_without_a_receipt_every_digest_stays(journal: Journal, folder: Path, clock: HandClock) -> None:
    aged(journal, clock)
    keep_house(journal)
    assert first(folder) == 1
    assert journal.verify_chain().erased > 2900


def test_what_is_not_old_stays_although_the_hub_has_it(
    journal: Journal, folder: Path, clock: HandClock
) -> None:
    aged(journal, clock)
    keep_house(journal, held=journal.position.sequence)
    with closing(JournalReader(folder)) as reader:
        since = reader.written_after(0)
    assert since == clock().utc
    clock.pass_time(days=32)
    keep_house(journal, held=journal.position.sequence)
    assert journal.position.sequence - first(folder) in (TAIL_CHECKED, TAIL_CHECKED + 1)


def test_it_is_an_event_once_a_day_of_records(journal: Journal, folder: Path, clock: HandClock) -> None:
    for _ in range(3):
        write(journal, clock, 2500)
        clock.pass_time(days=1)
    clock.pass_time(days=40)
    write(journal, clock, 300)
    keep_house(journal, held=7000)
    with closing(JournalReader(folder)) as reader:
        assert reader.counts()["journal.pruned"] == 3


def test_a_journal_that_was_pruned_opens_again_and_goes_on(
    open_journal: OpenJournal, folder: Path, clock: HandClock
) -> None:
    journal = open_journal()
    aged(journal, clock)
    keep_house(journal, held=2500)
    journal.close()
    again = open_journal()
    assert again.position == journal.position
    write(again, clock, 5)
    assert again.verify_chain().broken is None


@pytest.mark.parametrize("name", ["base_sequence", "base_head", "base_signature"])
def test_a_beginning_the_device_did_not_sign_is_damage(
    open_journal: OpenJournal, folder: Path, clock: HandClock, name: str
) -> None:
    journal = open_journal()
    aged(journal, clock)
    keep_house(journal, held=2500)
    journal.close()
    other = {"base_sequence": "2400", "base_head": "00" * 32, "base_signature": "AAAA"}
    with closing(sqlite3.connect(folder / NAME)) as file, file:
        file.execute("UPDATE facts SET value = ? WHERE name = ?", (other[name], name))
    assert open_journal().continued is not None
    assert (folder / SET_ASIDE / "0001" / NAME).exists()


def test_a_pruned_journal_that_is_damaged_saves_what_it_has(
    open_journal: OpenJournal, folder: Path, clock: HandClock
) -> None:
    journal = open_journal()
    aged(journal, clock)
    keep_house(journal, held=2500)
    journal.close()
    with closing(sqlite3.connect(folder / NAME)) as file, file:
        file.execute("UPDATE events SET kind = 'x.y' WHERE sequence = 3200")
    again = open_journal()
    assert again.continued is not None
    assert again.continued.after == 3199
    assert first(folder) == 2501
    assert again.verify_chain().broken is None


def test_an_export_of_what_is_left_is_proven_but_not_complete(
    journal: Journal, folder: Path, tmp_path: Path, clock: HandClock, device: SigningKey
) -> None:
    aged(journal, clock)
    keep_house(journal, held=2500)
    export(folder, tmp_path / "rest", device, clock().utc)
    proven = verify_export(tmp_path / "rest", device.public)
    assert (proven.after.sequence, proven.complete, proven.chain.position) == (2500, False, journal.position)


def test_verify_says_that_the_beginning_was_taken_away(
    journal: Journal, folder: Path, clock: HandClock, capsys: pytest.CaptureFixture[str]
) -> None:
    aged(journal, clock)
    keep_house(journal, held=2500)
    assert main(["journal", "verify", "--folder", str(folder)]) == 0
    assert "records up to 2500 were taken away once the hub had signed for them" in capsys.readouterr().out


def test_a_hub_set_back_behind_what_was_taken_away_is_a_sentence(
    rig: Rig, journal: Journal, clock: HandClock
) -> None:
    aged(journal, clock)
    rig.run()
    keep_house(journal, held=rig.uplink.watermark.sequence)
    with rig.ledger._engine.begin() as hub:
        hub.exec_driver_sql("DELETE FROM records WHERE sequence > 1000")
        hub.exec_driver_sql(
            "UPDATE devices SET sequence = 1000, head = (SELECT head FROM records WHERE sequence = 1000)"
        )
    rig.restart()
    write(journal, clock, 1)
    for _ in range(4):
        rig.uplink.step()
    assert "put the hub's database back from a copy" in rig.uplink.status().trouble
