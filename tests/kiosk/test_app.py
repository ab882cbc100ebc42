"""What `run` puts together: every part is wired to the one it is for, and every setting reaches its part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from config.moment import system_clock
from config.settings import Display, Journal, Lane, Officers, Settings, Sound, Turnstile
from config.taking_along import Venue
from drivers.signals.light import Light
from drivers.signals.port import Prompt, Tone
from drivers.turnstile.staffed import NoTurnstile
from kiosk.app import KioskApp
from kiosk.crossing_io import AskForOfficer, MoreTime, NoLongerAsks, PartFailed
from kiosk.desk.roster import Roster, save_roster
from kiosk.health.readiness import Readiness
from kiosk.lane_view import DutyView, LaneView, Phase
from kiosk.machinery import Devices, Machinery
from kiosk.presenters.traveller_screen import Line
from kiosk.screens.shift import ShiftPage
from sync.event_types import OfficerSignedIn
from tests.kiosk.desk.ground import OFFICER, ROSTER
from tests.kiosk.test_machinery import SILENT, Grey

STARTS = ("desk", "machinery", "_cards", "_orders", "_printer", "_signals", "_jack", "_health")


class Told:
    """Stands for signals: keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *of: self.said.append((name, *of))


def settings(folder: Path) -> Settings:
    """None of these is what a lane has by itself."""
    save_roster(folder / "roster.json", ROSTER)
    return Settings(
        lane=Lane(id="lane-7", gather_s=21.0, referral_s=121.0, refused_s=7.0, desk_s=5.0, not_a_code_s=4.0),
        turnstile=Turnstile(passage_s=6.0),
        display=Display(languages=("pt", "en"), way_out="left", letters="large", fullscreen=False),
        sound=Sound(enabled=False, headphones="made up"),
        journal=Journal(folder=folder / "journal", keep_days=9),
        officers=Officers(roster=folder / "roster.json", idle_s=77.0, undo_s=3.0, before_pulse_s=1.0),
        venue=Venue(code="HKEN:0MADEUP"),
    )


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[KioskApp]:
    """One kiosk whose workers were never started."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KioskApp, "_open_signals", lambda *_: Told())
        devices = Devices(camera=Grey, turnstile=lambda _: NoTurnstile(), watch_frozen=False)
        made = KioskApp(settings(tmp_path_factory.mktemp("app")), devices, SILENT, system_clock)
    yield made
    made.stop()
    for window in made.windows:
        window.deleteLater()


@pytest.fixture
def posted(app: KioskApp, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the lane is handed."""
    told: list[object] = []
    monkeypatch.setattr(app.machinery.lane, "post", told.append)
    return told


@pytest.fixture
def told(app: KioskApp) -> list[tuple[Any, ...]]:
    """What sound and lamp are asked for."""
    said: list[tuple[Any, ...]] = app._signals.said  # type: ignore[attr-defined]
    said.clear()
    return said


def test_what_a_traveller_touches_reaches_the_lane(app: KioskApp, posted: list[object]) -> None:
    app.traveller.more_time_wanted.emit()
    app.traveller.help.officer_wanted.emit()
    app.traveller.help.officer_not_wanted.emit()
    assert posted == [MoreTime(""), AskForOfficer(), NoLongerAsks()]


def test_what_the_screen_asks_for_is_heard_and_lit(app: KioskApp, told: list[tuple[Any, ...]]) -> None:
    words, lines = ((Prompt.GO, "en"),), (Line("en", "made up"),)
    app.traveller.tone_wanted.emit(Tone.GO)
    app.traveller.prompts_wanted.emit(words)
    app.traveller.light_wanted.emit(Light.GO)
    app.traveller.guidance_wanted.emit(lines)
    app.traveller.guidance_loudness.emit(0.5)
    wanted = [("play", Tone.GO), ("say", words), ("show", Light.GO), ("read", lines), ("set_loudness", 0.5)]
    assert told == wanted


def test_what_the_lane_says_reaches_every_screen_and_the_sound(
    app: KioskApp, told: list[tuple[Any, ...]], qtbot: QtBot
) -> None:
    view = LaneView(Phase.CLOSED, "lane-7", duty=DutyView(muted=True))
    app._lane_changed(view)
    qtbot.waitUntil(lambda: app.desk.view is view and app.traveller._view is view)
    assert ("mute", True) in told
    app._lane_changed(LaneView(Phase.WAITING, "lane-7"))
    qtbot.waitUntil(lambda: ("mute", False) in told)


def test_headphones_that_are_plugged_in_begin_the_guidance(app: KioskApp, qtbot: QtBot) -> None:
    app._bridge.headphones.emit(True)
    qtbot.waitUntil(lambda: app.traveller._guidance.plugged)
    app._bridge.headphones.emit(False)
    qtbot.waitUntil(lambda: not app.traveller._guidance.plugged)
    assert app.traveller._guidance.private, "a device of their own is in the settings"


def test_settings_reach_the_part_they_are_of(app: KioskApp) -> None:
    limits, patience = app.desk.session._sign_in.limits, app.machinery.lane._crossing._patience
    assert (limits.idle_s, limits.absolute_s, limits.locked_at) == (77.0, 12 * 3600, 15)
    waits = (patience.gather, patience.referral, patience.refused, patience.desk, patience.not_a_code)
    assert waits == (21.0, 121.0, 7.0, 5.0, 4.0)
    assert (patience.undo, patience.before_pulse, patience.passage) == (3.0, 1.0, 11.0)
    presenter, along = app.traveller._presenter, app.traveller.help.aside.along
    assert (presenter.languages, presenter.arrow, app.traveller._own.large) == (("pt", "en"), "left", True)
    assert (along.place.lane, along.keeping.days, along.venue.code) == ("lane-7", 9, "HKEN:0MADEUP")


def test_the_lane_passes_on_what_screens_show_of_others() -> None:
    now, notice, lists = system_clock(), object(), (object(),)
    part = SimpleNamespace(
        journal=SimpleNamespace(waiting=lambda sent: 41 if sent == 1 else 0),
        station=SimpleNamespace(notices=(notice,)),
        rulebook=SimpleNamespace(policy="made-up 3"),
        _hub=SimpleNamespace(sent=1),
        _oldest_unsent_s=660.0,
        _both=SimpleNamespace(lists=SimpleNamespace(views=lambda at: lists if at is now.utc else ())),
        _clock=lambda: now,
        _policy=lambda: SimpleNamespace(renew_url={"HK": "https://example.invalid"}),
    )
    told = Machinery._surroundings(part)  # type: ignore[arg-type]
    assert (told.unsent, told.oldest_unsent_s, told.lists) == (41, 660.0, lists)
    assert (told.notices, told.policy) == ((notice,), "made-up 3")
    assert told.renew_url == {"HK": "https://example.invalid"}


def test_the_panel_has_all_its_pages_and_knows_how_the_parts_are(app: KioskApp) -> None:
    panel = app.panel
    assert panel is not None
    assert panel.findChild(ShiftPage) is not None
    assert panel.slip.card.slips is not None
    assert panel.crossings.last._desk is app._crossings
    assert panel.reference.page.finding is app._finding
    app._health.report = report = Readiness("station", "lane-7", system_clock().utc, ())
    assert app.desk.parts() is report


def test_who_signs_in_is_recorded_and_a_card_reader_that_is_gone_is_named_twice(
    app: KioskApp, posted: list[object]
) -> None:
    app.desk.session._record(OfficerSignedIn("O-17", "pin"))
    app._card_reader_said("Plug the reader in.")
    (signed_in, fault) = posted
    assert signed_in == OfficerSignedIn("O-17", "pin")
    assert isinstance(fault, PartFailed) and fault.fault.code == "CR"
    QApplication.processEvents()
    assert app.desk.session.card_trouble == "Plug the reader in."


def test_a_roster_that_comes_with_the_bundle_is_in_force_at_once() -> None:
    used: list[Roster] = []
    newer = Roster((OFFICER,))
    kiosk = SimpleNamespace(
        machinery=SimpleNamespace(station=SimpleNamespace(roster=newer)),
        desk=SimpleNamespace(session=SimpleNamespace(use_roster=used.append)),
        _roster=ROSTER,
    )
    KioskApp._look_at_roster(kiosk)  # type: ignore[arg-type]
    KioskApp._look_at_roster(kiosk)  # type: ignore[arg-type]
    assert used == [newer]


def parts_of(names: Sequence[str], done: list[tuple[str, str]]) -> SimpleNamespace:
    def part(name: str) -> SimpleNamespace:
        return SimpleNamespace(
            start=lambda *_: done.append(("start", name)),
            stop=lambda *_: done.append(("stop", name)),
            close=lambda: done.append(("stop", name)),
        )

    kiosk = SimpleNamespace(**{name: part(name) for name in names})
    session = part("session")
    session.card = None
    kiosk.desk.session = session
    kiosk._timers, kiosk._card_reader_said, kiosk._part_said = [], None, lambda *_: None
    return kiosk


def test_every_worker_is_started_once_and_stopped_once() -> None:
    done: list[tuple[str, str]] = []
    ends = {*STARTS, "session", "_shifts", "_crossings", "_finding", "_opening"} - {"desk"}
    kiosk = parts_of([*{*STARTS, *ends} - {"session"}], done)
    KioskApp.start(kiosk)  # type: ignore[arg-type]
    assert sorted(done) == sorted(("start", name) for name in STARTS)
    done.clear()
    KioskApp.stop(kiosk)  # type: ignore[arg-type]
    assert sorted(done) == sorted(("stop", name) for name in ends)
