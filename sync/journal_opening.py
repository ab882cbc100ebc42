"""Opens a journal file for its one writer: checked at its end, or set aside and gone on without."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync import chain
from sync.chain import Break, Position
from sync.event_types import JournalContinued
from sync.journal_base import BaseUnusable, base
from sync.journal_file import NAME, JournalDamaged, JournalUnavailable, connect
from sync.journal_reader import newest_records
from sync.journal_salvage import go_on, set_aside
from sync.outbox import held_by_hub
from sync.signing import PublicKey

TAIL_CHECKED = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A journal ready to be written."""

    connection: sqlite3.Connection
    position: Position
    continued: JournalContinued | None
    """What became of a damaged file that was found."""


def open_checked(folder: Path, device: PublicKey, at: datetime) -> Opened:
    """The journal in `folder`, its newest records followed again. The caller holds the folder's lock.

    Raises `JournalUnavailable`.
    """
    held = held_by_hub(folder, chain.genesis(device.raw))
    continued = go_on(folder, device, held, at)
    try:
        if not (folder / NAME).exists() and held.sequence:
            raise JournalDamaged(
                f"{folder / NAME} is not there, and the hub holds {held.sequence} records of it."
            )
        return _checked(folder / NAME, device, continued)
    except JournalDamaged as damage:
        continued = set_aside(folder, str(damage), device, held, at)
        return _checked(folder / NAME, device, continued)


def _checked(file: Path, device: PublicKey, continued: JournalContinued | None) -> Opened:
    connection = connect(file)
    try:
        position = _tail(connection, file, device)
    except JournalUnavailable:
        connection.close()
        raise
    except sqlite3.Error as error:
        connection.close()
        raise JournalDamaged(f"{file} can't be read at its end ({error}).") from error
    return Opened(connection, position, continued)


def _tail(connection: sqlite3.Connection, file: Path, device: PublicKey) -> Position:
    known = connection.execute("SELECT value FROM facts WHERE name = 'device'").fetchone()
    if known is not None and known[0] != device.raw.hex():
        raise JournalUnavailable(
            f"{file} was written with another device key: put that key back, or give this lane an empty "
            "folder."
        )
    try:
        start, records = newest_records(connection, TAIL_CHECKED, base(connection, device))
    except BaseUnusable as error:
        raise JournalDamaged(f"{file} does not say where its records begin.") from error
    end = chain.follow(start, records)
    if isinstance(end, Break):
        raise JournalDamaged(f"{file} does not hold together: {end.why}.")
    return end
