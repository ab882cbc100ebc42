"""The slips of the officers' desk: of who was taken, just after, too, and of who was looked up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.desk.crossed import Crossed
from kiosk.desk.slip_desk import StationSlips
from kiosk.desk.station import Mine, StationDesk
from kiosk.lane_view import LaneView
from kiosk.presenters.slip import Facts, facts, facts_of, slip
from kiosk.screens.slip_key import SlipKey

WENT = {"refuse": "refuse", "desk": "desk", "timed_out": "desk"}
"""How a referral ends whose traveller goes on with a slip, and what it says was decided."""


@dataclass(frozen=True, slots=True)
class _Given:
    """The slip there is to give, of whatever lane."""

    lane: str
    told: Facts
    demo: bool


class StationSlip(SlipKey):
    """Of the lanes' travellers, at the officers' desk.

    What the hub did not bring is not made up: without the time of the verdict, a reason that is known here,
    or the lane's own word whether it is a demo, there is no slip.
    """

    def __init__(self, desk: StationDesk) -> None:
        super().__init__(desk.session)
        self._desk = desk
        self._front = ""
        """The crossing that was taken; empty: none is in front."""
        self._given: _Given | None = None
        self._last: _Given | None = None
        """Of who was in front last."""
        self._taken = ""
        """Who was in front when the slip was opened."""
        self._slips: StationSlips | None = None

    def attach(self, slips: StationSlips, usual: str) -> None:
        """Gives it the station's slips; `usual` is the language a slip is opened in."""
        self._slips = slips
        self._give(slips, usual)

    def follow(self, view: LaneView | None, *, busy: bool) -> None:
        """`view`: the lane of who was taken; `busy`: something else is in front.

        A slip closes with its officer's session, and for the next who is taken. What is decided meanwhile
        takes nothing from who photographs it, and stands on it.
        """
        session = self._session
        here = session.officer is not None and self._slips is not None
        if not here:
            self._last = None
        self._front = view.crossing.crossing if view is not None and view.crossing is not None else ""
        self._given = self._at_hand(view) if here else None
        if session.officer is None or (self._front and self._front != self._taken):
            self.card.close_slip()
        if self._given is not None and self._given.told != self.card.told:
            self.card.follow(self._given.told)
        self._offer(None if self._given is None else self._given.told, busy=busy)
        if (given := self._given) is not None and (slips := self._slips) is not None:
            at, usual = slips.at_lane(given.lane, demo=given.demo), self._usual
            self._soon(given.told, usual, lambda: slip(given.told, at, usual))

    def _at_hand(self, view: LaneView | None) -> _Given | None:
        """Of who is in front, else of who was last and did not pass, until somebody else is taken."""
        if view is not None:
            told = facts(view)
            self._last = None if told is None else _Given(view.lane, told, view.demo)
            return self._last
        last = self._last
        if last is None:
            return None
        if (one := self._desk.found(Mine(last.lane, last.told.crossing))) is not None:
            self._last = last = replace(last, told=replace(last.told, override=WENT.get(one.how, "")))
        return last if last.told.override else None  # the hub tells of an end for seconds only

    def can_tell(self, lane: str, crossed: Crossed) -> bool:
        """Whether there is a slip of a crossing that was looked up."""
        known = self._slips is not None and self._demo(lane) is not None
        return known and facts_of(crossed) is not None

    def open_found(self, lane: str, crossed: Crossed) -> None:
        """Shows it."""
        told, demo = facts_of(crossed), self._demo(lane)
        if told is not None and demo is not None:
            self._show(lane, told, demo=demo)

    def _demo(self, lane: str) -> bool | None:
        """What the lane says of itself; None: it has said nothing."""
        picture = self._desk.picture
        lanes = picture.said.lanes if picture is not None else ()
        report = next((one.report for one in lanes if one.lane == lane), None)
        return None if report is None else report.get("demo") is not False

    def _open(self) -> None:
        if self._given is not None:
            self._show(self._given.lane, self._given.told, demo=self._given.demo)

    def _show(self, lane: str, told: Facts, *, demo: bool) -> None:
        if self._slips is None or self._session.officer is None:
            return
        self.touched.emit()
        self._taken = self._front
        self._slips.of_lane(lane, demo=demo)
        self.card.open(told, self._usual)
        self.changed.emit()
