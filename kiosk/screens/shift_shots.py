"""The supervisor's screens for `screenshots`: a made-up shift on a real panel."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kiosk.desk.figures import Figures, OfficerFigures
from kiosk.desk.outliers import stands_out
from kiosk.desk.shift import Shift
from kiosk.desk.shift_desk import ShiftDesk
from kiosk.health.finding import broken, look, well
from kiosk.health.readiness import CHECKS, Readiness
from kiosk.i18n.texts import LANGUAGES
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.officer_shots import NOW, SIZES, Stage
from kiosk.screens.scenes import Scene, played
from kiosk.screens.shift import ShiftPage
from sync.canonical import utc_text
from sync.export.layout import Progress
from sync.export.layout import Stage as ExportStage

_TROUBLES = (
    broken("CA", "There is no camera: plug it in."),
    look("PM", "journal/kiosk.key can be read by others: run chmod 600 on it."),
)
_WELL = tuple(well(code, "Made up.") for code, _ in CHECKS)
_REST = tuple(one for one in _WELL if one.code not in {trouble.code for trouble in _TROUBLES})
_PARTS = (Readiness("made-up", "lane-1", NOW, _WELL), Readiness("made-up", "lane-1", NOW, _TROUBLES + _REST))
"""How every part is: all well, and not."""
SCENES = (
    "shift-open",
    "shift-none",
    "shift-not-ready",
    "shift-days",
    "shift-exporting",
    "shift-saved",
    "shift-no-stick",
)


def shift_screens(
    languages: Sequence[str] = LANGUAGES, sizes: Sequence[tuple[int, int]] = SIZES
) -> Iterator[tuple[str, QWidget]]:
    """Pairs of name and widget, as `officer_screens` has them."""
    return played(shift_scenes(languages, sizes))


def shift_scenes(
    languages: Sequence[str] = LANGUAGES, sizes: Sequence[tuple[int, int]] = SIZES
) -> Iterator[Scene]:
    """As `officer_scenes` has them."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), supervisor=True)
        for language in languages:
            for width, height in sizes:
                for name in SCENES:
                    stage.desk.parts = lambda name=name: _PARTS[name == "shift-not-ready"]  # type: ignore[misc]
                    shifts = ShiftDesk(Path(folder) / "none", ["true"], stage.clock, lambda _event: None)
                    panel = stage.play("officer-quiet", language)
                    page = ShiftPage(stage.desk, shifts, "lane-1", language)
                    panel.attach_shift(page)
                    panel.resize(width, height)
                    yield f"{name}-{language}-{width}x{height}", panel, partial(_play, panel, page, name)
                    panel.close()
                    shifts.stop()
                    panel.deleteLater()
        stage.session.stop()


def _play(panel: OfficerPanel, page: ShiftPage, name: str) -> Iterator[None]:
    panel.shift.click()
    yield
    figures = made_up_figures()
    shift = Shift("S-20230108-1300", "S-4", 120, NOW)
    page.show_figures(figures, None if name in ("shift-none", "shift-not-ready") else shift)
    yield
    if name == "shift-exporting":
        page.show_progress(Progress(ExportStage.WRITING, 61_000, 114_210))
    elif name == "shift-days":
        page.choose_days()
        for _ in range(3):
            yield
            page.period.since.before.click()
    elif name == "shift-saved":
        page.show_saved("checkpoint-lane-1-S-20230108-1300")
    elif name == "shift-no-stick":
        page.show_failed("no_stick")


def made_up_figures() -> Figures:
    """Four and a half hours of a busy lane."""
    minutes = {}
    for number in range(270):
        wave = 2 + (number * 7 % 11) // 3 + (3 if 90 < number < 150 else 0)
        refers, refuses = int(number % 6 == 0), int(number % 23 == 0)
        minutes[f"2023-01-08T{5 + number // 60:02}:{number % 60:02}"] = (wave, refers, refuses)
    admitted, referred, refused = (sum(one[part] for one in minutes.values()) for part in range(3))
    return Figures(
        since=utc_text(NOW.replace(hour=5, minute=0)),
        until=utc_text(NOW),
        records=9120,
        erased=0,
        outcomes={"ADMIT": admitted, "REFER": referred, "REFUSE": refused},
        minutes=minutes,
        per_minute=(admitted + referred + refused) / 270,
        peak=9,
        verdict_ms=(41, 88),
        verdict_steps={
            minute: {187 + number % 9: 4, 222 + number // 40: 1} for number, minute in enumerate(minutes)
        },
        crossing_s=(5.4, 9.1),
        referred_for={"UNKNOWN_SIGNER": 21, "REVOCATION_LIST_STALE": 14, "COLOUR_YELLOW": 10},
        refused_for={"EXPIRED": 7, "REVOKED": 3, "SIGNATURE_INVALID": 2},
        overrides={("admit", "DOCUMENT_GENUINE"): 38, ("desk", "OTHER"): 19},
        late=2,
        officers=(
            OfficerFigures("O-17", 9, 0, 18, None),
            OfficerFigures("O-21", 29, 0, 1, stands_out(29, 30, 9, 27)),
        ),
        passages={"PASSED": admitted - 6, "NO_PASSAGE": 4, "TAILGATE": 2},
        endings={"passed": admitted - 6},
        pulses=admitted,
        gate_refused=1,
        released=2,
        down_s={"out_of_order": 372.0, "held": 95.0},
        faults={"GT": 2, "HB": 1},
        demo=True,
    )
