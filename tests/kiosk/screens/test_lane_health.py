"""What is wrong with a lane can be read to its end, however much of it there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import Fault
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.officer_shots import SCENES, Stage
from kiosk.widgets.as_much import AsMuch

FAULTS = (
    Fault("turnstile", "GT", "The gate's cable is out: push it in; the lane goes on by itself."),
    Fault("hub", "HU", "The hub cannot be reached; records are kept here."),
    Fault("clock", "CY", "chrony is not installed: docs/clock.md says how, in two lines."),
    Fault("sheet", "GS", "This gate was never proven on its place: run main.py commission."),
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """An officer who is signed in."""
    made = Stage(tmp_path_factory.mktemp("lane-health"))
    yield made
    made.session.stop()


def shown(qtbot: QtBot, stage: Stage, language: str, faults: tuple[Fault, ...]) -> OfficerPanel:
    """The panel on the smallest display there is."""
    panel = stage.play("officer-quiet", language)
    qtbot.addWidget(panel)
    panel.resize(1280, 800)
    panel.show()
    stage.desk.show_view(replace(SCENES["officer-quiet"], faults=faults))
    for _ in range(3):
        QApplication.processEvents()
    return panel


def area(panel: OfficerPanel) -> AsMuch:
    """Where the lane's health stands."""
    found = panel.findChild(AsMuch)
    assert found is not None
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_advice_is_cut_and_the_worst_stands_first_in_sight(
    qtbot: QtBot, stage: Stage, language: str
) -> None:
    panel = shown(qtbot, stage, language, FAULTS)
    labels = [label for label in panel.health.findChildren(QLabel) if label.isVisible()]
    assert len(labels) > 2 * len(FAULTS)
    cut = [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]
    assert not cut
    first = next(label for label in labels if "GT" in label.text())
    assert area(panel).viewport().rect().contains(first.mapTo(area(panel).viewport(), first.rect().center()))
    for key in (panel.hold, panel.release):
        assert key.isVisible()
        assert panel.rect().contains(key.mapTo(panel, key.rect().bottomRight()))


def test_what_has_no_room_is_scrolled_by_keys(qtbot: QtBot, stage: Stage) -> None:
    panel = shown(qtbot, stage, "pt", FAULTS)
    health = area(panel)
    assert health.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert all(health.accessibleName().count(fault.advice) == 1 for fault in FAULTS), "read whole, and once"
    health.setFocus()
    qtbot.keyClick(health, Qt.Key.Key_Down)
    assert health.verticalScrollBar().value() > 0


def test_a_well_lane_has_nothing_to_scroll_and_no_stop_for_tab(qtbot: QtBot, stage: Stage) -> None:
    health = area(shown(qtbot, stage, "en", ()))
    assert health.verticalScrollBar().maximum() == 0
    assert health.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert health.height() <= health.widget().sizeHint().height() + 4, "the keys come up to it"
