"""The key of each day: codes are known by it, and unknown again once it is destroyed.

A lane that belongs to a station uses the station's keys, which the hub gives it in advance; a day for which
none is here begins with a key of the lane's own and ends with it: keys change at midnight (UTC) only.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from sync.signing import write_private

LIFE_DAYS = 31
LIFE = timedelta(days=LIFE_DAYS)
KEY_BYTES = 32
STATION = "station"
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.key")


class DayKeys:
    """Files `YYYY-MM-DD.key`, mode 0600, one for each day in UTC.

    A destroyed key is overwritten before it is removed; on flash memory that is no promise, which is why
    the disk of a kiosk is encrypted (docs/protocol.md). Not for several threads at once.
    """

    def __init__(self, folder: Path) -> None:
        """Raises OSError."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._keys = _read(folder)
        self._unwritten: set[date] = set()
        self._station = _read(folder / STATION)

    def of(self, day: date) -> bytes:
        """The key of a day, made when there is none. Where it can't be written it lives in memory for now."""
        try:
            return self.kept(day)
        except OSError:
            return self._keys[day]

    def kept(self, day: date) -> bytes:
        """The key of a day, on stable storage when this returns. Raises OSError."""
        key = self._keys.get(day) or self._station.get(day)
        if key is None:
            key = self._keys[day] = secrets.token_bytes(KEY_BYTES)
            self._unwritten.add(day)
        if day in self._unwritten:
            write_private(_file(self._folder, day), key)
            self._unwritten.discard(day)
        return key

    def alive(self) -> Mapping[date, bytes]:
        """The key of each day that was not destroyed yet."""
        return {**self._station, **self._keys}

    def of_station(self) -> Mapping[date, bytes]:
        """The keys that all lanes of the station have."""
        return self._station

    def is_own(self, day: date) -> bool:
        """Whether codes of this day are known by a key that no other lane has."""
        return day in self._keys or day not in self._station

    def adopt(self, keys: Mapping[date, bytes], today: date) -> None:
        """Takes keys that `keep_station_keys` has written. A day that has begun goes on as it began.

        Raises OSError.
        """
        self._station.update({day: key for day, key in keys.items() if day > today - LIFE})
        begun_too_soon = [day for day in self._keys if day > today and day in self._station]
        self._destroy_own(begun_too_soon)

    def due(self, today: date) -> list[date]:
        """The days whose key is to be destroyed: 31 days ago and before."""
        return [day for day in self.alive() if day <= today - LIFE]

    def destroy(self, days: Iterable[date]) -> None:
        """Destroys the keys of these days, the station's too. Raises OSError."""
        gone = list(days)
        self._destroy_own(gone)
        for day in gone:
            _remove(_file(self._folder / STATION, day))
            self._station.pop(day, None)

    def _destroy_own(self, days: Iterable[date]) -> None:
        for day in days:
            _remove(_file(self._folder, day))
            self._keys.pop(day, None)
            self._unwritten.discard(day)


def keep_station_keys(folder: Path, keys: Mapping[date, bytes]) -> None:
    """Writes keys of the station beside a lane's own, 0600, on stable storage when this returns.

    It holds no lock and may take a second, so that the lane need not wait. Raises OSError.
    """
    place = folder / STATION
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for day, key in sorted(keys.items()):
        file = _file(place, day)
        if len(key) == KEY_BYTES and (not file.exists() or file.read_bytes() != key):
            write_private(file, key)


def _read(folder: Path) -> dict[date, bytes]:
    keys: dict[date, bytes] = {}
    for file in folder.iterdir() if folder.is_dir() else ():
        if _NAME.fullmatch(file.name) and len(key := file.read_bytes()) == KEY_BYTES:
            keys[date.fromisoformat(file.stem)] = key
    return keys


def _file(folder: Path, day: date) -> Path:
    return folder / f"{day.isoformat()}.key"


def _remove(file: Path) -> None:
    if file.exists():
        _overwrite(file)
        file.unlink()


def _overwrite(file: Path) -> None:
    handle = os.open(file, os.O_WRONLY)
    try:
        os.write(handle, bytes(KEY_BYTES))
        os.fsync(handle)
    finally:
        os.close(handle)
