"""What is installed beside the program: a page prints the files that are there, units start real commands."""

from __future__ import annotations

import configparser
import shlex
from pathlib import Path

import pytest

from kiosk.commands.door import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
DEPLOYMENT = ROOT / "config/deployment"


def test_the_page_about_the_clock_prints_chronys_settings_as_they_are() -> None:
    settings = (DEPLOYMENT / "chrony.conf").read_text().split("\n", 1)[1]
    assert settings in (ROOT / "docs/clock.md").read_text()


@pytest.mark.parametrize("unit", ["checkpoint-kiosk.service", "checkpoint-hub.service"])
def test_a_unit_starts_the_program_after_chrony_and_again_when_it_ends(unit: str) -> None:
    parsed = configparser.RawConfigParser(strict=False)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string((DEPLOYMENT / unit).read_text())
    assert "chrony.service" in parsed["Unit"]["After"].split()
    assert parsed["Service"]["Restart"] == "always"
    words = shlex.split(parsed["Service"]["ExecStart"])
    assert words[0].endswith("checkpoint-kiosk") and words[1] in COMMANDS
    assert words[1:3] in (["run", "--config"], ["hub", "run"])
