"""The first screen: whole in every language, layout and look, moving by itself, and gone without a flash."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, QRect
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from config.glimpse import Glimpse
from kiosk.i18n import texts
from kiosk.i18n.texts import LANGUAGES
from kiosk.presenters.starting import ONE_MOMENT_PLEASE, STARTING, starting
from kiosk.screens.starting import FirstWindow, StartScreen
from kiosk.screens.starting_shots import first_window
from kiosk.screens.traveller_shots import LAYOUTS, MODES
from kiosk.widgets.words import Words


def screen(window: FirstWindow) -> StartScreen:
    assert isinstance(window.inside, StartScreen)
    return window.inside


def shown(qtbot: QtBot, glimpse: Glimpse, not_real: str = "") -> FirstWindow:
    window = FirstWindow(glimpse, not_real=not_real)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize(("layout", "mode"), list(product(LAYOUTS, MODES)))
@pytest.mark.parametrize("not_real", ["", "practice"])
def test_every_word_fits_and_none_lies_on_another(
    qtbot: QtBot, layout: str, mode: str, not_real: str
) -> None:
    for language in LANGUAGES:
        window = first_window(LAYOUTS[layout].model_copy(update=MODES[mode]), language, not_real=not_real)
        qtbot.addWidget(window)
        spoken = [words for words in window.findChildren(Words) if words.text() and words.isVisible()]
        assert len(spoken) >= 2
        parts: list[QWidget] = [*spoken, screen(window).sign]
        places = [QRect(part.mapTo(window, QPoint()), part.size()) for part in parts]
        for words in spoken:
            assert words.fits and words.pixels >= screen(window).sizes.smallest, words.text()
        assert all(window.rect().contains(place) for place in places)
        assert not any(one.intersects(other) for one, other in combinations(places, 2))


def test_it_speaks_every_language_of_the_lane_its_own_first(qtbot: QtBot) -> None:
    window = shown(qtbot, Glimpse(languages=("pt", "en")))
    page = screen(window)
    said = [words.text() for words in page.headlines if words.text()]
    assert said == ["A iniciar", "Starting"]
    assert page.accessibleName() == "A iniciar"


def test_large_letters_take_turns(qtbot: QtBot) -> None:
    window = shown(qtbot, Glimpse(letters="large", languages=("en", "zh_CN")))
    page = screen(window)
    heard = []
    for _ in range(3):
        heard.append(page.headlines[0].text())
        page._turn.timeout.emit()
    assert heard == ["Starting", "正在启动", "Starting"]


def test_without_translations_it_speaks_english(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise texts.TranslationsMissing

    monkeypatch.setattr("kiosk.presenters.starting.load", missing)
    headlines, subs = starting(("zh_HK", "pt"))
    assert [line.text for line in (*headlines, *subs)] == [STARTING, ONE_MOMENT_PLEASE]


def test_without_translations_practice_comes_up_without_its_mark_for_the_start_to_say_so(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise texts.TranslationsMissing

    monkeypatch.setattr("kiosk.presenters.starting.load", missing)
    monkeypatch.setattr("kiosk.i18n.texts.load", missing)
    monkeypatch.setattr(texts, "_loaded", {})
    assert screen(shown(qtbot, Glimpse(languages=("en", "pt")), "practice")).mark is None


def test_the_arm_moves_unless_the_lane_wants_no_motion(qtbot: QtBot) -> None:
    running = QAbstractAnimation.State.Running
    moving, still = shown(qtbot, Glimpse()), shown(qtbot, Glimpse(motion=False))
    assert screen(moving).sign.slide.state() == running  # type: ignore[attr-defined]
    assert screen(still).sign.slide.state() != running  # type: ignore[attr-defined]


def test_nothing_that_is_painted_in_python_lies_where_the_arm_moves(qtbot: QtBot) -> None:
    window = shown(qtbot, Glimpse())
    page = screen(window)
    for part in (page, page.sign, *page.sign.findChildren(QWidget)):
        made = [kind for kind in type(part).__mro__ if kind.__module__.startswith("kiosk.")]
        assert not any("paintEvent" in vars(kind) for kind in made), part


@pytest.mark.parametrize("not_real", ["demo", "practice"])
def test_what_is_not_real_says_so(qtbot: QtBot, not_real: str) -> None:
    window, real = shown(qtbot, Glimpse(), not_real), shown(qtbot, Glimpse())
    page = screen(window)
    assert page.mark is not None
    strip, band = page.mark
    assert strip.isVisible() and band.isVisible()
    assert any(not_real.upper() in words.text() for words in strip.words)
    assert screen(real).mark is None


def test_where_what_takes_its_place_wants_to_be_typed_in_the_focus_is(qtbot: QtBot) -> None:
    class Form(QWidget):
        def showEvent(self, event: QShowEvent) -> None:
            super().showEvent(event)
            field.setFocus()

    window, form = shown(qtbot, Glimpse(width=800, height=600)), Form()
    field = QLineEdit(form)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.give_way(form)
    qtbot.waitUntil(field.hasFocus, timeout=5000)


def test_another_widget_takes_its_place_in_the_same_window_and_fills_it(qtbot: QtBot) -> None:
    window = shown(qtbot, Glimpse(width=800, height=600))
    before, native = screen(window), window.winId()
    taking = QWidget()
    window.give_way(taking)
    assert window.inside is taking and taking.isVisible() and not before.isVisible()
    assert window.winId() == native and taking.geometry() == window.rect()
    window.resize(900, 700)
    assert taking.geometry() == window.rect()
