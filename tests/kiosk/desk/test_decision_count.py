"""A crossing that was decided again counts once; nobody's own word vanishes from their own figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desk import decision_count
from kiosk.desk.crossings_read import CrossingsRead
from kiosk.desk.figures import Figures, fold
from sync.event import Event
from sync.event_types import CrossingClosed, OfficerApproved, OfficerDecided, OfficerUndone
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.kiosk.desk.crossed import opened, referred, write


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = opened(tmp_path)
    yield made
    made.close()


def said(officer: str, action: str, *, late: bool = True, crossing: str = "a") -> OfficerDecided:
    return OfficerDecided(crossing, officer, action, "OTHER", not late, "")


def undone(officer: str, action: str) -> OfficerUndone:
    return OfficerUndone("a", officer, action, "OTHER", "")


def told(journal: Journal, tmp_path: Path, *events: Event) -> Figures:
    decided, closed = referred("a", how="desk")
    write(journal, decided, *(one for one in events if getattr(one, "in_time", False)), closed)
    write(journal, *(one for one in events if not getattr(one, "in_time", False)))
    reader = JournalReader(tmp_path)
    figures = fold(reader.all_records())
    reader.close()
    return figures


def officers(figures: Figures) -> dict[str, tuple[int, int, int]]:
    return {one.officer: (one.admit, one.refuse, one.desk) for one in figures.officers}


def test_a_decision_that_is_corrected_counts_once_and_as_the_last_one(
    journal: Journal, tmp_path: Path
) -> None:
    figures = told(journal, tmp_path, said("O-1", "admit", late=False), said("O-1", "refuse"))
    assert figures.overrides == {("refuse", "OTHER"): 1}
    assert (figures.late, officers(figures)) == (1, {"O-1": (0, 1, 0)})


def test_another_officers_correction_leaves_the_first_officer_their_own_word(
    journal: Journal, tmp_path: Path
) -> None:
    words = (said("O-1", "desk", late=False), said("S-2", "refuse"), said("O-1", "admit"))
    figures = told(journal, tmp_path, *words)
    assert figures.overrides == {("admit", "OTHER"): 1}
    assert officers(figures) == {"O-1": (1, 0, 0), "S-2": (0, 1, 0)}


def test_what_is_taken_back_gives_the_word_before_it_its_place_again(
    journal: Journal, tmp_path: Path
) -> None:
    figures = told(
        journal, tmp_path, said("O-1", "desk", late=False), said("S-2", "refuse"), undone("S-2", "refuse")
    )
    assert figures.overrides == {("desk", "OTHER"): 1}
    assert (figures.late, officers(figures)) == (0, {"O-1": (0, 0, 1), "S-2": (0, 0, 0)})


def test_a_first_of_two_that_is_taken_back_takes_nothing_else_away(journal: Journal, tmp_path: Path) -> None:
    approved = OfficerApproved("a", "O-1", "OTHER", "")
    figures = told(journal, tmp_path, said("O-1", "refuse"), approved, undone("O-1", "admit"))
    assert figures.overrides == {("refuse", "OTHER"): 1}


def test_a_word_that_was_recorded_before_the_period_takes_nothing_away(
    journal: Journal, tmp_path: Path
) -> None:
    write(journal, said("O-1", "admit", crossing="b"))
    figures = told(journal, tmp_path, undone("O-1", "admit"))
    assert figures.overrides == {("admit", "OTHER"): 1}


def test_the_list_and_the_figures_agree_about_what_holds(journal: Journal, tmp_path: Path) -> None:
    decided, closed = referred("a", "REVOKED")
    write(journal, decided, closed, OfficerApproved("a", "O-1", "OTHER", ""), said("S-2", "admit"))
    write(journal, undone("S-2", "admit"))
    reader = JournalReader(tmp_path)
    (row,) = CrossingsRead(reader, reader.written_at(1) or pytest.fail()).begin().rows
    assert (row.decisions, row.approved_by) == ((), "O-1"), "the first of two stands again"
    assert fold(reader.all_records()).overrides == {}
    reader.close()


def test_only_so_many_crossings_are_remembered(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decision_count, "MOST", 2)
    words = [said("O-1", "admit", crossing=name) for name in ("b", "c", "d", "e")]
    write(journal, *words, CrossingClosed("e", "desk"))
    assert told(journal, tmp_path).overrides == {("admit", "OTHER"): 4}


def test_who_takes_an_approval_back_keeps_the_decision_before_it(journal: Journal, tmp_path: Path) -> None:
    approved = OfficerApproved("a", "O-1", "OTHER", "")
    words = (said("O-1", "desk", late=False), approved, said("S-2", "admit"), undone("S-2", "admit"))
    figures = told(journal, tmp_path, *words, undone("O-1", "admit"))
    assert figures.overrides == {("desk", "OTHER"): 1}
    assert officers(figures)["O-1"] == (0, 0, 1)
