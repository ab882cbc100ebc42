"""Words that no field of an event may be called by: the journal and the hub hold nobody's name or papers."""

from __future__ import annotations

WORDS = frozenset(
    {"name", "names", "document", "birth", "born", "passport", "surname", "forename", "dob", "photo"}
)


def speaks_of_a_person(value: object) -> bool:
    """Whether a field of this JSON value, at any depth, is called by such a word."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if any(map(looks_personal, part)):
                return True
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return False


def looks_personal(field: str) -> bool:
    """Whether a field's name speaks of a person."""
    return not WORDS.isdisjoint(field.lower().split("_"))
