"""The lane's own thread: brings the crossing what happened, and does what the crossing asks for, in order."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from config.moment import Clock
from drivers.reader.port import Reading
from drivers.scanner.port import Scanned
from drivers.turnstile.port import Turnstile
from kiosk.crossing import Crossing
from kiosk.crossing_io import (
    AskForOfficer,
    DocumentEntered,
    Effect,
    FaceGate,
    Input,
    MoreTime,
    NoLongerAsks,
    NotRecorded,
    OfficerDecision,
    OpenGate,
    Ordered,
    PartRecovered,
    Record,
    ReleaseOnce,
    Seen,
    TakeBack,
    Tell,
    Tick,
)
from kiosk.desk.lane_control import Action, LaneOrder, Notice, SignInEvent
from kiosk.lane_view import Fault, LaneView, ListView
from kiosk.unfinished import broken_off
from sync.bundle.station_files import Notice as StationNotice
from sync.event import Event
from sync.event_types import LaneStopped
from sync.journal import JournalUnavailable
from verification.entered import Entered

TICK_S = 0.05
RETRY_S = 2.0
DEAD_S = 1.0
"""A lane that took no step for this long is not trusted with an open gate."""
SHOW_AGAIN_S = 1.0
"""An officer's screen takes a lane it has not heard of for three seconds as lost."""
READINGS_WAITING = 4
JOURNAL = "journal"


class Records(Protocol):
    """The journal, as the lane needs it."""

    def append(
        self,
        events: Sequence[Event],
        at: datetime,
        *,
        spend: Sequence[bytes] = (),
        give_back: Sequence[bytes] = (),
    ) -> int:
        """One transaction on stable storage, or `JournalUnavailable` and nothing changed."""
        ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the lane is told by others and only passes on to the screens."""

    unsent: int = 0
    oldest_unsent_s: float | None = None
    lists: tuple[ListView, ...] = ()
    notices: tuple[StationNotice, ...] = ()
    renew_url: Mapping[str, str] = field(default_factory=dict)
    policy: str = ""


@dataclass(slots=True)
class _Unsaved:
    record: Record
    at: datetime = field(repr=False)


class Lane:
    """Owns the crossing. Everybody else posts, nobody waits. It is the officer's `LaneControl`."""

    def __init__(
        self,
        crossing: Crossing,
        records: Records,
        turnstile: Turnstile,
        clock: Clock,
        publish: Callable[[LaneView], None],
        surroundings: Callable[[], Surroundings] = Surroundings,
    ) -> None:
        self.on_notice: Callable[[str], None] = _nobody_listens
        self.on_answer: Callable[[int, Notice], None] = _nobody_waits
        """Told what came of a decision that had a number. Called on the lane's thread."""
        self.on_obeyed: Callable[[int, Notice], None] = _nobody_waits
        """The same for orders to the lane."""
        self._crossing, self._records, self._turnstile = crossing, records, turnstile
        self._clock, self._publish, self._surroundings = clock, publish, surroundings
        self._inbox: queue.SimpleQueue[Input | Event | None] = queue.SimpleQueue()
        self._unsaved: deque[_Unsaved] = deque()
        self._away = False
        self._retry_at = 0.0
        self._shown: LaneView | None = None
        self._shown_at = 0.0
        self._stepped_at = clock().mono
        self._thread = threading.Thread(target=self._run, name="lane")

    # --- what others call, from their own threads ---

    def start(self) -> None:
        """Starts the lane's thread."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the lane's thread after what was posted before."""
        self._inbox.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=2.0)

    def alive(self) -> bool:
        """Whether the lane's thread still works: asked by the gate before every sign of life."""
        return self._clock().mono - self._stepped_at < DEAD_S

    def post(self, heard: Input | Event) -> None:
        """Hands the lane an input, or an event that only has to be recorded. Returns at once."""
        self._inbox.put(heard)

    def read(self, reading: Reading) -> None:
        """Hands the lane what one frame gave. While the lane is busy, readings are dropped, never queued."""
        if self._inbox.qsize() < READINGS_WAITING:
            for symbol in reading.symbols:
                self._inbox.put(Seen(symbol.content, reading.captured_at))

    def scan(self, scanned: Scanned) -> None:
        """Hands the lane a code of the barcode scanner: the same way as what the camera sees."""
        if self._inbox.qsize() < READINGS_WAITING:
            self._inbox.put(Seen(scanned.content, scanned.scanned_at))

    def decide(self, crossing: str, officer: str, action: Action, reason: str, note: str = "") -> None:
        """An officer decides one referral."""
        self.post(OfficerDecision(crossing, officer, action, reason, note=note))

    def enter(self, crossing: str, officer: str, entered: Entered) -> None:
        """An officer entered what a document says."""
        self.post(DocumentEntered(entered, officer, crossing))

    def take_back(self, crossing: str, officer: str) -> None:
        """An officer takes the own decision back."""
        self.post(TakeBack(crossing, officer))

    def order(self, order: LaneOrder, officer: str, to: str = "") -> None:
        """An officer holds, closes, turns, mutes the lane, or raises the alarm."""
        wanted = MoreTime(officer) if order is LaneOrder.MORE_TIME else Ordered(order, officer, to)
        self.post(wanted)

    def call_officer(self) -> None:
        """The traveller touched the call for an officer."""
        self.post(AskForOfficer())

    def withdraw_call(self) -> None:
        """The traveller needs none any more."""
        self.post(NoLongerAsks())

    def more_time(self, officer: str = "") -> None:
        """The traveller touched the screen, or an officer gives them longer."""
        self.post(MoreTime(officer))

    def release_once(self, officer: str, reason: str) -> None:
        """An officer releases the gate once, outside any crossing."""
        self.post(ReleaseOnce(officer, reason))

    def record(self, event: SignInEvent) -> None:
        """Writes a sign-in event."""
        self.post(event)

    # --- the thread ---

    def _run(self) -> None:
        self._show()
        while True:
            try:
                heard = self._inbox.get(timeout=TICK_S)
            except queue.Empty:
                heard = Tick()
            if heard is None:
                self._save()
                return
            self.step(heard)

    def step(self, heard: Input | Event) -> None:
        """One input, all its effects, one new view. Called by the thread, and by tests without one.

        What time has ended is over before anything else is heard: a code held still in view keeps the inbox
        from ever running empty.
        """
        self._stepped_at = self._clock().mono
        self._do(self._crossing.handle(Tick()))
        if isinstance(heard, LaneStopped):
            self._do([Record((*broken_off(self._crossing.view()), heard))])
        elif isinstance(heard, Event):
            self._do([Record((heard,))])
        elif not isinstance(heard, Tick):
            self._do(self._crossing.handle(heard))
        if self._unsaved and self._clock().mono >= self._retry_at:
            self._save()
        self._show()

    def _do(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            match effect:
                case Record():
                    self._wait(effect)
                    if fault := self._save():
                        not_asked = tuple(
                            undone.authorisation for undone in effects if isinstance(undone, OpenGate)
                        )
                        for unsaved in self._crossing.handle(NotRecorded(fault, not_asked)):
                            self._wait(unsaved)
                        if not_asked:
                            self.on_notice(Notice.GATE_NOT_READY)
                        return
                case OpenGate():
                    self._turnstile.authorise(effect.authorisation, effect.way)
                case FaceGate():
                    self._turnstile.face(effect.way)
                case Tell() if effect.number:
                    (self.on_obeyed if effect.order else self.on_answer)(effect.number, effect.notice)
                case Tell():
                    self.on_notice(effect.notice)

    def _wait(self, effect: Effect) -> None:
        """Puts a record behind those that still wait, so that the journal has them in order."""
        if isinstance(effect, Record):
            self._unsaved.append(_Unsaved(effect, self._clock().utc))

    def _save(self) -> Fault | None:
        """Writes what waits. The fault, when the journal does not take it: then it goes on waiting."""
        while self._unsaved:
            waiting = self._unsaved[0]
            record = waiting.record
            try:
                self._records.append(
                    record.events, waiting.at, spend=record.spend, give_back=record.give_back
                )
            except JournalUnavailable as unavailable:
                self._away = True
                self._retry_at = self._clock().mono + RETRY_S
                return Fault(JOURNAL, "JR", str(unavailable), stops=True)
            self._unsaved.popleft()
        if self._away:
            self._away = False
            self._do(self._crossing.handle(PartRecovered(JOURNAL)))
        return None

    def _show(self) -> None:
        around = self._surroundings()
        view = replace(
            self._crossing.view(),
            unsent=around.unsent,
            oldest_unsent_s=around.oldest_unsent_s,
            lists=around.lists,
            notices=around.notices,
            renew_url=around.renew_url,
            policy=around.policy,
        )
        now = self._clock().mono
        if view != self._shown or now - self._shown_at >= SHOW_AGAIN_S:
            self._shown, self._shown_at = view, now
            self._publish(view)


def _nobody_listens(_notice: str) -> None:
    """Until a desk is connected."""


def _nobody_waits(_number: int, _notice: Notice) -> None:
    """Without a hub no decision has a number."""
