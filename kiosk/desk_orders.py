"""The lane's end of orders from its station's desks: checks each, hands it on, remembers what came of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import timedelta

from config.moment import Clock
from kiosk.crossing_io import DocumentEntered, Input, MoreTime, Ordered
from kiosk.desk.entry_text import EntryUnreadable, read_entry
from kiosk.desk.lane_control import LaneOrder
from kiosk.desk.roster import Roster
from sync.decision import DOCUMENT, Refused
from sync.event import Event
from sync.event_types import OrderRefused
from sync.lane_order import OrderCheck, OrderStatement
from sync.referral import MOST_AT_ONCE, CarriedOrder, Heard


class DeskOrders:
    """`take` is called on the line's thread, `answer` on the lane's."""

    def __init__(
        self,
        lane: str,
        roster: Callable[[], Roster],
        believed: Callable[[], bool],
        clock: Clock,
        post: Callable[[Input | Event], None],
    ) -> None:
        self._check = OrderCheck(lane, lambda officer: roster().officer(officer))
        self._believed, self._clock, self._post = believed, clock, post
        self._began = clock().mono
        self._answers: deque[Heard] = deque(maxlen=MOST_AT_ONCE)
        self.after = 0
        """The number of the newest order that was taken up."""

    def take(self, carried: CarriedOrder) -> None:
        """An order as the hub brought it. The same number is taken up once."""
        if carried.number <= self.after:
            return
        self.after = carried.number
        try:
            signature = bytes.fromhex(carried.signature)
        except ValueError:
            signature = b""
        now = self._clock()
        running = timedelta(seconds=now.mono - self._began)
        said = self._check.check(carried.statement, signature, now.utc, running, believed=self._believed())
        if isinstance(said, Refused):
            self._post(OrderRefused(said.value))
            self.answer(carried.number, said.value)
            return
        if said.order == DOCUMENT:
            self._enter(said, carried.number)
            return
        if (order := LaneOrder(said.order)) is LaneOrder.MORE_TIME:
            self._post(MoreTime(said.officer, carried.number))
        else:
            self._post(Ordered(order, said.officer, said.to, said.desk, carried.number))

    def _enter(self, said: OrderStatement, number: int) -> None:
        """A document of somebody without a code. It counts only while nobody else is in the lane."""
        try:
            entered = read_entry(said.document)
        except EntryUnreadable:
            self._post(OrderRefused(Refused.UNREADABLE.value))
            self.answer(number, Refused.UNREADABLE.value)
            return
        self._post(DocumentEntered(entered, said.officer, "", said.desk, number, ordered=True))

    def answer(self, number: int, word: str) -> None:
        """What came of an order. Returns at once."""
        self._answers.append(Heard(number=number, word=word))

    def answers(self) -> tuple[Heard, ...]:
        """What the hub has not heard yet."""
        return tuple(self._answers)

    def told(self, answers: tuple[Heard, ...]) -> None:
        """The hub has heard these."""
        for one in answers:
            if one in self._answers:
                self._answers.remove(one)
