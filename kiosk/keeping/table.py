"""The table of what is kept, read once; and for how many days, by the settings the journal erases by."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from sync.day_keys import LIFE_DAYS
from sync.event_types import EVENTS
from sync.retention import Keeping

TABLE = Path(__file__).with_name("kept.toml")
OF_A_CROSSING = frozenset({"crossing", "fingerprint", "authorisation"})
"""Fields that tie a record to somebody who crossed."""
OF_AN_OFFICER = frozenset({"officer", "second"})


@dataclass(frozen=True, slots=True)
class Group:
    """One row. `what`, `why` and `who` are keyed by language."""

    id: str
    about: str
    """`traveller` or `officer`."""
    kinds: tuple[str, ...]
    """Kinds of events; none where it is no part of the journal."""
    what: Mapping[str, str]
    why: Mapping[str, str]
    who: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Days:
    """For how many days a group is kept, from one number to another."""

    least: int
    most: int


@cache
def groups() -> tuple[Group, ...]:
    """The whole table, in the order it is shown."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(
        Group(name, row["about"], tuple(row.get("kinds", ())), row["what"], row["why"], row["who"])
        for name, row in rows.items()
    )


def days(group: Group, keeping: Keeping) -> Days | None:
    """How long a group is kept by a lane with these settings; None: it is never erased."""
    kept = [EVENTS[kind].kept for kind in group.kinds]
    if any(kept):
        return None
    told = [keeping.own.get(kind, keeping.days) for kind in group.kinds] or [LIFE_DAYS]
    return Days(min(told), max(told))


def about(kind: str) -> str:
    """Whom records of this kind are about: `traveller`, `officer` or, empty, nobody."""
    named = {field.name for field in fields(EVENTS[kind])}
    if named & OF_A_CROSSING and named.isdisjoint(OF_AN_OFFICER):
        return "traveller"
    if "crossing" in named:
        return "traveller"
    return "officer" if named & OF_AN_OFFICER else ""
