"""Crossings out of the journal, a chunk at a time, and what officers said of them, however late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from config.moment import system_clock
from kiosk.desk.crossed import Crossed
from kiosk.desk.crossings_read import CHUNK, SLACK, Begun, CrossingsRead, News
from kiosk.desk.lane_control import Action, Notice
from kiosk.desk.late_override import late_options, late_override, stands
from sync.event_types import (
    CrossingClosed,
    CrossingDecided,
    LaneHeld,
    OfficerApproved,
    OfficerDecided,
    OfficerEnteredDocument,
    OfficerNoted,
    OfficerUndone,
)
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.kiosk.desk.crossed import admitted, many, opened, referred, write
from tests.kiosk.desk.ground import needs_second_officer

BEFORE = timedelta(days=3)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.fixture
def read(journal: Journal, tmp_path: Path) -> Iterator[CrossingsRead]:
    reader = JournalReader(tmp_path)
    yield CrossingsRead(reader, system_clock().utc - timedelta(days=1))
    reader.close()


def only(read: CrossingsRead) -> Crossed:
    begun = read.begin()
    assert len(begun.rows) == 1
    return begun.rows[0]


def names(rows: tuple[Crossed, ...]) -> list[str]:
    return [row.crossing for row in rows]


def test_the_newest_come_first_and_the_rest_a_chunk_at_a_time(journal: Journal, read: CrossingsRead) -> None:
    write(journal, *many(f"c{number}" for number in range(250)))
    begun = read.begin()
    assert names(begun.rows) == [f"c{number}" for number in range(249, 149, -1)]
    second = read.older(begun.rows[-1].sequence)
    third = read.older(second.rows[-1].sequence)
    assert [begun.more, second.more, third.more] == [True, True, False]
    assert names((*begun.rows, *second.rows, *third.rows)) == [f"c{number}" for number in range(249, -1, -1)]
    assert {row.passage for row in third.rows} == {"PASSED"}
    assert read.rows(second.rows[-1].sequence, second.rows[0].sequence) == second.rows
    assert len(second.rows) == CHUNK


def test_what_is_older_than_the_day_asked_for_is_not_listed(journal: Journal, read: CrossingsRead) -> None:
    write(journal, *many(f"old{number}" for number in range(7)), at=system_clock().utc - BEFORE)
    write(journal, *admitted("new"))
    begun = read.begin()
    assert (names(begun.rows), begun.more) == (["new"], False)


def test_a_journal_without_crossings_has_none(journal: Journal, read: CrossingsRead) -> None:
    assert read.begin() == Begun((), False)


def test_news_are_new_crossings_and_the_names_of_those_of_which_there_is_more(
    journal: Journal, read: CrossingsRead
) -> None:
    write(journal, *admitted("a"), CrossingDecided("b", "REFER", ("EXPIRED",), "p1", 40.0, ()))
    begun = read.begin()
    assert begun.rows[0].how == ""
    assert read.news() == News((), frozenset())
    write(journal, CrossingClosed("b", "desk"), *admitted("c"))
    write(journal, OfficerDecided("a", "O-2", "refuse", "OTHER", False, ""))
    news = read.news()
    assert isinstance(news, News)
    assert (names(news.rows), news.changed) == (["c"], {"a", "b"})
    b, a = read.rows(begun.rows[-1].sequence, begun.rows[0].sequence)
    assert (b.how, a.said[0].late, stands(a)) == ("desk", True, "refuse")


def test_a_word_said_long_after_is_known_when_its_crossing_is_reached(
    journal: Journal, read: CrossingsRead
) -> None:
    write(journal, *admitted("early"), *many(f"c{number}" for number in range(2 * CHUNK)))
    write(journal, OfficerDecided("early", "O-2", "refuse", "OTHER", False, ""))
    rows = read.begin().rows
    for _ in range(2):
        rows = read.older(rows[-1].sequence).rows
    assert rows[-1].crossing == "early"
    assert [(one.officer, one.act) for one in rows[-1].decisions] == [("O-2", "refuse")]


def test_an_end_far_behind_its_verdict_is_found(journal: Journal, read: CrossingsRead) -> None:
    decided, closed = referred("a")
    write(journal, decided, *(LaneHeld("O-1", "") for _ in range(SLACK // 2)), closed)
    assert only(read).how == "timed_out"


def test_what_was_taken_back_holds_no_more(journal: Journal, read: CrossingsRead) -> None:
    decided, closed = referred("a")
    first = OfficerDecided("a", "O-1", "refuse", "OTHER", True, "")
    undone = OfficerUndone("a", "O-1", "refuse", "OTHER", "")
    then = OfficerDecided("a", "O-1", "desk", "OTHER", True, "")
    write(journal, decided, first, undone, then, closed)
    row = only(read)
    assert [one.act for one in row.said] == ["refuse", "taken_back", "desk"]
    assert stands(row) == "desk"


def test_a_late_word_is_added_and_so_is_its_note(journal: Journal, read: CrossingsRead) -> None:
    write(journal, *referred("a"))
    row = only(read)
    said = late_override(row, "O-1", Action.REFUSE, "OTHER", " seen\nagain ", needs_second_officer)
    assert said == (
        OfficerDecided("a", "O-1", "refuse", "OTHER", False, ""),
        OfficerNoted("a", "O-1", "seen again"),
    )
    write(journal, *said)
    assert stands(only(read)) == "refuse"
    assert [one.act for one in only(read).said] == ["refuse", "noted"]
    assert "seen again" not in repr(only(read)), "who reads a note is recorded"


def test_nothing_is_said_late_of_a_crossing_that_goes_on(journal: Journal, read: CrossingsRead) -> None:
    write(journal, referred("a")[0])
    assert late_options(only(read), needs_second_officer, "O-1") == ()
    said = late_override(only(read), "O-1", Action.REFUSE, "OTHER", "", needs_second_officer)
    assert said is Notice.NOT_NOW


def test_what_holds_already_is_not_said_again(journal: Journal, read: CrossingsRead) -> None:
    write(journal, *admitted("a"))
    offered = [action for action, _ in late_options(only(read), needs_second_officer, "O-1")]
    assert offered == [Action.REFUSE, Action.DESK]
    said = late_override(only(read), "O-1", Action.ADMIT, "OTHER", "", needs_second_officer)
    assert said is Notice.NOT_NOW


def test_a_reason_is_one_of_the_table(journal: Journal, read: CrossingsRead) -> None:
    write(journal, *referred("a"))
    said = late_override(only(read), "O-1", Action.REFUSE, "BECAUSE", "", needs_second_officer)
    assert said is Notice.NOT_NOW


def test_where_the_policy_asks_for_two_a_second_officer_admits_late(
    journal: Journal, read: CrossingsRead
) -> None:
    write(journal, *referred("a", "REVOKED"))
    why = "DOCUMENT_GENUINE"
    first = late_override(only(read), "O-1", Action.ADMIT, why, "", needs_second_officer)
    assert first == (OfficerApproved("a", "O-1", why, ""),)
    write(journal, *first)
    row = only(read)
    assert (row.approved_by, stands(row)) == ("O-1", "")
    again = late_override(row, "O-1", Action.ADMIT, why, "", needs_second_officer)
    assert again is Notice.SECOND_OFFICER
    second = late_override(row, "O-2", Action.ADMIT, why, "", needs_second_officer)
    assert second == (OfficerDecided("a", "O-2", "admit", why, False, ""),)


def test_a_document_that_was_entered_can_ask_for_two_as_well(journal: Journal, read: CrossingsRead) -> None:
    decided, closed = referred("a")
    empty = ("test", "PT", "", "", "", "")
    paper = OfficerEnteredDocument("a", "O-1", *empty, ("original",), "REFER", ("COLOUR_RED",), "")
    write(journal, decided, paper, closed)
    said = late_override(only(read), "O-1", Action.ADMIT, "DOCUMENT_GENUINE", "", needs_second_officer)
    assert isinstance(said, tuple)
    assert isinstance(said[0], OfficerApproved)


def test_a_specimen_is_admitted_in_a_demo_alone(journal: Journal, read: CrossingsRead) -> None:
    write(journal, *referred("a", "SPECIMEN"))
    asked = ("O-1", Action.ADMIT, "DOCUMENT_GENUINE", "")
    assert late_override(only(read), *asked, needs_second_officer) is Notice.SPECIMEN
    assert isinstance(late_override(only(read), *asked, needs_second_officer, demo=True), tuple)
