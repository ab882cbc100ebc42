"""An officer's decision from a station desk: the officer's own signature over one crossing, and its check.

The hub carries it and can't make it; only the lane, which has the roster, says whether it counts. The bytes
are in docs/protocol.md.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from sync.batch import KIOSK
from sync.canonical import NotCanonical, canonical_json, read_json_object, utc_text, utc_time
from sync.signing import PublicKey, SigningKey

DECISION = b"checkpoint-kiosk/decision/v1\n"
MAX_STATEMENT = 1024
UNDO = "undo"
"""The action that takes the officer's own decision back, while the gate has not moved."""
TAKEN_BACK = "TAKEN_BACK"
"""The only reason of an undo: none is asked for in a hurry."""
DOCUMENT = "document"
"""The action that enters what a document says; its text stands under this key, too."""
ENTERED = "ENTERED"
ACTIONS = ("admit", "refuse", "desk", UNDO, DOCUMENT)
LONGEST_DOCUMENT = 400
CROSSING = re.compile(r"[A-Za-z0-9_-]{1,64}")
OFFICER = re.compile(r"[A-Z]{1,3}-[0-9]{1,6}")
REASON = re.compile(r"[A-Z_]{1,40}")
NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
WINDOW = timedelta(seconds=90)
"""How far a decision's time may be from the lane's. Desk and lane both go by the hub's clock."""
REMEMBERED = 1000
"""Nonces a lane remembers: a crossing lives two minutes, and no lane decides so many meanwhile."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What an officer decided, about whom, from where and when."""

    lane: str
    crossing: str
    action: str
    reason: str
    officer: str
    desk: str
    at: str
    nonce: str
    document: str = ""
    """With the action `document`: what the officer entered (`kiosk/desk/entry_text.py`)."""

    def text(self) -> str:
        """As it is signed and carried."""
        more = {DOCUMENT: self.document} if self.document else {}
        return canonical_json({name: getattr(self, name) for name in _RULES} | more).decode()

    @property
    def time(self) -> datetime:
        """When the officer decided, by the desk."""
        return utc_time(self.at)


_RULES = {
    "lane": KIOSK,
    "crossing": CROSSING,
    "action": re.compile("|".join(ACTIONS)),
    "reason": REASON,
    "officer": OFFICER,
    "desk": KIOSK,
    "at": re.compile(r".{27}"),
    "nonce": NONCE,
}


class Refused(StrEnum):
    """Why a lane does not believe a decision. The journal and the desk have the word."""

    UNREADABLE = "unreadable"
    FOREIGN = "foreign"
    """It names another lane, or another crossing than the one it was sent for."""
    STRANGER = "stranger"
    """The roster in use has nobody of this number, or nobody with a key."""
    ENDED = "ended"
    FORGED = "forged"
    UNTIMELY = "untimely"
    REPLAYED = "replayed"
    OVERTAKEN = "overtaken"
    """An order only: a later one was obeyed, or the lane has started since."""


class Signer(Protocol):
    """An officer, as far as a decision needs to know."""

    @property
    def public(self) -> PublicKey | None:
        """The officer's key; None: this officer decides at the lane only."""
        ...

    def may_work(self, at: datetime) -> bool:
        """Whether the roster's entry has not ended."""
        ...


def decision_message(statement: str) -> bytes:
    """What the officer's key signs."""
    return DECISION + statement.encode()


def sign_decision(key: SigningKey, statement: Statement) -> bytes:
    """64 bytes."""
    return key.sign(decision_message(statement.text()))


def new_statement(
    lane: str,
    crossing: str,
    action: str,
    reason: str,
    officer: str,
    desk: str,
    at: datetime,
    nonce: str,
    document: str = "",
) -> Statement:
    """A statement made now."""
    return Statement(lane, crossing, action, reason, officer, desk, utc_text(at), nonce, document)


def read_statement(text: str) -> Statement:
    """The statement in the text that was signed. Raises `NotCanonical`."""
    statement = Statement(**read_signed(text, "a decision", MAX_STATEMENT, _RULES, "action"))
    utc_time(statement.at)
    return statement


def read_signed(
    text: str, what: str, most: int, rules: Mapping[str, re.Pattern[str]], act: str
) -> dict[str, str]:
    """What an officer signed, at most `most` bytes: exactly the keys of `rules`, each text by its rule.

    Where `act` names the entry of a document there is `DOCUMENT` beside them; it is empty otherwise. Raises
    `NotCanonical`, which says `what` it was.
    """
    if len(text.encode("utf-8", "replace")) > most:
        raise NotCanonical(f"{what} has at most {most} bytes")
    table = read_json_object(text)
    if set(table) != {*rules, *([DOCUMENT] if table.get(act) == DOCUMENT else [])}:
        raise NotCanonical(f"{what} has {', '.join(rules)} and nothing else")
    document = table.get(DOCUMENT, "")
    if not isinstance(document, str) or len(document) > LONGEST_DOCUMENT:
        raise NotCanonical(f"the document of {what} can't be read")
    for name, rule in rules.items():
        value = table[name]
        if not isinstance(value, str) or not rule.fullmatch(value):
            raise NotCanonical(f"{name} of {what} can't be read")
    return {name: str(table[name]) for name in rules} | {DOCUMENT: document}


class DecisionCheck:
    """What a lane believes. It remembers what it believed before, so nothing counts twice."""

    def __init__(self, lane: str, signer: Callable[[str], Signer | None]) -> None:
        """`signer` looks an officer up in the roster in use."""
        self._lane, self._signer = lane, signer
        self._nonces: deque[str] = deque(maxlen=REMEMBERED)

    def check(
        self, text: str, signature: bytes, crossing: str, now: datetime, *, believed: bool = True
    ) -> Statement | Refused:
        """The decision, or why it is none. `believed`: whether the lane's own time is.

        A lane that does not know the time takes the decision's word for it: the crossing it names was made
        here, out of random digits, less than two minutes ago.
        """
        try:
            statement = read_statement(text)
        except NotCanonical:
            return Refused.UNREADABLE
        if statement.lane != self._lane or statement.crossing != crossing:
            return Refused.FOREIGN
        signer = self._signer(statement.officer)
        key = None if signer is None else signer.public
        if signer is None or key is None:
            return Refused.STRANGER
        if not key.verifies(signature, decision_message(text)):
            return Refused.FORGED
        if not signer.may_work(now):
            return Refused.ENDED
        if believed and abs(now - statement.time) > WINDOW:
            return Refused.UNTIMELY
        if statement.nonce in self._nonces:
            return Refused.REPLAYED
        self._nonces.append(statement.nonce)
        return statement
