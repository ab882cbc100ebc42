"""What an officer at a station desk orders of lanes, and enters for people there who have no code."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from kiosk.desk.decision import may_enter_document
from kiosk.desk.desk_notice import DeskNotice
from kiosk.desk.entry_text import entry_text
from kiosk.desk.hub_line import DeskLine, Picture
from kiosk.desk.lane_control import LaneOrder
from kiosk.desk.orders_out import OrderNotice, OrdersOut, view_of, why_not
from kiosk.desk.session import OfficerSession
from kiosk.lane_view import LaneView, Phase
from sync.decision import DOCUMENT
from sync.lane_order import new_order, sign_order
from sync.lane_report import ChoiceSaid
from sync.referral import LaneShown, OrderShown, Shown
from verification.entered import Choice, Entered
from verification.evidence import Kind
from verification.reasons import ReasonId

_KINDS = {kind.value: kind for kind in Kind}


class LanesFromDesk:
    """Signs in the officer's name. Belongs to the thread of the screen; everything returns at once."""

    def __init__(
        self,
        name: str,
        session: OfficerSession,
        line: DeskLine,
        picture: Callable[[], Picture | None],
        age_s: Callable[[], float],
        noticed: Callable[[str], None],
    ) -> None:
        """`picture` is None without contact."""
        self._name, self._session, self._line = name, session, line
        self._picture, self._age_s, self._noticed = picture, age_s, noticed
        self._out = OrdersOut()
        self._entering: set[str] = set()
        """Lanes to which a document is on its way."""
        self._entered: set[str] = set()
        """Lanes that took one: who now waits there is this officer's."""

    def view(self, lane: str) -> LaneView | None:
        """A lane as far as its report tells; None: no order can be given to it from here."""
        one = self._shown(lane)
        return None if one is None else view_of(one, (one.age_s or 0.0) + self._age_s())

    def choices(self, lane: str) -> tuple[Choice, ...]:
        """What can be entered for a person without a code; nothing while somebody is in the lane."""
        one, view = self._shown(lane), self.view(lane)
        if one is None or one.report is None or view is None or not _nobody_there(view):
            return ()
        said = one.report.get("entries")
        try:
            found = [ChoiceSaid.model_validate(row) for row in (said if isinstance(said, list) else ())]
        except ValidationError:
            return ()
        return tuple(Choice(_KINDS[row.kind], row.issuers) for row in found if row.kind in _KINDS)

    def order(self, lane: str, order: LaneOrder, to: str = "") -> None:
        """Sends an order. What comes of it is a notice."""
        view = self.view(lane)
        self._send(lane, order.value, to, possible=view is not None and why_not(view, order, to) is None)

    def enter(self, lane: str, entered: Entered) -> bool:
        """Sends a document of somebody without a code. Whether it was sent."""
        view = self.view(lane)
        possible = view is not None and _nobody_there(view)
        sent = self._send(lane, DOCUMENT, "", entry_text(entered), possible=possible)
        if sent:
            self._entering.add(lane)
        return sent

    def _send(self, lane: str, order: str, to: str, document: str = "", *, possible: bool) -> bool:
        officer, key = self._session.officer, self._session.key
        if officer is not None and key is None:
            self._noticed(DeskNotice.NO_KEY)
            return False
        if officer is None or key is None or not possible:
            self._noticed(DeskNotice.HUB_AWAY if self._picture() is None else DeskNotice.NOT_NOW)
            return False
        self._session.touched()
        at, nonce = self._line.hub_time(), secrets.token_urlsafe(16)
        statement = new_order(lane, order, to, officer.id, self._name, at, nonce, document)
        self._line.order(lane, statement.text(), sign_order(key, statement))
        return True

    def sent(self, number: int, now_mono: float) -> None:
        """The hub has taken an order."""
        self._out.sent(number, now_mono)

    def heard(self, shown: Sequence[OrderShown]) -> None:
        """What lanes said of orders that waited for it."""
        for number, told in self._out.heard(shown):
            one = next(one for one in shown if one.number == number)
            if one.order == DOCUMENT and one.lane in self._entering:
                self._entering.discard(one.lane)
                if told is OrderNotice.ENTERED:
                    self._entered.add(one.lane)
            self._noticed(told)

    def entered_at(self, referrals: Sequence[Shown]) -> Shown | None:
        """Who waits now because this desk entered a document; each is told of once."""
        for one in referrals:
            mine = one.lane in self._entered and one.state == "open" and not one.officer
            if mine and ReasonId.ENTERED_BY_OFFICER.value in one.reasons:
                self._entered.discard(one.lane)
                return one
        return None

    def tick(self, now_mono: float) -> None:
        """Time went on."""
        for late in self._out.late(now_mono):
            self._noticed(late)

    def signed_out(self) -> None:
        """What one officer entered is not the next one's."""
        self._entering.clear()
        self._entered.clear()

    def _shown(self, lane: str) -> LaneShown | None:
        picture = self._picture()
        lanes = () if picture is None else picture.said.lanes
        return next((one for one in lanes if one.lane == lane), None)


def _nobody_there(view: LaneView) -> bool:
    return view.phase is Phase.WAITING and may_enter_document(view)
