"""The few records that may lie a million back are found without reading what lies between."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.desk.shift import KINDS
from kiosk.desk.shift_acts import known_shifts
from kiosk.standing import NEWEST_OF
from sync.clock import journal_mark
from sync.event_types import ClockFloor, ShiftClosed, ShiftOpened
from sync.journal import Journal
from sync.journal_file import NAME
from sync.journal_reader import JournalReader
from sync.schema import RARE
from tests.sync.ground import HandClock, write

FEW, MANY = 20, 2000
OPENED = ShiftOpened("S-20261123-0800", "S-1", True, (), ())


class Steps:
    """Counts what SQLite does for a reader: some ten of its steps a record that it looks at."""

    def __init__(self, reader: JournalReader) -> None:
        self.taken = 0
        reader._connection.set_progress_handler(self._step, 1)

    def _step(self) -> None:
        self.taken += 1


def test_a_page_that_asks_for_the_shifts_reads_no_other_record(
    journal: Journal, clock: HandClock, folder: Path
) -> None:
    journal.append([OPENED], clock().utc)
    taken = []
    for more in (FEW, MANY):
        write(journal, clock, more)
        with closing(JournalReader(folder)) as reader:
            steps = Steps(reader)
            assert [(one.id, one.last) for one in known_shifts(reader)] == [(OPENED.shift, None)]
        taken.append(steps.taken)
    assert taken[0] == taken[1] < MANY


def test_the_shifts_of_a_journal_without_the_index_are_the_same(
    journal: Journal, clock: HandClock, folder: Path
) -> None:
    journal.append([OPENED], clock().utc)
    write(journal, clock, FEW)
    journal.append([ShiftClosed(OPENED.shift, "S-1", 0, 0, 0)], clock().utc)
    with closing(JournalReader(folder)) as reader:
        indexed = known_shifts(reader)
    with closing(sqlite3.connect(folder / NAME)) as connection:
        connection.execute("DROP INDEX rare")
    with closing(JournalReader(folder)) as reader:
        assert known_shifts(reader) == indexed != []


@pytest.mark.parametrize("kinds", [KINDS, *NEWEST_OF, (ClockFloor.kind,)])
def test_what_is_looked_for_all_the_way_back_is_among_the_indexed(kinds: tuple[str, ...]) -> None:
    assert set(kinds) <= set(RARE)


def test_the_newest_floor_of_the_clock_is_found_by_the_index(journal: Journal, folder: Path) -> None:
    assert journal.position.sequence == 0
    with closing(sqlite3.connect(folder / NAME)) as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN {journal_mark._NEWEST}", (ClockFloor.kind, journal_mark.LOOKED_AT)
        ).fetchall()
    assert "USING INDEX rare" in plan[0][3]
