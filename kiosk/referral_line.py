"""The lane's line to its station's desks: tells the hub who waits, and brings back what officers decided.

Two threads, as one question to the hub is always open: the answer to it is a decision. What the hub says is
believed only where an officer of the roster in use signed it.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from config.moment import Clock
from kiosk.crossing_io import DocumentEntered, Input, OfficerDecision, TakeBack
from kiosk.desk.entry_text import EntryUnreadable, read_entry
from kiosk.desk.lane_control import Action
from kiosk.desk.override_reasons import reasons_for
from kiosk.desk.roster import Roster
from kiosk.desk_orders import DeskOrders
from kiosk.lane_view import LaneView, Phase
from kiosk.referral_content import content_bytes
from sync.canonical import NotCanonical
from sync.decision import DOCUMENT, ENTERED, TAKEN_BACK, UNDO, DecisionCheck, Refused, Statement
from sync.event import Event
from sync.event_types import DecisionRefused
from sync.exchange import Exchange
from sync.line import NoAnswer
from sync.referral import (
    LONGEST_S,
    MOST_AT_ONCE,
    Carried,
    Closed,
    DeskKey,
    Heard,
    LaneSays,
    Opened,
    read_for_lane,
    seal,
)
from sync.sealing import SealPublicKey
from sync.signing import KeyUnusable
from verification.entered import Choice
from verification.reasons import ReasonId

WAIT_S = 20.0
"""How long the hub keeps a question open."""
AGAIN_S = (0.5, 1.0, 2.0, 4.0, 8.0)
TELL_EVERY_S = 10.0
"""A referral that lasts is told again: a hub that was set back, or killed, has it then."""
STOP_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class LaneFacts:
    """What the line asks the lane for."""

    roster: Callable[[], Roster]
    """The roster in use."""
    policy: Callable[[], str]
    needs_second_officer: Callable[[tuple[ReasonId, ...]], bool]
    believed: Callable[[], bool] = lambda: True
    """Whether the lane's time is."""
    choices: Callable[[], tuple[Choice, ...]] = lambda: ()
    """What can be entered of a paper document."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits for an officer, as far as the hub is told of it."""

    opened: Opened
    content: bytes
    until_mono: float
    called: bool


class ReferralLine:
    """`start`, `stop`; `tell` and `listen` are one round of each thread."""

    def __init__(
        self,
        lane: str,
        exchange: Callable[[], Exchange],
        clock: Clock,
        post: Callable[[Input | Event], None],
        facts: LaneFacts,
    ) -> None:
        self._lane, self._exchange, self._clock, self._post = lane, exchange, clock, post
        self._facts = facts
        self._check = DecisionCheck(lane, lambda officer: facts.roster().officer(officer))
        self._orders = DeskOrders(lane, facts.roster, facts.believed, clock, post)
        self._lock = threading.Lock()
        self._waiting: Waiting | None = None
        self._told: tuple[Opened, tuple[DeskKey, ...]] | None = None
        self._told_at = 0.0
        self._closed: deque[Closed] = deque(maxlen=MOST_AT_ONCE)
        self._heard: deque[Heard] = deque(maxlen=MOST_AT_ONCE)
        self._desks: tuple[DeskKey, ...] = ()
        self._after = 0
        self._asked = False
        self._ending = threading.Event()
        self._wake = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(step,), name=name, daemon=True)
            for name, step in (("referrals", self._tell_on), ("decisions", self._listen_on))
        ]

    def start(self) -> None:
        """Begins."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends; the question that is open is left behind."""
        self._ending.set()
        self._wake.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(STOP_SECONDS)

    # --- what the lane says, on its own thread ---

    def show_view(self, view: LaneView) -> None:
        """The lane published a view. Returns at once."""
        crossing = view.crossing
        with self._lock:
            before = self._waiting
            if view.phase is Phase.REFERRED and crossing is not None:
                if (
                    before
                    and before.opened.crossing == crossing.crossing
                    and before.opened.approved_by == crossing.approved_by
                    and before.opened.again == crossing.undone + crossing.entered
                    and before.called == crossing.called
                ):
                    return
                self._waiting = self._from(view)
            else:
                self._waiting = None
            if before and (self._waiting is None or self._waiting.opened.crossing != before.opened.crossing):
                self._closed.append(_closed(before.opened.crossing, view))
            if before is self._waiting:
                return
        self._wake.set()

    def answer(self, number: int, word: str) -> None:
        """What the lane made of a decision. Returns at once."""
        self._heard.append(Heard(number=number, word=word))
        self._wake.set()

    def obeyed(self, number: int, word: str) -> None:
        """What the lane made of an order. Returns at once."""
        self._orders.answer(number, word)
        self._wake.set()

    def _from(self, view: LaneView) -> Waiting:
        crossing = view.crossing
        assert crossing is not None
        specimen = ReasonId.SPECIMEN in crossing.reasons or any(one.specimen for one in crossing.evidence)
        opened = Opened(
            crossing=crossing.crossing,
            left_s=0,
            outcome="REFUSE" if crossing.outcome is not None and crossing.outcome == "REFUSE" else "REFER",
            reasons=tuple(reason.value for reason in crossing.reasons[:32]),
            policy=self._facts.policy()[:120],
            demo=view.demo,
            why_not_admit="specimen" if specimen and not view.demo else "",
            second=self._facts.needs_second_officer(crossing.reasons),
            approved_by=crossing.approved_by,
            again=crossing.undone + crossing.entered,
            sealed="",
        )
        return Waiting(
            opened,
            content_bytes(crossing, self._facts.choices()),
            view.until_mono or self._clock().mono,
            crossing.called,
        )

    # --- to the hub ---

    def tell(self, exchange: Exchange) -> None:
        """Tells the hub what it has not heard yet. Raises `NoAnswer`, `NotCanonical`."""
        with self._lock:
            waiting, desks = self._waiting, self._desks
            closed, heard, obeyed = tuple(self._closed), tuple(self._heard), self._orders.answers()
        now = self._clock().mono
        told = None if waiting is None else (waiting.opened, desks)
        again = now - self._told_at >= TELL_EVERY_S
        opened = () if waiting is None or (told == self._told and not again) else (self._opened(waiting),)
        if not (opened or closed or heard or obeyed):
            return
        says = LaneSays(opened=opened, closed=closed, heard=heard, obeyed=obeyed)
        reply = exchange.ask("POST", "/referrals", says.content())
        if reply.status != 200:
            raise NoAnswer(f"the hub does not take referrals ({reply.table.get('refused', reply.status)})")
        self._take_desks(read_for_lane(reply.table).desks)
        with self._lock:
            for one in closed:
                self._closed.remove(one)
            for answered in heard:
                self._heard.remove(answered)
            self._orders.told(obeyed)
        if opened:
            self._told, self._told_at = told, now

    def _opened(self, waiting: Waiting) -> Opened:
        left = int(min(max(0.0, waiting.until_mono - self._clock().mono), LONGEST_S))
        keys = [SealPublicKey(bytes.fromhex(desk.seal)) for desk in self._desks]
        sealed = ""
        if keys:
            try:
                sealed = seal(keys, self._lane, waiting.opened.crossing, waiting.content)
            except KeyUnusable:
                sealed = ""  # a desk then shows the reasons without the evidence
        return waiting.opened.model_copy(update={"left_s": left, "sealed": sealed})

    # --- from the hub ---

    def listen(self, exchange: Exchange, wait_s: float = WAIT_S) -> None:
        """Waits for decisions and orders and hands them to the lane. Raises `NoAnswer`, `NotCanonical`."""
        path = f"/decisions?after={self._after}&wait={wait_s:g}&orders={self._orders.after}"
        reply = exchange.ask("GET", path, read_s=wait_s + 10.0, answer_s=wait_s + 20.0)
        if reply.status != 200:
            raise NoAnswer(f"the hub has no decisions ({reply.table.get('refused', reply.status)})")
        found = read_for_lane(reply.table)
        self._take_desks(found.desks)
        for carried in found.decisions:
            if carried.number > self._after:
                self._after = carried.number
                self._decide(carried)
        for order in found.orders:
            self._orders.take(order)
        if self._orders.answers():
            self._wake.set()

    def _decide(self, carried: Carried) -> None:
        try:
            signature = bytes.fromhex(carried.signature)
        except ValueError:
            signature = b""
        now = self._clock().utc
        believed = self._facts.believed()
        checked = self._check.check(carried.statement, signature, carried.crossing, now, believed=believed)
        if not isinstance(checked, Refused) and checked.reason not in _reasons(checked.action):
            checked = Refused.UNREADABLE
        if isinstance(checked, Refused):
            self._post(DecisionRefused(carried.crossing, checked.value))
            self.answer(carried.number, checked.value)
            return
        if checked.action == DOCUMENT:
            self._enter(checked, carried.number)
            return
        if checked.action == UNDO:
            self._post(TakeBack(checked.crossing, checked.officer, checked.desk, carried.number))
            return
        self._post(
            OfficerDecision(
                checked.crossing,
                checked.officer,
                Action(checked.action),
                checked.reason,
                checked.desk,
                carried.number,
            )
        )

    def _enter(self, said: Statement, number: int) -> None:
        try:
            entered = read_entry(said.document)
        except EntryUnreadable:
            self._post(DecisionRefused(said.crossing, Refused.UNREADABLE.value))
            self.answer(number, Refused.UNREADABLE.value)
            return
        self._post(DocumentEntered(entered, said.officer, said.crossing, said.desk, number))

    def _take_desks(self, desks: tuple[DeskKey, ...]) -> None:
        with self._lock:
            changed = desks != self._desks
            self._desks = desks
        if changed:
            self._wake.set()

    # --- the threads ---

    def _run(self, step: Callable[[Exchange], None]) -> None:
        exchange, failed = self._exchange(), 0
        while not self._ending.is_set():
            try:
                step(exchange)
                failed = 0
            except (NoAnswer, NotCanonical):  # the uplink says on the officer's screen that the hub is away
                self._ending.wait(AGAIN_S[min(failed, len(AGAIN_S) - 1)])
                failed += 1

    def _tell_on(self, exchange: Exchange) -> None:
        self._wake.wait(TELL_EVERY_S)
        self._wake.clear()
        try:
            self.tell(exchange)
        except (NoAnswer, NotCanonical):
            self._wake.set()
            raise

    def _listen_on(self, exchange: Exchange) -> None:
        self.listen(exchange, WAIT_S if self._asked else 0.0)
        self._asked = True


def _reasons(action: str) -> set[str]:
    own = {UNDO: {TAKEN_BACK}, DOCUMENT: {ENTERED}}
    return own.get(action) or {row.id for row in reasons_for(action)}


def _closed(crossing: str, view: LaneView) -> Closed:
    """How it ended, by the view after it."""
    seen = [view.crossing, *view.last]
    one = next((one for one in seen if one is not None and one.crossing == crossing), None)
    if one is not None and one.override:
        return Closed(crossing=crossing, how=one.override, by=one.decided_by)
    if one is not None and one.withdrawn:
        return Closed(crossing=crossing, how="withdrawn", by="")
    return Closed(crossing=crossing, how="timed_out" if view.phase is Phase.AT_DESK else "stopped", by="")
