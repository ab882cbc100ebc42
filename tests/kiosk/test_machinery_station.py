"""A lane on a station's hub takes the station's keys, says what is wrong, and stops when it is revoked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from config.moment import system_clock
from config.settings import Hub, Journal, Settings
from drivers.turnstile.staffed import NoTurnstile
from kiosk.lane_view import LaneView, Phase
from kiosk.machinery import Devices, Machinery, Watchers
from sync import hub_contact
from sync.device_key import device_key
from sync.journal_reader import JournalReader
from sync.sealing import seal_key
from tests.kiosk.test_machinery import SILENT, Grey
from tests.sync.ground import HandClock
from tests.sync.hub.ground import CHAN, LaneKeys, StationHub
from tests.sync.hub.served import served

GENEROUS_S = 30.0


class Watched:
    """A machinery and the newest view of its lane."""

    def __init__(self, folder: Path, url: str, hub_key: Path) -> None:
        self.folder = folder
        self._view: LaneView | None = None
        self._changed = threading.Condition()
        self.machinery = Machinery(
            Settings(journal=Journal(folder=folder), hub=Hub(url=url, key=hub_key)),
            Devices(camera=Grey, turnstile=lambda _: NoTurnstile(), watch_frozen=False),
            SILENT,
            system_clock,
            Watchers(self._saw, lambda _: None, lambda _: None),
        )

    def _saw(self, view: LaneView) -> None:
        with self._changed:
            self._view = view
            self._changed.notify_all()

    def wait_for(self, holds: Callable[[LaneView], bool]) -> LaneView:
        with self._changed:
            assert self._changed.wait_for(lambda: self._view and holds(self._view), GENEROUS_S), self._view
            assert self._view is not None
            return self._view

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        with closing(JournalReader(self.folder)) as reader:
            return [(record.kind, json.loads(record.payload or "{}")) for record in reader.all_records()]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[StationHub]:
    clock = HandClock(system_clock().utc)
    made = StationHub(tmp_path / "hub", clock)
    yield made
    made.close()


@pytest.fixture
def lane(tmp_path: Path, hub: StationHub, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setattr(hub_contact, "EVERY_S", 0.2)
    folder = tmp_path / "lane"
    hub.enrol(LaneKeys("lane-1", device_key(folder), seal_key(folder)))
    (tmp_path / "hub.pem").write_bytes(hub.hub.public.pem)
    with served(hub.app) as url:
        made = Watched(folder, url, tmp_path / "hub.pem")
        made.machinery.start()
        yield made
        made.machinery.stop()


def faults(view: LaneView) -> set[str]:
    return {fault.code for fault in view.faults}


def test_a_lane_takes_its_keys_and_stops_with_words_when_its_device_is_revoked(
    lane: Watched, hub: StationHub
) -> None:
    lane.wait_for(lambda view: len(list((lane.folder / "day-keys" / "station").glob("*.key"))) > 45)
    hub.devices.require_version("999.0", CHAN)
    lane.wait_for(lambda view: "PV" in faults(view))
    hub.devices.require_version("", CHAN)
    lane.wait_for(lambda view: "PV" not in faults(view))
    hub.devices.revoke("lane-1", "stolen from the store", CHAN)
    view = lane.wait_for(lambda view: {"DV", "OL"} <= faults(view))
    assert view.phase is Phase.OUT_OF_ORDER
    (fault,) = [fault for fault in view.faults if fault.code == "DV"]
    assert fault.stops
    assert "stolen from the store" in fault.advice
    said = [payload["code"] for kind, payload in lane.events() if kind == "fault.raised"]
    assert {"DV", "OL", "PV"} <= set(said)
    assert "keys.taken" in {kind for kind, _ in lane.events()}
