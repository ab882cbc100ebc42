"""The table of spoken texts: what a person reads aloud for a recording, and a machine until then."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from drivers.signals.port import Prompt

TABLE = Path(__file__).with_name("prompts.toml")
PINYIN = "pinyin"
"""What the machine's Mandarin voice reads instead of Hanzi."""


@cache
def prompts() -> Mapping[Prompt, Mapping[str, str]]:
    """The texts of every prompt by language, and by `pinyin`. Raises `KeyError` for one without a row."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {prompt: rows[prompt] for prompt in Prompt}
