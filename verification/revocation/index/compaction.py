"""Makes the parts of the next base out of the index at hand, so that a lane need not fetch them.

The publisher signs the next base; its parts follow from the present tables and the deltas, byte for byte.
What does not come out as signed is not used and has to be fetched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from verification.revocation.index.documents import Base
from verification.revocation.index.keys import NEVER, Uint64s, bucket_of, suffix_of
from verification.revocation.index.layout import SECTION_BITS, Place
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.part import dress
from verification.revocation.index.receiving import Receiving
from verification.revocation.index.records import ALWAYS, Records
from verification.revocation.index.sections import Counts, decode, encode
from verification.revocation.index.unusable import IndexUnusable

_IN_SECTION = (1 << SECTION_BITS) - 1


class OnlyFetched(IndexUnusable):
    """A part that cannot be made here."""


def compact(index: MappedIndex, receiving: Receiving, exact: Records) -> Iterator[None]:
    """Makes every missing part that can be made, resting after each section; the caller decides how long.

    `exact` are the records of the base on its way in. What is still in `receiving.missing` at the end has
    to be fetched: it did not come out as signed, or the present index is damaged there. Raises `OSError`.
    """
    if index.sequence != receiving.base.sequence:
        return
    making = _Making(index, receiving.base, exact)
    for number in sorted(receiving.missing):
        payload = bytearray()
        try:
            for place in receiving.base.by_part[number]:
                payload += making.section(place)
                yield
            receiving.put(number, dress(bytes(payload))[0])
        except IndexUnusable:
            continue
        yield


class _Making:
    """The present index seen through the eyes of the next base."""

    def __init__(self, index: MappedIndex, base: Base, exact: Records) -> None:
        self._index, self._base = index, base
        self._number = {scope: at for at, scope in enumerate(index.base.scopes)}
        self._places = {
            (place.scope, place.number): (place, part)
            for own, part in zip(index.base.by_part, index.parts, strict=True)
            for place in own
        }
        self._changes: dict[tuple[int, int], Counter[tuple[int, int]]] = {}
        self._shared: dict[tuple[int, int], set[tuple[int, int]]] = {}
        for at, scope in enumerate(base.scopes):
            known = index.scopes.get(scope)
            if known is not None and known.overlay is not None:
                self._gather_changes(at, known.overlay.rows)
            self._gather_shared(at, exact[exact["scope"] == at])

    def section(self, place: Place) -> bytes:
        """The bytes of one section of the next base. Raises `OnlyFetched`, `IndexUnusable`."""
        per_bucket, stored = self._present(place)
        own = (place.scope, place.number)
        per_bucket, stored = changed(per_bucket, stored, self._changes.get(own, Counter()))
        per_bucket, stored = without(per_bucket, stored, self._shared.get(own, set()))
        if len(stored) != place.entries:
            raise OnlyFetched("a section does not come out as the next base says")
        return encode(per_bucket, stored)

    def _present(self, place: Place) -> tuple[Counts, Uint64s]:
        """What the present tables hold of a section and is not over, with classes of the next base."""
        number = self._number.get(self._base.scopes[place.scope])
        if number is None:
            return np.zeros(place.buckets, np.int64), np.zeros(0, np.uint64)
        if self._index.base.tables[number][0] != self._base.tables[place.scope][0]:
            raise OnlyFetched("a table of the next base has another size")
        old, part = self._places[number, place.number]
        per_bucket, stored = decode(part, old)
        later = self._base.week - self._index.base.week
        classes = stored & np.uint64(255)
        ends = classes != 0
        over = ends & (classes <= np.uint64(later))
        stored = stored - np.where(ends & ~over, np.uint64(later), np.uint64(0))
        if not over.any():
            return per_bucket, stored
        buckets = np.repeat(np.arange(place.buckets), per_bucket)[~over]
        return np.bincount(buckets, minlength=place.buckets), stored[~over]

    def _gather_changes(self, scope: int, rows: Records) -> None:
        """Sums of changes by bucket and stored entry, for each section."""
        live = (rows["week"] == NEVER) | (rows["week"] > self._base.week)
        rows = rows[live & (rows["before"] == ALWAYS) & (rows["change"] != 0)]
        week = rows["week"].astype(np.int64)
        classes = np.where(week == NEVER, 0, week - self._base.week)
        for bucket, suffix, one, change in zip(
            *self._cut(scope, rows), classes.tolist(), rows["change"].tolist(), strict=True
        ):
            own = self._changes.setdefault((scope, bucket >> SECTION_BITS), Counter())
            own[bucket & _IN_SECTION, suffix << 8 | one] += change

    def _gather_shared(self, scope: int, rows: Records) -> None:
        """Prefixes that the next base holds whole instead."""
        rows = rows[(rows["before"] == ALWAYS) & (rows["change"] > 0)]
        for bucket, suffix in zip(*self._cut(scope, rows), strict=True):
            own = self._shared.setdefault((scope, bucket >> SECTION_BITS), set())
            own.add((bucket & _IN_SECTION, suffix))

    def _cut(self, scope: int, rows: Records) -> tuple[list[int], list[int]]:
        bits = self._base.tables[scope][0]
        high, low = rows["high"].astype(np.uint64), rows["low"].astype(np.uint64)
        return bucket_of(high, bits).tolist(), suffix_of(high, low, bits).tolist()


def changed(per_bucket: Counts, stored: Uint64s, changes: Counter[tuple[int, int]]) -> tuple[Counts, Uint64s]:
    """A section with references more or fewer, by bucket and entry. Raises `OnlyFetched`."""
    sums = np.concatenate([[0], np.cumsum(per_bucket)])
    per_bucket = per_bucket.copy()
    gone: list[int] = []
    places: list[int] = []
    values: list[int] = []
    for (bucket, entry), change in sorted(changes.items()):
        start, end = int(sums[bucket]), int(sums[bucket + 1])
        first, last = _bounds(stored[start:end], entry, entry + 1)
        if last - first < -change:
            raise OnlyFetched("a change does not fit the present tables")
        gone += range(start + first, start + first - min(change, 0))
        places += [start + last] * max(change, 0)
        values += [entry] * max(change, 0)
        per_bucket[bucket] += change
    if places:
        stored = np.insert(stored, places, np.array(values, np.uint64))
        gone = (np.array(gone, np.int64) + np.searchsorted(places, gone, "right")).tolist()
    return per_bucket, np.delete(stored, gone) if gone else stored


def without(per_bucket: Counts, stored: Uint64s, prefixes: set[tuple[int, int]]) -> tuple[Counts, Uint64s]:
    """A section without the references to some prefixes, given as bucket and suffix."""
    sums = np.concatenate([[0], np.cumsum(per_bucket)])
    per_bucket = per_bucket.copy()
    gone: list[int] = []
    for bucket, suffix in prefixes:
        start, end = int(sums[bucket]), int(sums[bucket + 1])
        first, last = _bounds(stored[start:end], suffix << 8, (suffix << 8) + 256)
        gone += range(start + first, start + last)
        per_bucket[bucket] -= last - first
    return per_bucket, np.delete(stored, gone) if gone else stored


def _bounds(bucket: Uint64s, first: int, after: int) -> tuple[int, int]:
    """Where in a sorted bucket the entries from `first` up to `after` begin and end."""
    found = np.searchsorted(bucket, np.array([first, after], np.uint64))
    return int(found[0]), int(found[1])
