"""Composition: one lane's machinery, its windows, its officer and its sound, each on its own thread."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from config.moment import Clock
from config.settings import Settings
from drivers.camera.port import Frame
from drivers.printer.from_settings import printer_for
from drivers.printer.port import Printer
from drivers.scanner.from_settings import scanner_for
from drivers.signals.from_settings import lamp_for
from drivers.signals.jack import HeadphoneJack
from drivers.signals.loudspeaker import MiniaudioLoudspeaker
from drivers.signals.narrator import Narrator
from drivers.signals.said import NOTHING_SAID, Said
from drivers.signals.sound import SoundSignals, TonesMissing
from drivers.signals.voices import NO_VOICES, Voices
from kiosk.application import settled
from kiosk.crash_report import CRASHED, program_crashed, thread_crashed
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.desk.crossings_desk import CrossingsDesk
from kiosk.desk.desk import OfficerDesk
from kiosk.desk.finding import LaneFinding
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.orders import OrderWatch
from kiosk.desk.roster import Roster, RosterError, load_roster
from kiosk.desk.session import OfficerSession
from kiosk.desk.shift import readiness
from kiosk.desk.shift_desk import ShiftDesk
from kiosk.desk.sign_in import Limits
from kiosk.desk.slip_desk import SlipDesk
from kiosk.health.readiness import PASSIVE, PLAYED
from kiosk.health.watch import HealthWatch
from kiosk.i18n import texts
from kiosk.lane_view import Fault, LaneView
from kiosk.machinery import Devices, Machinery, Watchers
from kiosk.opening import AtOnce, Opening
from kiosk.presenters.aside import along_of
from kiosk.presenters.guidance import LOUDNESS, USUAL
from kiosk.program import ROOT
from kiosk.screens.kiosk_window import KioskWindow
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.shift import ShiftPage
from kiosk.screens.traveller_window import TravellerWindow
from kiosk.signalling import Signalling
from kiosk.start_conditions import CannotStart
from kiosk.widgets.preview_image import spare_processors
from sync.clock.trusted import TrustedClock
from sync.event import Event
from sync.event_types import ShiftOpened
from sync.uplink_core import Pace

SOUNDS = ROOT / "build" / "sounds"
VOICES = ROOT / "build" / "voices"
SIGNALS_MS = 200
"""How often Python looks whether somebody asked the program to end."""
SOUND_MS = 1000
USUAL_LOUDNESS = LOUDNESS[USUAL - 1]


def _roster(settings: Settings) -> Roster:
    """Raises `RosterError`."""
    return load_roster(settings.officers.roster) if settings.officers.roster else Roster()


def _said(settings: Settings) -> Said:
    """What can be read to a traveller: people's recordings before the machine's voice."""
    recordings = settings.sound.recordings
    return Said([*([recordings] if recordings else []), VOICES]) if settings.sound.enabled else NOTHING_SAID


class _Bridge(QObject):
    """Carries what workers say to Qt's thread."""

    lane = Signal(object)
    sight = Signal(object)
    headphones = Signal(bool)


class KioskApp:
    """One kiosk program. Make it on Qt's thread after `qt_application`; `run` returns the exit code."""

    def __init__(
        self,
        settings: Settings,
        devices: Devices,
        program: Sequence[str],
        clock: Clock,
        *,
        demo: bool = False,
        practice: bool = False,
        pace: Pace | None = None,
        watch: Callable[[LaneView], None] | None = None,
        trusted: TrustedClock | None = None,
        opening: Opening | None = None,
    ) -> None:
        """`watch` also sees every view, on the lane's thread. Raises `CannotStart`.

        `practice` is a demo for officers, in another word.
        `trusted` is `clock` where it can tell whether it is to be believed.
        `opening` shows the windows; what takes time and needs no Qt is done while its first screen stands.
        """
        demo = demo or practice
        self._opening = opening or AtOnce()
        try:
            texts.load()
            roster = self._opening.meanwhile(lambda: _roster(settings))
            self._signals = self._opening.meanwhile(lambda: self._open_signals(settings))
            checks = PLAYED if demo else PASSIVE
            self._health = HealthWatch(checks, settings, lambda change: self.machinery.post(change), clock)
        except (texts.TranslationsMissing, RosterError, TonesMissing) as error:
            raise CannotStart(str(error)) from error
        self._watch = watch
        self._bridge = _Bridge()
        self._jack = self._open_jack(settings)
        self.traveller = TravellerWindow(
            settings.display,
            settings.lane.id,
            demo,
            clock=clock,
            spoken=_said(settings).anything(settings.display.languages),
            private=bool(settings.sound.headphones),
            along=along_of(settings, demo=demo, practice=practice),
            practice=practice,
        )
        watchers = Watchers(self._lane_changed, self._bridge.sight.emit, self._frame)
        self.machinery = self._opening.meanwhile(
            lambda: Machinery(
                settings,
                devices,
                program,
                clock,
                watchers,
                demo=demo,
                practice=practice,
                pace=pace,
                trusted=trusted,
                roster=roster,
            )
        )
        self._roster = self.machinery.station.roster
        self.desk = self._open_desk(settings, self._roster or roster, clock)
        self.desk.parts = lambda: self._health.report
        self._cards = scanner_for(settings.officers.card_reader)
        officers = bool(roster.officers) or settings.bundle.root is not None
        self.panel, self.windows = self._arrange(settings, officers)
        self._shifts, self._orders = self._open_shift(settings, program, clock)
        self._finding = LaneFinding(settings.journal.folder, self.machinery.post)
        self._crossings = self._open_crossings(settings, demo)
        self._printer = self._open_slips(settings, demo, practice)
        queued = Qt.ConnectionType.QueuedConnection
        self._bridge.lane.connect(self.traveller.show_lane, queued)
        self._bridge.lane.connect(self.desk.show_view, queued)
        self._bridge.lane.connect(self._mute_or_not, queued)
        self._bridge.sight.connect(self.traveller.show_sight, queued)
        self.traveller.tone_wanted.connect(self._signals.play)
        self.traveller.prompts_wanted.connect(self._signals.say)
        self.traveller.light_wanted.connect(self._signals.show)
        self.traveller.guidance_wanted.connect(self._signals.read)
        self.traveller.guidance_loudness.connect(self._signals.set_loudness)
        self._bridge.headphones.connect(self.traveller.show_headphones, queued)
        self.traveller.more_time_wanted.connect(self.machinery.lane.more_time)
        self.traveller.help.officer_wanted.connect(self.machinery.lane.call_officer)
        self.traveller.help.officer_not_wanted.connect(self.machinery.lane.withdraw_call)
        self._asked_to_end = threading.Event()
        self._timers: list[QTimer] = []

    def run(self, application: QApplication, fullscreen: bool) -> int:
        """Shows the windows, starts everything, runs until somebody ends it."""
        self._opening.show(self.windows, fullscreen)
        self._every(SIGNALS_MS, lambda: application.quit() if self._asked_to_end.is_set() else None)
        self._every(SOUND_MS, self._signals.look)
        self._every(SOUND_MS, self._look_at_roster)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_end)
        if self._opening.asked:
            self.end()
        crashed = threading.Event()
        sys.excepthook = program_crashed
        threading.excepthook = lambda args: self._crashed(args, crashed)
        try:
            self.start()
            with settled():
                application.exec()
        finally:
            self.stop()
        return CRASHED if crashed.is_set() else 0

    def start(self) -> None:
        """Starts every worker."""
        spare_processors()
        self.desk.start()
        self.machinery.start()
        self._cards.start(self.desk.session.card, self._card_reader_said)
        self._orders.start()
        self._printer.start(partial(self._part_said, "printer", "PR"))
        self._signals.start()
        if self._jack:
            self._jack.start()
        self._health.start()

    def stop(self) -> None:
        """Stops every worker, the gate first."""
        for timer in self._timers:
            timer.stop()
        self._cards.stop()
        self.machinery.stop()
        self._orders.stop()
        self._shifts.stop()
        self._crossings.stop()
        self._finding.stop()
        self.desk.session.stop()
        if self._jack:
            self._jack.stop()
        self._printer.stop()
        self._signals.stop()
        self._health.stop()
        self._opening.close()

    def end(self) -> None:
        """Asks the program to end, from any thread."""
        self._asked_to_end.set()

    # --- what workers say ---

    def _lane_changed(self, view: LaneView) -> None:
        self._bridge.lane.emit(view)
        self._health.heard(view)
        if self._watch:
            self._watch(view)

    def _frame(self, frame: Frame) -> None:
        self.traveller.show_frame(frame.pixels)

    def _mute_or_not(self, view: LaneView) -> None:
        """Slots are called in the order they were connected: before the tone of a view's own page."""
        self._signals.mute(view.duty.muted)

    def _shift_said(self, event: Event) -> None:
        """Every shift begins with a test of every part, while the record of it is on its way."""
        self.machinery.post(event)
        if isinstance(event, ShiftOpened):
            self._signals.test_soon()
            self._health.look_soon()

    def _look_at_roster(self) -> None:
        """A roster that came with the bundle is in force at once."""
        roster = self.machinery.station.roster
        if roster is not None and roster is not self._roster:
            self._roster = roster
            self.desk.session.use_roster(roster)

    def _ask_to_end(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_end.set()

    def _crashed(self, args: threading.ExceptHookArgs, crashed: threading.Event) -> None:
        """A mistake in the program: said on standard error, then an orderly end with the gate OFF."""
        crashed.set()
        thread_crashed(args)
        self._asked_to_end.set()

    # --- what it is made of ---

    def _open_signals(self, settings: Settings) -> Signalling:
        """Raises `TonesMissing`."""
        sound, recordings = settings.sound, settings.sound.recordings
        folders = [*([recordings] if recordings else []), VOICES]
        voices = Voices(folders, settings.display.languages) if sound.enabled and sound.voice else NO_VOICES
        loud = SoundSignals(SOUNDS, sound.volume, voices=voices) if sound.enabled else None
        said, named = _said(settings), partial(MiniaudioLoudspeaker, sound.headphones)
        reads = Narrator(said, named, USUAL_LOUDNESS) if said.anything(settings.display.languages) else None
        lamp = lamp_for(settings.lamp)
        return Signalling(loud, lamp, voices, lambda change: self.machinery.post(change), reads)

    def _open_jack(self, settings: Settings) -> HeadphoneJack | None:
        path = settings.sound.headphones_jack
        return HeadphoneJack(path, self._bridge.headphones.emit) if path is not None else None

    def _open_desk(self, settings: Settings, roster: Roster, clock: Clock) -> OfficerDesk:
        machinery = self.machinery
        lockouts = Lockouts(settings.journal.folder / "lockouts.json")
        limits = Limits(idle_s=settings.officers.idle_s)
        session = OfficerSession(roster, lockouts, clock, machinery.lane.record, limits)
        needs_second = machinery.rulebook.needs_second_officer
        choices = machinery.rulebook.choices
        return OfficerDesk(session, machinery.lane, clock, needs_second, entry_choices=choices)

    def _card_reader_said(self, advice: str | None) -> None:
        """From the reader's own thread."""
        self.desk.session.card_reader(advice)
        self._part_said("card reader", "CR", advice)

    def _part_said(self, part: str, code: str, advice: str | None) -> None:
        """From a thread of the part's own."""
        told = PartRecovered(part) if advice is None else PartFailed(Fault(part, code, advice))
        self.machinery.post(told)

    def _open_slips(self, settings: Settings, demo: bool, practice: bool) -> Printer:
        """Slips for the officer to show and print."""
        printer, place = printer_for(settings.printer), along_of(settings, demo=demo, practice=practice).place
        if self.panel is not None:
            slips = SlipDesk(place, printer, settings.printer.dots, self.machinery.post)
            self.panel.slip.attach(slips, settings.display.languages[0])
        return printer

    def _open_crossings(self, settings: Settings, demo: bool) -> CrossingsDesk:
        """What officers go through of the day, and what they add to it."""
        machinery = self.machinery
        needs_second = machinery.rulebook.needs_second_officer
        folder, undo_s = settings.journal.folder, settings.officers.undo_s
        crossings = CrossingsDesk(folder, machinery.post, needs_second, demo=demo, undo_s=undo_s)
        if self.panel is not None:
            self.panel.attach_crossings(crossings)
            self.panel.reference.attach(self._finding)
        return crossings

    def _open_shift(
        self, settings: Settings, program: Sequence[str], clock: Clock
    ) -> tuple[ShiftDesk, OrderWatch]:
        """The supervisor's page, and what is ordered at a terminal."""
        folder, machinery, desk = settings.journal.folder, self.machinery, self.desk
        shifts = ShiftDesk(folder, program, clock, self._shift_said)
        if self.panel is not None:
            language = settings.display.languages[0]
            self.panel.attach_shift(ShiftPage(desk, shifts, settings.lane.id, language))
        return shifts, OrderWatch(
            folder, machinery.journal, clock, self._shift_said, lambda: readiness(desk.view)
        )

    def _arrange(
        self, settings: Settings, officers: bool
    ) -> tuple[OfficerPanel | None, list[KioskWindow | OfficerPanel]]:
        """The officer's panel gets the second display; with one display it lies behind the name plate."""
        screens = QApplication.screens()
        language = settings.display.languages[0]
        if not officers:
            return None, [KioskWindow(self.traveller, None)]
        if len(screens) > 1:
            panel = OfficerPanel(self.desk, language)
            panel.setGeometry(screens[1].geometry())
            return panel, [KioskWindow(self.traveller, None), panel]
        panel = OfficerPanel(self.desk, language, overlay=True)
        return panel, [KioskWindow(self.traveller, panel)]

    def _every(self, milliseconds: int, do: Callable[[], object]) -> None:
        timer = QTimer()
        timer.timeout.connect(do)
        timer.start(milliseconds)
        self._timers.append(timer)
