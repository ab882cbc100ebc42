"""The pictures of all screens are written where they were asked for, with a page that shows them."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.commands import screenshots
from kiosk.i18n.places import TRANSLATED
from kiosk.i18n.texts import LANGUAGES, TranslationsMissing
from kiosk.screens.traveller_shots import LAYOUTS


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    screenshots.add_arguments(parser)
    return screenshots.run(parser.parse_args(arguments))


def test_a_screen_is_photographed_in_every_language_and_layout(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = QLabel("officer")
    qtbot.addWidget(panel)
    monkeypatch.setattr(
        "kiosk.screens.officer_shots.officer_screens", lambda: [("officer-evacuate-en-1280x800", panel)]
    )
    monkeypatch.setattr(
        "kiosk.screens.station_shots.station_screens", lambda: [("station-evacuate-en-1280x800", panel)]
    )
    for others in ("crossings", "shift"):  # none of theirs has this name, and each is made before it is asked
        monkeypatch.setattr(f"kiosk.screens.{others}_shots.{others}_screens", list)
    assert run("--out", str(tmp_path), "--only", "evacuate", "--look", "usual") == 0
    assert run("--out", str(tmp_path / "large"), "--only", "evacuate", "--look", "large") == 0
    assert (tmp_path / "large" / "small-large" / "evacuate.pt.png").exists()
    shutil.rmtree(tmp_path / "large")
    made = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.png")}
    assert {f"{layout}/evacuate.{language}.png" for layout in LAYOUTS for language in LANGUAGES} <= made
    assert "officer-1280x800/officer-evacuate.en.png" in made
    assert "officer-1280x800/station-evacuate.en.png" in made
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(file in page for file in made)


def test_missing_translations_are_one_line_and_exit_code_two(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nothing_built() -> None:
        raise TranslationsMissing(f"{TRANSLATED[0]} is missing: run `make setup`")

    monkeypatch.setattr("kiosk.i18n.texts.load", nothing_built)
    assert run("--out", str(tmp_path)) == 2
    assert "make setup" in capsys.readouterr().out
