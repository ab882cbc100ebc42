"""The clock in a whole lane: not believed at the start, confirmed by a real hub, recorded all along."""

from __future__ import annotations

import threading
from pathlib import Path

from config.moment import system_clock
from config.settings import Hub, Journal, Settings
from drivers.turnstile.staffed import NoTurnstile
from kiosk.clock_watch import open_clock
from kiosk.lane_view import LaneView
from kiosk.machinery import Devices, Machinery, Watchers
from sync.clock.store import DAMAGED, FILE
from sync.device_key import device_key
from sync.event_types import ClockChanged, ClockFloor, ClockRecordDamaged
from sync.hub.app import create_app
from sync.hub.database import open_database
from sync.hub.ledger import Ledger
from sync.journal_reader import JournalReader
from tests.kiosk.test_machinery import GENEROUS_S, SILENT, Grey
from tests.sync.ground import key
from tests.sync.hub.served import served

HUB = key()


def test_a_lane_that_lost_its_clock_is_brought_back_by_its_hub(tmp_path: Path) -> None:
    folder, hub_key = tmp_path / "journal", tmp_path / "hub.pub.pem"
    folder.mkdir()
    hub_key.write_bytes(HUB.public.pem)
    (folder / FILE).write_bytes(b"damaged")
    ledger = Ledger(open_database(tmp_path / "hub"), system_clock)
    ledger.enrol("lane-1", device_key(folder).public)
    lost, found = threading.Event(), threading.Event()

    def watch(view: LaneView) -> None:
        named = any(fault.code == "CK" for fault in view.faults)
        if named:
            lost.set()
        elif lost.is_set():
            found.set()

    with served(create_app(ledger, HUB)) as url:
        settings = Settings(journal=Journal(folder=folder), hub=Hub(url=url, key=hub_key))
        assert not open_clock(settings).works
        clock = open_clock(settings)
        machinery = Machinery(
            settings,
            Devices(camera=Grey, turnstile=lambda _: NoTurnstile(), watch_frozen=False),
            SILENT,
            clock,
            Watchers(watch, lambda _: None, lambda _: None),
            trusted=clock,
        )
        machinery.start()
        try:
            assert lost.wait(GENEROUS_S)
            assert found.wait(3 * GENEROUS_S)
        finally:
            machinery.stop()
    assert clock.works
    assert (folder / DAMAGED).read_bytes() == b"damaged"
    reader = JournalReader(folder)
    kinds = [record.kind for record in reader.all_records()]
    reader.close()
    assert kinds.index(ClockRecordDamaged.kind) < kinds.index(ClockFloor.kind)
    assert kinds.count(ClockChanged.kind) == 2
    assert open_clock(settings).works
