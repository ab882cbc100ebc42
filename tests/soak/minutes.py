"""Sixty travellers a minute through one lane, for minutes: no verdict dropped, doubled or shown for another.

`python -m tests.soak.minutes --minutes 5` runs what `bench_minute` measures: the real program without a
display, reader and gate processes, an emulated gate whose people pass in half a second. Each comes in their
own second, or as soon as the one before has seen a verdict. What the journal holds at the end and what the
window has painted must be one verdict for each of them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer

from config.moment import system_clock
from drivers.camera.synthetic.appearance import Appearance
from drivers.camera.synthetic.stage import Prop, Stage
from kiosk.app import KioskApp
from kiosk.demo.feed import ViewFeed
from kiosk.lane_view import LaneView, Phase
from kiosk.presenters.traveller_screen import Page
from sync.chain import Record
from sync.event_types import CrossingClosed, CrossingDecided, CrossingOpened, GatePassage
from sync.journal_reader import JournalReader
from tests.bench.bench_minute import LOST_S, READY_S, at_the_gate, green_code
from verification.issuing.authority import Authority

A_MINUTE = 60
LATE_S = 5.0
"""So much longer than the minutes may it all take: the last one's passage, and a pause of the machine's."""


@dataclass(slots=True)
class Played:
    """What became of so many travellers. Crossings are known by their identifiers."""

    travellers: int
    took_s: float = 0.0
    slowest: tuple[float, str] = (0.0, "nobody")
    """The longest from the code held up to the verdict painted, in seconds, and whose it was."""
    names: dict[str, set[str]] = field(default_factory=dict)
    """Whose codes a crossing was about."""
    decided: dict[str, list[str]] = field(default_factory=dict)
    passages: dict[str, list[str]] = field(default_factory=dict)
    closed: Counter[str] = field(default_factory=Counter)
    painted: dict[str, str] = field(default_factory=dict)
    """Who stood there when the window first had a crossing's "please pass"."""

    def read(self, records: Sequence[Record]) -> None:
        """What the journal says."""
        for record in records:
            told = json.loads(record.payload or "{}")
            if record.kind == CrossingOpened.kind:
                self.names.setdefault(told["crossing"], set())
            elif record.kind == CrossingDecided.kind:
                self.decided.setdefault(told["crossing"], []).append(told["outcome"])
            elif record.kind == GatePassage.kind:
                self.passages.setdefault(told["crossing"], []).append(told["passage"])
            elif record.kind == CrossingClosed.kind:
                self.closed[told["crossing"]] += 1

    def wrong(self) -> str:
        """The first thing that is not as it has to be, in one sentence; empty: there is none."""
        of: dict[str, list[str]] = {}
        for crossing, names in self.names.items():
            if len(names) != 1:
                return f"A crossing was about {len(names)} travellers ({', '.join(sorted(names))})."
            of.setdefault(*names, []).append(crossing)
        for name in (named(number) for number in range(self.travellers)):
            crossings = of.get(name, [])
            if not crossings:
                return f"The verdict on {name} was dropped: there is no crossing."
            if len(crossings) > 1:
                return f"The verdict on {name} was doubled: {len(crossings)} crossings."
            if why := self._wrong_with(name, crossings[0]):
                return why
        if self.took_s > self.travellers * 60 / A_MINUTE + LATE_S:
            return (
                f"The lane fell behind with no verdict lost: {self.travellers} travellers took "
                f"{self.took_s:.0f} s, {self.slowest[1]} alone {self.slowest[0]:.1f} s, load {load():.1f}."
            )
        return ""

    def _wrong_with(self, name: str, crossing: str) -> str:
        verdicts, passages = self.decided.get(crossing, []), self.passages.get(crossing, [])
        if len(verdicts) > 1 or len(passages) > 1 or self.closed[crossing] > 1:
            return f"The verdict on {name} was doubled: {' '.join([*verdicts, *passages])}."
        if (verdicts, passages) != (["ADMIT"], ["PASSED"]):
            return f"The verdict on {name} was dropped: {' '.join([*verdicts, *passages]) or 'nothing'}."
        if crossing not in self.painted:
            return f"The verdict on {name} was dropped: it was not shown."
        if self.painted[crossing] != name:
            return f"The verdict on {name} was shown for {self.painted[crossing]}."
        return ""


def load() -> float:
    """What this machine had to do in the last minute."""
    return os.getloadavg()[0]


def named(number: int) -> str:
    """The masked name on the code of a traveller."""
    return f"T*******R {number:05}"


class Queue(QObject):
    """Who stands at the camera, and whether the window has painted their verdict."""

    def __init__(self, played: Played) -> None:
        super().__init__()
        self._played, self._seen = played, threading.Condition()
        self._standing = ""

    def begin(self, kiosk: KioskApp) -> None:
        """Looks on at this kiosk's window."""
        self._window = kiosk.traveller
        kiosk.traveller.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every repaint of the window passes here before it is done."""
        if event.type() is QEvent.Type.UpdateRequest:
            QTimer.singleShot(0, self._painted)
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        crossing = self._window._view.crossing
        if crossing is None or self._window.screen_shown.page is not Page.ADMIT:
            return
        with self._seen:
            if crossing.crossing not in self._played.painted:
                self._played.painted[crossing.crossing] = self._standing
                self._seen.notify_all()

    def show(self, view: LaneView) -> None:
        """Notes whose codes a crossing is about."""
        if view.crossing is not None:
            names = self._played.names.setdefault(view.crossing.crossing, set())
            names.update(one.personal.masked_name for one in view.crossing.evidence if one.personal)

    def walk(self, stage: Stage, feed: ViewFeed, issuer: Authority) -> None:
        """All of them. Every other one lowers the phone to walk, the rest when the next one comes."""
        lots, played = random.Random(11), self._played
        feed.wait(lambda view: view.phase is Phase.WAITING, READY_S)
        began = system_clock().mono
        for number in range(played.travellers):
            feed.pause(began + number * 60 / A_MINUTE - system_clock().mono)
            if feed.is_closed():
                break
            held_up = system_clock().mono
            with self._seen:
                self._standing = named(number)
                stage.show(Prop(green_code(issuer, lots, named(number)), Appearance(look=number % 4)))
                shown = self._seen.wait_for(lambda: self._standing in played.painted.values(), LOST_S)
            waited = system_clock().mono - held_up
            played.slowest = max(played.slowest, (waited, named(number)))
            if not shown or number % 2:
                stage.clear()
            if number % A_MINUTE == A_MINUTE - 1:
                print(f"{number + 1} after {system_clock().mono - began:.1f} s", flush=True)
        feed.wait(lambda view: view.phase is Phase.WAITING, LOST_S)
        played.took_s = system_clock().mono - began


def main(arguments: Sequence[str]) -> int:
    """0: every verdict was one and was seen by whom it is about; 1: not so, in one sentence."""
    parser = argparse.ArgumentParser(prog="tests.soak.minutes")
    parser.add_argument("--minutes", type=float, default=5.0)
    chosen = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    played = Played(round(chosen.minutes * A_MINUTE))
    queue = Queue(played)
    with tempfile.TemporaryDirectory() as folder:
        journal = at_the_gate(Path(folder), queue.begin, queue.show, queue.walk)
        with closing(JournalReader(journal)) as reader:
            played.read(list(reader.all_records()))
    why = played.wrong()
    well = f"{played.travellers} travellers in {played.took_s:.1f} s, each with one verdict that they saw"
    print(why or f"{well}, the slowest after {played.slowest[0]:.1f} s, load {load():.1f}")
    return 1 if why else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
