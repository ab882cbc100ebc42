"""Asks the hub what time it is, and says how exactly the answer can be known."""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Callable

from sync.canonical import NotCanonical
from sync.clock.core import Heard
from sync.clock.memory import plausible
from sync.clock.trusted import TrustedClock
from sync.exchange import Exchange
from sync.line import NoAnswer

LONGEST_TRIP_S = 10.0
"""An answer that took longer says too little: half of it is the uncertainty."""
FIRST_AGAIN_S, MOST_AGAIN_S = 2.0, 60.0
"""After a question without a believed answer the next one comes sooner, then less and less soon."""
STOP_S = 0.5


def ask_hub(exchange: Exchange, clock: TrustedClock) -> Heard:
    """One question. Raises `NoAnswer`."""
    nonce = secrets.token_urlsafe(16)
    sent = clock.boot_s()
    reply = exchange.ask(
        "GET", f"/time?nonce={nonce}", nonce=nonce, read_s=LONGEST_TRIP_S, answer_s=LONGEST_TRIP_S
    )
    came = clock.boot_s()
    trip = came - sent
    if reply.status != 200:
        raise NoAnswer(f"the hub does not tell the time: {str(reply.table.get('why', reply.status))[:200]}")
    if not 0 <= trip <= LONGEST_TRIP_S:
        raise NoAnswer("the hub's answer took too long to say what time it is")
    try:
        at = plausible(reply.table.get("at"))
    except (NotCanonical, TypeError, ValueError) as error:
        raise NoAnswer("the hub's time is no time") from error
    return clock.hub_said(at, trip / 2, sent + trip / 2)


class HubTime:
    """Asks every few minutes on a thread of its own; sooner where no time came of it."""

    def __init__(
        self, ask: Callable[[], Heard], every_s: float, chance: Callable[[], float] = random.random
    ) -> None:
        """`chance` gives numbers from 0 to 1, so that a station's lanes do not all ask at once."""
        self._ask, self._every_s, self._chance = ask, every_s, chance
        self._in_vain = 0
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hub time", daemon=True)
        self.trouble = ""
        """Why the last question had no answer, one sentence without its full stop; empty: it had one."""

    def start(self) -> None:
        """Begins with a question at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; a question under way is left alone."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(STOP_S)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._ending.wait(self.step())

    def step(self) -> float:
        """Asks once; the seconds until the next question."""
        try:
            heard = self._ask()
        except NoAnswer as error:
            self.trouble = str(error)
            return self._again()
        self.trouble = ""
        if heard is not Heard.TAKEN:
            return self._again()
        self._in_vain = 0
        return self._every_s * (0.5 + self._chance() / 2)

    def _again(self) -> float:
        longest = min(MOST_AGAIN_S, self._every_s, FIRST_AGAIN_S * (1 << min(self._in_vain, 10)))
        self._in_vain += 1
        return longest * (0.5 + self._chance() / 2)
