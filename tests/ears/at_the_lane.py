"""An officer at the lane's own panel, and a supervisor: an hour by keys alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Roster, save_roster
from kiosk.desk.roster import Role as Rank
from tests.ears.listening import Listening, NotHeard, keep
from tests.ears.orca import Orca
from tests.flows.live_lane import ROOT, LiveLane
from tests.hands.display import Display
from verification.issuing.authority import found_authority

NUMBER, PIN = "17", "295038"
"""An officer and a PIN made up for this hour."""

WITH_STICK = """
import sys
from pathlib import Path

sys.path.insert(0, {root!r})
import kiosk.program

kiosk.program.program = lambda: [sys.executable, __file__]
folder = Path({folder!r})
how = (folder / "how").read_text() if (folder / "how").exists() else "none"
if sys.argv[1:2] == ["export"]:
    import sync.export.archive as archive
    import sync.export.sticks as sticks
    from sync.export.faulty_place import FaultyPlace, Mishap

    (folder / "stick").mkdir(exist_ok=True)
    sticks.sticks_here = lambda: [] if how == "none" else [sticks.Stick(folder / "stick", read_only=False)]
    if how in list(Mishap):
        archive.FolderPlace = lambda where: FaultyPlace(where, Mishap(how), 2500)
from kiosk.commands.door import main

raise SystemExit(main(sys.argv[1:]))
"""
"""The program with a USB stick put in that is none: `how` says what becomes of it."""


class AtTheLane(Listening):
    """The steps, in order."""

    def __init__(self, display: Display, orca: Orca, folder: Path, log: Path) -> None:
        super().__init__(display, orca)
        self._log, self._lane = log, LiveLane(folder)
        self._lane.surroundings = orca.surroundings
        self._lane.door = folder / "door.py"
        self._lane.door.write_text(WITH_STICK.format(root=str(ROOT), folder=str(folder)), encoding="utf-8")
        words = self._lane.settings.read_text(encoding="utf-8")
        words = words.replace(
            "width = 1080\nheight = 1920", f"width = {display.width}\nheight = {display.height}"
        )
        self._lane.settings.write_text(words + '[officers]\nroster = "roster.json"\n', encoding="utf-8")
        save_roster(folder / "roster.json", Roster((Officer("O-17", Rank.SUPERVISOR, hash_pin(PIN)),)))

    def start(self) -> None:
        """Starts what is heard."""
        self._lane.start()
        keep(self._lane.program, self._log)

    def stop(self) -> None:
        """Ends it."""
        self._lane.stop()

    def steps(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """What is done, in words."""
        return (
            ("the lane starts; a text that is no health code is held up", self._starts),
            ("Tab goes through the traveller's keys", self._traveller),
            ("F2, a service number, a wrong PIN, the right one", self._signs_in),
            ("the officer chooses English", self._english),
            ("a supervisor opens a shift", self._opens),
            ("a code whose signer nobody knows is held up: the referral is read unasked", self._referred),
            ("3: to the desk, with a reason and a note; Ctrl+Z takes it back", self._takes_back),
            ("1: admit, with a reason; the gate opens", self._admits),
            ("the list of crossings, row by row; Enter reads one, Esc goes back", self._looks_back),
            ("the lane is muted, closed, opened, held, let go on", self._orders),
            ("the alarm takes two strokes, and is ended", self._alarm),
            ("the shift: its figures and charts by Tab", self._shift),
            ("an export: no stick, a full one, one that is pulled out, one that works: saved", self._export),
            ("the days of an export; the shift is closed", self._closes),
            ("the officer leaves; the traveller's screen says a green code's verdict", self._leaves),
        )

    def _starts(self) -> None:
        self.display.wait_for_window()
        self._lane.hold_up("https://menu.example/table/7")
        self._lane.wait_for_kind("lane.in_order")
        self.hear("")
        self._lane.hold_nothing()

    def _traveller(self) -> None:
        self.press("Tab", "Tab", "Tab", "Tab")

    def _signs_in(self) -> None:
        self.press("F2", *NUMBER, "Return")
        self.types("111111")
        self.display.press("Return")
        self.hear_until("4")
        self.types(PIN)
        self.display.press("Return")
        self._lane.wait_for_kind("officer.signed_in")
        self.must(self.hear("Return"), hold="O-17")

    def _english(self) -> None:
        self.tab_to("English")
        self.press("space")

    def _referred(self) -> None:
        stranger = found_authority("MO", frozenset({"MO1"}), datetime.now(UTC), demo=False)
        self._lane.hold_up(self._lane.code(stranger))
        self._lane.wait_for_kind("crossing.decided")
        words = self.hear("")
        self.must(words, hold="REFER")
        self.must(words, hold="not on our trust list")
        self._lane.hold_nothing()

    def _takes_back(self) -> None:
        self.must(self.press("3"), hold="for what reason?")
        self.must(self.press("shift+Tab"), hold="Note")
        self.display.write("seen twice")
        self.hear("seen twice")
        self.press("Tab", "space")
        words = self.press("Return")
        self.must(words, hold="Sent to the desk")
        self.must(words, hold="Ctrl+Z")
        self.must(self.press("ctrl+z"), hold="Taken back")

    def _admits(self) -> None:
        self.press("1", "1")
        self.display.press("Return")
        self.hear_until(": passed")
        self._lane.wait_for_kind("crossing.closed")

    def _looks_back(self) -> None:
        self._lane.hold_up(self._lane.code())
        self._lane.wait_for(lambda events: sum(kind == "crossing.closed" for kind, _ in events) == 2)
        self._lane.hold_nothing()
        time.sleep(3)
        self.hear("a green code")
        self.tab_to("Crossings of today")
        self.must(self.press("Down"), hold="officer admitted")
        self.must(self.press("Return"), hold="went through")
        self.press("Escape")

    def _orders(self) -> None:
        self.tab_to("Mute the sound")
        self.must(self.press("Return"), hold="sound again")
        self.press("Return")
        self.tab_to("Hold the lane")
        self.must(self.press("Return"), hold="Lane held")
        self.press("Return")
        self.tab_to("Close the lane")
        self.must(self.press("Return"), hold="Lane closed")
        self.tab_to("Let the lane go on")
        self.must(self.press("Return"), hold="Ready")

    def _alarm(self) -> None:
        self.tab_to("Alarm: everybody leaves")
        self.must(self.press("Return"), hold="again")
        self.must(self.press("Return"), hold="send everybody out")
        self.press("Return")

    def _opens(self) -> None:
        self.tab_to("Shift")
        self.press("Return")
        self.tab_to("Open a shift")
        self.display.press("Return")
        self.hear_until("Opened by O-17")
        self.must(self.press("Return"), hold="return")  # a late Enter presses nothing
        self.tab_to("Back to the lane")
        self.press("Return")

    def _shift(self) -> None:
        self.tab_to("Shift")
        self.press("Return")
        self.tab_to("Crossings: 2")
        self.must(self.press("Tab"), hold="admitted 1, referred 1")
        self.press(*["Tab"] * 7)

    def _export(self) -> None:
        for how, said in (
            ("none", "There is no stick"),
            ("full", "The stick is full"),
            ("pulled", "The stick is gone or fails"),
            ("good", "You may remove the stick"),
        ):
            (self._lane.folder / "how").write_text(how)
            self.tab_to("Export to the stick")
            self.display.press("Return")
            self.display.press("Return")
            self._heard_at_the_end(said)

    def _heard_at_the_end(self, said: str) -> None:
        """What is said until the export is over. Raises `NotHeard`."""
        words = ""
        for _ in range(20):
            words += self.hear("")
            if said in words:
                return
            time.sleep(1)
        raise NotHeard(f"nobody said {said!r} but {words!r}")

    def _closes(self) -> None:
        self.tab_to("Export days")
        self.must(self.press("Return"), hold="the day before")
        self.press("Return", "Return")
        self.tab_to("No export")
        self.must(self.press("Return"), hold="Export days")
        self.tab_to("Close the shift")
        self.display.press("Return")
        self.hear_until("Closed by O-17")
        self.tab_to("Back to the lane")
        self.press("Return")

    def _leaves(self) -> None:
        self.tab_to("Back to the traveller's screen")
        self.press("Return")
        self._lane.hold_up(self._lane.code())
        self._lane.wait_for(lambda events: sum(kind == "crossing.closed" for kind, _ in events) == 3)
        self.hear("a green code")
        self._lane.hold_nothing()
