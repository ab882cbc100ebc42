"""The main screens are what somebody looked at, to the last pixel."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.kiosk.screens import pictures
from tests.kiosk.screens.stage import Stage, portrait

RENEW = "look at the pictures and, if they are right: python -m tests.kiosk.screens.pictures"


def comparable() -> dict[str, Any]:
    known = pictures.references()
    here = pictures.made_with()
    if known["made with"] != here:
        told = f"the references are made with {known['made with']}, here is {here}"
        if os.environ.get("PICTURES_REQUIRED"):
            pytest.fail(told)
        pytest.skip(told)
    return known


@pytest.mark.parametrize("group", pictures.GROUPS, ids=lambda group: f"{group[0]}{group[1]}")
def test_the_main_screens_are_drawn_as_they_were_looked_at(
    qtbot: QtBot, tmp_path: Path, group: tuple[str, str, tuple[str, ...], tuple[str, ...]]
) -> None:
    compare(pictures.drawn(*group), comparable(), tmp_path)


@pytest.mark.parametrize("group", pictures.STARTS, ids=lambda group: f"{group[0]}{group[1]}")
def test_the_first_screen_is_drawn_as_it_was_looked_at(
    qtbot: QtBot, tmp_path: Path, group: tuple[str, str, tuple[str, ...]]
) -> None:
    compare(pictures.starting(*group), comparable(), tmp_path)


def compare(drawn: Iterator[tuple[str, QImage]], known: dict[str, Any], tmp_path: Path) -> None:
    changed = []
    for name, image in drawn:
        if pictures.digest(image) != known["pictures"].get(name):
            file = tmp_path / f"{name.replace('/', '-')}.png"
            image.save(str(file))
            changed.append(str(file))
    assert not changed, f"{RENEW}\n" + "\n".join(changed)


def test_every_reference_is_of_a_screen_that_is_drawn() -> None:
    names = {
        f"{layout}{mode}/{name}.{language}"
        for layout, mode, screens, languages in pictures.GROUPS
        for name in screens
        for language in languages
    } | {
        f"{layout}{mode}/starting.{language}"
        for layout, mode, languages in pictures.STARTS
        for language in languages
    }
    assert set(pictures.references()["pictures"]) == names


def test_one_wrong_character_gives_another_digest(qtbot: QtBot) -> None:
    stage = Stage(qtbot, portrait())
    stage.tell("referred-unknown-signer", "zh_HK")
    before = pictures.digest(stage.picture())
    line = stage.window.screen_shown.sub[0]
    stage.window.page.sub.say(replace(line, text=line.text[:-1] + "着"))  # type: ignore[attr-defined]
    assert pictures.digest(stage.picture()) != before
