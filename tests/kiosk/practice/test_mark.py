"""Practice says so on every page in four languages, and the journal of a practice lane says it too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from config.moment import system_clock
from config.settings import Journal, Settings
from kiosk.desk.figures import fold
from kiosk.i18n.texts import LANGUAGES, text
from kiosk.lane_view import LaneView
from kiosk.machinery import Devices, Machinery, Watchers
from kiosk.practice.ground import gate_in_memory
from kiosk.presenters import officer_texts
from kiosk.presenters.not_real import PRACTICE, PRACTICE_WORD
from kiosk.presenters.officer_texts import say
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.traveller_shots import LAYOUTS, SHORT_SET
from kiosk.theme.palette import DEMO_STRIPE
from sync.event_types import LaneStarted
from sync.journal_reader import JournalReader
from tests.kiosk.desk.ground import CALM, Ground
from tests.kiosk.screens.stage import Stage, pixels
from tests.kiosk.test_machinery import SILENT, Grey

STRIPE = np.array([int(DEMO_STRIPE[at : at + 2], 16) for at in (1, 3, 5)])


@pytest.fixture
def ground(tmp_path: Path, qtbot: QtBot) -> Iterator[Ground]:
    made = Ground(tmp_path, qtbot)
    yield made
    made.session.stop()


def test_the_word_is_on_every_page_of_the_traveller(qtbot: QtBot) -> None:
    stage = Stage(qtbot, LAYOUTS["portrait"], practice=True)
    strip, band = stage.window.demo_strip, stage.window.demo_band
    assert strip is not None
    assert band is not None
    assert [words.text() for words in strip.words] == [
        text(PRACTICE, one) for one in LAYOUTS["portrait"].languages
    ]
    assert band.word == text(PRACTICE_WORD, LAYOUTS["portrait"].languages[0])
    expected = (pixels(band.grab().toImage()) == STRIPE).all(axis=2)
    for name in SHORT_SET:
        stage.tell(name, "en")
        purple = (pixels(stage.picture()) == STRIPE).all(axis=2)
        assert purple[: strip.height()].mean() > 0.5, name
        corner = purple[band.y() : band.y() + band.height(), band.x() : band.x() + band.width()]
        assert corner[expected].mean() > 0.98, name


def test_the_officers_panel_says_practice_and_never_demo_beside_it(ground: Ground, qtbot: QtBot) -> None:
    panel = OfficerPanel(ground.desk, "en")
    qtbot.addWidget(panel)
    panel.show()
    ground.desk.show_view(replace(CALM, demo=True, practice=True))
    for language in LANGUAGES:
        panel.set_language(language)
        assert panel.demo.isVisible()
        assert panel.demo.text() == say(officer_texts.PRACTICE, language) != say(officer_texts.DEMO, language)


def test_a_practice_lane_says_so_in_its_views_and_in_its_journal(tmp_path: Path) -> None:
    seen: list[LaneView] = []
    machinery = Machinery(
        Settings(journal=Journal(folder=tmp_path)),
        Devices(camera=Grey, turnstile=gate_in_memory, watch_frozen=False),
        SILENT,
        system_clock,
        Watchers(seen.append, lambda _: None, lambda _: None),
        demo=True,
        practice=True,
    )
    machinery.start()
    machinery.stop()
    assert seen
    assert all(view.demo and view.practice for view in seen)
    reader = JournalReader(tmp_path)
    records = list(reader.all_records(0))
    reader.close()
    (started,) = (record for record in records if record.kind == LaneStarted.kind)
    assert started.payload is not None
    assert '"practice"' in started.payload
    figures = fold(records)
    assert figures.demo
    assert figures.practice
