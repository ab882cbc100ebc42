"""Composition of the station desk: its line, its records, its roster and its sound around one window."""

from __future__ import annotations

import signal
import sqlite3
import threading
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from config.moment import Clock
from config.settings import Settings
from drivers.printer.from_settings import printer_for
from drivers.scanner.from_settings import scanner_for
from drivers.signals.port import Tone
from drivers.signals.sound import SoundSignals, TonesMissing
from kiosk.application import settled
from kiosk.desk.finding import HubFinding
from kiosk.desk.hub_line import Answer, DeskLine, Picture
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.orders import OrderWatch
from kiosk.desk.records import DeskRecords
from kiosk.desk.roster import Roster, RosterError
from kiosk.desk.session import OfficerSession
from kiosk.desk.shift import readiness
from kiosk.desk.sign_in import Limits
from kiosk.desk.slip_desk import StationSlips
from kiosk.desk.station import StationDesk
from kiosk.desk.station_roster import StationRoster
from kiosk.i18n import texts
from kiosk.opening import AtOnce, Opening
from kiosk.presenters.aside import along_of
from kiosk.program import ROOT
from kiosk.screens.station_window import StationWindow
from kiosk.start_conditions import CannotStart, hub_session
from sync.bundle.refused import Refused
from sync.device_key import device_key
from sync.exchange import Exchange
from sync.journal import JournalUnavailable
from sync.line import Line
from sync.sealing import seal_key
from sync.signing import KeyUnusable, load_public

SOUNDS = ROOT / "build" / "sounds"
SIGNALS_MS = 200
ROSTER_S = 2.0


def _sound(settings: Settings) -> SoundSignals | None:
    """Raises `TonesMissing`."""
    return SoundSignals(SOUNDS, settings.sound.volume) if settings.sound.enabled else None


class StationApp:
    """One desk. Make it on Qt's thread; `run` returns the exit code. Raises `CannotStart`."""

    def __init__(self, settings: Settings, clock: Clock, opening: Opening | None = None) -> None:
        """`opening` shows the window; what takes time and needs no Qt is done during its first screen."""
        self._opening = opening or AtOnce()
        meanwhile = self._opening.meanwhile
        if not settings.hub.url or settings.hub.key is None:
            raise CannotStart(
                "hub.url and hub.key: a station desk works through the hub; main.py enrol --desk"
            )
        try:
            texts.load()
            folder = settings.journal.folder
            key, seal = meanwhile(lambda: (device_key(folder), seal_key(folder)))
            hub = load_public(settings.hub.key)
            name, url = settings.lane.id, settings.hub.url
            self._roster = meanwhile(lambda: StationRoster(settings, hub_session(settings), clock))
            line = Line(url, name, key, hub, hub_session(settings))
            self.records = meanwhile(lambda: DeskRecords(settings, key, clock, line))
            self._signals = meanwhile(lambda: _sound(settings))
        except (texts.TranslationsMissing, TonesMissing, RosterError, Refused, KeyUnusable) as error:
            raise CannotStart(str(error)) from error
        except (JournalUnavailable, OSError, sqlite3.Error) as error:
            raise CannotStart(f"{settings.journal.folder}: it can't be used ({error})") from error

        def exchange() -> Exchange:
            return Exchange(url, name, key, hub, hub_session(settings))

        def make_line(
            seen: Callable[[Picture], None], answered: Callable[[Answer], None], away: Callable[[str], None]
        ) -> DeskLine:
            return DeskLine(exchange, clock, seen, answered, away)

        self._in_force: Roster = meanwhile(self._roster.look)
        self._newest = self._in_force
        session = OfficerSession(
            self._in_force,
            Lockouts(folder / "lockouts.json"),
            clock,
            self.records.record,
            Limits(idle_s=settings.officers.idle_s),
            with_key=True,
        )
        undo_s = settings.officers.undo_s + settings.officers.before_pulse_s
        self.desk = StationDesk(name, session, make_line, clock, seal, self.records.record, undo_s)
        journal = self.records.journal
        self._orders = OrderWatch(folder, journal, clock, self.records.record, lambda: readiness(None))
        self.window = StationWindow(self.desk, settings.display.languages[0])
        self._finding = HubFinding(exchange, self.records.record, name)
        self.window.reference.attach(self._finding)
        self._printer, place = printer_for(settings.printer), along_of(settings, demo=False).place
        slips = StationSlips(place, self._printer, settings.printer.dots, self.records.record)
        self.window.slip.attach(slips, settings.display.languages[0])
        self.desk.rang.connect(self._ring)
        self._cards = scanner_for(settings.officers.card_reader)
        self._ending = threading.Event()
        self._asked_to_end = threading.Event()
        self._timers: list[QTimer] = []
        self._looker = threading.Thread(target=self._look_at_roster, name="roster", daemon=True)

    def run(self, application: QApplication, fullscreen: bool) -> int:
        """Shows the window and runs until somebody closes it or ends the program."""
        self._opening.show([self.window], fullscreen)
        self._every(SIGNALS_MS, lambda: application.quit() if self._asked_to_end.is_set() else None)
        self._every(SIGNALS_MS * 5, self._use_roster)
        self._every(SIGNALS_MS * 5, self._look_at_sound)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_end)
        if self._opening.asked:
            self._asked_to_end.set()
        try:
            self.start()
            with settled():
                application.exec()
        finally:
            self.stop()
        return 0

    def start(self) -> None:
        """Starts every worker."""
        if self._signals:
            self._signals.start()
            self._signals.play(Tone.READ)  # a device that does not work is known before somebody waits
        self.records.start()
        self._orders.start()
        self._roster.start()
        self._looker.start()
        self._printer.start(lambda _fault: None)  # the card says it when a slip is printed
        self._cards.start(self.desk.session.card, self.desk.session.card_reader)
        self.desk.start()

    def stop(self) -> None:
        """Stops every worker."""
        for timer in self._timers:
            timer.stop()
        self._ending.set()
        self._cards.stop()
        self._printer.stop()
        self.desk.stop()
        self._finding.stop()
        self._roster.stop()
        self._orders.stop()
        self.records.stop()
        if self._signals:
            self._signals.stop()
        self._opening.close()

    def _ring(self) -> None:
        if self._signals:
            self._signals.play(Tone.ATTENTION)

    def _look_at_sound(self) -> None:
        if self._signals:
            self.window.show_sound(self._signals.health().works)

    def _look_at_roster(self) -> None:
        """Reads files, so not on the thread of the screen."""
        while not self._ending.wait(ROSTER_S):
            self._newest = self._roster.look()

    def _use_roster(self) -> None:
        if self._newest is not self._in_force and self._newest.officers != self._in_force.officers:
            self._in_force = self._newest
            self.desk.session.use_roster(self._in_force)

    def _ask_to_end(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_end.set()

    def _every(self, milliseconds: int, do: Callable[[], object]) -> None:
        timer = QTimer()
        timer.timeout.connect(do)
        timer.start(milliseconds)
        self._timers.append(timer)
