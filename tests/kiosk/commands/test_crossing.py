"""Somebody comes to the desk with a reference: the crossing is found again, and its slip printed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtGui import QImage, QPainter

from config.moment import Moment
from config.taking_along import Slip as Objections
from kiosk.commands.door import main
from kiosk.desk.crossing_found import found_by
from kiosk.desk.notes_kept import notes_about
from kiosk.i18n.texts import LANGUAGES
from kiosk.presenters.slip import Facts, Place, slip
from kiosk.reference import in_groups, reference_of
from kiosk.reports.slip_pdf import HEIGHT_MM, WIDTH_MM, draw_slip
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import (
    CrossingClosed,
    CrossingDecided,
    CrossingOpened,
    GateAuthorised,
    OfficerDecided,
    OfficerNoted,
)
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.kiosk.screens.stage import grey
from verification.reasons import ReasonId
from verification.verdict import Outcome

BEGIN = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
REVOKED, ADMITTED, CALLED = ("a" * 32, "b" * 32, "c" * 32)


def events(crossing: str, outcome: str, reason: str, how: str) -> list[Event]:
    return [
        CrossingOpened(crossing, "any"),
        CrossingDecided(crossing, outcome, (reason,), "p1", 40.0, ()),
        CrossingClosed(crossing, how),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("lane") / "journal"
    journal = Journal(made, lambda: Moment(1.0, BEGIN), device_key(made), kiosk="lane-9")
    refused = OfficerDecided(REVOKED, "O-17", "refuse", "CONDITION_NOT_MET", True, "")
    for batch in (
        [*events(REVOKED, "REFUSE", "REVOKED", "refused")[:2], refused, CrossingClosed(REVOKED, "refused")],
        [*events(ADMITTED, "ADMIT", "ADMITTED", "passed"), GateAuthorised(ADMITTED, "g", "forward")],
        [*events(CALLED, "REFER", "HELP_ASKED", "timed_out"), OfficerNoted(CALLED, "O-17", "came late")],
    ):
        journal.append(batch, BEGIN)
    journal.close()
    return made


def asked(folder: Path, *more: str, crossing: str = REVOKED) -> int:
    return main(["crossing", in_groups(reference_of(crossing)), "--folder", str(folder), *more])


def test_it_is_found_by_the_nine_digits_with_reasons_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(folder) == 0
    told = capsys.readouterr().out
    assert REVOKED in told and ADMITTED not in told
    assert "R|REV" in told and "private: not for the traveller" in told
    assert "officer.decided" in told


def test_a_misheard_digit_is_said_to_be_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = reference_of(REVOKED)[:-1] + str((int(reference_of(REVOKED)[-1]) + 1) % 10)
    assert main(["crossing", wrong, "--folder", str(folder)]) == 1
    assert "a digit is wrong" in capsys.readouterr().err


def test_what_is_erased_or_elsewhere_is_not_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(folder, crossing="somebody else's") == 1
    assert "31 days" in capsys.readouterr().out


def test_what_cannot_be_read_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(tmp_path) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_is_printed_in_the_travellers_language(folder: Path, tmp_path: Path, language: str) -> None:
    file = tmp_path / "slip.pdf"
    assert asked(folder, "--slip", str(file), "--language", language) == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_who_was_admitted_has_no_slip(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "slip.pdf"
    assert asked(folder, "--slip", str(file), crossing=ADMITTED) == 1
    assert not file.exists()


def test_a_slip_from_the_journal_tells_no_more_than_the_one_on_the_screen(folder: Path) -> None:
    reader = JournalReader(folder)
    told = found_by(reader.all_records(), reference_of(REVOKED))[0].facts()
    called = found_by(reader.all_records(), reference_of(CALLED))[0].facts()
    reader.close()
    assert told is not None and told.reasons == (ReasonId.REVOKED,) and told.override == "refuse"
    assert "R|ASK" in slip(told, Place("bay", "9"), "en").content
    assert called is not None and (called.override, called.at) == ("desk", BEGIN)


def test_a_note_is_found_by_the_same_digits(folder: Path) -> None:
    reader = JournalReader(folder)
    assert [one.note for one in notes_about(reader, in_groups(reference_of(CALLED)))] == ["came late"]
    reader.close()


def test_the_code_on_paper_is_read_and_the_lines_stay_on_the_page() -> None:
    where = Objections(url="https://port-health.example/" + "objections/" * 12, telephone="+852 0000 0000")
    facts = Facts(REVOKED, BEGIN, Outcome.REFUSE, (ReasonId.EXPIRED,), "desk")
    made = slip(facts, Place("shenzhen-bay", "lane-9", where), "pt")
    image = QImage(round(WIDTH_MM * 8), round(HEIGHT_MM * 8), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.scale(8, 8)
    draw_slip(painter, made)
    painter.end()
    pixels = grey(image)
    assert [one.text for one in zxingcpp.read_barcodes(pixels)] == [made.content]
    assert pixels[-24:].min() == 255 and pixels[:, -24:].min() == 255
