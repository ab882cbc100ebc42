"""Whether the hub can take what a record says: a JSON object with every key once, about nobody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sync.batch import Batch
from sync.personal import looks_personal
from sync.quick_json import read_flat_objects

MAX_PAYLOAD = 65_536
MAX_KNOWN = 4096


class _Personal(ValueError):
    """A field is called by a word that no field may be called by."""


class _Keys:
    """Looks at the keys of every object of a payload while it is parsed, and builds nothing from it."""

    def __init__(self) -> None:
        self._harmless: set[str] = set()
        self._decoder = json.JSONDecoder(object_pairs_hook=self._look, parse_constant=_no_constant)

    def are_harmless(self, payloads: Sequence[bytes]) -> bool:
        """Whether each is an object in canonical JSON with no object in it, and no key speaks of a person.

        False for much that can be taken as well: `check` knows.
        """
        try:
            objects = read_flat_objects(payloads)
        except ValueError:
            return False
        new = set().union(*objects) - self._harmless
        if any(map(looks_personal, new)):
            return False
        self._learn(new)
        return True

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
            self._learn(keys)
        return OBJECT

    def _learn(self, keys: set[str]) -> None:
        if len(self._harmless) < MAX_KNOWN:
            self._harmless |= keys


OBJECT = object()


def _no_constant(constant: str) -> object:
    raise ValueError(f"{constant} is not a number of JSON")


_KEYS = _Keys()


def first_fault(batch: Batch, start: int, stop: int) -> tuple[int, str] | None:
    """The place in the batch of the first record from `start` on whose content can't be taken, and why.

    None where all up to `stop` can. A record without payload can always be taken.
    """
    payloads = [payload for payload in batch.payloads[start:stop] if payload is not None]
    small = max(map(len, payloads), default=0) <= MAX_PAYLOAD
    if small and _KEYS.are_harmless(payloads) and all(map(_of_the_calendar, set(batch.ats[start:stop]))):
        return None
    for place in range(start, stop):
        payload = batch.payloads[place]
        if payload is not None and (why := _fault(batch.ats[place], payload)) is not None:
            return place, why
    return None


def _fault(at: str, payload: bytes) -> str | None:
    if len(payload) > MAX_PAYLOAD:
        return f"the payload is longer than {MAX_PAYLOAD} bytes"
    if not _of_the_calendar(at):
        return f"the record can't be read: {at!r} is not a time of the calendar"
    try:
        _KEYS.check(payload.decode())
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
