"""The table of reasons an officer gives for a decision."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("override_reasons.toml")
RELEASE = "release"
"""What the reasons for "release once" are filed under, beside the actions."""


@dataclass(frozen=True, slots=True)
class OverrideReason:
    """One row. `words` are keyed by language."""

    id: str
    applies_to: tuple[str, ...]
    words: Mapping[str, str]


@cache
def override_reasons() -> Mapping[str, OverrideReason]:
    """The whole table by id, in the order it is shown."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {name: OverrideReason(name, tuple(row["for"]), row["words"]) for name, row in rows.items()}


def reasons_for(decision: str) -> tuple[OverrideReason, ...]:
    """The rows that can be given for `admit`, `refuse`, `desk` or `release`, in the order of the digits."""
    return tuple(row for row in override_reasons().values() if decision in row.applies_to)
