"""Many travellers one after the other on virtual time, with real lane parts and the real screens.

Nobody waits for a clock: the day is as long as the lane makes it, and takes minutes.
"""

from __future__ import annotations

import heapq
import itertools
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent

from config.moment import Moment, system_clock
from config.settings import Display
from drivers.camera.synthetic.generator import render
from drivers.reader.port import Hint
from drivers.turnstile.port import GateReport, Passage
from kiosk.application import qt_application
from kiosk.crossing_io import PartRecovered, Patience, Seen, Tick
from kiosk.desk.desk import OfficerDesk
from kiosk.desk.lane_control import Action
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.pin import hash_pin, weakness
from kiosk.desk.roster import Officer, Role, Roster
from kiosk.desk.session import OfficerSession
from kiosk.lane_view import LaneView, Phase, SightView
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.traveller_window import TravellerWindow
from tests.bench.real_lane import RealLane
from verification.evidence import Colour, Use

STEP_S = 0.25
BETWEEN_S = 2.0
OFFICER = "O-17"
REASON = "DOCUMENT_GENUINE"


class LongDay:
    """One lane, its traveller's window, its officer's panel. `cross` brings the next traveller."""

    def __init__(self, folder: Path) -> None:
        """`folder` is an empty one. Makes the process's QApplication if there is none."""
        self._application = qt_application()
        self._now = system_clock()
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._reports: list[GateReport] = []
        self.view = LaneView(Phase.OUT_OF_ORDER, "bench-1")
        self.ends: dict[str, int] = {}
        self._last = ""
        self.traveller = TravellerWindow(Display(width=640, height=960), "bench-1", True, clock=self._clock)
        self._parts = RealLane(folder, self._clock, self._published, later=self._in, patience=Patience())
        pin = _pin()
        roster = Roster((Officer(OFFICER, Role.OFFICER, hash_pin(pin)),))
        session = OfficerSession(
            roster, Lockouts(folder / "lockouts.json"), self._clock, self._parts.lane.record
        )
        self._pin, needs_second = pin, self._parts.rulebook.needs_second_officer
        self.desk = OfficerDesk(session, self._parts.lane, self._clock, needs_second)
        self.panel = OfficerPanel(self.desk)
        for window in (self.traveller, self.panel):
            window.show()
        self._picture = render([]).pixels
        self._parts.connect(self._reports.append)
        self._hear(PartRecovered("camera"))

    def close(self) -> None:
        """Ends windows, session and journal."""
        self.desk.session.stop()
        for window in (self.traveller, self.panel):
            window.close()
        self._parts.close()

    def cross(self, number: int) -> None:
        """One traveller, to the end of the crossing and out of view."""
        self._look(number)
        self._hear(Seen(self._held_up(number), self._now.mono))
        self._paint()
        while self.view.phase is not Phase.WAITING:
            if self.view.phase is Phase.REFERRED:
                self._decide(Action.ADMIT if number % 40 == 7 else Action.DESK)
            self._pass_time(STEP_S)
        self._paint()
        self._pass_time(BETWEEN_S)
        self._count()

    def _count(self) -> None:
        last = self.view.last[0] if self.view.last else None
        end = "no crossing"
        if last is not None and last.crossing != self._last:
            self._last = last.crossing
            end = " ".join(filter(None, (last.outcome, last.override, last.passage)))
        self.ends[end] = self.ends.get(end, 0) + 1

    # --- who comes ---

    def _held_up(self, number: int) -> bytes:
        parts, issuers = self._parts, self._parts.issuers
        match number % 20:
            case 3:
                return parts.code(colour=Colour.RED)
            case 7:
                return parts.code(authority=issuers.stranger)
            case 9 | 15:
                parts.gate.people.append(Passage.PASSED if number % 20 == 9 else Passage.NO_PASSAGE)
                return parts.code("CD1", issuers.customs, None, timedelta(hours=2), Use.SINGLE)
            case 11:
                return b"https://menu.example/table/%d" % number
            case 13:
                return parts.code("MO1", issuers.macao, age=timedelta(hours=7))
            case _:
                return parts.code()

    def _decide(self, action: Action) -> None:
        """The officer signs in when it is needed, and lets the traveller through or sends him to the desk."""
        crossing, session = self.view.crossing, self.desk.session
        assert crossing is not None
        while session.officer is None:
            if not session.checking:
                session.try_pin(OFFICER, self._pin)
            self._application.processEvents()
        self._paint()
        self.desk.decide(crossing.crossing, action, REASON)
        self._drain()

    # --- the machinery ---

    def _clock(self) -> Moment:
        return self._now

    def _in(self, seconds: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._later, (self._now.mono + seconds, next(self._order), act))

    def _pass_time(self, seconds: float) -> None:
        until = self._now.later(seconds)
        while self._later and self._later[0][0] <= until.mono:
            at, _, act = heapq.heappop(self._later)
            self._now = self._now.later(max(0.0, at - self._now.mono))
            act()
            self._drain()
        self._now = self._now.later(max(0.0, until.mono - self._now.mono))
        self._hear(Tick())

    def _hear(self, heard: Seen | Tick | PartRecovered) -> None:
        self._parts.lane.step(heard)
        self._drain()

    def _drain(self) -> None:
        """What the gate reported and what the desk posted meanwhile, in order."""
        lane = self._parts.lane
        while self._reports or not lane._inbox.empty():
            heard = self._reports.pop(0) if self._reports else lane._inbox.get_nowait()
            if heard is not None:
                lane.step(heard)

    # --- the screens ---

    def _published(self, view: LaneView) -> None:
        self.view = view
        self.traveller.show_lane(view)
        if hasattr(self, "desk"):
            self.desk.show_view(view)

    def _look(self, number: int) -> None:
        """A frame in the preview and a found code, as while somebody holds one up."""
        self.traveller.show_frame(np.roll(self._picture, number % 640, axis=1))
        corners = ((500.0, 200.0), (800.0, 200.0), (800.0, 500.0), (500.0, 500.0))
        hint = Hint.HOLD_STILL if number % 2 else None
        self.traveller.show_sight(SightView(hint, True, () if hint else corners, (1280, 720)))
        self._paint()

    def _paint(self) -> None:
        """What a running event loop does between two events: paint, and delete what waits for it."""
        self._application.processEvents()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _pin() -> str:
    while weakness(pin := f"{secrets.randbelow(10**6):06d}"):
        pass
    return pin
