"""An officer at the station's desk: a hub, a lane that refers, everything by keys alone."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from config.moment import system_clock
from kiosk.desk.officer_key import new_officer_key
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Roster, save_roster
from kiosk.desk.roster import Role as Rank
from kiosk.reference import in_groups, reference_of
from sync.device_key import device_key
from sync.hub.database import open_database
from sync.hub.devices import Devices
from sync.hub.server import hub_key
from sync.sealing import seal_key
from tests.ears.listening import Listening, keep
from tests.ears.orca import Orca
from tests.faults.station_hub import HubProgram
from tests.flows.live_lane import ROOT, LiveLane
from tests.hands.display import Display
from verification.issuing.authority import found_authority

NUMBER, PIN = "17", "295038"
"""An officer and a PIN made up for this hour."""
STATION = "made-up-station"


class AtTheDesk(Listening):
    """The steps, in order."""

    def __init__(self, display: Display, orca: Orca, folder: Path, log: Path) -> None:
        super().__init__(display, orca)
        self._folder, self._log = folder, log
        for place in ("lane", "desk", "hub"):
            (folder / place).mkdir()
        self._hub = HubProgram(folder / "hub")
        self._lane = LiveLane(folder / "lane")
        self._desk: subprocess.Popen[str] | None = None
        public, sealed = new_officer_key("O-17", PIN)
        roster = Roster((Officer("O-17", Rank.OFFICER, hash_pin(PIN), None, public, sealed),))
        save_roster(folder / "roster.json", roster)

    def start(self) -> None:
        """Starts what is heard."""
        self._enrol()
        self._hub.start()
        hub = f'[hub]\nurl = "{self._hub.url}"\nkey = "{self._folder / "hub" / "hub.pub.pem"}"\n'
        shared = f'{hub}[officers]\nroster = "{self._folder / "roster.json"}"\n'
        self._lane.settings.write_text(self._lane.settings.read_text(encoding="utf-8") + shared)
        self._lane.start()
        keep(self._lane.program, self._log.with_suffix(".lane"))
        settings = self._folder / "desk.toml"
        settings.write_text(
            f'[lane]\nid = "desk-1"\nstation = "{STATION}"\n{shared}[journal]\nfolder = "desk"\n'
            '[sound]\nenabled = false\n[display]\nlanguages = ["en", "zh_HK", "zh_CN", "pt"]\n'
            f"width = {self.display.width}\nheight = {self.display.height}\n"
        )
        self._desk = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), "station", "--config", str(settings)],
            env=self.orca.surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        keep(self._desk, self._log)

    def stop(self) -> None:
        """Ends it."""
        if self._desk is not None:
            self._desk.terminate()
            self._desk.wait(20)
        self._lane.stop()
        self._hub.kill()

    def steps(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """What is done, in words."""
        return (
            ("the desk starts", self._starts),
            ("a traveller waits before anybody is signed in", self._waits_outside),
            ("a service number, a wrong PIN, the right one", self._signs_in),
            ("Tab goes once through everything", self._round),
            ("1 takes the traveller; the referral is read", self._takes),
            ("3: to the desk, with a reason; Ctrl+Z takes it back", self._takes_back),
            ("1: admit, with a reason; what became of it", self._admits),
            ("another traveller waits: said unasked", self._waits),
            ("it is taken, and let go", self._lets_go),
            ("the lane's own page: held, let go on, closed, opened", self._orders),
            ("a paper document is entered for a person at the lane, and decided", self._enters),
            ("the reference is looked up, and its slip opened", self._looks_up),
            ("the hub goes, and comes back", self._hub_away),
            ("the officer leaves", self._leaves),
        )

    def _enrol(self) -> None:
        engine, hub = open_database(self._folder / "hub"), hub_key(self._folder / "hub")
        devices = Devices(engine, system_clock)
        for name, folder in (("test-1", self._lane.journal), ("desk-1", self._folder / "desk")):
            folder.mkdir(exist_ok=True)
            devices.enrol(
                name,
                device_key(folder).public,
                station=STATION,
                hub=hub.public,
                seal_key=seal_key(folder).public.raw,
                desk=name == "desk-1",
            )
        engine.dispose()

    def _starts(self) -> None:
        self.hear_until("Service number")
        self._lane.hold_nothing()
        self._lane.wait_for_kind("lane.in_order")
        time.sleep(3)
        self.hear("later")

    def _somebody(self) -> None:
        stranger = found_authority("MO", frozenset({"MO1"}), datetime.now(UTC), demo=False)
        before = self._count("crossing.decided")
        self._lane.hold_up(self._lane.code(stranger))
        self._lane.wait_for(lambda _: self._count("crossing.decided") > before)
        self._lane.hold_nothing()
        time.sleep(2)

    def _count(self, kind: str) -> int:
        return sum(one == kind for one, _ in self._lane.events())

    def _waits_outside(self) -> None:
        self._somebody()
        self.must(self.hear("a traveller"), hold="test-1")

    def _signs_in(self) -> None:
        self.press(*NUMBER, "Return")
        self.types("111111")
        self.display.press("Return")
        self.hear_until("4")
        self.types(PIN)
        self.display.press("Return")
        self.hear_until("O-17")

    def _round(self) -> None:
        self.press(*["Tab"] * 9)

    def _takes(self) -> None:
        words = self.press("1")
        self.must(words, hold="REFER")
        self.must(words, hold="not on our trust list")
        self.press(*["Tab"] * 9)

    def _takes_back(self) -> None:
        self.must(self.press("3"), hold="for what reason?")
        self.press("Tab", "space")
        self.must(self.press("Return"), hold="Take back")
        self.must(self.press("ctrl+z"), hold="REFER")

    def _admits(self) -> None:
        self.press("1", "1")
        self.display.press("Return")
        self.hear_until("Admitted by O-17")
        self._lane.wait_for_kind("crossing.closed")

    def _waits(self) -> None:
        self._somebody()
        self.must(self.hear("a traveller"), hold="test-1")

    def _lets_go(self) -> None:
        self.must(self.press("1"), hold="REFER")
        self.press("Escape")
        self.press("1", "2", "1")
        self.display.press("Return")
        self.hear_until("Refused by O-17")

    def _orders(self) -> None:
        self.tab_to("test-1")
        self.press("Return")
        self.press(*["Tab"] * 8)
        for order in ("Hold the lane", "Let the lane go on", "Close the lane", "Let the lane go on", "Mute"):
            self.tab_to(order)
            self.press("Return")
            time.sleep(3)
            self.hear("later")
        self.must(self.press("Escape"), hold="Nothing to decide")

    def _enters(self) -> None:
        self.tab_to("Order")
        self.must(self.press("Return"), hold="test-1")
        self.tab_to("Enter a paper document")
        self.must(self.press("Return"), hold="What kind of document is it?")
        self.must(self.press("1"), hold="Who issued it?")
        self.must(self.press("1"), hold="Which colour does it show?")
        self.must(self.press("1"), hold="On which day was it issued?")
        self.display.write("2099")
        self.hear("2099")
        self.must(self.press("Return"), hold="That is no day")
        self.press("Tab", "Tab")
        self.press("ctrl+a", "BackSpace")
        self.tab_to("Today")
        self.press("Return")
        self.tab_to("No end on it")
        self.must(self.press("Return"), hold="What have you seen?")
        self.must(self.press("2"), hold="checked")
        self.press("Tab", "space")
        self.tab_to("Show what the policy says")
        self.display.press("Return")
        self.hear_until("policy would")
        self.press("1", "1")
        self.display.press("Return")
        self.hear_until("O-17")

    def _looks_up(self) -> None:
        crossing = next(made["crossing"] for kind, made in self._lane.events() if kind == "crossing.decided")
        digits = in_groups(reference_of(crossing)).replace(" ", "")
        self.tab_to("Find a reference")
        self.press("Return")
        self.display.write("123456789")
        self.hear("123456789")
        self.press("Tab")
        self.must(self.press("Return"), hold="ask for all nine again")
        self.press("ctrl+a", "BackSpace")
        self.display.write(digits)
        self.hear(digits)
        self.must(self.press("Tab"), hold="why you look")
        self.display.press("Return")
        self.hear_until(f"Reference {in_groups(reference_of(crossing))}")
        self.tab_to("Slip for the traveller")
        words = self.press("Return")
        self.must(words, hold="photograph the code")
        self.must(words, hold=f"Reference {in_groups(reference_of(crossing))}")
        self.press(*["Tab"] * 6)
        self.press("Escape")
        self.press("Escape", "Escape")

    def _hub_away(self) -> None:
        self._hub.kill()
        time.sleep(20)
        self.must(self.hear("killed"), hold="can't be reached")
        self._hub.start()
        time.sleep(8)
        self.hear("again")

    def _leaves(self) -> None:
        self.tab_to("Sign out")
        self.press("Return")
