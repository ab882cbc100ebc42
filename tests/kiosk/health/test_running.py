"""A lane that runs: it says how every part is, and `doctor` beside it takes nothing from it."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.moment import Moment
from config.printer import Printer
from config.settings import Journal as JournalSettings
from config.settings import Lamp, Settings, Sound, Turnstile
from drivers.turnstile.port import LinkState
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.health import beside
from kiosk.health.beside import check_now
from kiosk.health.codes import codes
from kiosk.health.finding import Finding, Severity, broken, look, well
from kiosk.health.readiness import BESIDE, CHECKS, PASSIVE
from kiosk.health.running import PART_OF, WORKS, parts, parts_of
from kiosk.health.watch import SILENT_S, HealthWatch
from kiosk.health.word import FILE, OLD_S, SAID_AGAIN_S, leave_word, read_word, since_boot
from kiosk.lane_view import Fault, LaneView, ListView, Phase
from sync.journal_file import hold
from verification.snapshot import Freshness

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
QUIET = Settings(sound=Sound(enabled=False))
CALM = LaneView(Phase.WAITING, "3", link=LinkState.UP)


def rows(view: LaneView, settings: Settings = QUIET, *found: Finding) -> dict[str, Finding]:
    return {one.code: one for one in parts_of(view, settings, found, AT).findings}


# --- what a running lane says ---


def test_every_part_that_doctor_checks_is_reported_of_a_lane_that_runs() -> None:
    everything = Settings(
        sound=Sound(headphones="hw:1"),
        lamp=Lamp(kind="adafruit"),
        turnstile=Turnstile(protocol="lcus"),
        printer=Printer(kind="usb"),
    )
    assert set(parts(everything)) == {code for code, _ in CHECKS} - {"SC", "CR"}
    assert set(rows(CALM, everything)) == set(parts(everything))
    assert {"SN", "VO", "HP", "LA", "SC", "CR", "GS", "PR"}.isdisjoint(rows(CALM))


def test_a_fault_stands_for_its_part_and_stops_the_lane_or_not() -> None:
    faults = (Fault("camera", "CA", "Plug it in.", stops=True), Fault("enrolment", "EN 4F7K", "Type it."))
    report = parts_of(replace(CALM, phase=Phase.OUT_OF_ORDER, faults=faults), QUIET, (), AT)
    assert report.findings[:2] == (broken("CA", "Plug it in."), look("EN", "Type it."))
    assert "HU" not in {one.code for one in report.findings}, "the hub is not well while this is so"
    assert not report.table()["ready"] and parts_of(CALM, QUIET, (), AT).table()["ready"]


def test_what_the_lane_looked_at_itself_is_said_in_its_own_words() -> None:
    found = rows(CALM, QUIET, well("PM", "Keys are private."), look("DK", "No copy."))
    assert (found["PM"].detail, found["DK"].severity) == ("Keys are private.", Severity.LOOK)
    assert found["CA"].detail == WORKS


def test_a_list_that_ages_is_reported_with_its_age() -> None:
    lists = (
        ListView("trust", Freshness.FRESH, AT - timedelta(hours=2)),
        ListView("revocation", Freshness.STALE, AT - timedelta(hours=90), name="hk"),
    )
    found = rows(replace(CALM, lists=lists))
    assert "2 h ago" in found["TL"].detail
    assert found["AG"].severity is Severity.BROKEN and "revocation hk" in found["AG"].detail


def test_a_gates_limits_are_said_of_a_lane_that_runs_too() -> None:
    assert "cannot say who passed" in rows(CALM, Settings(turnstile=Turnstile(protocol="lcus")))["GT"].detail
    assert rows(CALM)["GT"].detail.startswith("A staffed lane")


def test_every_other_code_belongs_to_a_part_that_is_checked() -> None:
    assert set(PART_OF) <= set(codes()) and set(PART_OF.values()) <= {code for code, _ in CHECKS}
    assert set(codes()) - set(PART_OF) - {code for code, _ in CHECKS} == {"KI"}


# --- the watch ---


class Running:
    """A watch on a clock that is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.now, self.looks = 100.0, 0
        self.posted: list[PartFailed | PartRecovered] = []
        self.settings = QUIET.model_copy(update={"journal": JournalSettings(folder=folder)})
        self.watch = HealthWatch([("PM", self._check)], self.settings, self.posted.append, self._clock)

    def _check(self, _: Settings) -> list[Finding]:
        self.looks += 1
        return [well("PM", "Fine.")]

    def _clock(self) -> Moment:
        return Moment(self.now, AT)


@pytest.fixture
def running(tmp_path: Path) -> Running:
    return Running(tmp_path)


def test_the_word_is_left_when_something_changed_and_now_and_then(running: Running, tmp_path: Path) -> None:
    file = tmp_path / FILE
    running.watch.tell()
    assert not file.exists() and running.watch.report is None
    running.watch.heard(CALM)
    running.watch.tell()
    assert json.loads(file.read_bytes())["ready"] and file.stat().st_mode & 0o077 == 0
    file.unlink()
    running.watch.tell()
    assert not file.exists(), "nothing changed"
    running.watch.heard(replace(CALM, faults=(Fault("camera", "CA", "Plug it in.", stops=True),)))
    running.watch.tell()
    assert not json.loads(file.read_bytes())["ready"]
    file.unlink()
    running.now += SAID_AGAIN_S
    running.watch.heard(CALM)
    running.watch.tell()
    assert file.exists()
    running.watch.stop()
    assert not file.exists()


def test_the_start_of_a_shift_has_the_parts_looked_at_anew(running: Running) -> None:
    watch = running.watch
    watch.start()
    wait_until(lambda: running.looks == 1)
    watch.look_soon()
    wait_until(lambda: running.looks == 2)
    watch.stop()


def wait_until(condition: Callable[[], bool]) -> None:
    pause, until = threading.Event(), time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        pause.wait(0.02)


def test_a_lane_that_says_nothing_any_more_is_not_told_on(running: Running, tmp_path: Path) -> None:
    running.watch.heard(CALM)
    running.now += SILENT_S + 1
    running.watch.tell()
    assert not (tmp_path / FILE).exists() and running.watch.report is None


# --- doctor beside it ---


@pytest.fixture
def held(running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """The journal is held as by a lane that runs; no check that opens anything may be made."""

    def never(settings: Settings) -> list[Finding]:
        raise AssertionError("a device was opened that the lane holds")

    own = [("PM", lambda _: [look("PM", "A key is open.")]), ("HU", lambda _: [well("HU", "It answers.")])]
    monkeypatch.setattr(beside, "BESIDE", own)
    monkeypatch.setattr(beside, "check_lane", never)
    handle = hold(tmp_path)
    yield running
    os.close(handle)


def test_a_running_kiosk_is_asked_about_what_it_holds(held: Running, tmp_path: Path) -> None:
    camera = Fault("camera", "CA", "Plug it in.", stops=True)
    report = parts_of(replace(CALM, faults=(camera,)), held.settings, (), AT)
    leave_word(tmp_path, report, since_boot() - 5)
    now = check_now(held.settings, AT)
    found = {one.code: one for one in now.findings}
    assert f"process {os.getpid()}" in now.runs and "5 s ago" in now.runs
    assert found["CA"] == broken("CA", "Plug it in.")
    assert (found["GT"].severity, found["PM"].detail, found["HU"].detail) == (
        Severity.WELL,
        "A key is open.",
        "It answers.",
    )
    assert now.text().splitlines()[0] == now.runs and now.table()["runs"] == now.runs


def test_faults_of_the_lane_stay_beside_what_is_well_from_here(held: Running, tmp_path: Path) -> None:
    fork = Fault("hub", "HF", "Hub and lane hold different records.")
    leave_word(tmp_path, parts_of(replace(CALM, faults=(fork,)), held.settings, (), AT), since_boot())
    found = [one.code for one in check_now(held.settings, AT).findings]
    assert "HF" in found and "HU" in found


def test_a_kiosk_that_hangs_is_said_to_hang(held: Running, tmp_path: Path) -> None:
    leave_word(tmp_path, parts_of(CALM, held.settings, (), AT), since_boot() - OLD_S - 1)
    report = check_now(held.settings, AT)
    assert (report.findings[0].code, report.severity) == ("KI", Severity.BROKEN)


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"pid": 1, "since_boot_s": 1, "parts": [{"code": "??"}]}'])
def test_a_word_that_cannot_be_understood_is_none(said: str, tmp_path: Path) -> None:
    assert read_word(tmp_path, 1.0) is None
    (tmp_path / FILE).write_text(said)
    assert read_word(tmp_path, 1.0) is None


def test_without_a_word_everything_is_checked_and_the_other_program_is_named(
    held: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = beside._report(held.settings, AT, (well("CA", "Pictures come."),), "")
    monkeypatch.setattr(beside, "check_lane", lambda *_: checked)
    report = check_now(held.settings, AT)
    assert [(one.code, one.severity) for one in report.findings] == [
        ("KI", Severity.LOOK),
        ("CA", Severity.WELL),
    ]


def test_a_lane_that_does_not_run_is_checked_whole(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_word(tmp_path, parts_of(CALM, running.settings, (), AT), since_boot())
    whole = beside._report(running.settings, AT, (well("CA", "Pictures come."),), "")
    monkeypatch.setattr(beside, "check_lane", lambda *_: whole)
    assert check_now(running.settings, AT) is whole


def test_nothing_that_the_lane_holds_is_checked_beside_it() -> None:
    holds = {"CA", "SC", "CR", "GT", "SN", "LA", "HP", "CK", "TL", "DP"}
    assert {code for code, _ in BESIDE}.isdisjoint(holds)
    assert {code for code, _ in PASSIVE}.isdisjoint(holds - {"DP"})
