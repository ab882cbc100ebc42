"""Value sets: codes of products, makers, tests and countries that rules look up, as the EU publishes them.

A file holds one set (`valueSetId`, `valueSetDate`, `valueSetValues`) or several signed together by us
(`type` is "value-sets", `value_sets` the list). Codes that are no longer active stay: certificates that
carry them were issued while they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.signed_lists import SIGNATURE, ListRejected, open_signed, parse

TYPE = "value-sets"
MAX_BYTES = 4 * 1024 * 1024
MOST_CODES = 20_000


@dataclass(frozen=True, slots=True)
class ValueSet:
    """One set: what rules call it, its date, and its codes."""

    identifier: str
    dated: date
    codes: tuple[str, ...]


def load_value_sets(data: bytes, *keys: PublicKeyTypes) -> tuple[ValueSet, ...]:
    """The sets in a file. Where they are signed, one of `keys` must have done it. Raises `ListRejected`."""
    if len(data) > MAX_BYTES:
        raise ListRejected(f"the value set is larger than {MAX_BYTES} bytes")
    document = parse(data)
    if SIGNATURE not in document:
        return (_read(document),)
    sets = open_signed(data, TYPE, keys).get("value_sets")
    if not isinstance(sets, list) or not all(isinstance(one, dict) for one in sets):
        raise ListRejected("the document holds no list of value sets")
    return tuple(_read(one) for one in sets)


def by_day(sets: Iterable[ValueSet]) -> Callable[[date], Mapping[str, list[str]]]:
    """What a rule finds under `external.valueSets` on a day: of several with one name the newest of then.

    A set of a day to come is not there yet.
    """
    known = tuple(sets)

    @lru_cache(maxsize=4)
    def of(day: date) -> Mapping[str, list[str]]:
        return for_rules(one for one in known if one.dated <= day)

    return of


def for_rules(sets: Iterable[ValueSet]) -> Mapping[str, list[str]]:
    """The codes of each set by its name: of several with one name the newest."""
    newest: dict[str, ValueSet] = {}
    for one in sets:
        known = newest.get(one.identifier)
        if known is None or known.dated <= one.dated:
            newest[one.identifier] = one
    return {name: list(one.codes) for name, one in newest.items()}


def _read(document: Mapping[str, Any]) -> ValueSet:
    name, dated, values = (document.get(key) for key in ("valueSetId", "valueSetDate", "valueSetValues"))
    if not isinstance(name, str) or not 0 < len(name) <= 64:
        raise ListRejected("the value set has no name")
    if not isinstance(values, dict) or not 0 < len(values) <= MOST_CODES:
        raise ListRejected(f"the value set {name} has no codes, or more than {MOST_CODES}")
    return ValueSet(name, _date(name, dated), tuple(values))


def _date(name: str, text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise ListRejected(f"the value set {name} has no date") from error


def as_document(sets: Sequence[ValueSet]) -> dict[str, Any]:
    """What is signed to make one file of several sets."""
    entries = [
        {
            "valueSetId": one.identifier,
            "valueSetDate": one.dated.isoformat(),
            "valueSetValues": {code: {} for code in one.codes},
        }
        for one in sets
    ]
    return {"type": TYPE, "value_sets": entries}
