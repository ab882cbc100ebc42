"""The crossings of a journal, newest first and a chunk at a time, with what became of each. No Qt."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.desk.crossed import APPROVED, NOTED, TAKEN_BACK, Crossed, Said
from kiosk.desk.crossings_which import BY_WORDS, Which, belongs, says_so
from sync import event_types as e
from sync.chain import Record
from sync.journal_reader import SPAN, JournalReader

CHUNK = 100
"""Crossings that are read at a time."""
MANY = 20_000
"""So many records at once, and it is quicker to begin anew."""
SLACK = 500
"""Records behind a verdict among which its end is found: a lane has one traveller at a time."""
_ENDS = (e.CrossingClosed.kind, e.GatePassage.kind, e.GateCorrected.kind)
_SAID = {
    e.OfficerDecided.kind: "",
    e.OfficerApproved.kind: APPROVED,
    e.OfficerUndone.kind: TAKEN_BACK,
    e.OfficerNoted.kind: NOTED,
}
_ALL = (e.CrossingDecided.kind, *_ENDS, *_SAID)


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
    joined: tuple[Crossed, ...] = ()
    """Older ones that belong to the list by what was said since, and did not before."""


class CrossingsRead:
    """Keeps no crossings, only what officers said. Belongs to one thread; calls raise `JournalUnavailable`.

    What officers say of a crossing has a higher number than its verdict, however late they say it: read
    backwards, it is known before.
    """

    def __init__(
        self,
        reader: JournalReader,
        since: datetime,
        which: Which = Which.ALL,
        go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        """Nothing older than `since` is read (aware), and nothing more once `go_on` says no."""
        self._reader, self._since, self._which = reader, since, which
        self._go_on = go_on
        self._floor = self._known_from = self._through = self._reached = 0
        self._said: dict[str, dict[int, Said]] = {}
        self._listed: set[str] = set()
        """Names of the crossings in a list that goes by words."""

    def begin(self) -> Begun:
        """The newest chunk."""
        self._floor = self._reader.first_since(self._since)
        self._through = self._reader.last()
        self._known_from = self._reached = self._through + 1
        self._said.clear()
        self._listed.clear()
        if self._which in BY_WORDS:
            self._hear_from(self._floor)
        older = self.older(self._known_from if self._which is Which.ALL else self._reached)
        return Begun(older.rows, older.more)

    def older(self, below: int) -> Older:
        """The next chunk below this number."""
        if self._which is not Which.ALL:
            return self._older_of_kind()
        found = self._reader.numbers_below(e.CrossingDecided.kind, self._floor, below, CHUNK)
        more = len(found) == CHUNK
        first = found[-1] if more else self._floor
        self._hear_from(first)
        return Older(self.rows(first, below - 1), more)

    def _older_of_kind(self) -> Older:
        """The next chunk of a list that leaves crossings out."""
        wanted = self._wanted()
        found, reached = self._seek(wanted, self._floor, self._reached)
        more = reached > self._floor and (self._which not in BY_WORDS or len(found) < len(wanted[1]))
        self._reached = reached if more else self._floor
        self._hear_from(self._reached)
        rows = self._at(found)
        if self._which in BY_WORDS:
            self._listed |= {one.crossing for one in rows}
        return Older(rows, more)

    def _wanted(self) -> tuple[str, list[str]]:
        """Which key of a verdict's record tells that it may belong, and by which values."""
        if self._which is Which.REFERRED:
            return "outcome", ["REFER"]
        by_words = [name for name in self._said if says_so(self._which, self._words(name))]
        return "crossing", [name for name in by_words if name not in self._listed]

    def _seek(self, wanted: tuple[str, list[str]], floor: int, below: int) -> tuple[list[int], int]:
        """Numbers of the newest such verdicts, newest first and at most a chunk, and how far it looked."""
        key, values = wanted
        found: list[int] = []
        most = min(CHUNK, len(values)) if key == "crossing" else CHUNK
        while floor < below and len(found) < most and self._go_on():
            first = max(floor, below - SPAN)
            kind, left = e.CrossingDecided.kind, most - len(found)
            found += self._reader.numbers_with(kind, key, values, first, below, left)
            below = found[-1] if len(found) == most else first
        return found, below

    def _at(self, numbers: Sequence[int]) -> tuple[Crossed, ...]:
        """The crossings of these verdicts, newest first. What lies between far ones is not read."""
        wanted, start = set(numbers), 0
        rows: list[Crossed] = []
        for end in range(1, len(numbers) + 1):
            if end == len(numbers) or numbers[end - 1] - numbers[end] > SLACK:
                rows += self.rows(numbers[end - 1], numbers[start])
                start = end
        return tuple(one for one in rows if one.sequence in wanted and belongs(self._which, one))

    def again(self, first: int, last: int) -> tuple[Crossed, ...]:
        """Crossings of the list as they are now; one that was asked for alone in any case."""
        if self._which is Which.ALL or first == last:
            return self.rows(first, last)
        wanted = ("crossing", list(self._listed)) if self._which in BY_WORDS else self._wanted()
        return self._at(self._seek(wanted, first, last + 1)[0])

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
        rows = tuple(one for one in self.rows(first, last) if belongs(self._which, one)) if new else ()
        joined = self._joined(heard - new, first) if self._which in BY_WORDS else ()
        if self._which in BY_WORDS:
            self._listed |= {one.crossing for one in (*rows, *joined)}
        return News(rows, frozenset(heard - new - {""}), joined)

    def _joined(self, heard: set[str], below: int) -> tuple[Crossed, ...]:
        """In the list from now on. What is further back than was looked comes with its chunk."""
        told = {name for name in heard if says_so(self._which, self._words(name))}
        self._listed -= heard - told
        wanted = ("crossing", sorted(told - self._listed))
        return self._at(self._seek(wanted, self._reached, below)[0])

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

    def _hear_from(self, first: int) -> None:
        if first < self._known_from:
            for record in self._reader.between((*_SAID,), first, self._known_from - 1):
                self._hear(record)
            self._known_from = first

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
