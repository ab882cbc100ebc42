"""Every order of the officers' desk, from the window's key to a lane that is a program of its own, and back.

python -m tests.flows.desk_orders --rounds 20
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from config.moment import system_clock
from kiosk.desk.lane_control import Action, LaneOrder
from kiosk.desk.orders_out import OrderNotice
from kiosk.desk.roster import save_roster
from kiosk.lane_view import LaneView
from kiosk.screens.station_window import StationWindow
from sync.device_key import device_key
from sync.hub.database import open_database
from sync.hub.devices import Devices
from sync.hub.people import People
from sync.hub.roles import Role
from sync.hub.server import hub_key
from sync.sealing import seal_key
from sync.session import open_session
from sync.signing import load_public
from tests.faults.station_hub import HubProgram
from tests.flows.desk_station import Desk, roster
from tests.flows.live_lane import GENEROUS_S, LiveLane
from tests.sync.hub.desk_ground import PASSWORD
from tests.sync.hub.desk_ground import QUICK as QUICK_PASSWORDS
from tests.sync.hub.ground import STATION, LaneKeys
from tests.sync.hub.test_hub_serves_people import sign_in
from verification.issuing.authority import found_authority

ROUNDS = "DESK_ORDERS_ROUNDS"
LANE, OFFICER, DESK = "test-1", "O-17", "desk-1"
WHO = {"officer": OFFICER, "desk": DESK}
OTHER = '[other_direction]\ndirection = "any"\npolicy = "policy.json"\nway_out = "left"\n'
PART = re.compile(rf'<article class="lane (\w+)" id="lane-{LANE}">(.*?)</article>', re.DOTALL)


class OrderedStation:
    """A hub program, a lane program with its emulated gate, a desk's window and an officer at it."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        for place in ("hub", "lane"):
            (folder / place).mkdir()
        officers, keys = roster(), LaneKeys(DESK)
        save_roster(folder / "roster.json", officers)
        self.hub, self.live = HubProgram(folder / "hub"), LiveLane(folder / "lane")
        self._enrol(keys)
        self.hub.start()
        words = self.live.settings.read_text(encoding="utf-8")
        words = words.replace("fullscreen = false", 'fullscreen = false\nway_out = "right"')
        hub = f'[hub]\nurl = "{self.hub.url}"\nkey = "{self.hub.data / "hub.pub.pem"}"\n'
        self.live.settings.write_text(
            f'{words}{OTHER}{hub}[officers]\nroster = "{folder / "roster.json"}"\n', encoding="utf-8"
        )
        self.live.hold_nothing()
        self.live.start()
        public = load_public(self.hub.data / "hub.pub.pem")
        self.desk = Desk(folder / DESK, keys, self.hub.url, public, officers, qtbot)
        self.window = StationWindow(self.desk.desk, "en")
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        self.window.show()
        self.desk.sign_in(OFFICER)
        self._pages = open_session()
        sign_in(self._pages, self.hub.url)
        self.took: list[float] = []
        """Seconds from each key to the lane's word at the desk."""
        self.until(lambda: self.lane() is not None)
        self.window.choose_lane(LANE)

    def stop(self) -> None:
        """However it stands."""
        self._pages.close()
        self.desk.stop()
        self.live.stop()
        self.hub.kill()

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits for it."""
        self.desk.qtbot.waitUntil(holds, timeout=int(GENEROUS_S * 1000))

    def lane(self) -> LaneView | None:
        """The lane, as it told the hub of itself and the desk was told by the hub."""
        return self.desk.desk.lane_view(LANE)

    def key(self, order: LaneOrder) -> QPushButton:
        """Where the window has this order."""
        page = self.window.lane
        if order is LaneOrder.MORE_TIME:
            return self.window.strip.more_time
        places = {LaneOrder.UNMUTE: LaneOrder.MUTE, LaneOrder.ALL_CLEAR: LaneOrder.ALARM}
        return page.controls.buttons.get(places.get(order, order), page.hold)

    def orders(self, order: LaneOrder, now: Callable[[LaneView], bool], kind: str, **says: object) -> None:
        """Presses it, and sees it done: told at the desk, in the lane's journal, said by the lane itself."""
        before, key = self.recorded(kind), self.key(order)
        self.until(lambda: key.isVisible() and key.isEnabled())
        self.desk.notices.clear()
        begun = time.monotonic()
        key.click()
        if order is LaneOrder.ALARM:
            assert self.desk.notices == [], "once is not enough"
            key.click()
        self.until(lambda: OrderNotice.OBEYED in self.desk.notices)
        self.took.append(time.monotonic() - begun)
        assert self.recorded(kind)[len(before) :] == [says]
        self.until(lambda: (view := self.lane()) is not None and now(view))

    def recorded(self, kind: str) -> list[dict[str, Any]]:
        """What the lane's journal has of this kind."""
        return [says for one, says in self.live.events() if one == kind]

    def is_shown(self, state: str, *words: str) -> None:
        """Waits until the hub's own page has the lane so."""
        ends = time.monotonic() + GENEROUS_S
        while (seen := self._page())[0] != state or not all(word in seen[1] for word in words):
            assert time.monotonic() < ends, seen
            self.desk.qtbot.wait(200)

    def _page(self) -> tuple[str, str]:
        found = PART.search(self._pages.get(f"{self.hub.url}/hub/station", timeout=GENEROUS_S).text)
        assert found is not None
        return found[1], found[2]

    def somebody(self) -> None:
        """Somebody stands at the lane with the code of a signer whom nobody knows, and is referred."""
        self.live.hold_up(
            self.live.code(found_authority("MO", frozenset({"MO1"}), datetime.now(UTC), demo=False))
        )
        self.until(lambda: (view := self.lane()) is not None and view.phase.value == "referred")
        self.live.hold_nothing()

    def refuses(self, crossing: str) -> None:
        """The officer takes who waits, and refuses."""
        desk = self.desk.desk
        self.until(lambda: self.desk.sees(crossing))
        desk.take(LANE, crossing)
        self.until(lambda: desk.view() is not None)
        desk.decide(crossing, Action.REFUSE, "NOT_THE_HOLDER")
        self.until(lambda: desk.mine is None)

    def told(self) -> str:
        """How long the desk waited for the lane's word."""
        took = sorted(self.took)
        return f"the lane's word after {took[len(took) // 2]:.2f} s, at most {took[-1]:.2f} s"

    def _enrol(self, desk: LaneKeys) -> None:
        engine, hub = open_database(self.hub.data), hub_key(self.hub.data)
        devices, journal = Devices(engine, system_clock), self.live.journal
        journal.mkdir()
        lane = LaneKeys(LANE, device_key(journal), seal_key(journal))
        for one in (lane, desk):
            devices.enrol(
                one.name,
                one.device.public,
                station=STATION,
                hub=hub.public,
                seal_key=one.seal.public.raw,
                desk=one is desk,
            )
        People(engine, system_clock, QUICK_PASSWORDS).add("sam", "Sam Made-Up", Role.SUPERVISOR, PASSWORD)
        engine.dispose()


def main(arguments: Sequence[str] = ()) -> int:
    """Runs the test at full length; 1: something did not hold."""
    parser = argparse.ArgumentParser(prog="tests.flows.desk_orders", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    surroundings = os.environ | {ROUNDS: str(parser.parse_args(arguments).rounds)}
    here = str(Path(__file__).with_name("test_desk_orders.py"))
    words = [sys.executable, "-m", "pytest", here, "-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist"]
    return subprocess.run(words, env=surroundings, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
