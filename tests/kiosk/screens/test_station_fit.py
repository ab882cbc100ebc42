"""Nothing on the station desk is cut off, in any scene, language or size."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.i18n.texts import LANGUAGES
from kiosk.screens.station_shots import SCENES, SIZES, station_screens
from tests.kiosk.screens.test_officer_fit import cut_off


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_fits(qtbot: QtBot, language: str, size: tuple[int, int]) -> None:
    seen = {}
    for name, window in station_screens([language], [size]):
        window.show()
        QApplication.processEvents()
        assert (window.width(), window.height()) == size
        if found := cut_off(window):
            seen[name] = found
    assert seen == {}


def test_the_scenes_cover_sign_in_taking_and_the_hub_away() -> None:
    assert {"station-sign-in", "station-taken", "station-confirm", "station-hub-away"} <= set(SCENES)
