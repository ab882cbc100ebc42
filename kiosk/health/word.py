"""The word of a running lane about its parts, in a file beside its journal, for other programs."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.health.codes import codes
from kiosk.health.finding import Finding, Severity
from kiosk.health.readiness import Readiness
from sync.signing import write_private

FILE = "health.json"
LARGEST = 1 << 18
SAID_AGAIN_S = 30.0
"""A running lane says it again at least this often."""
OLD_S = 75.0
"""What was said longer ago is not how the lane is now."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a lane said of itself. `age_s` in seconds, whatever was done to the calendar's clock."""

    pid: int
    age_s: float
    findings: tuple[Finding, ...]


def since_boot() -> float:
    """Seconds, counting on while the machine sleeps; the same for every program."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def leave_word(folder: Path, report: Readiness, now: float) -> None:
    """Writes how the lane is at `now` seconds since the machine's start. Raises OSError."""
    said = {"pid": os.getpid(), "since_boot_s": now, **report.table()}
    write_private(folder / FILE, json.dumps(said, ensure_ascii=False).encode())


def take_back_word(folder: Path) -> None:
    """The lane ends: nobody says anything any more. Raises OSError."""
    (folder / FILE).unlink(missing_ok=True)


def read_word(folder: Path, now: float) -> Word | None:
    """The lane's word; None when there is none, or none that can be understood."""
    try:
        with (folder / FILE).open("rb") as opened:
            said = json.loads(opened.read(LARGEST))
        return Word(
            int(said["pid"]),
            now - float(said["since_boot_s"]),
            tuple(_finding(part) for part in said["parts"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _finding(part: dict[str, Any]) -> Finding:
    """Raises ValueError, KeyError, TypeError."""
    code = str(part["code"])
    if code not in codes():
        raise ValueError(f"{code} is no code of the table")
    return Finding(code, Severity(int(part["severity"])), str(part["detail"]))
