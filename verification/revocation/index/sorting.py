"""Sorts a publisher's hashes on disk: a list of any length takes the same memory.

What comes in is put aside in sorted runs; the runs are then merged a range of hashes at a time into one file,
which is mapped. The files live no longer than the sorting's user needs them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from verification.revocation.index.batches import Batch, Entries, Gathered, Timed, lasting, sorted_entries
from verification.revocation.index.keys import Scope

_AT_ONCE = 1 << 19
"""Hashes that are sorted or merged in memory at a time, about."""
_FOLDER = "sorting"
_ROW = 18
"""Bytes of a hash in a file: its first and last eight bytes, and its week, as this machine has numbers."""
NO_ENTRIES = Entries(np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0, np.uint16))


@contextmanager
def gathered_on_disk(batches: Iterable[Batch], this_week: int, folder: Path) -> Iterator[Gathered]:
    """What `gather` gives, sorted in files below `folder`. Raises `CannotPublish` and OSError."""
    work = folder / _FOLDER
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    try:
        yield _Sorting(work).gather(batches, this_week)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_columns(write: Callable[[bytes], object], entries: Iterable[Entries]) -> None:
    """All high halves, then all low halves, then all weeks, each column in the order of `entries`.

    Raises OSError.
    """
    several = list(entries)
    for column in ("high", "low", "week"):
        for one in several:
            values = getattr(one, column)
            for start in range(0, len(values), _AT_ONCE):
                write(values[start : start + _AT_ONCE].tobytes())


def map_columns(file: Path, counts: Iterable[int], start: int = 0) -> Iterator[Entries]:
    """The reverse of `write_columns`: views of the mapped file, a multiple of eight bytes behind its start.

    Raises OSError, and ValueError for a file that is too short.
    """
    several = list(counts)
    total = sum(several)
    if not total:
        yield from (NO_ENTRIES for _ in several)
        return
    whole = np.asarray(np.memmap(file, np.uint8, "r", start, (total * _ROW,)))
    high = whole[: 8 * total].view(np.uint64)
    low = whole[8 * total : 16 * total].view(np.uint64)
    week = whole[16 * total :].view(np.uint16)
    at = 0
    for count in several:
        rows = slice(at, at + count)
        yield Entries(high[rows], low[rows], week[rows])
        at += count


class _Sorting:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[Scope, list[tuple[npt.NDArray[np.uint64], int]]] = {}
        self._count, self._files = 0, 0
        self._runs: dict[Scope, list[Entries]] = {}

    def gather(self, batches: Iterable[Batch], this_week: int) -> Gathered:
        timed: list[Timed] = []
        for batch in lasting(batches, this_week):
            if batch.before is not None:
                timed += [Timed(batch.scope, one, batch.week, batch.before_us) for one in batch.hashes]
                continue
            pairs = np.frombuffer(b"".join(batch.hashes), ">u8").astype(np.uint64).reshape(-1, 2)
            self._waiting.setdefault(batch.scope, []).append((pairs, batch.week))
            self._count += len(pairs)
            if self._count >= _AT_ONCE:
                self._put_aside()
        if self._files:
            self._put_aside()
            return Gathered(self._merged(), tuple(timed))
        return Gathered(
            {scope: sorted_entries(found) for scope, found in self._waiting.items()}, tuple(timed)
        )

    def _put_aside(self) -> None:
        file = self._folder / f"run-{self._files}"
        run = [sorted_entries(found) for found in self._waiting.values()]
        with file.open("xb") as stream:
            write_columns(stream.write, run)
        for scope, entries in zip(self._waiting, map_columns(file, map(len, run)), strict=True):
            self._runs.setdefault(scope, []).append(entries)
        self._waiting, self._count, self._files = {}, 0, self._files + 1

    def _merged(self) -> dict[Scope, Entries]:
        """One file of all runs; they go as soon as it is whole."""
        counts = [sum(map(len, runs)) for runs in self._runs.values()]
        file, total, done = self._folder / "merged", sum(counts), 0
        with file.open("xb") as stream:
            os.posix_fallocate(stream.fileno(), 0, max(1, total * _ROW))
            for runs in self._runs.values():
                for entries in merged(runs):
                    _put(stream.fileno(), entries.high.tobytes(), 8 * done)
                    _put(stream.fileno(), entries.low.tobytes(), 8 * (total + done))
                    _put(stream.fileno(), entries.week.tobytes(), 16 * total + 2 * done)
                    done += len(entries)
        for old in self._folder.glob("run-*"):
            old.unlink()
        return dict(zip(self._runs, map_columns(file, counts), strict=True))


def merged(runs: list[Entries]) -> Iterator[Entries]:
    """Sorted runs as one, a range of hashes at a time."""
    for some in slices(runs, _AT_ONCE):
        high, low, week = (
            np.concatenate([getattr(one, column) for one in some]) for column in ("high", "low", "week")
        )
        order = np.lexsort((week, low, high))
        yield Entries(high[order], low[order], week[order])


def slices(several: list[Entries], at_once: int) -> Iterator[list[Entries]]:
    """Sorted entries cut at the same hashes, about so many together in each slice."""
    bits = (sum(map(len, several)) // at_once).bit_length()
    for number in range(1 << bits):
        yield [_between(one, number << (64 - bits), (number + 1) << (64 - bits)) for one in several]


def _between(entries: Entries, first: int, end: int) -> Entries:
    start = int(np.searchsorted(entries.high, np.uint64(first)))
    stop = len(entries) if end == 1 << 64 else int(np.searchsorted(entries.high, np.uint64(end)))
    return Entries(entries.high[start:stop], entries.low[start:stop], entries.week[start:stop])


def _put(descriptor: int, data: bytes, at: int) -> None:
    rest = memoryview(data)
    while rest:
        written = os.pwrite(descriptor, rest, at)
        rest, at = rest[written:], at + written
