"""The lane's side of the line to its hub: records, reports, enrolment, keys of the day, referrals."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

import requests

from config.moment import Clock
from config.settings import Settings
from kiosk.crossing_io import Input
from kiosk.enrolment_watch import enrolment_watch, hub_key_file, is_enrolled
from kiosk.hub_trouble import named
from kiosk.lane_reporting import LaneReporting
from kiosk.lane_view import LaneView
from kiosk.referral_line import LaneFacts, ReferralLine
from kiosk.start_conditions import hub_session
from kiosk.station_line import StationLine
from sync.device_key import DeviceKey
from sync.event import Event
from sync.exchange import Exchange
from sync.journal import Journal
from sync.lane_report import Reporter
from sync.line import Line
from sync.other_lanes import OtherLanes
from sync.signing import load_public
from sync.uplink import Uplink
from sync.uplink_core import Pace

LAST_TRIES, LAST_PAUSE_S = 10, 0.05


def hub_exchange(settings: Settings, key: DeviceKey) -> Exchange | None:
    """Questions to the hub over a session of their own, as others may be busy; None: there is no hub.

    Raises `KeyUnusable`.
    """
    if not is_enrolled(settings):
        return None
    hub_key, session = load_public(hub_key_file(settings)), hub_session(settings)
    return Exchange(settings.hub.url, settings.lane.id, key, hub_key, session)


class HubSide:
    """Every thread that speaks to the hub but the bundle's and the clock's. Without a hub there is none."""

    def __init__(
        self,
        settings: Settings,
        key: DeviceKey,
        clock: Clock,
        journal: Journal,
        post: Callable[[Input | Event], None],
        facts: LaneFacts,
        passed: Callable[[], datetime | None],
        session: requests.Session,
        pace: Pace | None = None,
    ) -> None:
        """`session` carries the records, and the bundle; `passed` gives a time that has surely passed.

        Raises OSError, sqlite3.Error and `KeyUnusable`.
        """
        self._settings, self._key, self._clock, self._post = settings, key, clock, post
        self._journal, self._facts, self._passed = journal, facts, passed
        self._session, self._pace = session, pace
        self._lock, self._ended = threading.Lock(), False
        self.on_joined: Callable[[], None] = lambda: None
        """Called on a thread of this side when the kiosk was enrolled while it ran."""
        self.uplink: Uplink | None = None
        self._reporting: LaneReporting | None = None
        self._reporter: Reporter | None = None
        self._referrals: ReferralLine | None = None
        self._station_line: StationLine | None = None
        self._enrolment = enrolment_watch(settings, key, post, self._join)
        if is_enrolled(settings):
            self._open()

    @property
    def sent(self) -> int:
        """The last sequence the hub signed for; 0: none, or there is no hub."""
        return self.uplink.watermark.sequence if self.uplink else 0

    @property
    def oldest_unsent_s(self) -> float | None:
        """How long the oldest record that the hub has no receipt for has waited, in seconds of whole minutes.

        Reads the journal: not for the lane's thread. None: everything is there, or there is no hub.
        """
        oldest = self.uplink.status().oldest_unsent_s if self.uplink else None
        return None if oldest is None else oldest // 60 * 60

    @property
    def lanes(self) -> OtherLanes | None:
        """Who knows what other lanes spent."""
        return self._station_line.lanes if self._station_line else None

    @property
    def answer(self) -> Callable[[int, str], None] | None:
        """Who is told what became of a decision signed at a desk."""
        return self._referrals.answer if self._referrals else None

    @property
    def obeyed(self) -> Callable[[int, str], None] | None:
        """Who is told what became of an order signed at a desk."""
        return self._referrals.obeyed if self._referrals else None

    def show_view(self, view: LaneView) -> None:
        """The lane published a view. Returns at once."""
        if self._reporting and self._reporting.show_view(view) and self._reporter:
            self._reporter.poke()
        if self._referrals:
            self._referrals.show_view(view)

    def start(self) -> None:
        """Every part on its own thread."""
        for part in (self.uplink, self._reporter, self._station_line, self._enrolment):
            if part:
                part.start()

    def _open(self) -> None:
        """Raises OSError, sqlite3.Error and `KeyUnusable`."""
        folder, lane = self._settings.journal.folder, self._settings.lane.id
        uplink = self._open_uplink(self._session, self._pace)
        reporting = LaneReporting(self._clock, uplink, self._facts.choices)
        reporter = Reporter(self._exchange(), reporting.report)
        referrals = ReferralLine(lane, self._exchange, self._clock, self._post, self._facts)
        self._station_line = StationLine(
            folder, self._journal, self._clock, self._exchange, self._post, self._passed, referrals
        )
        self._reporting, self._reporter, self._referrals = reporting, reporter, referrals
        self.uplink = uplink

    def _join(self) -> None:
        """The kiosk was enrolled while it runs: what `start` would have begun. Raises what `_open` raises."""
        with self._lock:
            if self._ended:
                return
            self._open()
            self.on_joined()
            for part in (self.uplink, self._reporter, self._station_line):
                assert part
                part.start()

    def stop_telling(self) -> None:
        """Ends what only tells how the lane is, before the lane ends."""
        with self._lock:
            self._ended = True
        for part in (self._reporter, self._enrolment):
            if part:
                part.stop()

    def stop(self) -> None:
        """After the lane's last record: a last effort to send it, then the end."""
        if self.uplink:
            self._send_the_rest(self.uplink)
            self.uplink.stop()
        if self._station_line:
            self._station_line.stop()

    def _send_the_rest(self, uplink: Uplink) -> None:
        """What does not go now goes after the next start."""
        uplink.hurry()
        for _ in range(LAST_TRIES):
            if uplink.watermark.sequence >= self._journal.position.sequence:
                return
            time.sleep(LAST_PAUSE_S)

    def _exchange(self) -> Exchange:
        made = hub_exchange(self._settings, self._key)
        assert made is not None
        return made

    def _open_uplink(self, session: requests.Session, pace: Pace | None) -> Uplink:
        hub, lane = self._settings.hub, self._settings.lane.id
        folder, hub_key = self._settings.journal.folder, load_public(hub_key_file(self._settings))
        line = Line(hub.url, lane, self._key, hub_key, session)
        pace = pace or Pace(every_s=hub.every_s)
        return Uplink(folder, lane, self._key, line, self._clock, self._tell, batch=hub.batch, pace=pace)

    def _tell(self, event: Event) -> None:
        for heard in named(event):
            self._post(heard)
