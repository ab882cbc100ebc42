"""A whole lane's machinery that runs on a bundle from a stick."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from config.moment import system_clock
from config.settings import Bundle, Hub, Settings
from drivers.turnstile.staffed import NoTurnstile
from kiosk import machinery as lane_machinery
from kiosk.lane_view import LaneView
from kiosk.machinery import Devices, Machinery, Watchers
from sync.bundle.station_files import Notice, write_notice
from tests.kiosk.bundle.town import Town
from tests.kiosk.test_machinery import GENEROUS_S, SILENT, Grey
from tests.sync.ground import key
from verification.snapshot import Freshness


def test_a_lane_takes_the_bundle_of_a_stick_that_is_plugged_in(town: Town) -> None:
    town.repository.at = datetime.now(UTC)
    town.repository.new_root()
    town.repository.files["station/notices/today.json"] = write_notice(Notice({"en": "Gate 4 is shut."}))
    town.write_policy("first", renew_url={"HK": "https://health-code.example/renew"})
    for role in ("hk", "mo"):
        town.write_trust(role)
        town.write_revocation(role)
    town.repository.publish("targets", "hk", "mo")
    town.repository.copy(town.folder / "media" / "stick" / "checkpoint-bundle")
    bundle = Bundle(
        root=town.folder / "root.json",
        folder=town.folder / "bundle",
        profile="lane",
        sticks=town.folder / "media",
    )
    fresh = threading.Event()
    seen: list[LaneView] = []

    def watch(view: LaneView) -> None:
        seen.append(view)
        if view.lists and {one.freshness for one in view.lists} == {Freshness.FRESH}:
            fresh.set()

    machinery = Machinery(
        town.settings.model_copy(update={"bundle": bundle}),
        Devices(camera=Grey, turnstile=lambda _: NoTurnstile(), watch_frozen=False),
        SILENT,
        system_clock,
        Watchers(watch, lambda _: None, lambda _: None),
    )
    machinery.start()
    try:
        assert fresh.wait(GENEROUS_S)
    finally:
        machinery.stop()
    assert len(seen[-1].lists) == 4
    assert [notice.says["en"] for notice in seen[-1].notices] == ["Gate 4 is shut."]
    assert machinery.rulebook.policy == "first 1"
    assert seen[-1].renew_url == {"HK": "https://health-code.example/renew"}


class Watched(requests.Session):
    """The lane's session, and what went over it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()
        self.both = threading.Event()

    def request(self, method: str | bytes, url: str | bytes, **more: Any) -> requests.Response:  # type: ignore[override]
        self.asked.add(str(url).split("/")[3])
        if {"bundle", "v1"} <= self.asked:
            self.both.set()
        raise requests.ConnectionError("nobody is there")


def test_bundle_and_records_go_over_one_session(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Watched] = []

    def session(_: Settings) -> Watched:
        made.append(Watched())
        return made[-1]

    monkeypatch.setattr(lane_machinery, "hub_session", session)
    hub_key = town.folder / "hub.pub.pem"
    hub_key.write_bytes(key().public.pem)
    changed = {
        "hub": Hub(url="http://127.0.0.1:9", key=hub_key),
        "bundle": town.settings.bundle.model_copy(update={"url": "hub"}),
    }
    machinery = Machinery(
        town.settings.model_copy(update=changed),
        Devices(camera=Grey, turnstile=lambda _: NoTurnstile(), watch_frozen=False),
        SILENT,
        system_clock,
        Watchers(lambda _: None, lambda _: None, lambda _: None),
    )
    machinery.start()
    try:
        assert made[0].both.wait(GENEROUS_S)
    finally:
        machinery.stop()
    assert len(made) == 1
