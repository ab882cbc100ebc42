"""What a first screen knows of the settings is what the settings say, and it never fails."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import pytest

from config.glimpse import Glimpse, glimpse
from config.settings import Display, load_settings

EVERYTHING = """
[display]
fullscreen = false
width = 1280
height = 800
diagonal_mm = 396
reading_mm = 600.5
letters = "large"
contrast = "high"
motion = false
languages = ["pt", "en"]
way_out = "left"
"""


def as_settings_say(display: Display) -> dict[str, object]:
    return {name: getattr(display, name) for name in asdict(Glimpse())}


def test_the_defaults_are_the_settings_own() -> None:
    assert asdict(glimpse(None)) == as_settings_say(Display())


def test_every_value_that_is_written_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(EVERYTHING)
    assert asdict(glimpse(file)) == as_settings_say(load_settings(file).display)
    assert asdict(glimpse(file)) != asdict(Glimpse())


@pytest.mark.parametrize(
    "wrong",
    [
        "[display]\nwidth = 10",
        "[display]\nwidth = '1280'\nheight = 900.5",
        "[display]\nwidth = true",
        "[display]\nletters = ['large']",
        "[display]\ncontrast = 'low'",
        "[display]\nlanguages = []",
        "[display]\nlanguages = ['fr', 1]",
        "[display]\nlanguages = [{}]",
        "[display]\nmotion = 'no'\nfullscreen = 1",
        "[display]\nno_such_key = 1",
        "display = 3",
        "[[display]]\nwidth = 1280",
        "[display\n",
        "x = " + "[" * 4000,
    ],
)
def test_what_is_wrong_is_the_default(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(wrong)
    assert glimpse(file) == Glimpse()


def test_a_file_that_cannot_be_read_is_the_default(tmp_path: Path) -> None:
    assert glimpse(tmp_path / "absent.toml") == Glimpse()
    assert glimpse(tmp_path) == Glimpse()
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    assert glimpse(tmp_path / "bytes.toml") == Glimpse()
    os.mkfifo(tmp_path / "pipe.toml")
    assert glimpse(tmp_path / "pipe.toml") == Glimpse(), "nobody writes, and nobody waits"
