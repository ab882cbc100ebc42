"""Records as an ordinary day makes them: two codes, a verdict, one pulse, one passage; identifiers by lot."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from config.moment import Moment
from sync.batch import MAX_RECORDS, batch_body
from sync.chain import Position, Record, genesis
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import (
    CodeAssessed,
    CrossingClosed,
    CrossingDecided,
    CrossingOpened,
    GateAccepted,
    GateAuthorised,
    GatePassage,
)
from sync.journal import Journal
from sync.journal_reader import JournalReader
from sync.signing import SigningKey
from tests.sync.ground import START

EVENTS = 8
"""Of one crossing; `steps` gives them as the lane writes them."""


def steps(lot: random.Random) -> list[list[Event]]:
    """One crossing: each list is one append with its own fsync, and so one small batch while online."""
    crossing, authorisation = lot.randbytes(6).hex(), lot.randbytes(6).hex()
    codes = [
        _code(lot, crossing, "HK1", "health_colour", "hk_health_code", "HK"),
        _code(lot, crossing, "CD1", "customs_declaration", "cn_customs", "CN"),
    ]
    time_ms = round(lot.uniform(5, 40), 1)
    decided = CrossingDecided(crossing, "ADMIT", ("ok",), "to-mainland", time_ms, ())
    return [
        [CrossingOpened(crossing, "to_mainland"), codes[0]],
        [codes[1], decided, GateAuthorised(crossing, authorisation, "forward")],
        [GateAccepted(authorisation, True)],
        [GatePassage(crossing, authorisation, "PASSED"), CrossingClosed(crossing, "passed")],
    ]


def _code(lot: random.Random, crossing: str, form: str, kind: str, scheme: str, issuer: str) -> CodeAssessed:
    fingerprint = lot.randbytes(16).hex()
    return CodeAssessed(
        crossing, fingerprint, form, kind, scheme, "green", issuer, "VALID", "VALID", "CLEAR", ("ok",)
    )


class VirtualClock:
    """Both clocks, moved by whoever writes."""

    def __init__(self, start: datetime = START) -> None:
        self.now = Moment(1000.0, start)

    def __call__(self) -> Moment:
        return self.now


class DayWriter:
    """A journal filled quickly in virtual time: many crossings in one append, nothing else left out."""

    def __init__(self, folder: Path, *, seed: int = 7, start: datetime = START) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.clock = folder, VirtualClock(start)
        self.device: SigningKey = device_key(folder)
        self._lot = random.Random(seed)
        self._journal = Journal(folder, self.clock, self.device, reserve_bytes=1000)

    @property
    def position(self) -> Position:
        """How far it is."""
        return self._journal.position

    def write(self, crossings: int, *, every_s: float, at_once: int = 50) -> None:
        """So many crossings, `every_s` seconds of virtual time apart; `at_once` share a time."""
        for first in range(0, crossings, at_once):
            count = min(at_once, crossings - first)
            self.clock.now = self.clock.now.later(timedelta(seconds=every_s * count).total_seconds())
            events = [event for _ in range(count) for step in steps(self._lot) for event in step]
            self._journal.append(events, self.clock.now.utc)

    def tell(self, event: Event) -> None:
        """One event more, at the time it is."""
        self._journal.append([event], self.clock.now.utc)

    def write_as_it_happens(self, crossings: int, *, gather_s: float) -> list[int]:
        """Each step of each crossing for itself; the sequence numbers at which an uplink's batches end.

        The second code takes a traveller one to two seconds, the gate's answer 20 to 80 ms, the passage two
        to four seconds. An uplink sends `gather_s` after the first record that waits; 0: each step alone.
        """
        ends: list[int] = []
        since = self.clock.now.mono
        for _ in range(crossings):
            pauses = ((1.0, 2.0), (1.0, 2.0), (0.02, 0.08), (2.0, 4.0))
            for step, pause in zip(steps(self._lot), pauses, strict=True):
                self.clock.now = self.clock.now.later(self._lot.uniform(*pause))
                if ends and self.clock.now.mono < since + gather_s:
                    ends.pop()
                else:
                    since = self.clock.now.mono
                self._journal.append(step, self.clock.now.utc)
                ends.append(self._journal.position.sequence)
        return ends

    def close(self) -> None:
        """Ends the writing."""
        self._journal.close()

    def runs(self, count: int, most: int) -> Iterator[tuple[Position, list[Record]]]:
        """Runs of `count` records, at most `most` runs, each with the position it follows."""
        after = genesis(self.device.public.raw)
        reader = JournalReader(self.folder)
        try:
            for _ in range(most):
                records = reader.records(after.sequence, min(count, MAX_RECORDS), 8_000_000)
                if len(records) < count:
                    return
                yield after, records
                last = records[-1]
                assert last.head is not None
                after = Position(last.sequence, last.head)
        finally:
            reader.close()


def body_of(kiosk: str, run: tuple[Position, list[Record]]) -> bytes:
    """The body of a batch with these records."""
    return batch_body(kiosk, run[0], run[1])
