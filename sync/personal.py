"""Words that no field of an event may be called by: the journal and the hub hold nobody's name or papers."""

from __future__ import annotations

WORDS = frozenset(
    {"name", "names", "document", "birth", "born", "passport", "surname", "forename", "dob", "photo"}
)


def looks_personal(field: str) -> bool:
    """Whether a field's name speaks of a person."""
    return not WORDS.isdisjoint(field.lower().split("_"))
