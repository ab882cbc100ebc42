"""Whether the hub can take what a record says: a JSON object with every key once, about nobody."""

from __future__ import annotations

import json
from datetime import datetime

from sync.chain import Record
from sync.personal import looks_personal

MAX_PAYLOAD = 65_536
MAX_KNOWN = 4096


class _Personal(ValueError):
    """A field is called by a word that no field may be called by."""


class _Keys:
    """Looks at the keys of every object of a payload while it is parsed, and builds nothing from it."""

    def __init__(self) -> None:
        self._harmless: set[str] = set()
        self._decoder = json.JSONDecoder(object_pairs_hook=self._look, parse_constant=_no_constant)

    def check(self, payload: str) -> None:
        """Raises ValueError or RecursionError for what can't be taken."""
        if self._decoder.decode(payload) is not OBJECT:
            raise ValueError("it is not a JSON object")

    def _look(self, pairs: list[tuple[str, object]]) -> object:
        keys = {key for key, _ in pairs}
        if len(keys) != len(pairs):
            raise ValueError("a key stands twice")
        if not keys <= self._harmless:
            if any(map(looks_personal, keys)):
                raise _Personal
            if len(self._harmless) < MAX_KNOWN:
                self._harmless |= keys
        return OBJECT


OBJECT = object()


def _no_constant(constant: str) -> object:
    raise ValueError(f"{constant} is not a number of JSON")


_KEYS = _Keys()


def content_fault(record: Record) -> str | None:
    """Why the content of a record can't be taken, or None. A record without payload can always be taken."""
    payload = record.payload
    if payload is None:
        return None
    if len(payload) * 4 > MAX_PAYLOAD and len(payload.encode()) > MAX_PAYLOAD:
        return f"the payload is longer than {MAX_PAYLOAD} bytes"
    if not _of_the_calendar(record.at):
        return f"the record can't be read: {record.at!r} is not a time of the calendar"
    try:
        _KEYS.check(payload)
    except _Personal:
        return "the payload has a field for personal data"
    except (ValueError, RecursionError) as error:
        return (
            f"the record can't be read: it is not a JSON object with every key once ({type(error).__name__})"
        )
    return None


def _of_the_calendar(at: str) -> bool:
    """`at` has the form of `canonical.UTC_TEXT` already; whether there is such a day and hour."""
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return False
    return at[11:13] != "24"
