"""The table of out-of-order codes: what each is called, and what to do, in every language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("codes.toml")
LETTERS = 2


@dataclass(frozen=True, slots=True)
class Code:
    """One row. `part` and `advice` are keyed by language."""

    letters: str
    part: Mapping[str, str]
    advice: Mapping[str, str]


@cache
def codes() -> Mapping[str, Code]:
    """The whole table by its letters."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {letters: Code(letters, row["part"], row["advice"]) for letters, row in rows.items()}


def code_of(letters: str) -> Code | None:
    """The row of a fault's code; what stands behind the two letters is the case's own. None: no such row."""
    return codes().get(letters[:LETTERS])


def looked_at(letters: str) -> str:
    """What a part is called that only the checks of a running lane look at."""
    return f"check {letters}"
