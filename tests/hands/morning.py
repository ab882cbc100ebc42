"""A morning at one lane: travellers touch a tall screen, and an officer comes to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.theme.palette import ROLES, Role
from tests.flows.live_lane import LiveLane
from tests.hands.display import Display
from tests.hands.lanes import OFFICER, OFFICER_PIN
from tests.hands.places import Places
from tests.hands.story import Step, Story

WIDTH, HEIGHT = 1080, 1920


class Morning(Story):
    """The steps, in order."""

    name = "morning"

    def __init__(self, lane: LiveLane, display: Display, out: Path) -> None:
        super().__init__(lane, out)
        self._display = display
        self._places = Places(WIDTH, HEIGHT)

    def display(self) -> Display:
        return self._display

    def steps(self) -> Sequence[Step]:
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

    def _waits(self) -> None:
        self._display.wait_for_window()
        self.lane.hold_up("https://menu.example/table/7")
        self.happens("lane.in_order")
        self._put_away()
        self.see("waiting")

    def _green(self) -> None:
        self.lane.hold_up(self.lane.code())
        self.happens("gate.accepted")
        self._display.wait_for_colour(WIDTH // 60, HEIGHT // 2, ROLES[Role.ADMIT].ground)
        self.see("please-pass")
        self._put_away()
        self.happens("crossing.closed", how="passed")

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
        self.happens("help.called")
        self.see("officer-called")

    def _signs_in(self) -> None:
        self._display.touch(WIDTH // 20, HEIGHT // 60)
        self._display.write(OFFICER.removeprefix("O-"))
        self._display.press("Return")
        self._display.write(OFFICER_PIN)
        self.see("sign-in")
        self._display.press("Return")
        self.happens("officer.signed_in")
        self.see("referral-in-front")

    def _admits(self) -> None:
        self._display.press("1")
        self.see("why")
        self._display.press("1", "Return")
        self.happens("officer.decided", action="admit")
        self.happens("gate.accepted")
        self.see("decided")
        self.happens("crossing.closed", how="passed")

    def _looks_back(self) -> None:
        self.see("last-crossings")

    def _put_away(self) -> None:
        self.lane.hold_nothing()
