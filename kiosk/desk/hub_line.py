"""A station desk's line to the hub: the picture of all lanes, and what the officer asks for. No Qt.

Two threads: one keeps a question open and hears of every change, one carries what the officer does.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from config.moment import Clock
from sync.canonical import NotCanonical, utc_time
from sync.exchange import Exchange
from sync.line import NoAnswer
from sync.referral import ForDesk, read_for_desk

WAIT_S = 2.0
"""How long the hub keeps a question open; also how often lanes' reports are looked at."""
AGAIN_S = 1.0
STOP_SECONDS = 0.5
AWAY = "away"


@dataclass(frozen=True, slots=True)
class Picture:
    """What the hub said last."""

    said: ForDesk
    heard_mono: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of something the officer did. `word` is empty when it was done."""

    what: str
    """`claim`, `release`, `decide`, `order`."""
    lane: str
    crossing: str
    """Empty for an order: it is about no traveller."""
    word: str = ""
    number: int = 0
    """The hub's, of an order."""


class DeskLine:
    """`start`, `stop`; `look` and `carry` are one round of each thread."""

    def __init__(
        self,
        exchange: Callable[[], Exchange],
        clock: Clock,
        seen: Callable[[Picture], None],
        answered: Callable[[Answer], None],
        away: Callable[[str], None],
    ) -> None:
        """`seen`, `answered` and `away` (with a sentence) are called on the line's threads."""
        self._exchange, self._clock = exchange, clock
        self._seen, self._answered, self._away = seen, answered, away
        self._change = 0
        self._ahead_s = 0.0
        self._asked: queue.SimpleQueue[tuple[Answer, dict[str, object]] | None] = queue.SimpleQueue()
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(target=self._look_on, name="desk-look", daemon=True),
            threading.Thread(target=self._carry_on, name="desk-acts", daemon=True),
        ]

    def start(self) -> None:
        """Begins."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends; the question that is open is left behind."""
        self._ending.set()
        self._asked.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(STOP_SECONDS)

    def hub_time(self) -> datetime:
        """The time by the hub's clock, which lanes go by too: this machine's own may be anything."""
        at = self._clock()
        return at.later(self._ahead_s).utc

    def claim(self, lane: str, crossing: str, officer: str) -> None:
        """Takes a referral, or says again to have it."""
        content: dict[str, object] = {"lane": lane, "crossing": crossing, "officer": officer}
        self._asked.put((Answer("claim", lane, crossing), content))

    def release(self, lane: str, crossing: str) -> None:
        """Lets go of a referral."""
        self._asked.put((Answer("release", lane, crossing), {"lane": lane, "crossing": crossing}))

    def decide(self, lane: str, crossing: str, statement: str, signature: bytes) -> None:
        """Sends a signed decision."""
        content: dict[str, object] = {"statement": statement, "signature": signature.hex()}
        self._asked.put((Answer("decide", lane, crossing), content))

    def order(self, lane: str, statement: str, signature: bytes) -> None:
        """Sends a signed order."""
        content: dict[str, object] = {"statement": statement, "signature": signature.hex()}
        self._asked.put((Answer("order", lane, ""), content))

    # --- one round ---

    def look(self, exchange: Exchange, wait_s: float = WAIT_S) -> None:
        """Asks for what is new. Raises `NoAnswer` and `NotCanonical`."""
        path = f"/desk?after={self._change}&wait={wait_s:g}&orders=0"
        reply = exchange.ask("GET", path, read_s=wait_s + 3.0, answer_s=wait_s + 5.0)
        if reply.status != 200:
            raise NoAnswer(str(reply.table.get("why", "the hub refused")).rstrip("."))
        said = read_for_desk(reply.table)
        now = self._clock()
        self._ahead_s = (utc_time(said.at) - now.utc).total_seconds()
        self._change = said.change
        self._seen(Picture(said, now.mono))

    def carry(self, exchange: Exchange, asked: Answer, content: dict[str, object]) -> Answer:
        """Brings one thing to the hub; what came of it."""
        try:
            reply = exchange.ask("POST", f"/desk/{asked.what}", content, read_s=3.0, answer_s=5.0)
        except NoAnswer:
            return Answer(asked.what, asked.lane, asked.crossing, AWAY)
        word = "" if reply.status == 200 else str(reply.table.get("refused", "refused"))
        number = reply.table.get("number", 0)
        return Answer(asked.what, asked.lane, asked.crossing, word, number if isinstance(number, int) else 0)

    def _look_on(self) -> None:
        exchange = self._exchange()
        while not self._ending.is_set():
            try:
                self.look(exchange)
            except (NoAnswer, NotCanonical) as error:
                self._change = 0
                if not self._ending.is_set():
                    self._away(str(error))
                self._ending.wait(AGAIN_S)

    def _carry_on(self) -> None:
        exchange = self._exchange()
        while (asked := self._asked.get()) is not None:
            answer = self.carry(exchange, *asked)
            if not self._ending.is_set():
                self._answered(answer)
