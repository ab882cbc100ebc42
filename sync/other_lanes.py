"""Asks the hub within a third of a second whether another lane spent a code; tells it what was spent here.

Three threads: one asks for the lane, which waits for it no longer than `ANSWER_S`; one brings the hub what it
has to hear; one waits at the hub for what other lanes spent, and keeps the lane's copy up to date.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from config.moment import Clock
from sync.canonical import NotCanonical
from sync.event import Event
from sync.event_types import CodeSpentTwice
from sync.exchange import Reply
from sync.line import ANSWER_SECONDS, NoAnswer
from sync.session import READ_SECONDS
from sync.spent_elsewhere import SpentElsewhere
from sync.spent_line import SpentLine
from sync.spent_words import Heard, UseTold, read_changes, read_words

ANSWER_S = 0.3
EVERY_S = 30.0
"""A whole round is made so often, though nothing is to be told and no news came."""
BACK_OFF_S = 2.0
NEWS_WAIT_S = 20.0
"""So long the hub may keep a question for news that it has none for."""
NEWS_PAUSE_S = 0.6
"""Between two such questions: what many lanes spend at once comes together, and within a second."""
FORGET_EVERY_S = 3600.0


class Hub(Protocol):
    """The signed exchange, as it is needed here (`sync.exchange.Exchange`)."""

    def ask(
        self,
        method: str,
        path: str,
        content: dict[str, object] | None = None,
        *,
        connect_s: float = ...,
        read_s: float = ...,
        answer_s: float = ...,
    ) -> Reply:
        """One request and its signed answer. Raises `NoAnswer`."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question."""

    answered: bool
    """False: the other lanes could not be asked."""
    again: frozenset[bytes] = field(default=frozenset(), repr=False)
    """The uses that were made before."""
    references: tuple[str, ...] = ()


@dataclass(slots=True)
class _Question:
    uses: list[UseTold]
    done: threading.Event = field(default_factory=threading.Event)
    words: dict[str, Heard] | None = None


class OtherLanes:
    """`start`, then `ask` from the lane's thread; `stop` returns within a second or two."""

    def __init__(
        self,
        line: SpentLine,
        elsewhere: SpentElsewhere,
        hub: Callable[[], Hub],
        clock: Clock,
        tell: Callable[[Event], None],
        changed: Callable[[str | None], None],
        *,
        answer_s: float = ANSWER_S,
        passed: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        """`hub` makes an exchange for one thread. `tell` records an event. `passed` gives a time that has
        surely passed, before which nothing is forgotten; None: it is now.

        `changed` gets a sentence when the other lanes can't be asked any more, and None when they can.
        """
        line.active = True
        self._line, self._elsewhere, self._hub, self._clock = line, elsewhere, hub, clock
        self._tell, self._changed, self._answer_s, self._passed = tell, changed, answer_s, passed
        self._questions: queue.SimpleQueue[_Question | None] = queue.SimpleQueue()
        self._busy, self._taking = threading.Lock(), threading.Lock()
        self._reached = False
        self._trouble: str | None = ""
        self._ending = threading.Event()
        self._wake = threading.Event()
        self._news = threading.Event()
        """Set while the hub is within reach."""
        self._forgot_at = float("-inf")
        self._threads = [
            threading.Thread(target=self._answer, name="spent-questions", daemon=True),
            threading.Thread(target=self._keep, name="spent-codes", daemon=True),
            threading.Thread(target=self._listen, name="spent-news", daemon=True),
        ]

    def start(self) -> None:
        """Begins. What was asked before the last end and did not come about is given back."""
        self._line.drop()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends. What the hub was not told is told after the next start.

        A question for news that the hub still keeps is left behind; what comes of it is not looked at.
        """
        self._ending.set()
        self._wake.set()
        self._news.set()
        self._questions.put(None)
        for thread in self._threads[:2]:
            if thread.is_alive():
                thread.join(1.0)

    def knows(self, use: bytes, at: datetime) -> bool:
        """Whether another lane spent it, as far as this lane has heard. Raises sqlite3.Error."""
        return self._elsewhere.any_of(self._line.tokens(use, at.date()))

    def ask(self, uses: Sequence[bytes], at: datetime, crossing: str) -> Asked:
        """Asks before the gate is opened; waits no longer than `answer_s`. Raises sqlite3.Error.

        The question stands on stable storage before it leaves. What comes of it is told by the journal's
        next record, or by `drop`.
        """
        if not self._reached or self._busy.locked():
            return Asked(answered=False)
        told = self._line.ask(uses, at, crossing)
        if told is None:
            return Asked(answered=False)
        references = tuple(use.reference for use in told)
        question = _Question(told)
        self._questions.put(question)
        question.done.wait(self._answer_s)
        words = question.words
        if words is None:
            return Asked(answered=False, references=references)
        self._line.is_first(name for name, heard in words.items() if heard is Heard.FIRST)
        again = frozenset(
            use for use, name in zip(uses, references, strict=True) if words.get(name) is not Heard.FIRST
        )
        return Asked(answered=True, again=again, references=references)

    def drop(self, asked: Asked) -> None:
        """Nobody is admitted on what was asked. Raises sqlite3.Error."""
        if asked.references:
            self._line.drop(asked.references)
            self._wake.set()

    def poke(self) -> None:
        """There is something to tell the hub."""
        self._wake.set()

    # --- the thread that asks for the lane ---

    def _answer(self) -> None:
        hub = self._hub()
        while (question := self._questions.get()) is not None and not self._ending.is_set():
            with self._busy:
                try:
                    question.words = self._put(hub, question.uses)
                except (NoAnswer, NotCanonical, sqlite3.Error):
                    self._reached = False
                    self._wake.set()
                question.done.set()

    def _put(self, hub: Hub, uses: list[UseTold]) -> dict[str, Heard]:
        returned, _ = self._line.due()
        content: dict[str, object] = {
            "returned": [back.table() for back in returned],
            "uses": [use.table() for use in uses],
        }
        wait = self._answer_s
        reply = hub.ask("POST", "/spent", content, connect_s=wait, read_s=wait, answer_s=wait)
        words = read_words(_fine(reply))
        self._line.done(returned, ())
        return {word.reference: word.heard for word in words}

    # --- the thread that keeps up ---

    def _keep(self) -> None:
        hub = self._hub()
        while not self._ending.is_set():
            self._wake.wait(EVERY_S if self._reached else BACK_OFF_S)
            self._wake.clear()
            if not self._ending.is_set():
                self.step(hub)

    def step(self, hub: Hub) -> None:
        """One round. Called by the thread, and by tests without one."""
        try:
            self._bring(hub)
            self._fetch(hub)
            self._forget()
        except (NoAnswer, NotCanonical, sqlite3.Error) as error:
            self._reached = False
            self._news.clear()
            self._say(f"Codes for one use can't be checked with the other lanes: {error}.")
        else:
            self._reached = True
            self._news.set()
            self._say(None)

    def _bring(self, hub: Hub) -> None:
        while True:
            returned, uses = self._line.due()
            if not returned and not uses:
                return
            content: dict[str, object] = {
                "returned": [back.table() for back in returned],
                "uses": [use.table() for use in uses],
            }
            words = read_words(_fine(hub.ask("POST", "/spent", content)))
            for word in words:
                if word.heard is Heard.AGAIN:
                    crossing = word.reference.rpartition(".")[0]
                    self._tell(CodeSpentTwice(crossing=crossing, lane=word.lane, at=word.at))
            self._line.done(returned, [word.reference for word in words])
            if len(words) < len(uses):
                raise NotCanonical("the hub left a use without an answer")

    def _fetch(self, hub: Hub) -> None:
        while self._news_after(hub, 0.0) and not self._ending.is_set():
            pass

    def _news_after(self, hub: Hub, wait_s: float) -> bool:
        """One question for news, which the hub may keep for `wait_s`; whether there is more."""
        known, after = self._elsewhere.place()
        path = f"/spent?after={after}" + (f"&wait={wait_s:g}" if wait_s else "")
        answered = hub.ask(
            "GET", path, read_s=wait_s + READ_SECONDS, answer_s=wait_s + READ_SECONDS + ANSWER_SECONDS
        )
        feed, last, more, changes = read_changes(_fine(answered))
        with self._taking:
            if self._ending.is_set() or self._elsewhere.place() != (known, after):
                return True  # the other thread was quicker: nothing older may come after
            if known and (feed != known or last < after):
                self._elsewhere.begin_anew()
                return True
            if changes or last != after or not known:
                self._elsewhere.take(feed, last, changes)
            return more

    # --- the thread that waits for news ---

    def _listen(self) -> None:
        hub = self._hub()
        while not self._ending.is_set():
            if not self._news.wait(1.0):
                continue
            try:
                if self._news_after(hub, NEWS_WAIT_S):
                    continue
            except (NoAnswer, NotCanonical, sqlite3.Error):
                self._wake.set()  # a whole round tells whether the hub is away
                self._ending.wait(BACK_OFF_S)
            self._ending.wait(NEWS_PAUSE_S)

    def _forget(self) -> None:
        now = self._clock()
        if now.mono - self._forgot_at >= FORGET_EVERY_S:
            self._forgot_at = now.mono
            passed = min(now.utc, self._passed() or now.utc)
            self._line.forget(passed.date())
            self._elsewhere.forget(passed)

    def _say(self, trouble: str | None) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self._changed(trouble)


def _fine(reply: Reply) -> dict[str, object]:
    if reply.status != 200:
        raise NoAnswer(f"the hub says: {str(reply.table.get('why', reply.status))[:200].rstrip('.')}")
    return reply.table
