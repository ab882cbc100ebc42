"""Whole hashes as fixed-size records: what a delta changes, and what a base cannot hold as a prefix.

A record says: so many references more or fewer (`change`) to this hash, in this scope, until this week, for
what was issued before this time. `foreign` says that the prefix the base stores belongs to another hash; with
a change of 0 it is a bare exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verification.revocation.index.unusable import IndexUnusable

ALWAYS = -(2**63)
"""The `before` of a record that does not ask when a code was issued."""
RECORD = np.dtype(
    [
        ("high", ">u8"),
        ("low", ">u8"),
        ("scope", ">u2"),
        ("week", ">u2"),
        ("before", ">i8"),
        ("change", "i1"),
        ("foreign", "u1"),
    ]
)
Records = npt.NDArray[np.void]
MOST = 4_000_000
MOST_CHANGE = 100
"""The most references that one record adds or takes."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record in words. `scope` is an index into the scopes of its document, `before` in microseconds."""

    digest: bytes
    scope: int
    week: int
    change: int
    before: int = ALWAYS
    foreign: bool = False


def pack(records: Iterable[Record]) -> bytes:
    """The records in order of hash, as a file."""
    rows = [
        (
            int.from_bytes(one.digest[:8]),
            int.from_bytes(one.digest[8:]),
            one.scope,
            one.week,
            one.before,
            one.change,
            one.foreign,
        )
        for one in records
    ]
    rows.sort()
    return np.array(rows, RECORD).tobytes()


def unpack(data: bytes, scopes: int) -> Records:
    """The records of a file whose document has so many scopes. Raises `IndexUnusable`."""
    if len(data) % RECORD.itemsize or len(data) > MOST * RECORD.itemsize:
        raise IndexUnusable("a file of records has no whole number of them, or too many")
    rows = np.frombuffer(data, RECORD)
    if rows.size and (
        int(rows["scope"].max()) >= scopes
        or int(rows["foreign"].max()) > 1
        or int(np.abs(rows["change"].astype(np.int16)).max()) > MOST_CHANGE
    ):
        raise IndexUnusable("a record names a scope that its document lacks, or changes too much")
    return rows
