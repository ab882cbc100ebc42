"""The first screen stands while a program is made ready, and nothing heavy comes before it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from config.glimpse import Glimpse
from kiosk.opening import AskedToEnd, AtOnce, FirstScreen, Opening
from kiosk.program import ROOT
from kiosk.screens.starting import FirstWindow, Painted, StartScreen
from kiosk.widgets.words import Words

SMALL = Glimpse(fullscreen=False, width=640, height=480)
HEAVY = ("pydantic", "numpy", "cv2", "cryptography", "sqlite3", "requests", "tuf", "zxingcpp", "argon2")


def test_before_the_first_screen_nothing_heavy_is_imported() -> None:
    told = "import sys; import kiosk.commands.door, kiosk.commands.run, config.glimpse, kiosk.opening; "
    ask = f"print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told + ask], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("command", ["station", "demo"])
def test_nor_for_the_desk_and_the_demonstration(command: str) -> None:
    source = (ROOT / "kiosk" / "commands" / f"{command}.py").read_text()
    above = source.split("def ", 1)[0].split("if TYPE_CHECKING:")[0]
    assert "from config.settings" not in above and "import kiosk" not in above


def test_work_is_done_on_another_thread_while_the_loop_goes_on(qtbot: QtBot) -> None:
    turned = threading.Event()
    with FirstScreen(SMALL) as opening:
        assert isinstance(opening.windows[0].inside, StartScreen)
        QTimer.singleShot(0, turned.set)
        here = threading.get_ident()
        there, looped = opening.meanwhile(lambda: (threading.get_ident(), turned.wait(20)))
    assert there != here and looped


def test_the_first_screens_words_are_painted_when_the_program_goes_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    paint = Words.paintEvent

    def noted(words: Words, event: QPaintEvent) -> None:
        paint(words, event)
        shown.append(words.accessibleName() or "words")

    monkeypatch.setattr(Words, "paintEvent", noted)
    window = FirstWindow(SMALL)
    qtbot.addWidget(window)
    window.show()
    assert not shown
    painted = Painted(window)
    words_by_then: list[int] = []
    painted.seen.connect(lambda: words_by_then.append(len(shown)))
    with qtbot.waitSignal(painted.seen, timeout=20_000):
        pass
    assert words_by_then[0] > 0


def test_the_whole_display_is_used_where_no_window_manager_makes_it_so(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FirstWindow, "showFullScreen", QWidget.show)
    whole = QApplication.primaryScreen().size()
    with FirstScreen(replace(SMALL, fullscreen=True)) as opening:
        assert opening.windows[0].size() == whole != QSize(SMALL.width, SMALL.height)


def test_what_goes_wrong_is_raised_here(qtbot: QtBot) -> None:
    with FirstScreen(SMALL) as opening, pytest.raises(ZeroDivisionError):
        opening.meanwhile(lambda: 1 / 0)


def test_the_programs_window_comes_into_the_first_one(qtbot: QtBot) -> None:
    own, second = QWidget(), QWidget()
    with FirstScreen(SMALL) as opening:
        first = opening.windows[0]
        opening.show([own, second], fullscreen=False)
        assert first.inside is own and own.isVisible() and first.isVisible()
        assert second.isWindow() and second.isVisible()
        second.close()
    assert not first.isVisible()


def test_a_display_that_nothing_is_for_is_left_alone(qtbot: QtBot) -> None:
    with FirstScreen(SMALL) as opening:
        opening.windows.append(type(opening.windows[0])(SMALL))
        opening.windows[1].show()
        opening.show([QWidget()], fullscreen=False)
        assert [window.isVisible() for window in opening.windows] == [True, False]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_ends_it_before_it_is_ready_ends_it_in_order(qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    done: list[str] = []

    def work() -> None:
        signal.raise_signal(number)
        done.append("work")

    def program() -> int:
        opening.meanwhile(work)
        raise AssertionError("it went on")

    with FirstScreen(SMALL) as opening:
        code = opening.run(program)
    assert (code, done) == (0, ["work"])
    assert signal.getsignal(number) == before


def test_closing_its_window_ends_the_program_too(qtbot: QtBot) -> None:
    with FirstScreen(SMALL) as opening:
        opening.windows[0].close()
        opening._look()
        with pytest.raises(AskedToEnd):
            opening.meanwhile(lambda: None)
    assert QApplication.quitOnLastWindowClosed()


def test_without_a_first_screen_everything_is_done_at_once(qtbot: QtBot) -> None:
    opening: Opening = AtOnce()
    assert opening.meanwhile(threading.get_ident) == threading.get_ident()
    opening.close()
    window = QWidget()
    opening.show([window], fullscreen=False)
    assert window.isVisible()
    opening.close()
    assert not window.isVisible()


def test_words_are_never_taken_for_markup(qtbot: QtBot) -> None:
    """Said to Qt by a number: its name would import all of Qt's names before the first screen."""
    words = Words(most=20, least=10)
    qtbot.addWidget(words)
    assert words.textFormat() is Qt.TextFormat.PlainText
