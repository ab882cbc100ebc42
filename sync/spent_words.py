"""What lane and hub tell each other about single-use codes (docs/protocol.md): the shapes, bounded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sync.canonical import UTC_TEXT, NotCanonical

MOST_USES = 100
MOST_DAYS = 80
"""Tokens of one use: one for each day whose key lives or was delivered in advance."""
MOST_CHANGES = 1000
_TOKEN, _REFERENCE = re.compile("[0-9a-f]{64}"), re.compile("[A-Za-z0-9_.-]{8,64}")


class Heard(StrEnum):
    """The hub's word on one use."""

    FIRST = "first"
    """It counts as used by this reference, and by no other."""
    AGAIN = "again"
    """Another reference used it before."""
    RETURNED = "returned"
    """This reference gave it back already: it is not taken again."""


@dataclass(frozen=True, slots=True)
class UseTold:
    """One use of one code, as a lane tells it."""

    reference: str
    """Names this use for ever: the same reference said twice is one use."""
    token: bytes
    """The use under the station's key of the day."""
    also: tuple[bytes, ...]
    """The use under the station's keys of the other days."""
    at: str
    taken: bool
    """True: the lane has admitted on it already. False: it asks first."""

    def table(self) -> dict[str, object]:
        """As it is sent."""
        return {
            "reference": self.reference,
            "token": self.token.hex(),
            "also": [token.hex() for token in self.also],
            "at": self.at,
            "taken": self.taken,
        }


@dataclass(frozen=True, slots=True)
class Returned:
    """A use that is given back, or that never came about."""

    reference: str
    token: bytes

    def table(self) -> dict[str, object]:
        """As it is sent."""
        return {"reference": self.reference, "token": self.token.hex()}


@dataclass(frozen=True, slots=True)
class Word:
    """What the hub says of one use."""

    reference: str
    heard: Heard
    lane: str = ""
    """Who used it before."""
    at: str = ""

    def table(self) -> dict[str, object]:
        """As it is sent."""
        return {"reference": self.reference, "answer": self.heard.value, "lane": self.lane, "at": self.at}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the station's spent codes, made by another lane."""

    number: int
    token: bytes
    spent: bool
    lane: str
    at: str

    def table(self) -> dict[str, object]:
        """As it is sent."""
        return {
            "id": self.number,
            "token": self.token.hex(),
            "spent": self.spent,
            "lane": self.lane,
            "at": self.at,
        }


def read_told(table: dict[str, object]) -> tuple[list[Returned], list[UseTold]]:
    """A lane's request. Raises `NotCanonical`."""
    returned = [Returned(_reference(row), _token(row.get("token"))) for row in _rows(table, "returned")]
    uses = []
    for row in _rows(table, "uses"):
        also, at, taken = row.get("also"), row.get("at"), row.get("taken")
        if not isinstance(also, list) or len(also) > MOST_DAYS:
            raise NotCanonical(f"a use has at most {MOST_DAYS} tokens")
        if not isinstance(at, str) or not UTC_TEXT.fullmatch(at) or not isinstance(taken, bool):
            raise NotCanonical("a use has a time, and says whether it is taken")
        tokens = tuple(_token(token) for token in also)
        uses.append(UseTold(_reference(row), _token(row.get("token")), tokens, at, taken))
    return returned, uses


def read_words(table: dict[str, object]) -> list[Word]:
    """The hub's answer. Raises `NotCanonical`."""
    words = []
    for row in _rows(table, "uses"):
        answer = row.get("answer")
        if answer not in set(Heard):
            raise NotCanonical("a use has an answer that none has")
        words.append(
            Word(
                _reference(row),
                Heard(str(answer)),
                str(row.get("lane", ""))[:32],
                str(row.get("at", ""))[:27],
            )
        )
    return words


def read_changes(table: dict[str, object]) -> tuple[str, int, bool, list[Change]]:
    """The feed: its name, its last number, whether there is more, the changes. Raises `NotCanonical`."""
    feed, last, more = table.get("feed"), table.get("last"), table.get("more")
    if not isinstance(feed, str) or not re.fullmatch("[0-9a-f]{1,32}", feed) or not isinstance(more, bool):
        raise NotCanonical("the feed has no name")
    changes = []
    for row in _rows(table, "changes", MOST_CHANGES):
        spent, at = row.get("spent"), row.get("at")
        if not isinstance(spent, bool) or not isinstance(at, str) or not UTC_TEXT.fullmatch(at):
            raise NotCanonical("a change lacks its meaning or its time")
        lane = str(row.get("lane", ""))[:32]
        changes.append(Change(_number(row.get("id")), _token(row.get("token")), spent, lane, at))
    return feed, _number(last), more, changes


def _rows(table: dict[str, object], name: str, most: int = MOST_USES) -> list[dict[str, object]]:
    rows = table.get(name)
    if not isinstance(rows, list) or len(rows) > most or not all(isinstance(row, dict) for row in rows):
        raise NotCanonical(f"{name} is not a list of at most {most}")
    return rows


def _reference(row: dict[str, object]) -> str:
    reference = row.get("reference")
    if not isinstance(reference, str) or not _REFERENCE.fullmatch(reference):
        raise NotCanonical("a reference has 8 to 64 of A-Z a-z 0-9 _ . -")
    return reference


def _token(value: object) -> bytes:
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        raise NotCanonical("a token has 64 hexadecimal digits")
    return bytes.fromhex(value)


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**62:
        raise NotCanonical("a number is missing")
    return value
