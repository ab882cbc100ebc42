"""The slip's part of the officer's panel: the key that opens it, whose it is, and when it closes."""

from __future__ import annotations

from kiosk.desk.desk import OfficerDesk
from kiosk.desk.slip_desk import SlipDesk
from kiosk.lane_view import LaneView
from kiosk.presenters.slip import Facts, at_hand
from kiosk.screens.slip_key import SlipKey


class SlipPart(SlipKey):
    """Of the lane's own traveller."""

    def __init__(self, desk: OfficerDesk) -> None:
        super().__init__(desk.session)
        self._desk = desk
        self._told: Facts | None = None
        self._waited = ""
        """Who waited for a decision when the slip was opened."""
        self._waits = ""

    def attach(self, slips: SlipDesk, usual: str) -> None:
        """Gives it the lane's slips; `usual` is the language of one whose traveller's nobody knows."""
        self._give(slips, usual)

    def follow(self, view: LaneView | None, waits: str, busy: bool) -> None:
        """`waits`: the crossing that waits for a decision, if one does; `busy`: something else is in front.

        A slip closes with its officer's session, with the lane's contact, and for the next who waits.
        """
        self._waits = waits
        signed_in = self._desk.session.officer is not None
        here = view is not None and signed_in and self.card.slips is not None
        self._told = at_hand(view) if view is not None and here else None
        if not signed_in or view is None or (waits and waits != self._waited):
            self.card.close_slip()
        self.card.follow(self._told)
        self._offer(self._told, busy=busy)
        if (told := self._told) is not None and (slips := self.card.slips) is not None:
            language = self._spoken(told)
            self._soon(told, language, lambda: slips.slip(told, language))

    def _open(self) -> None:
        if self._told is None or self._desk.view is None:
            return
        self.touched.emit()
        self._waited = self._waits
        self.card.open(self._told, self._spoken(self._told))
        self.changed.emit()

    def _spoken(self, told: Facts) -> str:
        """The language its traveller is spoken to, where that is known."""
        view = self._desk.view
        in_front = view and view.crossing and view.crossing.crossing == told.crossing
        return (view.language if view and in_front else None) or self._usual
