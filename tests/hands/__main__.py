"""`make hands`: a morning at one lane, by keys and pointer on a real X display, with a picture of each step.

The program is `main.py run` as an operator has it, with a folder as its camera and an emulated gate.
Nothing is called inside it: hands touch the screen and press keys, phones are held up, and the journal says
what came of it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Roster, save_roster
from kiosk.desk.roster import Role as Rank
from kiosk.theme.palette import ROLES, Role
from tests.flows.live_lane import ROOT, LiveLane
from tests.hands.display import Display
from tests.hands.places import Places

WIDTH, HEIGHT = 1080, 1920
NUMBER, PIN = "17", "295038"
"""An officer and a PIN made up for this morning."""


class Morning:
    """The steps, in order. Each ends with something the journal shows, or a picture."""

    def __init__(self, lane: LiveLane, display: Display, out: Path) -> None:
        self._lane, self._display, self._out = lane, display, out
        self._places = Places(WIDTH, HEIGHT)
        self.taken: list[tuple[str, Path]] = []

    def steps(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """What is done, in words."""
        return (
            ("the lane waits for travellers", self._waits),
            ("a green code is held up: the gate opens, the traveller passes", self._green),
            ("somebody chooses Portuguese with a finger", self._portuguese),
            ("somebody chooses large letters with a finger", self._large),
            ("F1 opens the page of help, Esc closes it", self._help),
            ("somebody without a code calls an officer with a finger", self._calls),
            ("the officer touches the name plate and signs in with keys", self._signs_in),
            ("the officer admits with digits and Enter, and the gate opens", self._admits),
            ("the officer sees both crossings in the list of the last", self._looks_back),
        )

    def see(self, name: str) -> None:
        """Takes a picture of the display."""
        file = self._out / f"{len(self.taken) + 1:02d}-{name}.png"
        self._display.picture(file)
        self.taken.append((name, file))

    def _waits(self) -> None:
        self._display.wait_for_window()
        self._lane.hold_up("https://menu.example/table/7")
        self._lane.wait_for_kind("lane.in_order")
        self._put_away()
        self.see("waiting")

    def _green(self) -> None:
        self._lane.hold_up(self._lane.code())
        self._lane.wait_for_kind("gate.accepted")
        self._display.wait_for_colour(WIDTH // 60, HEIGHT // 2, ROLES[Role.ADMIT].ground)
        self.see("please-pass")
        self._put_away()
        self._lane.wait_for_kind("crossing.closed", how="passed")

    def _portuguese(self) -> None:
        self._display.touch(*self._places.language("pt"))
        self.see("portuguese")
        self._display.touch(*self._places.language("en"))

    def _large(self) -> None:
        self._display.touch(*self._places.easy_to_read())
        self.see("large-letters")
        self._display.touch(*self._places.easy_to_read())

    def _help(self) -> None:
        self._display.press("F1")
        self.see("help")
        self._display.press("Escape")

    def _calls(self) -> None:
        self._display.touch(*self._places.call_officer())
        self._lane.wait_for_kind("help.called")
        self.see("officer-called")

    def _signs_in(self) -> None:
        self._display.touch(WIDTH // 20, HEIGHT // 60)
        self._display.write(NUMBER)
        self._display.press("Return")
        self._display.write(PIN)
        self.see("sign-in")
        self._display.press("Return")
        self._lane.wait_for_kind("officer.signed_in")
        self.see("referral-in-front")

    def _admits(self) -> None:
        self._display.press("1")
        self.see("why")
        self._display.press("1", "Return")
        self._lane.wait_for_kind("officer.decided", action="admit")
        self._lane.wait_for(lambda events: sum(kind == "gate.accepted" for kind, _ in events) == 2)
        self.see("decided")
        self._lane.wait_for(lambda events: sum(kind == "crossing.closed" for kind, _ in events) == 2)

    def _looks_back(self) -> None:
        self.see("last-crossings")

    def _put_away(self) -> None:
        self._lane.hold_nothing()


def main(arguments: Sequence[str] = ()) -> int:
    """Plays the morning. 0 when every step ended as it should."""
    parser = argparse.ArgumentParser(prog="python -m tests.hands")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "hands", help="where the pictures go")
    out: Path = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as place, Display(WIDTH, HEIGHT) as display:
        lane = LiveLane(Path(place))
        lane.surroundings = display.environment
        save_roster(Path(place) / "roster.json", Roster((Officer("O-17", Rank.SUPERVISOR, hash_pin(PIN)),)))
        with lane.settings.open("a", encoding="utf-8") as settings:
            settings.write('[officers]\nroster = "roster.json"\n')
        morning = Morning(lane, display, out)
        try:
            lane.start()
            for words, step in morning.steps():
                step()
                print(f"done  {words}", flush=True)
        except AssertionError as wrong:
            morning.see("went-wrong")
            print(f"went wrong: {wrong}", file=sys.stderr)
            return 1
        finally:
            lane.stop()
    print(f"{len(morning.taken)} pictures in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
