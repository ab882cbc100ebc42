"""What came and went between two states of an index, told from everything that is withdrawn at each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verification.revocation.index.batches import Batch, Entries, Gathered
from verification.revocation.index.keys import NEVER, Scope, to_moment
from verification.revocation.index.sorting import NO_ENTRIES, slices

_WEEK_US = 7 * 24 * 3600 * 1_000_000
_AT_ONCE = 1 << 16
_COMPARED = 1 << 19
"""Hashes that are compared at a time, about."""


@dataclass(frozen=True, slots=True)
class Change:
    """What came and what went between two states, as batches."""

    adds: tuple[Batch, ...]
    removals: tuple[Batch, ...]

    @property
    def size(self) -> int:
        """Hashes that came or went."""
        return sum(len(batch.hashes) for batch in (*self.adds, *self.removals))

    @property
    def gone(self) -> Iterator[tuple[Scope, bytes]]:
        """The hashes that went."""
        return ((batch.scope, digest) for batch in self.removals for digest in batch.hashes)


def difference(old: Gathered, new: Gathered, this_week: int) -> Change:
    """The change from one state to another. What is over by itself in `this_week` is no change."""
    found: dict[int, list[Batch]] = {1: [], -1: []}
    for scope in dict.fromkeys([*old.entries, *new.entries]):
        pair = [old.entries.get(scope, NO_ENTRIES), new.entries.get(scope, NO_ENTRIES)]
        for before_now, now in slices(pair, _COMPARED):
            for sign, week, hashes in _changes(before_now, now):
                if week == NEVER or week > this_week:
                    found[sign] += _batches(scope, hashes, week)
    before, after = Counter(old.timed), Counter(new.timed)
    for sign, timed in ((1, after - before), (-1, before - after)):
        for one in timed.elements():
            if one.week == NEVER or one.week > this_week:
                expires = None if one.week == NEVER else to_moment(one.week * _WEEK_US)
                found[sign].append(Batch(one.scope, [one.digest], expires, to_moment(one.before)))
    return Change(tuple(found[1]), tuple(found[-1]))


def _changes(old: Entries, new: Entries) -> Iterator[tuple[int, int, list[bytes]]]:
    """Sign, week and hashes of what the two do not share; a hash that stands twice counts twice."""
    high, low, week, count = (
        np.concatenate(columns)
        for columns in zip(*(_columns(one, sign) for one, sign in ((old, -1), (new, 1))), strict=True)
    )
    order = np.lexsort((week, low, high))
    high, low, week, count = high[order], low[order], week[order], count[order]
    first = np.ones(len(high), bool)
    first[1:] = (high[1:] != high[:-1]) | (low[1:] != low[:-1]) | (week[1:] != week[:-1])
    starts = np.flatnonzero(first)
    sums = np.add.reduceat(count, starts) if len(starts) else count
    for sign in (1, -1):
        chosen = starts[sums * sign > 0]
        often = np.abs(sums[sums * sign > 0])
        for each in np.unique(week[chosen]):
            rows = np.repeat(chosen[week[chosen] == each], often[week[chosen] == each])
            pairs = np.stack([high[rows], low[rows]], axis=1).astype(">u8").tobytes()
            yield sign, int(each), [pairs[place : place + 16] for place in range(0, len(pairs), 16)]


def _columns(entries: Entries, sign: int) -> tuple[npt.NDArray[np.generic], ...]:
    return entries.high, entries.low, entries.week, np.full(len(entries), sign, np.int64)


def _batches(scope: Scope, hashes: list[bytes], week: int) -> Iterable[Batch]:
    """In batches of a size that memory takes; a hash that came twice stands there twice."""
    expires = None if week == NEVER else to_moment(week * _WEEK_US)
    return [
        Batch(scope, hashes[place : place + _AT_ONCE], expires) for place in range(0, len(hashes), _AT_ONCE)
    ]
