"""The crossings of a journal, newest first and a chunk at a time, with what became of each. No Qt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sync import event_types as e
from sync.chain import Record
from sync.journal_reader import JournalReader

CHUNK = 100
"""Crossings that are read at a time."""
MANY = 20_000
"""So many records at once, and it is quicker to begin anew."""
SLACK = 500
"""Records behind a verdict among which its end is found: a lane has one traveller at a time."""
APPROVED, TAKEN_BACK, NOTED = "approved", "taken_back", "noted"
_ENDS = (e.CrossingClosed.kind, e.GatePassage.kind, e.GateCorrected.kind)
_SAID = {
    e.OfficerDecided.kind: "",
    e.OfficerApproved.kind: APPROVED,
    e.OfficerUndone.kind: TAKEN_BACK,
    e.OfficerNoted.kind: NOTED,
}
_ALL = (e.CrossingDecided.kind, *_ENDS, *_SAID)


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer said about a crossing. Not a note's words: reading those is an event of its own."""

    sequence: int
    at: str
    officer: str
    act: str
    """`admit`, `refuse`, `desk`, `approved`, `taken_back` or `noted`."""
    reason: str = ""
    late: bool = False
    """The crossing was over: it moved nothing."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """One crossing, as far as the journal knows it."""

    sequence: int
    """The number of its first verdict's record: what the list goes by."""
    crossing: str
    at: str
    """When that verdict was recorded."""
    outcome: str
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    """What the policy would hold against the documents that officers entered, were they genuine."""
    said: tuple[Said, ...] = ()
    passage: str = ""
    how: str = ""
    """How it was closed; empty: it goes on."""
    closed_at: str = ""
    """When it was closed, and with it what the gate did."""

    @property
    def decisions(self) -> tuple[Said, ...]:
        """Officers' decisions that were not taken back, in order."""
        return _held(self.said)[0]

    @property
    def approved_by(self) -> str:
        """Who admitted first where it takes two, and nobody decided since; empty: nobody."""
        approval = _held(self.said)[1]
        return "" if approval is None else approval.officer

    @property
    def newest_word(self) -> Said | None:
        """What was said last, notes apart."""
        return next((one for one in reversed(self.said) if one.act != NOTED), None)


def _held(said: tuple[Said, ...]) -> tuple[tuple[Said, ...], Said | None]:
    """The decisions that hold, and the first of two admissions where it waits for the second."""
    held: list[tuple[Said, Said | None]] = []
    approval: Said | None = None
    for one in said:
        if one.act == APPROVED:
            approval = one
        elif one.act == TAKEN_BACK:
            if approval is not None and approval.officer == one.officer:
                approval = None
            elif held and held[-1][0].officer == one.officer:
                _, approval = held.pop()
        elif one.act != NOTED:
            held.append((one, approval))
            approval = None
    return tuple(decision for decision, _ in held), approval


@dataclass(frozen=True, slots=True)
class Begun:
    """The newest chunk, in place of everything that was known."""

    rows: tuple[Crossed, ...]
    more: bool
    """Whether there are older ones."""


@dataclass(frozen=True, slots=True)
class Older:
    """A chunk further back."""

    rows: tuple[Crossed, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class News:
    """What happened since: new crossings, and the names of known ones of which there is more to tell."""

    rows: tuple[Crossed, ...]
    changed: frozenset[str]


class CrossingsRead:
    """Keeps no crossings, only what officers said. Belongs to one thread; calls raise `JournalUnavailable`.

    What officers say of a crossing has a higher number than its verdict, however late they say it: read
    backwards, it is known before.
    """

    def __init__(self, reader: JournalReader, since: datetime) -> None:
        """Nothing older than `since` is read (aware)."""
        self._reader, self._since = reader, since
        self._floor = self._known_from = self._through = 0
        self._said: dict[str, dict[int, Said]] = {}

    def begin(self) -> Begun:
        """The newest chunk."""
        self._floor = self._reader.first_since(self._since)
        self._through = self._reader.last()
        self._known_from = self._through + 1
        self._said.clear()
        older = self.older(self._known_from)
        return Begun(older.rows, older.more)

    def older(self, below: int) -> Older:
        """The next chunk below this number."""
        found = self._reader.numbers_below(e.CrossingDecided.kind, self._floor, below, CHUNK)
        more = len(found) == CHUNK
        first = found[-1] if more else self._floor
        if first < self._known_from:
            for record in self._reader.between((*_SAID,), first, self._known_from - 1):
                self._hear(record)
            self._known_from = first
        return Older(self.rows(first, below - 1), more)

    def news(self) -> News | Begun:
        """What happened since it was last asked for."""
        last = self._reader.last()
        if last < self._through or last - self._through > MANY:
            return self.begin()
        first, self._through = self._through + 1, last
        new: set[str] = set()
        heard: set[str] = set()
        for record in self._reader.between(_ALL, first, last):
            if record.payload is None:
                continue
            name = str(json.loads(record.payload)["crossing"])
            (new if record.kind == e.CrossingDecided.kind else heard).add(name)
            self._hear(record)
        rows = self.rows(first, last) if new else ()
        return News(rows, frozenset(heard - new - {""}))

    def now(self, number: int) -> Crossed | None:
        """One crossing as it is now, news or not; None: its record is erased."""
        for record in self._reader.between((*_SAID,), self._through + 1, self._reader.last()):
            self._hear(record)
        return next(iter(self.rows(number, number)), None)

    def rows(self, first: int, last: int) -> tuple[Crossed, ...]:
        """The crossings whose verdicts have these numbers, newest first."""
        verdicts: dict[str, tuple[Record, dict[str, Any]]] = {}
        ends: dict[str, dict[str, Any]] = {}
        kinds = (e.CrossingDecided.kind, e.OfficerEnteredDocument.kind, *_ENDS)
        for record in self._reader.between(kinds, first, last + SLACK):
            if record.payload is None:
                continue
            told = json.loads(record.payload)
            name = told["crossing"]
            if record.kind == e.CrossingDecided.kind:
                if record.sequence <= last:
                    verdicts.setdefault(name, (record, told))
            elif record.kind == e.CrossingClosed.kind:
                ends.setdefault(name, {}).update(how=told["how"], closed_at=record.at)
            elif record.kind == e.OfficerEnteredDocument.kind:
                ends.setdefault(name, {})["doubts"] = tuple(told["reasons"])
            else:
                ends.setdefault(name, {})["passage"] = told["passage"]
        return tuple(
            Crossed(
                record.sequence,
                name,
                record.at,
                told["outcome"],
                tuple(told["reasons"]),
                said=self._words(name),
                **ends.get(name, {}),
            )
            for name, (record, told) in reversed(verdicts.items())
        )

    def _words(self, name: str) -> tuple[Said, ...]:
        return tuple(one for _, one in sorted(self._said.get(name, {}).items()))

    def _hear(self, record: Record) -> None:
        if record.kind not in _SAID or record.payload is None:
            return
        told = json.loads(record.payload)
        said = Said(
            record.sequence,
            record.at,
            told["officer"],
            _SAID[record.kind] or told["action"],
            told.get("reason", ""),
            not told.get("in_time", True),
        )
        self._said.setdefault(told["crossing"], {})[record.sequence] = said
