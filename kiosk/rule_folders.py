"""Reads business rules and value sets from the folders that a configuration or an operator names.

Folders are read whole, with the folders in them. The published repositories keep the tests of each rule
beside it in `tests`, and the schema of value sets beside them in `*.schema.json`: those are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from config.regular import open_regular
from verification.rules.dcc import RuleBook
from verification.rules.rule_files import MAX_BYTES, load_rules
from verification.rules.value_sets import by_day, load_value_sets
from verification.signed_lists import ListRejected

Read = TypeVar("Read")


def load_rule_book(rules: Path, sets: Path | None, keys: Sequence[PublicKeyTypes] = ()) -> RuleBook:
    """All rules in `rules` with all value sets in `sets`, each a folder or one file.

    `keys` are those that signed files may be signed with. Raises `ListRejected`, which names the file. One
    that cannot be used spoils all: a rule that is missing would count as met.
    """
    read = [rule for file in rule_files(rules) for rule in _named(file, load_rules, keys)]
    if not read:
        raise ListRejected(f"{rules}: there are no rules in it")
    known = (
        [one for file in rule_files(sets) for one in _named(file, load_value_sets, keys)]
        if sets is not None
        else []
    )
    return RuleBook(read, by_day(known))


def rule_files(place: Path) -> list[Path]:
    """The file itself, or the files in a folder that hold rules or value sets, in order of their names."""
    if not place.is_dir():
        return [place]
    return [
        file
        for file in sorted(place.rglob("*.json"))
        if "tests" not in file.relative_to(place).parts[:-1] and not file.name.endswith(".schema.json")
    ]


def _named(
    file: Path, load: Callable[..., tuple[Read, ...]], keys: Sequence[PublicKeyTypes]
) -> tuple[Read, ...]:
    try:
        with open_regular(file) as stream:
            data = stream.read(MAX_BYTES + 1)
        return load(data, *keys)
    except OSError as error:
        raise ListRejected(f"{file}: cannot be read: {error.strerror or error}") from error
    except ListRejected as rejected:
        raise ListRejected(f"{file}: {rejected}") from rejected
