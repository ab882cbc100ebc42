"""A list of some crossings: read in chunks from the newest back, and kept true by what is said later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from config.moment import system_clock
from kiosk.desk import crossings_read
from kiosk.desk.crossed import Crossed
from kiosk.desk.crossings_read import CHUNK, CrossingsRead, News
from kiosk.desk.crossings_which import Which
from kiosk.desk.lane_control import Notice
from kiosk.desk.late_override import late_undone, late_word
from sync.event import Event
from sync.event_types import LaneHeld, OfficerApproved, OfficerDecided, OfficerUndone
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.kiosk.desk.crossed import admitted, many, opened, referred, write


def late(name: str, officer: str = "O-1", action: str = "refuse") -> OfficerDecided:
    return OfficerDecided(name, officer, action, "OTHER", False, "")


def names(rows: tuple[Crossed, ...]) -> list[str]:
    return [row.crossing for row in rows]


class Reads:
    """Readers of one journal."""

    def __init__(self, folder: Path) -> None:
        self.reader = JournalReader(folder)
        self.spans: list[int] = []
        """How many records were looked through at a time."""
        self.goes_on = True
        with_ = self.reader.numbers_with

        def numbers_with(
            kind: str, key: str, values: list[str], floor: int, below: int, most: int
        ) -> list[int]:
            self.spans.append(below - floor)
            return with_(kind, key, values, floor, below, most)

        self.reader.numbers_with = numbers_with  # type: ignore[method-assign, assignment]

    def of(self, which: Which) -> CrossingsRead:
        since = system_clock().utc - timedelta(days=1)
        return CrossingsRead(self.reader, since, which, lambda: self.goes_on)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.fixture
def reads(journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reads]:
    monkeypatch.setattr(crossings_read, "SPAN", 200)
    made = Reads(tmp_path)
    yield made
    made.reader.close()


def test_referred_ones_are_found_among_many_a_chunk_at_a_time(journal: Journal, reads: Reads) -> None:
    events: list[Event] = []
    for number in range(CHUNK + 5):
        events += [*referred(f"r{number}"), *many([f"c{number}a", f"c{number}b"])]
    write(journal, *events)
    read = reads.of(Which.REFERRED)
    begun = read.begin()
    assert names(begun.rows) == [f"r{number}" for number in range(CHUNK + 4, 4, -1)]
    assert begun.more
    older = read.older(begun.rows[-1].sequence)
    assert (names(older.rows), older.more) == (["r4", "r3", "r2", "r1", "r0"], False)
    assert max(reads.spans) <= 200, "never the whole journal in one"
    assert {row.how for row in (*begun.rows, *older.rows)} == {"timed_out"}
    assert read.again(begun.rows[-1].sequence, begun.rows[0].sequence) == begun.rows
    write(journal, *admitted("calm"), *referred("new"))
    news = read.news()
    assert isinstance(news, News)
    assert names(news.rows) == ["new"]


def test_late_ones_are_looked_for_no_further_back_than_the_oldest_of_them(
    journal: Journal, reads: Reads
) -> None:
    write(journal, *many(f"c{number}" for number in range(300)), *admitted("a"), *many(["x", "y"]))
    write(journal, late("a"), OfficerDecided("x", "O-1", "desk", "OTHER", True, ""))
    begun = reads.of(Which.LATE).begin()
    assert (names(begun.rows), begun.more) == (["a"], False)
    assert reads.spans == [200]


def test_one_that_is_decided_late_joins_where_it_belongs_and_once(journal: Journal, reads: Reads) -> None:
    write(journal, *admitted("a"), *admitted("b"), *admitted("c"), late("a"), late("c"))
    read = reads.of(Which.LATE)
    assert names(read.begin().rows) == ["c", "a"]
    write(journal, late("b"), late("a", "O-2", "desk"), *admitted("d"))
    news = read.news()
    assert isinstance(news, News)
    assert (names(news.rows), names(news.joined), news.changed) == ([], ["b"], {"a", "b"})
    write(journal, late("b", "O-2", "desk"))
    again = read.news()
    assert isinstance(again, News)
    assert again.joined == ()


def test_one_that_is_older_than_all_of_the_list_joins_it_too(journal: Journal, reads: Reads) -> None:
    write(journal, *admitted("old"), *many(f"c{number}" for number in range(100)))
    read = reads.of(Which.LATE)
    assert read.begin().rows == ()
    write(journal, late("old"))
    news = read.news()
    assert isinstance(news, News)
    assert names(news.joined) == ["old"]


def test_waiting_for_a_second_officer_ends_and_begins_anew(journal: Journal, reads: Reads) -> None:
    approved = OfficerApproved("a", "O-1", "OTHER", "")
    write(journal, *referred("a", "REVOKED"), approved)
    read = reads.of(Which.SECOND)
    (row,) = read.begin().rows
    write(journal, late("a", "O-2", "admit"))
    assert read.news() == News((), frozenset({"a"}))
    assert names(read.again(row.sequence, row.sequence)) == ["a"], "asked for alone it is told as it is"
    write(journal, OfficerUndone("a", "O-2", "admit", "OTHER", ""))
    news = read.news()
    assert isinstance(news, News)
    assert names(news.joined) == ["a"]


def test_somebody_who_chose_another_list_is_not_waited_for(journal: Journal, reads: Reads) -> None:
    write(journal, *referred("a"), *(LaneHeld("O-1", "") for _ in range(900)))
    reads.goes_on = False
    begun = reads.of(Which.REFERRED).begin()
    assert (begun.rows, reads.spans) == ((), [])


def test_a_late_word_can_be_taken_back_by_who_said_it_while_nothing_was_said_since(
    journal: Journal, reads: Reads
) -> None:
    write(journal, *referred("a"), late("a"))
    (row,) = reads.of(Which.ALL).begin().rows
    word = late_word(row, "O-1")
    assert word is not None
    assert late_word(row, "O-2") is None
    undone = late_undone(row, "O-1", word.sequence)
    assert undone == (OfficerUndone("a", "O-1", "refuse", "OTHER", ""),)
    assert isinstance(undone, tuple)
    write(journal, *undone)
    (row,) = reads.of(Which.ALL).begin().rows
    assert row.decisions == ()
    assert late_undone(row, "O-1", word.sequence) is Notice.TOO_LATE
    write(journal, late("a"), late("a", "S-2", "desk"))
    (row,) = reads.of(Which.ALL).begin().rows
    assert late_undone(row, "O-1", row.decisions[0].sequence) is Notice.TOO_LATE
    write(journal, late("a", action="admit"))
    (row,) = reads.of(Which.ALL).begin().rows
    assert late_undone(row, "O-1", row.decisions[0].sequence) is Notice.TOO_LATE, "only the last word"


def test_the_first_of_two_late_admissions_can_be_taken_back_and_one_in_time_can_not(
    journal: Journal, reads: Reads
) -> None:
    now, approved = system_clock().utc, OfficerApproved("a", "O-1", "OTHER", "")
    decided, closed = referred("a", "REVOKED")
    write(journal, decided, approved, at=now - timedelta(seconds=2))
    write(journal, closed, at=now - timedelta(seconds=1))
    (row,) = reads.of(Which.ALL).begin().rows
    assert (row.approved_by, late_word(row, "O-1")) == ("O-1", None)
    write(journal, *referred("b", "REVOKED"), at=now - timedelta(seconds=1))
    write(journal, replace(approved, crossing="b"))
    row, _ = reads.of(Which.ALL).begin().rows
    word = late_word(row, "O-1")
    assert word is not None
    undone = late_undone(row, "O-1", word.sequence)
    assert undone == (OfficerUndone("b", "O-1", "admit", "OTHER", ""),)
    write(journal, *undone)
    row, _ = reads.of(Which.ALL).begin().rows
    assert (row.approved_by, late_word(row, "O-1")) == ("", None)


def test_what_was_decided_in_time_is_not_taken_back_from_the_list(journal: Journal, reads: Reads) -> None:
    decided, closed = referred("a", how="desk")
    write(journal, decided, OfficerDecided("a", "O-1", "desk", "OTHER", True, ""), closed)
    (row,) = reads.of(Which.ALL).begin().rows
    assert late_word(row, "O-1") is None
