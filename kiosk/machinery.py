"""Everything a lane consists of but its screens: built from settings, started and stopped in order. No Qt."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from config.moment import Clock
from config.settings import Settings
from drivers.camera.port import Camera, Frame
from drivers.camera.watch import CameraWorker
from drivers.reader.from_settings import reader_of
from drivers.reader.port import Reading
from drivers.reader.watchful import Watchful
from drivers.scanner.port import NoScanner, Scanner
from drivers.turnstile.port import GateReport, Turnstile
from kiosk.both_ways import BothWays
from kiosk.bundle.keeper import BundleKeeper
from kiosk.bundle.opening import open_lists
from kiosk.bundle.station import StationFiles, no_station_files
from kiosk.crossing import Crossing
from kiosk.crossing_io import Input, PartFailed, PartRecovered, Patience
from kiosk.desk.roster import Roster
from kiosk.divoc.process import divoc_formats, divoc_process
from kiosk.gate_parts import part_news
from kiosk.hub_side import HubSide, hub_exchange
from kiosk.lane import Lane, Surroundings
from kiosk.lane_clock import LaneClock
from kiosk.lane_view import Fault, LaneView, SightView
from kiosk.program import VERSION
from kiosk.referral_line import LaneFacts
from kiosk.rulebook import LaneRulebook
from kiosk.space_watch import SpaceWatch
from kiosk.standing_before import sides_of, standing_of
from kiosk.start_conditions import CannotStart, hub_session, refuse_specimens, refuse_unknown_kinds
from kiosk.unfinished import left_open
from sync.bundle.refused import Refused
from sync.clock.trusted import TrustedClock
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import LaneStarted, LaneStopped
from sync.journal import Journal, JournalUnavailable
from sync.signing import KeyUnusable
from sync.uplink import Uplink
from sync.uplink_core import Pace
from verification.policy import Policy
from verification.verifier import Verifier

LOOK_AGAIN_S = 2.0
"""How often a changed list or policy is looked for."""
HOUSEKEEPING_EVERY = 300
"""Looks between two rounds of erasing what is older than the retention time."""
SET_ASIDE_ADVICE = (
    "The journal's file was damaged. It is kept in the journal's folder set-aside, and records go on in "
    "a new file: keep that folder and call the operator."
)


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who is told what. Each is called on some worker's thread and returns at once."""

    lane: Callable[[LaneView], None]
    sight: Callable[[SightView], None]
    frame: Callable[[Frame], None]


@dataclass(frozen=True, slots=True)
class Devices:
    """The lane's devices. `camera` makes a fresh, unopened one; `watch_frozen` for real ones."""

    camera: Callable[[], Camera]
    turnstile: Callable[[Callable[[], bool]], Turnstile]
    """Makes the gate's driver; it is handed the question whether the lane is alive."""
    watch_frozen: bool = True
    scanner: Scanner = field(default_factory=NoScanner)


class Machinery:
    """One lane. `start` returns at once; what is missing is named in the views and comes back by itself."""

    def __init__(
        self,
        settings: Settings,
        devices: Devices,
        program: Sequence[str],
        clock: Clock,
        watchers: Watchers,
        *,
        demo: bool = False,
        practice: bool = False,
        pace: Pace | None = None,
        trusted: TrustedClock | None = None,
        roster: Roster | None = None,
    ) -> None:
        """Opens the journal. Raises `CannotStart`. With `practice` goes `demo`.

        `trusted` is `clock` where it can tell whether it is to be believed; None: it always is.
        """
        self._settings, self._clock, self._watchers, self._demo = settings, clock, watchers, demo
        self._practice = practice
        self._roster = roster or Roster()
        self._session = hub_session(settings)
        try:
            self._keeper, self._bundle = open_lists(settings, self._session, clock, self.post, program)
        except Refused as refused:
            raise CannotStart(str(refused)) from refused
        self._both = BothWays(settings, self._keeper, lambda: self._standing.turned, lambda: self.station)
        refuse_unknown_kinds(settings.journal.keep_kinds)
        if not demo:
            refuse_specimens(settings, self._keeper.lists.policy, self._both.turned.policy)
        try:
            key = self._key = device_key(settings.journal.folder)
            self.journal = Journal(
                settings.journal.folder,
                clock,
                key,
                kiosk=settings.lane.id,
                keep_days=settings.journal.keep_days,
                keep_kinds=settings.journal.keep_kinds,
            )
            self._standing = standing_of(settings.journal.folder, sides_of(settings))
            self._left_open = left_open(settings.journal.folder)
            self._time = LaneClock(trusted, hub_exchange(settings, key), settings.clock.ask_s)
            passed, facts = self._time.passed, self._facts()
            self._hub = HubSide(
                settings, key, clock, self.journal, self.post, facts, passed, self._session, pace
            )
        except (JournalUnavailable, KeyUnusable) as error:
            raise CannotStart(str(error)) from error
        except sqlite3.Error as error:
            raise CannotStart(f"{settings.journal.folder}: its disk fails ({error})") from error
        except OSError as error:
            raise CannotStart(f"{settings.journal.folder}: {error.strerror}") from error
        journal = settings.journal
        self._room = SpaceWatch(self.journal.space, journal.warn_free_mb, journal.refer_free_mb)
        self._divoc = divoc_process(frozenset(settings.lane.formats), program)
        self.rulebook = LaneRulebook(
            self._verifier(),
            self._policy,
            self.journal,
            self._draw,
            lambda: self._both.lists.book,
            self._time.believed,
            self._hub.lanes,
            lambda: self._room.enough,
            lambda: self._both.lists.signers,
        )
        self._turnstile = devices.turnstile(lambda: self.lane.alive())
        self._turnstile.face(self._standing.side.way)
        self.lane = Lane(
            self._crossing(),
            self.journal,
            self._turnstile,
            clock,
            self._show_lane,
            self._surroundings,
        )
        self._tell_desks()
        self._hub.on_joined = self._joined
        relieved = self._fault("reader's reserve", "RD", stops=False)
        self._reader = reader_of(settings.reader, program, self._read, self._fault("reader", "RD"), relieved)
        self._watchful = Watchful(self._reader.submit)
        self._camera = CameraWorker(
            devices.camera,
            [self._watchful.frame, self._show_frame],
            self._fault("camera", "CA"),
            watch_frozen=devices.watch_frozen,
        )
        self._oldest_unsent_s: float | None = None
        self._ending = threading.Event()
        self._housekeeper = threading.Thread(target=self._keep_house, name="housekeeping", daemon=True)
        self._scanner = devices.scanner
        self._size = (0, 0)

    def start(self) -> None:
        """Starts every part on its own thread. The gate begins with OFF."""
        mode = "practice" if self._practice else "demo" if self._demo else "live"
        for event in (*self._left_open, LaneStarted(VERSION, mode, self.rulebook.policy)):
            self.post(event)
        for event in self._standing.began():
            self.post(event)
        self._time.look_again(self.post)
        self._both.tell_all(self.post)
        if self.journal.continued:
            self.post(PartFailed(Fault("journal file", "JD", SET_ASIDE_ADVICE)))
        self.post(PartFailed(Fault("camera", "CA", "The camera is being started.", stops=True)))
        self.post(PartFailed(Fault("reader", "RD", "The code reader is being started.", stops=True)))
        self.lane.start()
        self._turnstile.start(self._gate_said)
        self._reader.start()
        self._camera.start()
        self._scanner.start(self.lane.scan, self._fault("scanner", "SC", stops=False))
        if self._divoc:
            self._divoc.start()
        self._hub.start()
        if self._bundle:
            self._bundle.start()
        self._time.start()
        self._housekeeper.start()

    def stop(self, why: str = "asked") -> None:
        """Stops everything, the gate first. Safe after a failed start; returns within two seconds."""
        self._ending.set()
        self._turnstile.stop()
        if self._bundle:
            self._bundle.stop()
        ends = [
            self._camera.stop,
            self._scanner.stop,
            self._reader.stop,
            *([self._divoc.stop] if self._divoc else []),
        ]
        threads = [threading.Thread(target=end) for end in ends]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._hub.stop_telling()
        self.post(LaneStopped(why))
        self.lane.stop()
        self._time.stop()
        self._hub.stop()
        self.journal.close()

    def post(self, heard: Input | Event) -> None:
        """Hands the lane something that happened."""
        self.lane.post(heard)

    def _joined(self) -> None:
        """The kiosk was enrolled while it ran. It is out of order until this has returned."""
        self.rulebook.join(self._hub.lanes)
        self._tell_desks()
        if (exchange := hub_exchange(self._settings, self._key)) is not None:
            self._time.join(exchange)

    def _tell_desks(self) -> None:
        if self._hub.answer:
            self.lane.on_answer = self._hub.answer
        if self._hub.obeyed:
            self.lane.on_obeyed = self._hub.obeyed

    # --- what the workers say ---

    def _gate_said(self, report: GateReport) -> None:
        news = part_news(report)
        if news is not None:
            self.post(news)
        self.post(report)

    def _read(self, reading: Reading) -> None:
        self.lane.read(reading)
        self._watchful.heard(reading)
        self._camera.unread(reading.located and not reading.symbols)
        corners = reading.symbols[0].corners if reading.symbols else ()
        self._watchers.sight(SightView(reading.hint, reading.located, corners, self._size))

    def _fault(self, part: str, code: str, *, stops: bool = True) -> Callable[[str | None], None]:
        def changed(advice: str | None) -> None:
            if advice is None:
                self.post(PartRecovered(part))
            else:
                self.post(PartFailed(Fault(part, code, advice, stops=stops)))

        return changed

    def _surroundings(self) -> Surroundings:
        unsent = self.journal.waiting(self._hub.sent)
        return Surroundings(
            unsent,
            self._oldest_unsent_s,
            lists=self._both.lists.views(self._clock().utc),
            notices=self.station.notices,
            renew_url=policy.renew_url if (policy := self._policy()) else {},
            policy=self.rulebook.policy,
        )

    def _show_lane(self, view: LaneView) -> None:
        view = replace(view, practice=self._practice, has_hub=bool(self._settings.hub.url))
        self._hub.show_view(view)
        self._watchers.lane(view)

    def _show_frame(self, frame: Frame) -> None:
        height, width = frame.pixels.shape[:2]
        self._size = (width, height)
        self._watchers.frame(frame)

    def _keep_house(self) -> None:
        looks = 0
        while not self._ending.wait(LOOK_AGAIN_S):
            self._time.look_again(self.post)
            self._both.look_again(self.post)
            self._room.look_again(self.post)
            self._oldest_unsent_s = self._hub.oldest_unsent_s
            looks += 1
            if looks % HOUSEKEEPING_EVERY:
                continue
            try:
                while (
                    self.journal.housekeep(self._hub.sent, self._time.passed()) and not self._ending.is_set()
                ):
                    pass
            except JournalUnavailable:
                continue

    # --- what it is made of ---

    @property
    def uplink(self) -> Uplink | None:
        """What brings records to the hub; None: there is no hub."""
        return self._hub.uplink

    @property
    def station(self) -> StationFiles:
        """What the station's bundle has for the desk; nothing where there is no bundle."""
        return self._keeper.station if isinstance(self._keeper, BundleKeeper) else no_station_files()

    def _verifier(self) -> Verifier:
        allowed = frozenset(self._settings.lane.formats)
        return Verifier(lambda: self._both.lists.snapshot, allowed, divoc_formats(self._divoc))

    def _policy(self) -> Policy | None:
        """The policy in use. One that accepts specimens is none where the gate is real."""
        policy = self._both.lists.policy
        return None if policy and policy.accept_specimens and not self._demo else policy

    def _crossing(self) -> Crossing:
        lane = self._settings.lane
        return Crossing(
            lane.id,
            self.rulebook,
            self._clock,
            lambda: uuid.uuid4().hex,
            standing=self._standing,
            patience=Patience(
                gather=lane.gather_s,
                referral=lane.referral_s,
                refused=lane.refused_s,
                desk=lane.desk_s,
                not_a_code=lane.not_a_code_s,
                rearm=lane.rearm_s,
                undo=self._settings.officers.undo_s,
                before_pulse=self._settings.officers.before_pulse_s,
                passage=self._settings.turnstile.passage_s + 5.0,
            ),
            demo=self._demo,
        )

    def _facts(self) -> LaneFacts:
        """What a decision signed at a desk is held against, as it stands when it comes."""
        return LaneFacts(
            lambda: self.station.roster or self._roster,
            lambda: self.rulebook.policy,
            lambda reasons: self.rulebook.needs_second_officer(reasons),
            lambda: self._time.believed(),
            lambda: self.rulebook.choices(),
        )

    @staticmethod
    def _draw() -> int:
        return secrets.randbelow(1 << 31)
