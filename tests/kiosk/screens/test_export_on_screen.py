"""The supervisor exports to a stick on the real panel, by a process of its own, and the stick misbehaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from config.moment import system_clock
from config.priority import LOWEST
from kiosk.desk.shift_desk import ShiftDesk
from kiosk.presenters import shift_texts as t
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.officer_shots import Stage
from kiosk.screens.shift import ShiftPage
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import CrossingDecided, ExportMade, ShiftOpened
from sync.export.layout import Progress
from sync.export.layout import Stage as How
from sync.export.verifying import verify_export
from sync.journal import Journal
from sync.journal_reader import JournalReader

ROOT = Path(__file__).parents[3]
GENEROUS_MS = 60_000
RUNNER = """
import sys, time
from pathlib import Path

sys.path.insert(0, {root!r})
how, stick, flag = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
import sync.export.archive as archive
import sync.export.sticks as sticks
from kiosk.commands.door import main
from sync.export.faulty_place import FaultyPlace, Mishap
from sync.export.place import FolderPlace

here = [sticks.Stick(stick, read_only=how == "lock")]
sticks.sticks_here = lambda: here


class Slow(FolderPlace):
    def read(self, name):
        for _ in range(1200):
            if flag.exists():
                break
            time.sleep(0.05)
        return super().read(name)


if how == "slow":
    archive.FolderPlace = Slow
elif how in list(Mishap):
    archive.FolderPlace = lambda where: FaultyPlace(where, Mishap(how), 2500)
raise SystemExit(main([*sys.argv[4:], "--no-report"]))
"""


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A shift that is open, with thirty crossings."""
    folder = tmp_path_factory.mktemp("lane") / "journal"
    made = Journal(folder, system_clock, device_key(folder), kiosk="lane-1")
    now = system_clock().utc
    made.append([ShiftOpened("20230108-1", "O-17", True, (), ())], now)
    made.append([CrossingDecided(f"c{n}", "ADMIT", ("ADMITTED",), "p 1", 40.0, ()) for n in range(30)], now)
    made.close()
    yield folder


class AtThePanel:
    """A supervisor who has signed in and stands at the page of the shift."""

    def __init__(self, qtbot: QtBot, folder: Path, journal: Path, how: str) -> None:
        self.stick, self.flag = folder / "stick", folder / "go on"
        self.stick.mkdir()
        runner = folder / "runner.py"
        runner.write_text(RUNNER.format(root=str(ROOT)), encoding="utf-8")
        program = [sys.executable, str(runner), how, str(self.stick), str(self.flag)]
        self.stage = Stage(folder, supervisor=True)
        self.panel: OfficerPanel = self.stage.play("officer-quiet", "en")
        qtbot.addWidget(self.panel)
        self.shifts = ShiftDesk(journal, program, self.stage.clock, self._record)
        self.page = ShiftPage(self.stage.desk, self.shifts, "lane-1")
        self.seen: list[str] = []
        self.stages: list[How] = []
        self.shifts.progressed.connect(self._progressed)
        for ended in (self.shifts.saved, self.shifts.failed):
            ended.connect(lambda _: self.seen.append(self.page.status.text()))
        self.panel.attach_shift(self.page)
        self.panel.show()
        with qtbot.waitSignal(self.shifts.counted, timeout=GENEROUS_MS):
            self.panel.shift.click()
        qtbot.waitUntil(self.page.export.isEnabled, timeout=GENEROUS_MS)

    def _record(self, _event: Event) -> None:
        raise AssertionError("nothing is opened or closed here")

    def _progressed(self, progress: Progress) -> None:
        self.seen.append(self.page.status.text())
        if progress.stage not in self.stages:
            self.stages.append(progress.stage)

    @property
    def on_the_stick(self) -> list[str]:
        return [file.name for file in self.stick.iterdir()]


@contextmanager
def at_the_panel(qtbot: QtBot, folder: Path, journal: Path, how: str) -> Iterator[AtThePanel]:
    made = AtThePanel(qtbot, folder, journal, how)
    try:
        yield made
    finally:
        made.shifts.stop()
        made.stage.session.stop()


@pytest.mark.parametrize(
    ("how", "what"),
    [
        ("lock", "locked"),
        ("full", "full"),
        ("pulled", "gone"),
        ("forgetful", "differs"),
    ],
)
def test_a_stick_that_fails_is_said_on_the_page_and_nothing_is_said_to_be_saved(
    qtbot: QtBot, tmp_path: Path, journal: Path, how: str, what: str
) -> None:
    with at_the_panel(qtbot, tmp_path, journal, how) as at:
        with qtbot.waitSignal(at.shifts.failed, timeout=GENEROUS_MS):
            at.page.export.click()
            assert at.page.progress.isVisible()
            assert at.page.cancel.isVisible()
            assert not at.page.export.isVisible()
        assert at.page.status.text() == t.FAILURES[what]
        assert not any("remove" in words for words in at.seen)
        assert all(name.startswith(".") for name in at.on_the_stick), "nothing there has a name"
        assert at.on_the_stick == [] or how == "pulled"
        qtbot.waitUntil(at.page.export.isEnabled, timeout=GENEROUS_MS)
        assert at.page.export.isVisible(), "and it can be tried again"


def test_saved_is_said_once_all_was_read_back_and_the_archive_holds(
    qtbot: QtBot, tmp_path: Path, journal: Path
) -> None:
    with at_the_panel(qtbot, tmp_path, journal, "well") as at:
        with qtbot.waitSignal(at.shifts.saved, timeout=GENEROUS_MS):
            at.page.export.click()
        assert at.stages[0] is How.WRITING
        assert at.stages[-1] is How.READING_BACK
        assert [n for n, words in enumerate(at.seen) if "remove" in words] == [len(at.seen) - 1]
        assert at.page.status.text() == t.SAVED.format(folder=at.on_the_stick[0])
        proven = verify_export(at.stick / at.on_the_stick[0], device_key(journal).public)
        assert proven is not None
        reader = JournalReader(journal)
        made = [record for record in reader.all_records() if record.kind == ExportMade.kind]
        reader.close()
        assert made or list(journal.glob("orders/*")), "and the lane is told to record it"


def test_cancelled_while_it_is_read_back_leaves_nothing_and_says_so(
    qtbot: QtBot, tmp_path: Path, journal: Path
) -> None:
    with at_the_panel(qtbot, tmp_path, journal, "slow") as at:
        at.page.export.click()
        qtbot.waitUntil(lambda: bool(at.stages) and bool(at.on_the_stick), timeout=GENEROUS_MS)
        assert all(name.startswith(".") for name in at.on_the_stick), "not yet read back: no name yet"
        assert at.shifts._export is not None
        export = at.shifts._export.processId()
        assert os.getpriority(os.PRIO_PROCESS, export) == LOWEST, "the lane goes first"
        assert os.sched_getscheduler(export) == os.SCHED_IDLE
        with qtbot.waitSignal(at.shifts.failed, timeout=GENEROUS_MS):
            at.page.cancel.click()
            at.flag.touch()
        assert at.page.status.text() == t.FAILURES["cancelled"]
        assert at.on_the_stick == []
        assert at.page.export.isVisible()
