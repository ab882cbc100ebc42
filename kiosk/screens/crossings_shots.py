"""The list of crossings and one of them, for `screenshots`: a made-up journal, read as ever."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QWidget

from config.moment import system_clock
from kiosk.desk.crossings_desk import CrossingsDesk
from kiosk.desk.crossings_which import Which
from kiosk.i18n.texts import LANGUAGES
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.officer_shots import NOW, SIZES, Stage
from kiosk.screens.scenes import Scene, played
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import (
    CrossingClosed,
    CrossingDecided,
    GatePassage,
    OfficerApproved,
    OfficerDecided,
    OfficerNoted,
)
from sync.journal import Journal
from verification.reasons import ReasonId

SCENES = (
    "crossings-list",
    "crossings-read",
    "crossings-revoked",
    "crossings-why",
    "crossings-late",
    "crossings-none",
)
_DOUBTS = (
    ("REFER", (ReasonId.UNKNOWN_SIGNER,)),
    ("REFUSE", (ReasonId.EXPIRED,)),
    ("REFER", (ReasonId.HOLDER_UNBOUND, ReasonId.REVOCATION_LIST_STALE)),
    ("REFUSE", (ReasonId.SIGNATURE_INVALID,)),
)
_REVOKED, _STRANGER = 2, 4
"""Rows that are read."""


def crossings_screens(
    languages: Sequence[str] = LANGUAGES, sizes: Sequence[tuple[int, int]] = SIZES
) -> Iterator[tuple[str, QWidget]]:
    """Pairs of name and widget, as `officer_screens` has them."""
    return played(crossings_scenes(languages, sizes))


def crossings_scenes(
    languages: Sequence[str] = LANGUAGES, sizes: Sequence[tuple[int, int]] = SIZES
) -> Iterator[Scene]:
    """As `officer_scenes` has them."""
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder) / "full", Path(folder) / "empty"
        _write(full, _made_up())
        _write(empty, [])
        stage = Stage(Path(folder))
        for language in languages:
            for width, height in sizes:
                for name in SCENES:
                    place = empty if name == "crossings-none" else full
                    desk = CrossingsDesk(
                        place, lambda _event: None, stage.desk.needs_second_officer, demo=True
                    )
                    panel = stage.play("officer-quiet", language)
                    panel.resize(width, height)
                    act = partial(_play, panel, desk, name)
                    yield f"{name}-{language}-{width}x{height}", panel, act
                    panel.close()
                    desk.stop()
                    panel.deleteLater()
        stage.session.stop()


def _play(panel: OfficerPanel, desk: CrossingsDesk, name: str) -> Iterator[None]:
    panel.attach_crossings(desk)
    _wait(desk)
    yield
    rows = panel.last.rows
    if name in ("crossings-read", "crossings-revoked", "crossings-why"):
        crossed = rows.crossed(rows.index(_REVOKED if name == "crossings-revoked" else _STRANGER))
        assert crossed is not None
        panel.last.opened.emit(crossed)
        yield
    if name == "crossings-why":
        panel.crossings.read.bar.press_digit(1)
        yield
        panel.crossings.read.bar.press_digit(1)
    if name == "crossings-late":
        panel.crossings.which.keys[Which.LATE].click()
        _wait(desk)
    panel.show()
    QCoreApplication.processEvents()


def _wait(desk: CrossingsDesk) -> None:
    loop = QEventLoop()
    desk.answered.connect(lambda _turn, _answer: loop.quit())
    loop.exec()


def _write(folder: Path, crossings: Sequence[tuple[datetime, tuple[Event, ...]]]) -> None:
    folder.mkdir()
    journal = Journal(folder, system_clock, device_key(folder), kiosk="made-up")
    for at, events in crossings:
        for number, event in enumerate(events):
            journal.append([event], at + timedelta(seconds=4 * number))
    journal.close()


def _made_up() -> list[tuple[datetime, tuple[Event, ...]]]:
    """Oldest first: a quiet morning, one crossing in five doubted, some decided only afterwards."""
    return [(NOW - timedelta(seconds=47 * ago + 30), _crossing(ago)) for ago in range(44, -1, -1)]


def _crossing(ago: int) -> tuple[Event, ...]:
    name = f"made-up-{ago:04}"
    if ago == _REVOKED:
        return (
            CrossingDecided(name, "REFUSE", (ReasonId.REVOKED,), "made-up", 41.0, ()),
            CrossingClosed(name, "timed_out"),
            OfficerApproved(name, "O-21", "DOCUMENT_GENUINE", ""),
        )
    if ago % 5 != _STRANGER:
        return (
            CrossingDecided(name, "ADMIT", (ReasonId.ADMITTED,), "made-up", 41.0, ()),
            GatePassage(name, f"a-{ago}", "NO_PASSAGE" if ago == 6 else "PASSED"),
            CrossingClosed(name, "no_passage" if ago == 6 else "passed"),
        )
    outcome, reasons = _DOUBTS[ago // 5 % len(_DOUBTS)]
    decided = CrossingDecided(name, outcome, reasons, "made-up", 41.0, ())
    if ago == _STRANGER:
        return (
            decided,
            OfficerDecided(name, "O-21", "desk", "OTHER", True, ""),
            OfficerNoted(name, "O-21", "made up"),
            CrossingClosed(name, "desk"),
            OfficerDecided(name, "S-4", "refuse", "OTHER", False, ""),
        )
    if outcome == "REFUSE":
        return decided, CrossingClosed(name, "refused")
    return decided, OfficerDecided(name, "O-17", "desk", "OTHER", True, ""), CrossingClosed(name, "desk")
