"""Wrong tries on stable storage, so that pulling the plug does not buy anybody new ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.desk.durable import write_durably
from kiosk.desk.sign_in import Tries

LARGEST = 1_000_000


class LockoutsError(Exception):
    """Saved tries that cannot be read or written. `str()` is one line with the file."""


class Lockouts:
    """The file of wrong tries. Its folder exists."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def load(self) -> Mapping[str, Tries]:
        """What was saved last; nothing when there is no file yet.

        Raises `LockoutsError` for a file that is damaged: that must not read as "no wrong tries".
        """
        try:
            with self.file.open("rb") as opened:
                raw = opened.read(LARGEST + 1)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise LockoutsError(f"{self.file}: cannot be read: {error.strerror}") from error
        try:
            content = json.loads(raw.decode("utf-8"))
            return {name: _tries(entry) for name, entry in content["lockouts"].items()}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise LockoutsError(f"{self.file}: the saved wrong tries are damaged") from error

    def save(self, tries: Mapping[str, Tries]) -> None:
        """Writes all of it, flushed before it returns. Raises `LockoutsError`; the old file stays then."""
        entries = {
            name: {"count": each.count, "last_at": each.last_at.isoformat(), "pin": each.pin_mark}
            for name, each in tries.items()
        }
        try:
            write_durably(self.file, json.dumps({"lockouts": entries}).encode())
        except OSError as error:
            raise LockoutsError(f"{self.file}: cannot be written: {error.strerror}") from error


def _tries(entry: Mapping[str, Any]) -> Tries:
    count, last_at, mark = entry["count"], datetime.fromisoformat(entry["last_at"]), entry["pin"]
    if type(count) is not int or count < 1 or last_at.utcoffset() is None or not isinstance(mark, str):
        raise ValueError("an entry has a count, a time with its zone, and a mark")
    return Tries(count, last_at.astimezone(UTC), mark)
