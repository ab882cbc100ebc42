"""A journal of an older version opens in this one: nothing is lost, the chain holds, and it ages on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sync import schema
from sync.journal_file import NAME
from tests.sync.conftest import OpenJournal
from tests.sync.ground import HandClock, opened, write

VERSIONS = [migration.name for migration in schema.journal_migrations.pending(schema.Database(memory=True))]
KEPT = ("events", "spent", "facts", "segments", "ageing", "spent_line")


def made_older(folder: Path, first_lacking: str) -> None:
    """The file as it would be had it been written before a migration was thought of."""
    new, old = folder / NAME, folder / "old"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        schema.journal_migrations.apply(schema.Database(connection), stop_before=first_lacking)
        connection.execute("ATTACH ? AS new", (str(new),))
        there = {name for (name,) in connection.execute("SELECT name FROM main.sqlite_master")}
        for table in [table for table in KEPT if table in there]:
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")
        if "runs" in there:
            connection.execute("INSERT INTO main.runs SELECT first, day FROM new.ageing WHERE mark = 1")
        connection.execute("PRAGMA journal_mode = WAL")
    for file in folder.glob(f"{NAME}*"):
        file.unlink()
    old.replace(new)


@pytest.mark.parametrize("first_lacking", VERSIONS[1:])
def test_a_journal_of_an_older_version_opens_and_goes_on(
    first_lacking: str, open_journal: OpenJournal, folder: Path, clock: HandClock
) -> None:
    journal = open_journal()
    journal.append([opened()], clock().utc, spend=[b"use of a code"])
    write(journal, clock, 30)
    end = journal.position
    journal.close()
    made_older(folder, first_lacking)
    again = open_journal()
    assert again.continued is None and again.position == end
    assert b"use of a code" in again.spent
    write(again, clock, 5)
    report = again.verify_chain()
    assert report.broken is None and report.erased == 0
    clock.pass_time(days=33)
    while again.housekeep():
        pass
    assert again.verify_chain().erased > 30
    assert again.verify_chain().broken is None
