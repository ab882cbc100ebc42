"""The journal: what happened at the lane, in order, on stable storage before anything else happens."""

from __future__ import annotations

import base64
import os
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from config.moment import Clock
from sync import canonical, chain, retention
from sync.admitted import AdmittedHere
from sync.chain import Position, Record
from sync.day_keys import DayKeys
from sync.device_key import DeviceKey
from sync.early_erasure import Early
from sync.event import Event
from sync.event_types import (
    JournalCheckpoint,
    JournalErased,
    JournalErasedEarly,
    JournalPruned,
    JournalSpaceLow,
)
from sync.fingerprint import Fingerprints
from sync.journal_base import DAY, note_base, prunable, take_away
from sync.journal_file import (
    NAME,
    JournalUnavailable,
    disk_sentence,
    hold,
    is_full,
    unavailable,
)
from sync.journal_opening import TAIL_CHECKED, open_checked
from sync.journal_proof import ChainReport, prove
from sync.journal_reader import JournalReader
from sync.journal_rows import INSERT, rows
from sync.journal_salvage import ADMITTED, SPENT, known_since
from sync.reserve import Reserve, Space
from sync.spent import SpentHere
from sync.spent_line import SpentLine

Done = TypeVar("Done")
FREE_SOME = "Free some space on the journal's disk now; the lane stops when the rest is used up."


class Journal:
    """The one writer of a journal folder. Every call may come from any thread.

    Whatever raises `JournalUnavailable` has changed nothing.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        device_key: DeviceKey,
        *,
        kiosk: str = "",
        keep_days: int = 31,
        keep_kinds: Mapping[str, int] | None = None,
        checkpoint_every: int = 100,
        reserve_bytes: int = 8_000_000,
    ) -> None:
        """Opens or makes the journal in `folder`, and checks the newest records against the chain.

        A file that is damaged is set aside, kept, and gone on without: `continued` tells.
        """
        self._clock = clock
        self._key = device_key
        self._keeping = retention.Keeping(keep_days, keep_kinds or {})
        self._checkpoint_every = checkpoint_every
        self._file = folder / NAME
        self._lock = threading.RLock()
        self._held = hold(folder)
        self._reserve = Reserve(folder / "reserve", reserve_bytes)
        self._closed = False
        try:
            opened = open_checked(folder, device_key.public, clock().utc)
        except BaseException:
            os.close(self._held)
            raise
        self._connection, self._position = opened.connection, opened.position
        self._day: date | None = None
        """The day of the newest record since the opening."""
        self.continued = opened.continued
        """What became of a damaged file that this opening found."""
        try:
            self._lost = self._connection.execute("SELECT after, begins FROM segments").fetchall()
            self.spent_known_since = known_since(self._connection, SPENT)
            """Where a damaged file took spent codes with it: when. Codes of before may have been used."""
            admitted_since = known_since(self._connection, ADMITTED)
            self._keys = DayKeys(folder / "day-keys")
            self._remember(kiosk)
        except OSError as error:
            self.close()
            raise JournalUnavailable(disk_sentence(folder, error)) from error
        except sqlite3.Error as error:
            self.close()
            raise unavailable(error, self._file) from error
        except JournalUnavailable:
            self.close()
            raise
        self._reserve.take()
        self.fingerprints = Fingerprints(self._keys)
        self.spent = SpentHere(self._connection, self._lock, self.fingerprints)
        self.spent_line = SpentLine(self._connection, self._lock, self.fingerprints)
        self.admitted = AdmittedHere(self._connection, self._lock, self.fingerprints, admitted_since)

    @property
    def position(self) -> Position:
        """The last sequence number and the chain's head after it."""
        return self._position

    def waiting(self, after: int) -> int:
        """How many records were written behind the sequence number `after`."""
        lost: int = sum(max(0, begins - max(start, after)) for start, begins in self._lost)
        return max(0, self._position.sequence - after - lost)

    def append(
        self,
        events: Sequence[Event],
        at: datetime,
        *,
        spend: Sequence[bytes] = (),
        give_back: Sequence[bytes] = (),
    ) -> int:
        """Writes events, newly spent codes and codes given back as one transaction with one fsync.

        `spend` and `give_back` are `Identity.use`. Returns the sequence number of the last event. Raises
        `JournalUnavailable`.
        """
        with self._lock:
            self._check_open()
            try:
                return self._write(events, at, spend, give_back)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.ProgrammingError):
                    raise
                if not (is_full(error) and self._reserve.release()):
                    raise unavailable(error, self._file) from error
            except OSError as error:
                raise JournalUnavailable(disk_sentence(self._file, error)) from error
            return self._write_in_reserve(events, at, spend, give_back)

    def fingerprint(self, signed: bytes, at: datetime) -> str:
        """What the journal knows a code by (`Identity.signed`). Never fails."""
        with self._lock:
            return self.fingerprints.of(signed, at)

    def adopt(self, keys: Mapping[date, bytes]) -> None:
        """Takes keys of the station's days, which were written already. Raises `JournalUnavailable`."""
        with self._lock:
            try:
                self._keys.adopt(keys, self._clock().utc.date())
            except OSError as error:
                raise JournalUnavailable(disk_sentence(self._file.parent, error)) from error

    def housekeep(self, held: int = 0, passed: datetime | None = None) -> bool:
        """Erases what is older than the retention time, at most 500 records; True while more is due.

        What is left of records up to `held`, the last the hub signed that it holds, is taken away. Call it
        when the lane is idle, and again while it answers True. `passed` is a time that has surely passed: a
        clock that runs ahead of it erases nothing early; None: the clock is believed. Raises
        `JournalUnavailable`.
        """
        now = self._clock().utc
        passed = now if passed is None else min(now, passed)
        with self._lock:
            self._check_open()
            self._reserve.take()
            try:
                for day in (now.date(), now.date() + timedelta(days=1)):
                    self._keys.kept(day)
                before = canonical.utc_text(passed - timedelta(days=self._keeping.days))
                due = retention.due(self._connection, self._keeping, passed)
                keys = self._keys.due(passed.date())
                if due.sequences or keys:
                    event = JournalErased(before=before, records=len(due.sequences), keys=len(keys))
                    self._write([event], now, (), (), erase=due, today=passed.date())
                    self._keys.destroy(keys)
                    retention.flush_erased(self._connection)
                elif due.advanced or due.done:
                    self._write([], now, (), (), erase=due, today=passed.date())
                more = due.more or self._prune(before, held, now)
            except sqlite3.DatabaseError as error:
                raise unavailable(error, self._file) from error
            except OSError as error:
                raise JournalUnavailable(disk_sentence(self._file.parent, error)) from error
            return more

    def verify_chain(self) -> ChainReport:
        """Follows the whole chain again from the file, beside the writing. Raises `JournalUnavailable`."""
        reader = JournalReader(self._file.parent)
        try:
            return prove(reader.start(self._key.public), reader.all_records(), self._key.public)
        finally:
            reader.close()

    def erase_early(
        self, first: int, last: int, officer: str, second: str, reason: str, case: str
    ) -> JournalErasedEarly:
        """Erases the payloads of records `first` to `last` that are people's, a piece at a time.

        The digests stay and the chain holds. Days that lie wholly in it lose their key and what was spent on
        them, but not the newest days: their codes must not pass twice. The event comes first, so that no
        erasure goes untold. Raises `JournalUnavailable`.
        """
        with self._lock:
            self._check_open()
            now = self._clock().utc
            last = min(last, self._position.sequence)
            early = Early(self._connection, first, last, now.date())
            event = JournalErasedEarly(
                officer=officer,
                second=second,
                reason=reason,
                case=case,
                first=first,
                last=last,
                records=early.records,
                spent=early.spent,
                keys=len(early.dead_keys(self._keys)),
            )
            self._guarded(lambda: self._write([event], now, (), ()))
        while self._guarded(lambda: early.erase_some(self._connection, self._lock)):
            pass
        with self._lock:
            self._guarded(lambda: early.end(self._connection, self._keys))
        return event

    def space(self) -> Space:
        """The room on the journal's disk, for a warning before it runs out."""
        return self._reserve.space()

    def close(self) -> None:
        """Ends the writing. Nothing is left to flush."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._connection.close()
                os.close(self._held)

    def _write(
        self,
        events: Sequence[Event],
        at: datetime,
        spend: Sequence[bytes],
        give_back: Sequence[bytes],
        *,
        erase: retention.Due | None = None,
        today: date | None = None,
    ) -> int:
        new, position = rows(self._position, events, at, self._keeping)
        last = position.sequence
        if position.sequence // self._checkpoint_every > self._position.sequence // self._checkpoint_every:
            more, position = rows(position, [self._checkpoint(position)], at, self._keeping)
            new += more
        day = at.date()
        spent = [(self.fingerprints.use_token(use, day), day.isoformat(), last) for use in spend]
        returned = [(token,) for use in give_back for token in self.fingerprints.use_tokens(use)]
        execute, many = self._connection.execute, self._connection.executemany
        try:
            execute("BEGIN IMMEDIATE")
            if erase is not None:
                retention.erase(self._connection, erase)
                retention.forget_spent(self._connection, today or day)
            many(INSERT, new)
            if new and day != self._day:
                first = self._position.sequence + 1
                retention.begin_day(self._connection, self._keeping.marks(), first, day)
            if returned:
                many("DELETE FROM spent WHERE token = ?", returned)
            if spent:
                many("INSERT OR IGNORE INTO spent (token, day, sequence) VALUES (?,?,?)", spent)
            self.spent_line.note(events, at, spend, give_back)
            self.admitted.note(events, at)
            execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                execute("ROLLBACK")
            raise
        self._position = position
        self._day = day if new else self._day
        return last

    def _guarded(self, do: Callable[[], Done]) -> Done:
        try:
            return do()
        except sqlite3.DatabaseError as error:
            raise unavailable(error, self._file) from error
        except OSError as error:
            raise JournalUnavailable(disk_sentence(self._file.parent, error)) from error

    def _prune(self, before: str, held: int, now: datetime) -> bool:
        found = prunable(self._connection, before, held, self._position.sequence - TAIL_CHECKED)
        if found is None:
            return False
        through, day = found
        known = self._connection.execute("SELECT value FROM facts WHERE name = ?", (DAY,)).fetchone()
        if known is None or known[0] != day:
            self._write([JournalPruned(through=through.sequence, day=day)], now, (), ())
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            take_away(self._connection, through.sequence)
            note_base(self._connection, through, self._key, day)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return True

    def _write_in_reserve(
        self, events: Sequence[Event], at: datetime, spend: Sequence[bytes], give_back: Sequence[bytes]
    ) -> int:
        low = JournalSpaceLow(free_mb=self._reserve.space().free_bytes // 1_000_000, advice=FREE_SOME)
        try:
            return self._write([low, *events], at, spend, give_back)
        except sqlite3.DatabaseError as error:
            raise unavailable(error, self._file) from error

    def _checkpoint(self, position: Position) -> JournalCheckpoint:
        signature = self._key.sign(chain.checkpoint_message(position))
        return JournalCheckpoint(
            sequence=position.sequence,
            head=position.head.hex(),
            signature=base64.b64encode(signature).decode(),
        )

    def _remember(self, kiosk: str) -> None:
        facts = {"device": self._key.public.raw.hex()} | ({"kiosk": kiosk} if kiosk else {})
        known = dict(self._connection.execute("SELECT name, value FROM facts").fetchall())
        if any(known.get(name) != value for name, value in facts.items()):
            self._connection.executemany("INSERT OR REPLACE INTO facts VALUES (?,?)", list(facts.items()))

    def _check_open(self) -> None:
        if self._closed:
            raise JournalUnavailable("The journal was closed: start the lane again.")


__all__ = ["Journal", "JournalUnavailable", "Position", "Record"]
