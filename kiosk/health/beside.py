"""Checks a lane whether it runs or not: a running one is asked about what it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from config.settings import Settings
from kiosk.desk.orders import lane_runs
from kiosk.health.finding import BOX_S, Finding, broken, look, run_checks, well
from kiosk.health.readiness import BESIDE, Readiness, check_lane
from kiosk.health.running import PART_OF, parts
from kiosk.health.word import OLD_S, Word, read_word, since_boot

SILENT = "A program writes this journal and does not say how its parts are: ask again in a minute."
NONE = "This lane has none by its settings."
HANGS = "The kiosk (process {pid}) runs and has said nothing for {age:.0f} s: restart it."


def check_now(settings: Settings, at: datetime, box_s: float = BOX_S) -> Readiness:
    """Every part of this lane. Never opens a gate, never takes a device from a lane that runs."""
    folder = settings.journal.folder
    if not _runs(folder):
        return check_lane(settings, at, box_s)
    word = read_word(folder, since_boot())
    if word is None:
        report = check_lane(settings, at, box_s)
        return _report(settings, at, (look("KI", SILENT), *report.findings), SILENT)
    if not 0 <= word.age_s < OLD_S:
        hangs = HANGS.format(pid=word.pid, age=word.age_s)
        return _report(settings, at, (broken("KI", hangs), *word.findings), hangs)
    here = tuple(run_checks(BESIDE, settings, box_s))
    runs = f"The kiosk runs (process {word.pid}). What it holds is as it said itself {word.age_s:.0f} s ago."
    return _report(settings, at, _together(word, here), runs)


def with_what_is_none(report: Readiness, settings: Settings) -> Readiness:
    """For whoever sets a lane up: also a line of each part that the settings do not name."""
    has = {*parts(settings), *(one.code for one in report.findings)}
    return replace(
        report, findings=(*report.findings, *(well(code, NONE) for code in ("SC", "LA") if code not in has))
    )


def _together(word: Word, here: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The lane's own faults stay beside what was found here; where it says "well", what is new counts."""
    checked = {PART_OF.get(one.code, one.code) for one in here}
    kept = [one for one in word.findings if one.severity or PART_OF.get(one.code, one.code) not in checked]
    said = {(one.code, one.severity) for one in kept if one.severity}
    return (*kept, *(one for one in here if (one.code, one.severity) not in said))


def _report(settings: Settings, at: datetime, found: tuple[Finding, ...], runs: str) -> Readiness:
    return Readiness(settings.lane.station, settings.lane.id, at, found, runs)


def _runs(folder: Path) -> bool:
    try:
        return lane_runs(folder)
    except OSError:
        return False
