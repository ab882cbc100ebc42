"""Whoever paints gets Python and a processor soon, whatever else the program does."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import cv2
import pytest

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


def test_while_a_program_runs_no_collection_looks_through_what_it_was_made_of() -> None:
    before = gc.get_freeze_count()
    with pytest.raises(KeyError), settled():
        assert gc.get_freeze_count() > before + 10_000
        assert not gc.get_objects(generation=2)[:1], "nothing is left to look through"
        raise KeyError
    assert gc.get_freeze_count() == 0
