"""The officer's panel is ready before anybody opens it: a first show kept the loop for 30 ms."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from kiosk.screens.first_show import made_ready
from kiosk.screens.kiosk_window import KioskWindow
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.officer_shots import Stage
from kiosk.screens.traveller_shots import LAYOUTS
from kiosk.screens.traveller_window import TravellerWindow


@pytest.fixture
def panel(tmp_path: Path) -> OfficerPanel:
    """A lane's panel that nobody has seen."""
    return Stage(tmp_path).play("officer-sign-in", "zh_HK")


def test_a_panel_that_nobody_opened_has_its_style_its_places_and_was_drawn(
    qtbot: QtBot, panel: OfficerPanel
) -> None:
    window = KioskWindow(TravellerWindow(LAYOUTS["landscape"], "3", False), panel)
    qtbot.addWidget(window)
    assert panel.styleSheet() == ""
    window.show()
    qtbot.waitUntil(lambda: not window._beforehand.busy)
    assert not panel.isVisible()
    assert panel.size() == window.size()
    styled, places = panel.styleSheet(), [part.geometry() for part in (panel.strip, panel.sign_in)]
    assert styled
    window.open_panel()
    qtbot.waitExposed(window)
    assert panel.styleSheet() == styled, "shown, it finds nothing left to style"
    assert [part.geometry() for part in (panel.strip, panel.sign_in)] == places


def test_an_open_panel_takes_the_keys_of_the_screen_below_it(qtbot: QtBot, panel: OfficerPanel) -> None:
    window = KioskWindow(TravellerWindow(LAYOUTS["landscape"], "3", False), panel)
    qtbot.addWidget(window)
    window.open_panel()
    assert not window.traveller.keys.look.isEnabled(), "Tab passes it by"
    window.close_panel()
    assert window.traveller.keys.look.isEnabled()


def test_whoever_opens_it_meanwhile_does_not_wait_for_the_drawing(
    qtbot: QtBot, panel: OfficerPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.addWidget(panel)
    drawn: list[str] = []
    monkeypatch.setattr(panel, "grab", lambda: drawn.append("drawn"))
    pieces = made_ready(panel, lambda: QSize(1280, 800), panel.dress)
    next(pieces)
    panel.show()
    list(pieces)
    assert not drawn
