"""What a publisher starts from: batches of whole hashes, gathered into one sorted list for each scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from verification.revocation.hashes import HASH_BYTES
from verification.revocation.index.keys import (
    MOST_WEEKS,
    NEVER,
    Scope,
    Uint64s,
    expiry_week,
    microseconds,
)
from verification.revocation.index.records import ALWAYS


class CannotPublish(Exception):
    """What a publisher asked for cannot be written. `str()` is one sentence."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Hashes that are listed together and let go together."""

    scope: Scope
    hashes: Collection[bytes]
    expires: datetime | None = None
    before: datetime | None = None
    """Only what was issued before this time is withdrawn; None: whenever it was issued."""

    @property
    def week(self) -> int:
        """The week at whose beginning the batch is over."""
        return expiry_week(self.expires)

    @property
    def before_us(self) -> int:
        """`before` as records say it."""
        return ALWAYS if self.before is None else microseconds(self.before)


@dataclass(frozen=True, slots=True)
class Entries:
    """References of one scope in order of hash: first and last eight bytes as numbers, and the week."""

    high: Uint64s
    low: Uint64s
    week: npt.NDArray[np.uint16]

    def between(self, first: bytes, last: bytes) -> set[bytes]:
        """The hashes from `first` up to and with `last`."""
        start = int(np.searchsorted(self.high, np.uint64(int.from_bytes(first[:8]))))
        end = int(np.searchsorted(self.high, np.uint64(int.from_bytes(last[:8])), "right"))
        found = {_digest(self.high[row], self.low[row]) for row in range(start, end)}
        return {digest for digest in found if first <= digest <= last}

    def __len__(self) -> int:
        return len(self.high)


@dataclass(frozen=True, slots=True)
class Timed:
    """One hash that is withdrawn only for what was issued before a time."""

    scope: Scope
    digest: bytes
    week: int
    before: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that is live, and hashes that must not be taken for a live one whose prefix they share."""

    entries: dict[Scope, Entries]
    timed: tuple[Timed, ...] = ()
    exceptions: frozenset[tuple[Scope, bytes]] = frozenset()

    def held(self, scope: Scope, first: bytes, last: bytes) -> set[bytes]:
        """The hashes of a scope in a range, those with a time left out."""
        entries = self.entries.get(scope)
        return set() if entries is None else entries.between(first, last)


def gather(
    batches: Iterable[Batch], this_week: int, exceptions: Iterable[tuple[Scope, bytes]] = ()
) -> Gathered:
    """All batches that are not over yet. A hash in two batches counts twice. Raises `CannotPublish`."""
    columns: dict[Scope, list[tuple[npt.NDArray[np.uint64], int]]] = {}
    timed: list[Timed] = []
    for batch in lasting(batches, this_week):
        if batch.before is not None:
            timed += [Timed(batch.scope, one, batch.week, batch.before_us) for one in batch.hashes]
            continue
        pairs = np.frombuffer(b"".join(batch.hashes), ">u8").astype(np.uint64).reshape(-1, 2)
        columns.setdefault(batch.scope, []).append((pairs, batch.week))
    entries = {scope: sorted_entries(found) for scope, found in columns.items()}
    return Gathered(entries, tuple(timed), frozenset(exceptions))


def sorted_entries(found: Sequence[tuple[npt.NDArray[np.uint64], int]]) -> Entries:
    """Hashes of one scope, given as rows of their two halves with the week of all of them."""
    pairs = np.concatenate([pairs for pairs, _ in found])
    week = np.concatenate([np.full(len(pairs), week, np.uint16) for pairs, week in found])
    order = np.lexsort((week, pairs[:, 1], pairs[:, 0]))
    high, low = np.ascontiguousarray(pairs[order, 0]), np.ascontiguousarray(pairs[order, 1])
    return Entries(high, low, week[order])


def lasting(batches: Iterable[Batch], this_week: int) -> Iterator[Batch]:
    """The batches that are not over in `this_week`. Raises `CannotPublish` for what no index can hold."""
    for batch in batches:
        if not batch.scope.known:
            raise CannotPublish(f"{batch.scope.type} is no type of hash that is known here")
        if any(len(digest) != HASH_BYTES for digest in batch.hashes):
            raise CannotPublish(f"a hash is not {HASH_BYTES} bytes long")
        if batch.week != NEVER and batch.week > this_week + MOST_WEEKS:
            raise CannotPublish(f"an expiry lies more than {MOST_WEEKS} weeks ahead: give none instead")
        if batch.hashes and (batch.week == NEVER or batch.week > this_week):
            yield batch


def _digest(high: np.uint64, low: np.uint64) -> bytes:
    return (int(high) << 64 | int(low)).to_bytes(HASH_BYTES)
