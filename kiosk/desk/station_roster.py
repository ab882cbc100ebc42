"""The roster a station desk goes by: of the station's bundle where one is configured, else a file. No Qt."""

from __future__ import annotations

from pathlib import Path

import requests

from config.moment import Clock
from config.settings import Settings
from kiosk.bundle.looking import looking_out
from kiosk.bundle.settled import lane_of, store_of, wanted_of
from kiosk.bundle.station import no_station_files, read_station
from kiosk.bundle.worker import BundleWorker
from kiosk.desk.roster import Roster, RosterError, load_roster
from kiosk.program import program
from sync.bundle.held import load
from sync.bundle.refused import Refused


class StationRoster:
    """`start`, `stop`; `look` gives the roster now. Raises `RosterError` and `Refused` at first."""

    def __init__(self, settings: Settings, session: requests.Session, clock: Clock) -> None:
        self._settings = settings
        self._files = no_station_files()
        self._stamp: object = None
        self._own: tuple[float, Roster] | None = None
        self._worker: BundleWorker | None = None
        lane = lane_of(settings)
        if lane is not None:
            self._worker = looking_out(settings, lane, session, clock, lambda _: None, program())
        elif settings.officers.roster is not None:
            self._own = _loaded(settings.officers.roster)

    def start(self) -> None:
        """Begins to look for newer bundles, where there is one."""
        if self._worker:
            self._worker.start()

    def stop(self) -> None:
        """Ends."""
        if self._worker:
            self._worker.stop()

    def look(self) -> Roster:
        """The roster in force. What can't be read leaves what was there before. May read files."""
        if self._worker is not None:
            return self._of_bundle()
        file = self._settings.officers.roster
        if file is not None:
            try:
                if self._own is None or file.stat().st_mtime != self._own[0]:
                    self._own = _loaded(file)
            except (OSError, RosterError):
                pass
        return Roster() if self._own is None else self._own[1]

    def _of_bundle(self) -> Roster:
        store = store_of(self._settings)
        stamp = store.stamp()
        if stamp != self._stamp:
            try:
                held = load(store, wanted_of(self._settings))
            except Refused:
                held = None
            if held is not None:
                self._stamp = stamp
                self._files, _ = read_station(store, held, self._settings, self._files)
        return self._files.roster or Roster()


def _loaded(file: Path) -> tuple[float, Roster]:
    return file.stat().st_mtime, load_roster(file)
