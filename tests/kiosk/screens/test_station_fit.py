"""Nothing on the station desk is cut off, in any scene, language or size."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.i18n.texts import LANGUAGES
from kiosk.screens.station_shots import SCENES, SIZES, station_screens
from kiosk.screens.station_window import StationWindow
from tests.kiosk.screens.test_officer_fit import cut_off


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_fits(qtbot: QtBot, language: str, size: tuple[int, int]) -> None:
    seen = {}
    for name, window in station_screens([language], [size]):
        assert isinstance(window, StationWindow)
        window.show()
        QApplication.processEvents()
        assert (window.width(), window.height()) == size
        found = cut_off(window)
        if name.startswith("station-waiting"):
            found += [f"who waits second at {size} is out of sight"] if not _both_in_sight(window) else []
        if found:
            seen[name] = found
    assert seen == {}


def _both_in_sight(window: StationWindow) -> bool:
    """Whether the keys of both who wait are seen whole, and nothing has to be pushed."""
    frame = window.waiting.viewport()
    keys = window.waiting.buttons
    return len(keys) == 2 and all(
        frame.rect().contains(key.mapTo(frame, corner))
        for key in keys
        for corner in (key.rect().topLeft(), key.rect().bottomRight())
    )


def test_the_scenes_cover_sign_in_taking_the_look_up_and_the_hub_away() -> None:
    shown = {"station-sign-in", "station-taken", "station-confirm", "station-found", "station-hub-away"}
    assert shown <= set(SCENES)
