"""What stories at one lane and its own panel have together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.flows.live_lane import ROOT, LiveLane
from tests.hands.display import Display
from tests.hands.hand import Hand
from tests.hands.story import Story


class AtTheLane(Story):
    """`hand` is whoever comes first; a story may have others on the same display."""

    def __init__(self, lane: LiveLane, hand: Hand, out: Path) -> None:
        super().__init__(lane, out)
        self._hand = hand

    def display(self) -> Display:
        return self._hand.display

    def _ready(self) -> None:
        self.display().wait_for_window()
        self.display().give_keyboard()
        self.lane.hold_up("https://menu.example/table/7")
        self.happens("lane.in_order")
        self.lane.hold_nothing()
        self._hand.reads("English")
        self.see("ready")

    def _signs_in(self, number: str, pin: str) -> None:
        self._hand.opens_door()
        self._hand.signs_in(number, pin)
        self.happens("officer.signed_in", officer=number)
        self._hand.reads(number)

    def _shows(self, code: str, **fields: object) -> str:
        """Somebody holds this up until the lane has decided so; the crossing."""
        self.lane.hold_up(code)
        told = self.happens("crossing.decided", **fields)
        self.lane.hold_nothing()
        return str(told["crossing"])

    def _leaves_shift(self) -> None:
        self._hand.presses("Back to the lane")
        self._hand.presses("Back to the traveller's screen")

    def _verify(self, archive: Path) -> subprocess.CompletedProcess[str]:
        """What another machine says of an export."""
        key = self.lane.journal / "device.pub.pem"
        command = [sys.executable, str(ROOT / "main.py"), "verify-export", str(archive), "--key", str(key)]
        return subprocess.run(command, capture_output=True, text=True, check=False)
