"""Opens the journal's SQLite file for its one writer, and says in one sentence why it can't be used."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from pathlib import Path

from sync.schema import TooNew, bring_up_to_date

NAME = "journal.sqlite"
FULL = {"SQLITE_FULL"}
DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
LOCKED_OUT = {"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"}


class JournalUnavailable(Exception):
    """The journal can't be written or read. `str()` is one sentence that says what to do."""


class JournalDamaged(JournalUnavailable):
    """The file itself is damaged: it can be set aside and gone on without (`sync.journal_salvage`)."""


def hold(folder: Path) -> int:
    """Makes the folder and keeps other writers out of it; the handle of the lock.

    Raises `JournalUnavailable`.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / "journal.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise JournalUnavailable(disk_sentence(folder, error)) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        if not isinstance(error, BlockingIOError):
            raise JournalUnavailable(disk_sentence(folder, error)) from error
        raise JournalUnavailable(
            f"Another program writes the journal in {folder}: stop it, or give this one its own folder."
        ) from error
    return lock


def open_for_reading(folder: Path) -> sqlite3.Connection:
    """A connection that can't change anything. Raises `JournalUnavailable`."""
    file = folder / NAME
    try:
        there = file.is_file()
    except OSError as error:
        raise JournalUnavailable(disk_sentence(folder, error)) from error
    if not there:
        raise JournalUnavailable(f"There is no journal in {folder}: name the folder that holds {NAME}.")
    try:
        connection = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=5,
        )
        connection.execute("SELECT 1 FROM events LIMIT 1")
    except sqlite3.Error as error:
        raise unavailable(error, file) from error
    return connection


def unavailable(error: sqlite3.Error, file: Path) -> JournalUnavailable:
    """SQLite's error as a sentence for the person at the kiosk."""
    name = error_name(error)
    if is_full(error):
        return JournalUnavailable(f"The disk that holds {file} is full: free some space on it.")
    if any(name.startswith(prefix) for prefix in DAMAGED) or "malformed" in str(error):
        return JournalDamaged(
            f"{file} is damaged: start the lane again, which sets the file aside and goes on in a new one."
        )
    if any(name.startswith(prefix) for prefix in LOCKED_OUT):
        return JournalUnavailable(
            f"{file} can't be written: make its disk and folder writable for this program."
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return JournalUnavailable(f"{file} is held by another program: end that program.")
    if name.startswith("SQLITE_ERROR") and "no such table" in str(error):
        return JournalUnavailable(f"{file} is no journal of this program: name the right folder.")
    return JournalUnavailable(
        f"The disk that holds {file} fails ({name}): check the disk and the room on it."
    )


def is_full(error: sqlite3.Error) -> bool:
    """Whether the disk had no room for the write."""
    return error_name(error) in FULL


def error_name(error: sqlite3.Error) -> str:
    """SQLite's own name of the error, such as SQLITE_IOERR_WRITE."""
    return getattr(error, "sqlite_errorname", None) or type(error).__name__


def disk_sentence(path: Path, error: OSError) -> str:
    """What the operating system said, as a sentence for the person at the kiosk."""
    return (
        f"{error.filename or path} can't be used ({error.strerror}): check the disk, its room and its owner."
    )


def connect(file: Path) -> sqlite3.Connection:
    """A connection that writes, to a file that is made where there is none, up to date in its schema.

    Raises `JournalUnavailable`, for a damaged file `JournalDamaged`.
    """
    connection = None
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=5)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        bring_up_to_date(connection)
    except OSError as error:
        raise JournalUnavailable(disk_sentence(file, error)) from error
    except (TooNew, sqlite3.Error) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise unavailable(error, file) from error
        raise JournalUnavailable(
            f"{file} was written by a newer version of this program: install that version again."
        ) from error
    return connection
