"""Whoever paints gets Python and a processor soon, whatever else the program does."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator

import cv2
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.application import SWITCH_S, qt_application, settled
from kiosk.widgets.preview_image import spare_processors


@pytest.fixture
def _as_before() -> Iterator[None]:
    interval, threads = sys.getswitchinterval(), cv2.getNumThreads()
    yield
    sys.setswitchinterval(interval)
    cv2.setNumThreads(threads)


@pytest.mark.usefixtures("_as_before", "qapp")
def test_a_busy_thread_lets_the_window_go_on_before_a_millisecond_is_over() -> None:
    sys.setswitchinterval(0.005)
    qt_application()
    assert sys.getswitchinterval() == SWITCH_S < 0.001


@pytest.mark.usefixtures("_as_before")
def test_pictures_are_scaled_on_the_thread_that_asks_for_it() -> None:
    cv2.setNumThreads(4)
    spare_processors()
    assert cv2.getNumThreads() == 1


@pytest.mark.usefixtures("qapp")
def test_while_a_program_runs_no_collection_looks_through_what_it_was_made_of() -> None:
    before = gc.get_freeze_count()
    with pytest.raises(KeyError), settled():
        assert gc.get_freeze_count() > before + 10_000
        assert not gc.get_objects(generation=2)[:1], "nothing is left to look through"
        raise KeyError
    assert gc.get_freeze_count() == 0


def test_while_a_program_runs_a_window_that_is_let_go_ends_in_the_windows_thread(qtbot: QtBot) -> None:
    ended_in: list[str] = []
    kept: list[list[int]] = []

    class Cyclic(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.itself = self
            self.destroyed.connect(lambda: ended_in.append(threading.current_thread().name))

    def busy() -> None:
        kept.extend([number] for number in range(gc.get_threshold()[0] * 200))

    gc.enable()
    with settled():
        Cyclic().show()
        worker = threading.Thread(target=busy, name="a worker", daemon=True)
        worker.start()
        worker.join(10)
        assert not ended_in, "not while the worker works"
        qtbot.waitUntil(lambda: ended_in == ["MainThread"])
    assert gc.isenabled()
