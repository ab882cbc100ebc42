"""A crossing is found again by the digits that somebody reads out, and who looked is in the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from pytestqt.qtbot import QtBot

from kiosk.desk.crossing_lookup import Told, Why, crossed_of, found_here
from kiosk.desk.finding import Answer, Failed, LaneFinding
from kiosk.reference import in_groups, reference_of
from sync.chain import Record
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import (
    CrossingClosed,
    CrossingDecided,
    CrossingOpened,
    GateCorrected,
    GatePassage,
    OfficerDecided,
    ReferenceAsked,
)
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.sync.ground import HandClock

NAME, OTHER = "0f" * 16, "ab" * 16
DIGITS = reference_of(NAME)


def decided(name: str, outcome: str = "REFER") -> CrossingDecided:
    return CrossingDecided(name, outcome, ("UNKNOWN_SIGNER",), "to-macao 3", 90.0, ())


def visit(name: str) -> tuple[Event, ...]:
    return (
        CrossingOpened(name, "any"),
        decided(name),
        OfficerDecided(name, "O-17", "admit", "DOCUMENT_GENUINE", True, ""),
        GatePassage(name, "a-1", "PASSED"),
        CrossingClosed(name, "passed"),
        GateCorrected(name, "a-1", "TAILGATE"),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    clock = HandClock()
    with closing(Journal(tmp_path, clock, device_key(tmp_path), reserve_bytes=100_000)) as journal:
        for name in (OTHER, NAME):
            journal.append(visit(name), clock().utc)
        late = OfficerDecided(NAME, "O-18", "refuse", "DOCUMENT_FALSE", False, "desk-1")
        journal.append([CrossingOpened("never decided", "any"), late], clock().utc)
        yield tmp_path


def test_what_became_of_it_is_found_by_nine_digits_and_nobody_elses(folder: Path) -> None:
    with closing(JournalReader(folder)) as reader:
        (one,) = found_here(reader, in_groups(DIGITS))
        assert found_here(reader, reference_of("nobody's")) == ()
    assert (one.crossing, one.outcome, one.reasons) == (NAME, "REFER", ("UNKNOWN_SIGNER",))
    assert (one.passage, one.how) == ("TAILGATE", "passed")
    assert [(said.officer, said.act, said.late) for said in one.said] == [
        ("O-17", "admit", False),
        ("O-18", "refuse", True),
    ]


def test_a_long_journal_is_looked_through_a_part_at_a_time(folder: Path) -> None:
    parts = list[int]()
    with closing(JournalReader(folder)) as reader:
        between = reader.between

        def noting(kinds: Sequence[str], first: int, last: int) -> list[Record]:
            if kinds == (CrossingOpened.kind,):
                parts.append(last - first + 1)
            return between(kinds, first, last)

        with patch.object(reader, "between", noting), patch("sync.journal_reader.SPAN", 2):
            assert [one.crossing for one in found_here(reader, DIGITS)] == [NAME]
        assert len(parts) > 2 and max(parts) == 2 and sum(parts) == reader.last()


def test_a_crossing_without_a_verdict_is_found_too(folder: Path) -> None:
    with closing(JournalReader(folder)) as reader:
        (one,) = found_here(reader, reference_of("never decided"))
    assert (one.outcome, one.how) == ("", "")


def test_records_of_others_do_not_get_into_a_crossing() -> None:
    records = [Told(1, "t", "crossing.opened", {"crossing": OTHER})]
    assert crossed_of(NAME, records) is None


class Asked:
    """A look-up in a lane's journal, and what was recorded of it."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.recorded: list[Event] = []
        self.finding = LaneFinding(folder, self.recorded.append)
        self._qtbot = qtbot

    def ask(self, digits: str) -> Answer:
        with self._qtbot.waitSignal(self.finding.answered, timeout=20_000) as heard:
            self.finding.find(digits, "O-17", Why.OBJECTION)
        answer = heard.args[0]
        assert isinstance(answer, Answer)
        return answer


def test_who_looked_and_why_is_recorded_whether_anything_was_found_or_not(folder: Path, qtbot: QtBot) -> None:
    asked = Asked(folder, qtbot)
    nobody = reference_of("nobody's")
    assert [one.crossing for _, one in asked.ask(DIGITS).rows] == [NAME]
    assert asked.ask(nobody).rows == ()
    asked.finding.stop()
    assert asked.recorded == [
        ReferenceAsked("O-17", "", DIGITS, NAME, "objection", 1),
        ReferenceAsked("O-17", "", nobody, "", "objection", 0),
    ]


def test_a_journal_that_cannot_be_read_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    asked = Asked(tmp_path / "not there", qtbot)
    assert asked.ask(DIGITS).failed is Failed.JOURNAL
    asked.finding.stop()
    assert asked.recorded == []
