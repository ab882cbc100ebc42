"""The station's key of each day: codes are known by it, and unknown again once it is destroyed."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from sync.signing import write_private

LIFE_DAYS = 31
KEY_BYTES = 32


class DayKeys:
    """Files `YYYY-MM-DD.key`, mode 0600, one for each day in UTC.

    A destroyed key is overwritten before it is removed; on flash memory that is no promise, which is why
    the disk of a kiosk is encrypted (docs/protocol.md). Not for several threads at once.
    """

    def __init__(self, folder: Path) -> None:
        """Raises OSError."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._keys: dict[date, bytes] = {}
        self._unwritten: set[date] = set()
        for file in folder.iterdir():
            if (
                re.fullmatch(r"\d{4}-\d{2}-\d{2}\.key", file.name)
                and len(key := file.read_bytes()) == KEY_BYTES
            ):
                self._keys[date.fromisoformat(file.stem)] = key

    def of(self, day: date) -> bytes:
        """The key of a day, made when there is none. Where it can't be written it lives in memory for now."""
        try:
            return self.kept(day)
        except OSError:
            return self._keys[day]

    def kept(self, day: date) -> bytes:
        """The key of a day, on stable storage when this returns. Raises OSError."""
        key = self._keys.get(day)
        if key is None:
            key = self._keys[day] = secrets.token_bytes(KEY_BYTES)
            self._unwritten.add(day)
        if day in self._unwritten:
            write_private(self._file(day), key)
            self._unwritten.discard(day)
        return key

    def alive(self) -> Mapping[date, bytes]:
        """Every key that was not destroyed yet."""
        return self._keys

    def due(self, today: date) -> list[date]:
        """The days whose key is to be destroyed: 31 days ago and before."""
        return [day for day in self._keys if day <= today - timedelta(days=LIFE_DAYS)]

    def destroy(self, days: Iterable[date]) -> None:
        """Destroys the keys of these days. Raises OSError."""
        for day in days:
            file = self._file(day)
            if file.exists():
                _overwrite(file)
                file.unlink()
            del self._keys[day]

    def _file(self, day: date) -> Path:
        return self._folder / f"{day.isoformat()}.key"


def _overwrite(file: Path) -> None:
    handle = os.open(file, os.O_WRONLY)
    try:
        os.write(handle, bytes(KEY_BYTES))
        os.fsync(handle)
    finally:
        os.close(handle)
