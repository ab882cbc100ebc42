"""One lane's machinery with a part that does not come up."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from config.moment import system_clock
from config.settings import Journal, Settings
from drivers.camera.port import Camera, Frame
from drivers.reader.port import Reading, Symbol
from drivers.scanner.port import NoScanner, Scanner
from drivers.turnstile.staffed import NoTurnstile
from kiosk.lane_view import LaneView, Phase
from kiosk.machinery import Devices, Machinery, Watchers
from kiosk.start_conditions import CannotStart, refuse_unknown_kinds

GENEROUS_S = 20.0
SILENT = [sys.executable, "-c", "import sys; sys.stdin.read()"]
"""A program that starts and never says a word."""


class Grey(Camera):
    """Thirty grey frames a second."""

    name = "grey"

    def __init__(self) -> None:
        self._number = 0

    def open(self) -> None:
        """Nothing to claim."""

    def read(self) -> Frame:
        threading.Event().wait(1 / 30)
        self._number += 1
        return Frame(np.full((240, 320, 3), 90, np.uint8), time.monotonic(), self._number)

    def close(self) -> None:
        """Nothing was held."""


def lane_with_a_silent_reader(
    journal: Path, watch: Callable[[LaneView], None], scanner: Scanner | None = None
) -> Machinery:
    return Machinery(
        Settings(journal=Journal(folder=journal)),
        Devices(
            camera=Grey,
            turnstile=lambda _: NoTurnstile(),
            watch_frozen=False,
            scanner=scanner or NoScanner(),
        ),
        SILENT,
        system_clock,
        Watchers(watch, lambda _: None, lambda _: None),
    )


def test_a_lane_whose_reader_has_not_come_up_takes_no_travellers_and_says_so(tmp_path: Path) -> None:
    seen: list[LaneView] = []
    camera_well = threading.Event()

    def watch(view: LaneView) -> None:
        seen.append(view)
        if view.faults and all(fault.part != "camera" for fault in view.faults):
            camera_well.set()

    machinery = lane_with_a_silent_reader(tmp_path, watch)
    machinery.start()
    try:
        assert camera_well.wait(GENEROUS_S)
    finally:
        machinery.stop()
    last = seen[-1]
    assert last.phase is Phase.OUT_OF_ORDER
    assert [fault.part for fault in last.faults if fault.stops and fault.part == "reader"] == ["reader"]


def test_a_journal_that_was_set_aside_is_named_and_the_lane_goes_on(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"no database at all" * 1000)
    named = threading.Event()
    seen: list[LaneView] = []

    def watch(view: LaneView) -> None:
        seen.append(view)
        if any(fault.part == "journal file" for fault in view.faults):
            named.set()

    machinery = lane_with_a_silent_reader(tmp_path, watch)
    machinery.start()
    try:
        assert named.wait(GENEROUS_S)
    finally:
        machinery.stop()
    (fault,) = (fault for fault in seen[-1].faults if fault.part == "journal file")
    assert (fault.code, fault.stops) == ("JD", False)
    assert "set-aside" in fault.advice


@pytest.mark.parametrize(
    ("located", "symbols", "unread"),
    [(True, (), True), (True, (Symbol(b"HK1:MADE UP"),), False), (False, (), False)],
)
def test_a_code_that_is_seen_and_not_read_is_told_to_the_camera_and_every_reading_to_lane_and_presence(
    located: bool, symbols: tuple[Symbol, ...], unread: bool
) -> None:
    reading, told = Reading(1, 0.0, symbols, None, located), list[object]()
    machinery = SimpleNamespace(
        lane=SimpleNamespace(read=told.append),
        _watchful=SimpleNamespace(heard=told.append),
        _camera=SimpleNamespace(unread=told.append),
        _watchers=SimpleNamespace(sight=lambda _: None),
        _size=(1280, 720),
    )
    Machinery._read(machinery, reading)  # type: ignore[arg-type]
    assert told == [reading, reading, unread]


@pytest.mark.parametrize("kind", ["crossing.oppened", "journal.erased"])
def test_days_for_a_kind_of_event_that_is_none_stop_the_start(kind: str) -> None:
    with pytest.raises(CannotStart, match=f"journal.keep_kinds names {kind}"):
        refuse_unknown_kinds(["gate.passage", kind])
