"""An officer's order to a lane from a station desk: the officer's own signature, and what the lane checks.

It says how the lane is to be, or what a document says of somebody who has no code; it decides about nobody
and moves no gate. As with decisions the hub only carries it. The bytes are in docs/protocol.md.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.batch import KIOSK
from sync.canonical import NotCanonical, canonical_json, utc_text, utc_time
from sync.decision import DOCUMENT, NONCE, OFFICER, REMEMBERED, Refused, Signer, read_signed
from sync.signing import SigningKey

ORDER = b"checkpoint-kiosk/order/v1\n"
MAX_ORDER = 1024
TURN = "turn"
ORDERS = ("hold", "close", "open", TURN, "alarm", "mute", "unmute", "more_time", DOCUMENT)
"""Ending the alarm is not among them, nor releasing the gate: whoever does that stands there."""
SHUTS = ("hold", "close", "alarm")
"""What makes nobody pass: a lane that can't tell how old these are takes them."""
WINDOW = timedelta(seconds=30)
"""How far an order's time may be from the lane's. Desk and lane both go by the hub's clock."""
_RULES = {
    "lane": KIOSK,
    "order": re.compile("|".join(ORDERS)),
    "to": re.compile(r"[a-z_]{0,32}"),
    "officer": OFFICER,
    "desk": KIOSK,
    "at": re.compile(r".{27}"),
    "nonce": NONCE,
}


@dataclass(frozen=True, slots=True)
class OrderStatement:
    """What an officer ordered, of which lane, from where and when."""

    lane: str
    order: str
    to: str
    """The direction of a turn; empty with every other order."""
    officer: str
    desk: str
    at: str
    nonce: str
    document: str = ""
    """With the order `document`: what the officer entered, as in a decision."""

    def text(self) -> str:
        """As it is signed and carried."""
        more = {DOCUMENT: self.document} if self.order == DOCUMENT else {}
        return canonical_json({name: getattr(self, name) for name in _RULES} | more).decode()

    @property
    def time(self) -> datetime:
        """When the officer ordered it, by the desk."""
        return utc_time(self.at)


def order_message(statement: str) -> bytes:
    """What the officer's key signs."""
    return ORDER + statement.encode()


def sign_order(key: SigningKey, statement: OrderStatement) -> bytes:
    """64 bytes."""
    return key.sign(order_message(statement.text()))


def new_order(
    lane: str, order: str, to: str, officer: str, desk: str, at: datetime, nonce: str, document: str = ""
) -> OrderStatement:
    """An order made now."""
    return OrderStatement(lane, order, to, officer, desk, utc_text(at), nonce, document)


def read_order(text: str) -> OrderStatement:
    """The order in the text that was signed. Raises `NotCanonical`."""
    statement = OrderStatement(**read_signed(text, "an order", MAX_ORDER, _RULES, "order"))
    if (statement.order == TURN) is not bool(statement.to):
        raise NotCanonical("a direction goes with a turn, and with nothing else")
    utc_time(statement.at)
    return statement


class OrderCheck:
    """What a lane believes. Nothing counts twice, and nothing after what was ordered later."""

    def __init__(self, lane: str, signer: Callable[[str], Signer | None]) -> None:
        """`signer` looks an officer up in the roster in use."""
        self._lane, self._signer = lane, signer
        self._nonces: deque[str] = deque(maxlen=REMEMBERED)
        self._newest: datetime | None = None

    def check(
        self, text: str, signature: bytes, now: datetime, running: timedelta, *, believed: bool = True
    ) -> OrderStatement | Refused:
        """The order, or why it is none. `running`: how long the program has; `believed`: whether `now` is.

        What was ordered before the program began is not obeyed: it may have been then, and its nonce is
        forgotten. A lane that does not know the time can't tell, and takes only what `SHUTS`.
        """
        try:
            statement = read_order(text)
        except NotCanonical:
            return Refused.UNREADABLE
        if statement.lane != self._lane:
            return Refused.FOREIGN
        signer = self._signer(statement.officer)
        key = None if signer is None else signer.public
        if signer is None or key is None:
            return Refused.STRANGER
        if not key.verifies(signature, order_message(text)):
            return Refused.FORGED
        if not signer.may_work(now):
            return Refused.ENDED
        if statement.nonce in self._nonces:
            return Refused.REPLAYED
        if refused := self._untimely(statement, now, running, believed=believed):
            return refused
        self._nonces.append(statement.nonce)
        self._newest = max(statement.time, self._newest or statement.time)
        return statement

    def _untimely(
        self, statement: OrderStatement, now: datetime, running: timedelta, *, believed: bool
    ) -> Refused | None:
        at, shuts = statement.time, statement.order in SHUTS
        if not believed:
            return None if shuts else Refused.UNTIMELY
        if abs(now - at) > WINDOW:
            return Refused.UNTIMELY
        overtaken = at < now - running or (self._newest is not None and at < self._newest)
        return Refused.OVERTAKEN if overtaken and not shuts else None
