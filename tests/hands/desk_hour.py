"""An hour at the station's desk: referrals are taken and decided, the lane is ordered; its journal tells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.flows.live_lane import LiveLane
from tests.hands.display import Display
from tests.hands.hand import Hand
from tests.hands.lanes import OFFICER, OFFICER_PIN, strangers_code
from tests.hands.station import DESK, Station
from tests.hands.story import Step, Story


class DeskHour(Story):
    """The steps, in order. One hand has the pointer, one the keys; both are the same officer's."""

    name = "desk"

    def __init__(self, station: Station, lane: LiveLane, pointer: Hand, keys: Hand, out: Path) -> None:
        super().__init__(lane, out)
        self._station, self._pointer, self._keys = station, pointer, keys

    def display(self) -> Display:
        return self._keys.display

    def start(self) -> None:
        self._station.start()

    def stop(self) -> None:
        self._station.stop()

    def steps(self) -> Sequence[Step]:
        return (
            ("the desk has the lane, and the officer signs in by keys", self._signs_in),
            ("a traveller waits at the lane; the desk takes the referral with a finger", self._takes),
            ("the desk refuses, takes it back, admits: the lane's gate opens", self._decides),
            ("another one is taken and refused by keys", self._refuses),
            ("the lane is held and let go on from the desk", self._holds),
            ("the lane is closed and opened from the desk", self._closes),
            ("the officer signs out", self._leaves),
        )

    def _signs_in(self) -> None:
        self._keys.reads("Service number")
        self.display().give_keyboard()
        self.lane.hold_nothing()
        self.happens("lane.in_order")
        self._keys.signs_in(OFFICER, OFFICER_PIN)
        self._keys.reads("Nobody waits")
        self._keys.reads("test-1: Ready for the next traveller")
        self.see("signed-in")

    def _comes(self) -> str:
        self.lane.hold_up(strangers_code(self.lane))
        told = self.happens("crossing.decided", outcome="REFER")
        self.lane.hold_nothing()
        return str(told["crossing"])

    def _takes(self) -> None:
        self._waits = self._comes()
        self._keys.reads("Take this traveller")
        self.see("somebody-waits")
        self._pointer.presses("Take this traveller")
        self._pointer.reads("not on our trust list")
        self.see("taken")

    def _decides(self) -> None:
        who = self._waits
        self._pointer.answers("Refuse", 2)
        self._pointer.answers("Document is not genuine", 1)
        self._pointer.confirms("Refuse now")
        self.happens("officer.decided", crossing=who, officer=OFFICER, action="refuse", desk=DESK)
        self._pointer.takes_back()
        self.happens("officer.undone", crossing=who, officer=OFFICER, action="refuse", desk=DESK)
        self.never("gate.authorised", crossing=who)
        self._pointer.answers("Admit", 1)
        self._pointer.answers("Document seen, it is genuine", 1)
        self._pointer.confirms("Admit now")
        self.happens(
            "officer.decided", crossing=who, officer=OFFICER, action="admit", desk=DESK, in_time=True
        )
        self.happens("gate.accepted")
        self.happens("crossing.closed", crossing=who, how="passed")
        self._pointer.reads(f"Admitted by {OFFICER}")
        self.see("admitted")

    def _refuses(self) -> None:
        who = self._comes()
        self._keys.answers("Take this traveller", 1)
        self._keys.reads("not on our trust list")
        self._keys.answers("Refuse", 2)
        self._keys.answers("Document belongs to somebody else", 2)
        self._keys.confirms("Refuse now")
        self.happens("officer.decided", crossing=who, action="refuse", reason="NOT_THE_HOLDER", desk=DESK)
        self.happens("crossing.closed", crossing=who, how="refused")
        self.never("gate.authorised", crossing=who)
        self.see("refused")

    def _holds(self) -> None:
        self._pointer.presses("Order …: test-1")
        self._pointer.presses("Hold the lane")
        self.happens("lane.held", officer=OFFICER, desk=DESK)
        self._pointer.reads("Lane held")
        self.see("held")
        self._pointer.presses("Let the lane go on")
        self.happens("lane.freed", officer=OFFICER, desk=DESK)

    def _closes(self) -> None:
        self._keys.presses("Close the lane")
        self.happens("lane.closed", officer=OFFICER, desk=DESK)
        self._keys.reads("Lane closed")
        self.see("closed")
        self._keys.presses("Let the lane go on")
        self.happens("lane.freed", officer=OFFICER, desk=DESK)
        self._keys.reads("Ready for the next traveller")
        self.see("open-again")

    def _leaves(self) -> None:
        self._pointer.presses("Sign out")
        self._pointer.reads("Service number")
        self.see("signed-out")
