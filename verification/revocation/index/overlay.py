"""The exact list above the mapped tables: whole hashes of one scope, from base and deltas."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from verification.revocation.index.keys import Scope
from verification.revocation.index.records import ALWAYS, Records

Change = tuple[int, bool, int, int]
"""Change of the number of references, foreign, week, before."""


class Overlay:
    """Records of one scope in order of hash. Lookups touch no NumPy."""

    def __init__(self, rows: Records) -> None:
        """`rows` are in order of `high`."""
        self.rows = rows
        self._high = rows["high"].astype(np.uint64).data
        self._low = rows["low"].astype(np.uint64).data
        self._change = rows["change"].astype(np.int8).data
        self._foreign = rows["foreign"].astype(np.uint8).data
        self._week = rows["week"].astype(np.uint16).data
        self._before = rows["before"].astype(np.int64).data

    def at(self, key: int) -> Sequence[Change]:
        """What the records say of this very hash."""
        high = key >> 64
        place = bisect_left(self._high, high)
        if place == len(self._high) or self._high[place] != high:
            return ()
        low, found = key & 0xFFFF_FFFF_FFFF_FFFF, []
        for row in self._alike(place, high):
            if self._low[row] == low:
                found.append(
                    (self._change[row], bool(self._foreign[row]), self._week[row], self._before[row])
                )
        return found

    def owned_by_another(self, key: int, loose: int) -> bool:
        """Whether the references a base stores for the prefix of `key` are known to be another hash's.

        They are where another hash with this prefix (all but the last `loose` bits) has lost more references
        than the records gave it.
        """
        first = key >> loose << loose
        last = first | ((1 << loose) - 1)
        counts: dict[tuple[int, int], int] = {}
        for row in self._alike(bisect_left(self._high, first >> 64), last >> 64):
            other = self._high[row] << 64 | self._low[row]
            if other != key and first <= other <= last and self._before[row] == ALWAYS:
                place = (other, self._week[row])
                counts[place] = counts.get(place, 0) + self._change[row]
        return any(count < 0 for count in counts.values())

    def _alike(self, place: int, last_high: int) -> Iterator[int]:
        while place < len(self._high) and self._high[place] <= last_high:
            yield place
            place += 1


def overlays(files: Sequence[tuple[Sequence[Scope], Records]]) -> Mapping[Scope, Overlay]:
    """One overlay for each scope that occurs in any of the files; each comes with its own scopes."""
    scopes = list(dict.fromkeys(scope for named, _ in files for scope in named))
    number = {scope: at for at, scope in enumerate(scopes)}
    parts = []
    for named, rows in files:
        if rows.size:
            own = rows.copy()
            own["scope"] = np.array([number[scope] for scope in named], np.uint16)[rows["scope"]]
            parts.append(own)
    if not parts:
        return {}
    together = np.concatenate(parts)
    order = np.argsort(together["high"].astype(np.uint64), kind="stable")
    together = together[order]
    by_scope = np.argsort(together["scope"].astype(np.uint16), kind="stable")
    together = together[by_scope]
    named_ids, starts = np.unique(together["scope"], return_index=True)
    ends = [*starts[1:].tolist(), len(together)]
    return {
        scopes[int(at)]: Overlay(together[start:end])
        for at, start, end in zip(named_ids, starts.tolist(), ends, strict=True)
    }
