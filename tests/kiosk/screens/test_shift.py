"""The supervisor's page on the real panel: supervisors only, and what a stick does is said in words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from config.moment import system_clock
from kiosk.desk.figures import Figures, fold
from kiosk.desk.roster import Officer, Role
from kiosk.desk.shift import HONG_KONG, Readiness, Shift, ShiftNo
from kiosk.desk.shift_desk import ShiftDesk
from kiosk.i18n.texts import LANGUAGES
from kiosk.presenters import shift_texts as t
from kiosk.presenters.shift import MOST_BARS, over_time, sheet
from kiosk.presenters.shift_texts import say
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.officer_shots import Stage
from kiosk.screens.shift import ShiftPage
from kiosk.screens.shift_period import PeriodRow
from kiosk.screens.shift_shots import made_up_figures, shift_screens
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import CrossingDecided
from sync.journal import Journal
from tests.kiosk.reports.made import busy_shift

CHIEF = Officer("S-1", Role.SUPERVISOR, "made up")
NOON = datetime(2023, 1, 8, 12, tzinfo=HONG_KONG)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "journal", system_clock, device_key(tmp_path / "journal"), kiosk="lane-1")
    yield made
    made.close()


@pytest.fixture
def shifts(qtbot: QtBot, journal: Journal, tmp_path: Path) -> Iterator[ShiftDesk]:
    def record(event: Event) -> None:
        journal.append([event], system_clock().utc)

    program = [sys.executable, str(Path(__file__).parents[3] / "main.py")]
    made = ShiftDesk(tmp_path / "journal", program, system_clock, record)
    yield made
    made.stop()


def counted(qtbot: QtBot, shifts: ShiftDesk) -> tuple[Figures, Shift | None]:
    with qtbot.waitSignal(shifts.counted, timeout=20_000) as signal:
        shifts.look()
    figures, shift = signal.args
    return figures, shift


def test_a_shift_is_counted_as_it_goes_on(qtbot: QtBot, shifts: ShiftDesk, journal: Journal) -> None:
    assert counted(qtbot, shifts)[1] is None
    shifts.open(CHIEF, Readiness(True))
    journal_event = CrossingDecided("c1", "ADMIT", (), "p1", 40.0, ())
    figures, shift = counted(qtbot, shifts)
    assert shift is not None and shift.officer == "S-1"
    assert figures.crossings == 0
    journal.append([journal_event], system_clock().utc)
    assert counted(qtbot, shifts)[0].crossings == 1
    assert counted(qtbot, shifts)[0].crossings == 1
    with qtbot.waitSignal(shifts.refused, timeout=20_000) as refused:
        shifts.open(CHIEF, Readiness(True))
    assert refused.args == [ShiftNo.OPEN_ALREADY]
    shifts.close(CHIEF)
    ended = counted(qtbot, shifts)[1]
    assert ended is not None and ended.closed_by == "S-1"


def test_an_export_in_its_own_process_says_what_went_wrong_with_the_stick(
    qtbot: QtBot, shifts: ShiftDesk, journal: Journal
) -> None:
    shifts.open(CHIEF, Readiness(True))
    shift = counted(qtbot, shifts)[1]
    assert shift is not None
    with qtbot.waitSignal(shifts.failed, timeout=60_000) as failed:
        shifts.export(CHIEF, shift)
        assert shifts.exporting
    assert failed.args[0] in t.FAILURES
    qtbot.waitUntil(lambda: not shifts.exporting, timeout=20_000)


def test_an_export_asked_for_when_another_is_just_saved_or_still_written_is_written_too(
    qtbot: QtBot, tmp_path: Path
) -> None:
    says = "import sys; print('{\"saved\": \"made-up-' + sys.argv[6] + '\"}', flush=True)"
    shifts = ShiftDesk(tmp_path, [sys.executable, "-S", "-E", "-c", says], system_clock, lambda _: None)
    first, second, third = (Shift(name, "S-1", 1, NOON) for name in "abc")
    saved: list[str] = []

    def again(folder: str) -> None:
        saved.append(folder)
        if len(saved) == 1:
            shifts.export(CHIEF, second)
            shifts.export(CHIEF, third)

    shifts.saved.connect(again)
    shifts.export(CHIEF, first)
    qtbot.waitUntil(lambda: len(saved) == 3, timeout=20_000)
    assert saved == ["made-up-a", "made-up-b", "made-up-c"]
    assert not shifts.exporting
    shifts.stop()


def test_only_a_supervisor_is_shown_the_way_to_the_shift(
    qtbot: QtBot, tmp_path: Path, shifts: ShiftDesk
) -> None:
    for supervisor in (True, False):
        stage = Stage(tmp_path, supervisor=supervisor)
        panel = stage.play("officer-quiet", "en")
        qtbot.addWidget(panel)
        page = ShiftPage(stage.desk, shifts, "lane-1")
        panel.attach_shift(page)
        panel.show()
        assert panel.shift.isVisible() is supervisor
        if supervisor:
            panel.shift.click()
            assert page.isVisible()
            stage.session.sign_out()
            assert not page.isVisible()
        stage.session.stop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_page_is_in_the_language_and_has_its_room(qtbot: QtBot, language: str) -> None:
    for name, panel in shift_screens([language], [(1280, 800), (1080, 1920)]):
        assert isinstance(panel, OfficerPanel)
        panel.show()
        page = panel.findChild(ShiftPage)
        assert page is not None
        for label in page.findChildren(QLabel):
            if label.isVisible() and label.text() and not label.wordWrap():
                assert label.sizeHint().width() <= label.width() + 1, (name, label.text())
        if name.startswith("shift-not-ready"):
            assert page.ready.isVisible() and page.ready.text(), "what is not ready is said before it begins"
        if page.bars.isVisible():
            assert page.notices.isVisible() and "O-21" in page.notices.text(), "who stands out is named first"
    assert say(t.EXPORT, language) == t.EXPORT if language == "en" else say(t.EXPORT, language) != t.EXPORT


def test_the_bars_cover_the_whole_time_and_stay_few() -> None:
    records, shift = busy_shift()
    figures = fold(records)
    minutes, bars = over_time(figures, HONG_KONG)
    assert 0 < len(bars) <= MOST_BARS
    assert sum(sum(bar.parts) for bar in bars) == figures.crossings
    assert bars[0].label == "08:00"
    assert minutes == 5
    shown = sheet(made_up_figures(), shift, "lane-1", "en")
    assert len(shown.rows) == 11
    assert len(shown.tables) == 6
    asked = (t.REFERRED_FOR, t.OVERRIDES, t.GATE, t.DOWN)
    drawn = {table.title for table in shown.tables if any(count.value for count in table.counts)}
    assert {say(title, "en") for title in asked} <= drawn, "each of these figures is a chart"
    assert any(bar.parts[0] for bar in shown.slow), "so is how long verdicts took"
    assert shown.notices


def test_whole_days_are_exported_by_the_clock_of_the_station(
    qtbot: QtBot, tmp_path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(QProcess, "start", lambda _process, _program, arguments: asked.append(arguments))
    stage = Stage(tmp_path, supervisor=True)
    panel = stage.play("officer-quiet", "en")
    qtbot.addWidget(panel)
    shifts = ShiftDesk(tmp_path / "journal", ["true"], stage.clock, lambda _event: None)
    page = ShiftPage(stage.desk, shifts, "lane-1")
    panel.attach_shift(page)
    panel.show()
    panel.shift.click()
    page.days.click()
    assert page.period.isVisible() and not page.export.isVisible() and not page.leave.isVisible()
    assert not page.period.until.after.isEnabled()
    page.period.since.before.click()
    page.period.since.before.click()
    page.period.until.before.click()
    page.period.begin.click()
    (arguments,) = asked
    today = stage.clock().utc.astimezone(HONG_KONG).date()
    since, until = (
        datetime.fromisoformat(arguments[arguments.index(key) + 1]) for key in ("--from", "--until")
    )
    assert since == datetime.combine(today - timedelta(days=2), time.min, HONG_KONG)
    assert until == datetime.combine(today, time.min, HONG_KONG)
    assert not page.period.isVisible() and page.cancel.isVisible()
    page.show_failed("empty")
    assert page.status.property("rank") == "warning"
    assert "choose others" in page.status.text()
    assert page.period.isVisible(), "who chose two days does not choose them twice"
    page.period.begin.click()
    page.show_failed("no_stick")
    assert "press again" in page.status.text() and page.period.begin.isVisible()
    page.period.begin.click()
    page.show_failed("cancelled")
    assert page.days.isVisible() and not page.period.isVisible()
    shifts.stop()
    stage.session.stop()


def test_the_first_day_is_never_behind_the_last(qtbot: QtBot) -> None:
    row = PeriodRow()
    qtbot.addWidget(row)
    row.open(date(2023, 1, 8))
    row.until.before.click()
    assert (row.first, row.last) == (date(2023, 1, 7), date(2023, 1, 7))
    row.since.after.click()
    assert (row.first, row.last) == (date(2023, 1, 8), date(2023, 1, 8))
    assert not row.since.after.isEnabled()
