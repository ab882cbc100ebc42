"""The memory of who was let in a moment ago, in the journal's own file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.moment import Moment
from sync.admitted import LONGEST
from sync.device_key import device_key
from sync.event_types import GateAuthorised, GatePassage
from sync.journal import Journal

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
BEFORE = NOON - timedelta(seconds=60)
NAMES = (b"again/code\0one", b"again/holder\0somebody")


def opened(folder: Path) -> Journal:
    return Journal(folder, lambda: Moment(0.0, NOON), device_key(folder))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = opened(tmp_path)
    yield made
    made.close()


def let_in(journal: Journal, crossing: str = "c1", at: datetime = NOON, authorisation: str = "a1") -> None:
    journal.admitted.expect(crossing, NAMES)
    journal.append([GateAuthorised(crossing, authorisation, "in")], at)


def test_who_was_let_in_is_known_by_any_of_the_names_within_the_time(journal: Journal) -> None:
    let_in(journal)
    assert all(journal.admitted.any_since([name], BEFORE) for name in NAMES)
    assert not journal.admitted.any_since([b"again/code\0two"], BEFORE)
    assert not journal.admitted.any_since(NAMES, NOON)
    assert not journal.admitted.any_since([], BEFORE)


def test_a_crossing_that_was_only_expected_is_not_remembered(journal: Journal) -> None:
    journal.admitted.expect("c1", NAMES)
    journal.append([GateAuthorised("another", "a1", "in")], NOON)
    assert not journal.admitted.any_since(NAMES, BEFORE)


@pytest.mark.parametrize(("passage", "known"), [("NO_PASSAGE", False), ("PASSED", True), ("UNKNOWN", True)])
@pytest.mark.parametrize("crossing", ["c1", ""], ids=["in time", "late"])
def test_only_a_reported_no_passage_gives_it_back(
    journal: Journal, crossing: str, passage: str, known: bool
) -> None:
    let_in(journal)
    journal.append([GatePassage(crossing, "a1", passage)], NOON)
    assert journal.admitted.any_since(NAMES, BEFORE) is known


def test_a_passage_that_was_not_does_not_take_back_the_one_before(journal: Journal) -> None:
    let_in(journal)
    let_in(journal, "c2", NOON + timedelta(seconds=30), "a2")
    journal.append([GatePassage("c2", "a2", "NO_PASSAGE")], NOON + timedelta(seconds=31))
    assert journal.admitted.any_since(NAMES, BEFORE)
    assert not journal.admitted.any_since(NAMES, NOON + timedelta(seconds=1))


def test_a_restart_forgets_nothing_and_midnight_neither(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    let_in(journal, at=midnight - timedelta(seconds=1))
    journal.close()
    again = opened(tmp_path)
    try:
        assert again.admitted.any_since(NAMES, midnight - timedelta(seconds=60))
        let_in(again, "c2", midnight + LONGEST)
        assert not again.admitted.any_since([b"again/code\0two"], midnight)
        kept = again._connection.execute("SELECT count(*) FROM admitted").fetchone()
        assert kept == (len(NAMES),), "a day is the longest that anything is kept"
    finally:
        again.close()


def test_the_file_has_no_name_in_the_clear(journal: Journal, tmp_path: Path) -> None:
    let_in(journal)
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.name.startswith("journal"))
    assert b"again/holder" not in stored and b"somebody" not in stored
