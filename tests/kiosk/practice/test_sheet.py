"""The sheet of practice: one command makes it, a camera reads its cards, and every word has its room."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
import zxingcpp
from pytestqt.qtbot import QtBot

from kiosk.commands.door import main
from kiosk.i18n.texts import LANGUAGES
from kiosk.practice.cases import ANSWERS, GUIDED, Case
from kiosk.practice.place import practice_folder
from kiosk.practice.sheet import LEAST, LETTER, letters
from verification.reasons import ReasonId
from verification.verdict import Outcome


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "kiosk.toml"
    file.write_text('[journal]\nfolder = "journal"\n')
    return file


def test_the_cards_are_read_as_what_they_are(qtbot: QtBot, config: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["practice", "codes", "--config", str(config), "--out", str(out)]) == 0
    assert (out / "practice.pdf").read_bytes().startswith(b"%PDF")
    cards = sorted(out.glob("*.png"))
    assert [card.stem for card in cards] == [f"{number}-{name}" for number, (name, _) in enumerate(GUIDED, 1)]
    codes = []
    for card in cards:
        (read,) = zxingcpp.read_barcodes(cv2.imread(str(card)))
        codes.append(read.text)
    assert [code.split(":")[0] for code in codes] == ["HK1"] * 4 + ["CD1"] + ["HK1"] * 2 + ["https"]
    assert len(set(codes)) == len(codes)
    assert practice_folder(tmp_path / "journal").is_dir()


def test_a_language_that_is_none_is_said(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["practice", "codes", "--config", str(config), "--out", str(tmp_path / "out"), "--language", "fr"]
    assert main(told) == 2
    assert "--language: one of" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_fullest_card_have_their_room(qtbot: QtBot, language: str) -> None:
    assert letters(Case("single-use", "HK1:", ANSWERS["single-use"]), language) > LEAST
    one = Case("red", "HK1:", ((Outcome.REFUSE, ReasonId.COLOUR_RED),))
    assert letters(one, language) == LETTER
