"""The slips of the officers' desk: of the traveller it has taken, and of a crossing that was looked up."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from kiosk.desk.crossed import Crossed
from kiosk.desk.session import OfficerSession
from kiosk.desk.slip_desk import StationSlips
from kiosk.desk.station import StationDesk
from kiosk.lane_view import LaneView
from kiosk.presenters import slip_card_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.presenters.slip import Facts, facts, facts_of
from kiosk.reference import in_groups, reference_of
from kiosk.screens.officer_slip import SlipCard


class StationSlip(QObject):
    """Made by the desk's window, which lays key and card where they belong.

    What the hub did not bring is not made up: without the time of the verdict, a reason that is known here,
    or the lane's own word whether it is a demo, there is no slip.
    """

    changed = Signal()
    touched = Signal()

    def __init__(self, desk: StationDesk) -> None:
        super().__init__()
        self._desk, self._usual, self._language = desk, "en", "en"
        self._view: LaneView | None = None
        self._told: Facts | None = None
        self._taken = ""
        """Who was in front when the slip was opened."""
        self.key, self.card = QPushButton(), SlipCard()
        self.key.setProperty("small", "true")
        self.key.clicked.connect(self._open)
        self.card.left.connect(self.changed)
        self.card.touched.connect(self.touched)
        self.card.wanted.connect(self._print)
        self._slips: StationSlips | None = None

    def attach(self, slips: StationSlips, usual: str) -> None:
        """Gives it the station's slips; `usual` is the language a slip is opened in."""
        self._slips, self._usual = slips, usual
        self.card.attach(slips)

    @property
    def is_open(self) -> bool:
        """Whether the card is in front."""
        return self.card.told is not None

    def set_language(self, language: str) -> None:
        """Speaks another language."""
        self._language = language
        self.card.set_language(language)

    def follow(self, view: LaneView | None, *, busy: bool) -> None:
        """`view`: the lane of who was taken; `busy`: something else is in front.

        A slip closes with its officer's session, and for the next who is taken. What becomes of the traveller
        meanwhile takes nothing from who photographs it.
        """
        session: OfficerSession = self._desk.session
        here = session.officer is not None and self._slips is not None
        self._view, self._told = view, facts(view) if view is not None and here else None
        taken = view.crossing.crossing if view is not None and view.crossing is not None else ""
        if session.officer is None or (taken and taken != self._taken):
            self.card.close_slip()
        self.key.setVisible(self._told is not None and not busy and not self.is_open)
        if self._told is not None:
            reference = in_groups(reference_of(self._told.crossing))
            self.key.setText(f"{say(t.SLIP, self._language)}   {reference}")

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
        if self._told is not None and self._view is not None:
            self._show(self._view.lane, self._told, demo=self._view.demo)

    def _show(self, lane: str, told: Facts, *, demo: bool) -> None:
        if self._slips is None or self._desk.session.officer is None:
            return
        self.touched.emit()
        view = self._view
        self._taken = view.crossing.crossing if view is not None and view.crossing is not None else ""
        self._slips.of_lane(lane, demo=demo)
        self.card.open(told, self._usual)
        self.changed.emit()

    def _print(self, language: str) -> None:
        officer, told, slips = self._desk.session.officer, self.card.told, self._slips
        if officer is not None and told is not None and slips is not None:
            self.touched.emit()
            self.card.printing(slips.print(told, language, officer.id))
