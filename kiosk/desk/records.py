"""The desk's own records: who signed in and out here, in a journal of this device, sent to the hub. No Qt."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from config.moment import Clock
from config.settings import Settings
from sync.device_key import DeviceKey
from sync.event import Event
from sync.journal import Journal, JournalUnavailable
from sync.line import Line
from sync.uplink import Uplink

RETRY_S = 2.0
HOUSE_EVERY_S = 600.0
STOP_SECONDS = 2.0
NOTHING = Event()
"""Stands for no event, when only time went on."""


class DeskRecords:
    """`record` returns at once; a thread writes. Raises what `Journal` raises."""

    def __init__(self, settings: Settings, key: DeviceKey, clock: Clock, line: Line) -> None:
        self._clock = clock
        self.folder: Path = settings.journal.folder
        self.journal = Journal(
            self.folder,
            clock,
            key,
            kiosk=settings.lane.id,
            keep_days=settings.journal.keep_days,
            keep_kinds=settings.journal.keep_kinds,
        )
        self._uplink = Uplink(
            self.folder, settings.lane.id, key, line, clock, self.record, batch=settings.hub.batch
        )
        self._inbox: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._pause = threading.Event()
        self._thread = threading.Thread(target=self._run, name="desk-records", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()
        self._uplink.start()

    def stop(self) -> None:
        """Ends after what was recorded before."""
        self._inbox.put(None)
        self._pause.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        self._uplink.stop()
        self.journal.close()

    def record(self, event: Event) -> None:
        """Writes an event down, soon."""
        self._inbox.put(event)

    def _run(self) -> None:
        house_at = self._clock().mono
        while True:
            try:
                event = self._inbox.get(timeout=HOUSE_EVERY_S)
            except queue.Empty:
                event = NOTHING
            if event is None:
                return
            if event is not NOTHING:
                self._write(event)
            if self._clock().mono >= house_at:
                house_at = self._clock().mono + HOUSE_EVERY_S
                self._keep_house()

    def _write(self, event: Event) -> None:
        """Until the disk takes it; the desk goes on meanwhile."""
        at = self._clock().utc
        while True:
            try:
                self.journal.append([event], at)
                return
            except JournalUnavailable:
                if self._pause.wait(RETRY_S):
                    return

    def _keep_house(self) -> None:
        try:
            while self.journal.housekeep(self._uplink.watermark.sequence, None):
                pass
        except JournalUnavailable:
            return
