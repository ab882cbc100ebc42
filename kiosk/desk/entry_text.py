"""A document that an officer entered, as text: what the officer's key signs at a station desk."""

from __future__ import annotations

import json

from pydantic import TypeAdapter, ValidationError

from verification.entered import Entered

LONGEST = 400
_ENTERED = TypeAdapter(Entered)


class EntryUnreadable(Exception):
    """A text that is no entry. `str()` is one sentence."""


def entry_text(entered: Entered) -> str:
    """As it is carried: short, nothing in it names anybody."""
    return _ENTERED.dump_json(entered, exclude_none=True).decode()


def read_entry(text: str) -> Entered:
    """Raises `EntryUnreadable`, also for a key that it does not know."""
    try:
        found = _ENTERED.validate_json(text, strict=False)
    except ValidationError as error:
        raise EntryUnreadable("the entered document can't be read") from error
    if len(text) > LONGEST or json.loads(text) != json.loads(entry_text(found)):
        raise EntryUnreadable("the entered document can't be read")
    return found
