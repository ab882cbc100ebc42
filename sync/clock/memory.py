"""What the clock remembers over a restart, and the bytes it is kept in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sync.canonical import NotCanonical, canonical_json, read_json_object, utc_text, utc_time
from sync.clock.line import EARLIEST, LATEST, Line, Source, line_from

VERSION = 1
LONGEST_BOOT_S = 100 * 366 * 86_400.0


class MemoryDamaged(Exception):
    """Bytes that are no memory of a clock. `str()` is one sentence without its full stop."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything that survives."""

    floor: datetime
    """It is later than this: believed times and counted seconds only."""
    seen: datetime
    """The last plausible time; never a bound from below."""
    confirmed: datetime
    """When the time was last confirmed; where it never was, when it was first seen."""
    boot_id: str
    boot_s: float
    """When this was written, by the boot clock of that start of the machine."""
    line: Line | None
    """The line in use then; it holds as long as the machine is not started anew."""
    disputed: bool = False
    """Whether the hub contradicted it, and nobody agreed with either."""


def sealed(table: dict[str, object]) -> bytes:
    """A small table with its checksum."""
    check = hashlib.sha256(canonical_json(table)).hexdigest()
    return canonical_json({**table, "check": check})


def unsealed(data: bytes) -> dict[str, Any]:
    """The table in such bytes. Raises `MemoryDamaged`."""
    try:
        table: dict[str, Any] = read_json_object(data)
    except NotCanonical as error:
        raise MemoryDamaged(str(error)) from error
    check = table.pop("check", None)
    try:
        right = hashlib.sha256(canonical_json(table)).hexdigest()
    except ValueError as error:
        raise MemoryDamaged("it holds a number that JSON does not know") from error
    if check != right:
        raise MemoryDamaged("its checksum is wrong")
    return table


def encode(memory: Memory) -> bytes:
    """The bytes of a memory."""
    line = memory.line
    return sealed(
        {
            "clock": VERSION,
            "floor": utc_text(memory.floor),
            "seen": utc_text(memory.seen),
            "confirmed": utc_text(memory.confirmed),
            "boot": memory.boot_id,
            "boot_s": memory.boot_s,
            "disputed": memory.disputed,
            "line": None
            if line is None
            else {
                "utc": utc_text(line.utc),
                "boot_s": line.boot_s,
                "uncertainty_s": line.uncertainty_s,
                "source": line.source.value,
            },
        }
    )


def decode(data: bytes) -> Memory:
    """The memory in such bytes. Raises `MemoryDamaged`."""
    table = unsealed(data)
    try:
        if table["clock"] != VERSION:
            raise MemoryDamaged("it was written by another version of this program")
        line = table["line"]
        return Memory(
            plausible(table["floor"]),
            plausible(table["seen"]),
            plausible(table["confirmed"]),
            _text(table["boot"]),
            _seconds(table["boot_s"]),
            None
            if line is None
            else line_from(
                plausible(line["utc"]),
                _seconds(line["boot_s"]),
                _seconds(line["uncertainty_s"]),
                Source(line["source"]),
            ),
            table["disputed"] is True,
        )
    except (KeyError, TypeError, ValueError, NotCanonical) as error:
        raise MemoryDamaged("a value is missing or is not what it should be") from error


def plausible(text: object) -> datetime:
    """A time that a clock may show. Raises `NotCanonical`, TypeError or ValueError."""
    at = utc_time(_text(text))
    if not EARLIEST <= at < LATEST:
        raise ValueError("no plausible time")
    return at


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def _seconds(value: object) -> float:
    if type(value) not in (int, float) or not 0 <= float(str(value)) < LONGEST_BOOT_S:
        raise ValueError("no plausible number of seconds")
    return float(str(value))
