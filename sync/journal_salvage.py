"""A journal file that is damaged: set aside, kept as it is, and what holds of it saved into a new file.

The new file is made whole, with the record that says so, and gets its name last. Killed at any moment, the
next start does it again: a note beside the set-aside file says that the new one is not in its place yet.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sync import chain
from sync.canonical import NotCanonical, utc_text, utc_time
from sync.chain import Position, Record, Segment, segment_of
from sync.event_types import JournalContinued
from sync.journal_base import BaseUnusable, base
from sync.journal_file import NAME, JournalUnavailable, connect, disk_sentence, unavailable
from sync.journal_rows import INSERT, rows
from sync.retention import Keeping
from sync.signing import PublicKey, flush_folder, write_private

SET_ASIDE = "set-aside"
NOTE = "not-saved-yet"
ROOM = 1_000_000
"""Sequence numbers left free for records that were written and can't be read any more."""
_PAGE = 500
SPENT, ADMITTED = "spent_known_since", "admitted_known_since"
"""What is noted where codes that were spent, or people who were just let in, were lost with a file."""
_PARTS = (NAME, f"{NAME}-wal")
_COLUMNS = "sequence, at, kind, digest, head, salt, payload, erasable"


def set_aside(folder: Path, why: str, device: PublicKey, held: Position, at: datetime) -> JournalContinued:
    """Moves the file away and saves what holds into a new one. The caller holds the folder's lock.

    `held` is what the hub last signed that it holds. Raises `JournalUnavailable`.
    """
    aside = folder / SET_ASIDE
    used = [int(note.parent.name) for name in (NOTE, NAME) for note in aside.glob(f"[0-9]*/{name}")]
    place = aside / f"{max(used, default=0) + 1:04d}"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        flush_folder(aside)
        write_private(place / NOTE, why.encode())
        return _save(folder, place, why, device, held, at)
    except OSError as error:
        raise JournalUnavailable(disk_sentence(folder, error)) from error


def known_since(connection: sqlite3.Connection, what: str) -> datetime | None:
    """When `SPENT` or `ADMITTED` were lost with a damaged file; None: never. Raises sqlite3.Error."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (what,)).fetchone()
    try:
        return None if row is None else utc_time(row[0])
    except NotCanonical:
        return datetime.max.replace(tzinfo=UTC)


def go_on(folder: Path, device: PublicKey, held: Position, at: datetime) -> JournalContinued | None:
    """Finishes what an earlier start left unfinished; None where there is nothing. As `set_aside`."""
    try:
        for note in sorted((folder / SET_ASIDE).glob(f"*/{NOTE}")):
            why = note.read_text("utf-8", "replace")
            if not (folder / NAME).exists() or not (note.parent / NAME).exists():
                return _save(folder, note.parent, why, device, held, at)
            note.unlink()  # the new file is in its place: only the note was left
    except OSError as error:
        raise JournalUnavailable(disk_sentence(folder, error)) from error
    return None


def _save(
    folder: Path, place: Path, why: str, device: PublicKey, held: Position, at: datetime
) -> JournalContinued:
    for name in _PARTS:
        if (folder / name).exists():
            (folder / name).replace(place / name)
    flush_folder(folder)
    flush_folder(place)
    work = folder / f"{SET_ASIDE}.work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    for name in _PARTS:
        if (place / name).exists():
            shutil.copyfile(place / name, work / name)
    new = work / f"new.{NAME}"
    try:
        with closing(connect(new)) as target:
            position, seen, lost = _carry_over(work / NAME, target, device)
            begins = (max(position.sequence, held.sequence, seen) // ROOM + 2) * ROOM
            segment = Segment(position, begins)
            event = JournalContinued(
                after=position.sequence,
                head=position.head.hex(),
                begins=begins,
                set_aside=place.name,
                why=why,
                spent_known=SPENT not in lost,
            )
            target.executemany(INSERT, rows(segment.start, [event], at, Keeping())[0])
            _note_segments(target, [segment])
            since = [(name, utc_text(at)) for name in lost]
            target.executemany("INSERT OR REPLACE INTO facts VALUES (?,?)", since)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise unavailable(error, new) from error
    new.replace(folder / NAME)
    flush_folder(folder)
    (place / NOTE).unlink(missing_ok=True)
    shutil.rmtree(work, ignore_errors=True)
    return event


def _carry_over(
    source: Path, target: sqlite3.Connection, device: PublicKey
) -> tuple[Position, int, list[str]]:
    """Copies the records that hold, from the first on.

    Gives where they end, the highest number seen behind them, and of `SPENT` and `ADMITTED` what may not have
    come along whole.
    """
    with closing(sqlite3.connect(source, isolation_level=None)) as damaged:
        position, day = _beginning(damaged, target, device), ""
        marks: set[object] = {0}
        for page in _pages(damaged):
            good: list[tuple[object, ...]] = []
            days: list[tuple[object, int, str]] = []
            segments: list[Segment] = []
            for row in page:
                record = _record(row)
                step = chain.follow(position, [record]) if record is not None else None
                if record is None or not isinstance(step, Position):
                    break
                position = step
                good.append(row)
                if (segment := segment_of(record)) is not None:
                    segments.append(segment)
                if record.at[:10] != day:
                    day, marks = record.at[:10], {0}
                if (mark := row[-1]) not in marks:
                    marks.add(mark)
                    days.append((mark, record.sequence, day))
            target.execute("BEGIN")
            target.executemany(INSERT, good)
            target.executemany("INSERT INTO ageing (mark, first, day) VALUES (?,?,?)", days)
            _note_segments(target, segments)
            target.execute("COMMIT")
            if len(good) < len(page):
                break
        spent = _spent(damaged, target)
        admitted = _admitted(damaged, target) and spent
        return position, _highest(damaged), [SPENT] * (not spent) + [ADMITTED] * (not admitted)


def _beginning(damaged: sqlite3.Connection, target: sqlite3.Connection, device: PublicKey) -> Position:
    """Where the records begin; without its signed place nothing can be followed but from the very first."""
    try:
        position = base(damaged, device)
        facts = damaged.execute("SELECT name, value FROM facts WHERE name <> 'device'").fetchall()
    except (BaseUnusable, sqlite3.Error):
        return chain.genesis(device.raw)
    target.executemany("INSERT OR REPLACE INTO facts VALUES (?,?)", facts)
    return position


def _note_segments(target: sqlite3.Connection, segments: list[Segment]) -> None:
    target.executemany(
        "INSERT INTO segments (begins, after) VALUES (?,?)",
        [(segment.begins, segment.after.sequence) for segment in segments],
    )


def _pages(damaged: sqlite3.Connection) -> Iterator[list[tuple[object, ...]]]:
    """Records in order, fewer at a time where a page can't be read, up to the first that can't."""
    after, count = 0, _PAGE
    while count:
        try:
            page = damaged.execute(
                f"SELECT {_COLUMNS} FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?",  # noqa: S608
                (after, count),
            ).fetchall()
        except sqlite3.Error:
            count //= 8
            continue
        if not page:
            return
        yield page
        after = page[-1][0]


def _record(row: tuple[object, ...]) -> Record | None:
    """The record in a row, or None where a damaged page made other things of its columns."""
    sequence, at, kind, digest, head, salt, payload, _ = row
    if not isinstance(sequence, int) or not isinstance(at, str) or not isinstance(kind, str):
        return None
    if not isinstance(digest, bytes) or not isinstance(head, bytes):
        return None
    if not isinstance(salt, bytes | None) or not isinstance(payload, str | None):
        return None
    return Record(sequence, at, kind, digest, salt, payload, head)


def _highest(damaged: sqlite3.Connection) -> int:
    try:
        found = damaged.execute("SELECT max(sequence) FROM events").fetchone()[0]
    except sqlite3.Error:
        return 0
    return found if isinstance(found, int) and 0 < found < 2**61 else 0


def _spent(damaged: sqlite3.Connection, target: sqlite3.Connection) -> bool:
    """Carries the spent codes over; False where some may be lost."""
    try:
        whole: bool = damaged.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        for row in damaged.execute("SELECT token, day, sequence FROM spent"):
            target.execute("INSERT OR IGNORE INTO spent (token, day, sequence) VALUES (?,?,?)", row)
        _spent_line(damaged, target, whole=whole)
    except sqlite3.Error:
        return False
    return whole


def _admitted(damaged: sqlite3.Connection, target: sqlite3.Connection) -> bool:
    """Carries over who was let in a moment ago; False where some may be lost."""
    try:
        if damaged.execute("SELECT 1 FROM sqlite_master WHERE name = 'admitted'").fetchone():
            for row in damaged.execute("SELECT token, at, authorisation FROM admitted"):
                target.execute("INSERT INTO admitted (token, at, authorisation) VALUES (?,?,?)", row)
    except sqlite3.Error:
        return False
    return True


def _spent_line(damaged: sqlite3.Connection, target: sqlite3.Connection, *, whole: bool) -> None:
    """Carries over what the hub has to hear.

    An open question only out of a file that is whole: in any other it may have led to an admission.
    """
    if damaged.execute("SELECT 1 FROM sqlite_master WHERE name = 'spent_line'").fetchone():
        columns = "reference, token, also, day, at, state"
        rows = damaged.execute(f"SELECT {columns} FROM spent_line WHERE ? OR state != 'asked'", (whole,))  # noqa: S608
        target.executemany(f"INSERT OR IGNORE INTO spent_line ({columns}) VALUES (?,?,?,?,?,?)", rows)  # noqa: S608
