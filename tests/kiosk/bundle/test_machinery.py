"""A whole lane's machinery that runs on a bundle from a stick."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from config.moment import system_clock
from config.settings import Bundle
from drivers.turnstile.staffed import NoTurnstile
from kiosk.lane_view import LaneView
from kiosk.machinery import Devices, Machinery, Watchers
from sync.bundle.station_files import Notice, write_notice
from tests.kiosk.bundle.town import Town
from tests.kiosk.test_machinery import GENEROUS_S, SILENT, Grey
from verification.snapshot import Freshness


def test_a_lane_takes_the_bundle_of_a_stick_that_is_plugged_in(town: Town) -> None:
    town.repository.at = datetime.now(UTC)
    town.repository.new_root()
    town.repository.files["station/notices/today.json"] = write_notice(Notice({"en": "Gate 4 is shut."}))
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
