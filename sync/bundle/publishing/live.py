"""Everything that is withdrawn at one state of an index: its publisher tells the next state from it."""

from __future__ import annotations

import base64
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sync.bundle.publishing.refused import NotPublished
from verification.revocation.index.batches import Batch, Entries, Gathered, Timed
from verification.revocation.index.disk import Disk, put
from verification.revocation.index.keys import NEVER, Scope, to_moment

_WEEK_US = 7 * 24 * 3600 * 1_000_000
_AT_ONCE = 1 << 16
_COMPARED = 1 << 20
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
        for some in _slices(old.entries.get(scope), new.entries.get(scope)):
            for sign, week, hashes in _changes(*some):
                if week == NEVER or week > this_week:
                    found[sign] += _batches(scope, hashes, week)
    before, after = Counter(old.timed), Counter(new.timed)
    for sign, timed in ((1, after - before), (-1, before - after)):
        for one in timed.elements():
            if one.week == NEVER or one.week > this_week:
                expires = None if one.week == NEVER else to_moment(one.week * _WEEK_US)
                found[sign].append(Batch(one.scope, [one.digest], expires, to_moment(one.before)))
    return Change(tuple(found[1]), tuple(found[-1]))


def save(disk: Disk, file: Path, live: Gathered) -> None:
    """Writes a state, aside and then in place. Raises OSError."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for number, entries in enumerate(live.entries.values()):
        arrays |= {f"h{number}": entries.high, f"l{number}": entries.low, f"w{number}": entries.week}
    named = {
        "scopes": [_written(scope) for scope in live.entries],
        "timed": [[_written(one.scope), one.digest.hex(), one.week, one.before] for one in live.timed],
        "gone": sorted([_written(scope), digest.hex()] for scope, digest in live.exceptions),
    }
    arrays["named"] = np.frombuffer(json.dumps(named).encode(), np.uint8)
    data = io.BytesIO()
    np.savez(data, allow_pickle=False, **arrays)
    put(disk, file, data.getvalue())


def load(file: Path) -> Gathered | None:
    """A state as it was saved; None where there is none. Raises `NotPublished` for a damaged one."""
    if not file.exists():
        return None
    try:
        with np.load(file, allow_pickle=False) as arrays:
            named = json.loads(arrays["named"].tobytes())
            scopes = [_read(text) for text in named["scopes"]]
            entries = {
                scope: Entries(arrays[f"h{number}"], arrays[f"l{number}"], arrays[f"w{number}"])
                for number, scope in enumerate(scopes)
            }
    except (OSError, ValueError, KeyError) as error:
        raise NotPublished(f"{file} is damaged: remove it; the next list begins with a new base.") from error
    timed = tuple(
        Timed(_read(scope), bytes.fromhex(digest), week, before)
        for scope, digest, week, before in named["timed"]
    )
    return Gathered(
        entries, timed, frozenset((_read(scope), bytes.fromhex(digest)) for scope, digest in named["gone"])
    )


def _slices(*entries: Entries | None) -> Iterator[list[Entries | None]]:
    """Both states cut at the same hashes, so that comparing them takes little memory."""
    bits = (sum(map(len, filter(None, entries))) // _COMPARED).bit_length()
    for number in range(1 << bits):
        bounds = [number << (64 - bits), (number + 1) << (64 - bits)]
        yield [None if one is None else _between(one, *bounds) for one in entries]


def _between(entries: Entries, first: int, end: int) -> Entries:
    start = int(np.searchsorted(entries.high, np.uint64(first)))
    stop = len(entries) if end == 1 << 64 else int(np.searchsorted(entries.high, np.uint64(end)))
    return Entries(entries.high[start:stop], entries.low[start:stop], entries.week[start:stop])


def _changes(old: Entries | None, new: Entries | None) -> Iterator[tuple[int, int, list[bytes]]]:
    """Sign, week and hashes of what the two do not share; a hash that stands twice counts twice."""
    high, low, week, count = (
        np.concatenate([column for column in columns if column is not None])
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


def _columns(entries: Entries | None, sign: int) -> tuple[npt.NDArray[np.generic], ...]:
    if entries is None:
        empty = np.zeros(0, np.uint64)
        return empty, empty, np.zeros(0, np.uint16), np.zeros(0, np.int64)
    return entries.high, entries.low, entries.week, np.full(len(entries), sign, np.int64)


def _batches(scope: Scope, hashes: list[bytes], week: int) -> Iterable[Batch]:
    """In batches of a size that memory takes; a hash that came twice stands there twice."""
    expires = None if week == NEVER else to_moment(week * _WEEK_US)
    return [
        Batch(scope, hashes[place : place + _AT_ONCE], expires) for place in range(0, len(hashes), _AT_ONCE)
    ]


def _written(scope: Scope) -> str:
    return f"{scope.type} {'' if scope.kid is None else base64.b64encode(scope.kid).decode()}"


def _read(text: str) -> Scope:
    kind, _, kid = text.partition(" ")
    return Scope(base64.b64decode(kid) if kid else None, kind)
