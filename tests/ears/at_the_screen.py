"""A traveller who is read the screen: verdicts, what to do, help, in two languages."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.ears.listening import Listening, keep
from tests.ears.orca import Orca
from tests.flows.live_lane import LiveLane
from tests.hands.display import Display
from verification.evidence import Colour
from verification.issuing.authority import found_authority


class AtTheScreen(Listening):
    """The steps, in order."""

    def __init__(self, display: Display, orca: Orca, folder: Path, log: Path) -> None:
        super().__init__(display, orca)
        self._log, self._lane = log, LiveLane(folder)
        self._lane.surroundings = orca.surroundings
        words = self._lane.settings.read_text(encoding="utf-8")
        size = f"width = {display.width}\nheight = {display.height}"
        words = words.replace("width = 1080\nheight = 1920", size)
        words = words.replace("[camera]", "referral_s = 20.0\nrefused_s = 10.0\ndesk_s = 5.0\n[camera]", 1)
        self._lane.settings.write_text(words, encoding="utf-8")

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
            ("the lane starts", self._starts),
            ("Português; help is opened, read and left", self._help),
            ("a code whose signer nobody knows: told to wait, where, and with what", self._referred),
            ("English; a red code: told to stop, and what to do", self._refused),
            ("a green code", self._passes),
        )

    def _starts(self) -> None:
        self.display.wait_for_window()
        self._lane.hold_nothing()
        self._lane.wait_for_kind("lane.in_order")
        self.hear("later")

    def _help(self) -> None:
        self.tab_to("Português")
        self.press("space")
        self.tab_to("Ajuda")
        self.must(self.press("Return"), hold="Cadeira de rodas")
        self.press(*["Tab"] * 3)
        self.press("Escape")

    def _referred(self) -> None:
        self.tab_to("Português")
        self.press("space")
        stranger = found_authority("MO", frozenset({"MO1"}), datetime.now(UTC), demo=False)
        words = self._shows(self._lane.code(stranger))
        for said in ("Aguarde um agente", "Fique onde está", "Prepare o seu documento"):
            self.must(words, hold=said)
        self.press(*["Tab"] * 3)
        self.must(self._until_over(), hold="Dirija-se ao balcão")

    def _refused(self) -> None:
        self.tab_to("English")
        self.press("space")
        words = self._shows(self._lane.code(colour=Colour.RED))
        for said in ("Please stop", "step back from the gate", "Have your document ready"):
            self.must(words, hold=said)
        self.press(*["Tab"] * 3)
        self._until_over()

    def _passes(self) -> None:
        self.tab_to("English")
        self.press("space")
        self.must(self._shows(self._lane.code()), hold="pass")
        self._until_over()

    def _shows(self, code: str) -> str:
        before = self._count("crossing.decided")
        self._lane.hold_up(code)
        self._lane.wait_for(lambda _: self._count("crossing.decided") > before)
        words = self.hear("the code")
        self._lane.hold_nothing()
        return words

    def _until_over(self) -> str:
        decided = self._count("crossing.decided")
        self._lane.wait_for(lambda _: self._count("crossing.closed") == decided)
        time.sleep(2)
        return self.hear("later")

    def _count(self, kind: str) -> int:
        return sum(one == kind for one, _ in self._lane.events())
