"""`make screen-reader`: an officer who hears the screen works by keys alone, and what real Orca said of it.

The program is `main.py run` as an operator has it; keys come from xdotool, words from Orca through a voice
that writes them down. What has to be heard is checked, and that a PIN never is; the rest is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Roster, save_roster
from kiosk.desk.roster import Role as Rank
from tests.ears.orca import Orca, missing
from tests.flows.live_lane import ROOT, LiveLane
from tests.hands.display import Display
from verification.issuing.authority import found_authority

WIDTH, HEIGHT = 1280, 800
NUMBER, PIN = "17", "295038"
"""An officer and a PIN made up for this hour."""


class NotHeard(AssertionError):
    """Something that has to be heard was not, or something that must not be was."""


class Hour:
    """The steps, in order."""

    def __init__(self, lane: LiveLane, display: Display, orca: Orca) -> None:
        self._lane, self._display, self._orca = lane, display, orca
        self.told: list[str] = []

    def steps(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """What is done, in words."""
        return (
            ("the lane starts; a text that is no health code is held up", self._starts),
            ("Tab goes through the traveller's keys", self._traveller),
            ("F2, a service number, a wrong PIN, the right one", self._signs_in),
            ("the officer chooses English", self._english),
            ("a code whose signer nobody knows is held up: the referral is read unasked", self._referred),
            ("3: to the desk, with a reason and a note; Ctrl+Z takes it back", self._takes_back),
            ("1: admit, with a reason; the gate opens", self._admits),
            ("the list of crossings, row by row; Enter reads one, Esc goes back", self._looks_back),
            ("the lane is muted, closed, opened, held, let go on", self._orders),
            ("the alarm takes two strokes, and is ended", self._alarm),
            ("the shift: opened, its figures and charts by Tab", self._shift),
            ("the officer leaves; the traveller's screen says a green code's verdict", self._leaves),
        )

    def hear(self, done: str) -> str:
        """Prints what was said since the last time, and gives it back."""
        said = self._orca.said()
        words = " | ".join(one.words if one.heard else f"({one.words}: cut off)" for one in said)
        print(f"  {done:<16} {words or '-'}", flush=True)
        self.told.append(words)
        return words

    def must(self, words: str, *, hold: str) -> None:
        """`hold` has to be heard in these words. Raises `NotHeard`."""
        if hold not in words:
            raise NotHeard(f"nobody said {hold!r} but {words!r}")

    def press(self, *keys: str) -> str:
        """Each key, and what is said to it; of the last it is given back."""
        words = ""
        for key in keys:
            self._display.press(key)
            words = self.hear(key)
        return words

    def tab_to(self, name: str) -> None:
        """Tab, until something with this name is said. Raises `NotHeard`."""
        for _ in range(25):
            if name in self.press("Tab"):
                return
        raise NotHeard(f"Tab never comes to {name!r}")

    def _starts(self) -> None:
        self._display.wait_for_window()
        self._lane.hold_up("https://menu.example/table/7")
        self._lane.wait_for_kind("lane.in_order")
        self.hear("")
        self._lane.hold_nothing()

    def _traveller(self) -> None:
        self.press("Tab", "Tab", "Tab", "Tab")

    def _signs_in(self) -> None:
        self.press("F2", *NUMBER, "Return")
        self._types("111111")
        self.press("Return")
        self._types(PIN)
        self._display.press("Return")
        self._lane.wait_for_kind("officer.signed_in")
        self.must(self.hear("Return"), hold="O-17")

    def _types(self, digits: str) -> None:
        """A PIN, whose digits must never be heard. Raises `NotHeard`."""
        said = [self.press(digit) for digit in digits]
        if any(digit.isdecimal() for words in said for digit in words):
            raise NotHeard(f"the digits of a PIN were spoken: {said}")

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
        self._display.write("seen twice")
        self.hear("seen twice")
        self.press("Tab", "space")
        self.must(self.press("Return"), hold="Sent to the desk")
        self.must(self.press("ctrl+z"), hold="Taken back")

    def _admits(self) -> None:
        self.press("1", "1")
        self.must(self.press("Return"), hold="passing")
        self._lane.wait_for_kind("crossing.closed")
        self.hear("")

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

    def _shift(self) -> None:
        self.tab_to("Shift")
        self.press("Return")
        self.tab_to("Open a shift")
        self.press("Return")
        time.sleep(3)
        self.hear("counted")
        self.tab_to("Crossings")
        self.press(*["Tab"] * 9)

    def _leaves(self) -> None:
        self.tab_to("Back to the traveller's screen")
        self.press("Return")
        self._lane.hold_up(self._lane.code())
        self._lane.wait_for(lambda events: sum(kind == "crossing.closed" for kind, _ in events) == 3)
        self.hear("a green code")
        self._lane.hold_nothing()


def main(arguments: Sequence[str] = ()) -> int:
    """Plays the hour. 0: everything that has to be heard was; 1: not; 2: something is not installed."""
    parser = argparse.ArgumentParser(prog="python -m tests.ears")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "ears", help="where log and picture go")
    out: Path = parser.parse_args(arguments).out
    if lacking := missing():
        print(f"missing here: apt-get install --no-install-recommends {' '.join(lacking)}", file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as place, Display(WIDTH, HEIGHT) as display:
        home, folder = Path(place) / "reader", Path(place) / "lane"
        folder.mkdir()
        with Orca(display.environment, home) as orca:
            lane = LiveLane(folder)
            lane.surroundings = orca.surroundings
            words = lane.settings.read_text(encoding="utf-8")
            words = words.replace("width = 1080\nheight = 1920", f"width = {WIDTH}\nheight = {HEIGHT}")
            lane.settings.write_text(words + '[officers]\nroster = "roster.json"\n', encoding="utf-8")
            save_roster(folder / "roster.json", Roster((Officer("O-17", Rank.SUPERVISOR, hash_pin(PIN)),)))
            hour = Hour(lane, display, orca)
            try:
                lane.start()
                threading.Thread(target=_keep, args=(lane, out / "program.log"), daemon=True).start()
                for done, step in hour.steps():
                    print(done, flush=True)
                    step()
            except AssertionError as wrong:
                display.picture(out / "went-wrong.png")
                print(f"went wrong: {wrong}", file=sys.stderr)
                return 1
            finally:
                lane.stop()
    print("everything that has to be heard was heard, and no PIN")
    return 0


def _keep(lane: LiveLane, log: Path) -> None:
    """Reads what the program prints: a full pipe would stop it."""
    assert lane.program is not None and lane.program.stdout is not None
    with log.open("w", encoding="utf-8") as kept:
        for line in lane.program.stdout:
            kept.write(line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
