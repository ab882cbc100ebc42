"""Writes a signed base: the publisher's side, which knows every hash whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from verification.revocation.hashes import HASH_BYTES
from verification.revocation.index.batches import CannotPublish, Entries, Gathered, Timed
from verification.revocation.index.disk import Disk, only_writer
from verification.revocation.index.documents import Base, Stated, write_base
from verification.revocation.index.fields import name_of
from verification.revocation.index.keys import (
    MOST_WEEKS,
    NEVER,
    Scope,
    Uint64s,
    bits_for,
    bucket_of,
    prefix_range,
    suffix_of,
)
from verification.revocation.index.layout import Packing, section_buckets, section_count
from verification.revocation.index.manifest import (
    DOCUMENT,
    PART,
    RECORDS,
    Manifest,
    put_all,
    write_manifest,
)
from verification.revocation.index.part import dress
from verification.revocation.index.records import ALWAYS, MOST_CHANGE, Record, pack
from verification.revocation.index.sections import encode
from verification.revocation.index.unusable import IndexUnusable
from verification.signed_lists import SigningKey

_LIGHTEST, _HEAVIEST = 2.5, 20
"""Entries to a bucket between which a table keeps its size: lanes can then make the next base themselves."""
_DISK = Disk()


def publish_base(
    folder: Path,
    gathered: Gathered,
    stated: Stated,
    sequence: int,
    key: SigningKey,
    *,
    previous: Base | None = None,
    disk: Disk = _DISK,
) -> Base:
    """Writes a base into `folder` and puts it in use there. The folder's files are what lanes fetch.

    `gathered` must be of the week of `stated.signed_at`; `previous` is the base that lanes have now. Raises
    `CannotPublish` and `OSError`; what was in use before stays then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with only_writer(folder):
        scopes = _scopes(gathered)
        base = Base(stated, sequence, scopes, (), (), "")
        parts = _Parts(folder, disk)
        tables, shared = [], list[Timed]()
        for number, scope in enumerate(scopes):
            entries = gathered.entries.get(scope)
            bits = _bits(scope, 0 if entries is None else len(entries), previous)
            counts = []
            for own in range(section_count(bits)):
                per_bucket, stored, whole = _section(entries, own, bits, base.week)
                shared += [Timed(scope, digest, week, ALWAYS) for digest, week in whole]
                parts.add(number, own, bits, len(stored), encode(per_bucket, stored))
                counts.append(len(stored))
            tables.append((bits, tuple(counts)))
        parts.close()
        exact = pack(_exact(gathered, scopes, dict(zip(scopes, tables, strict=True)), shared))
        base = replace(base, tables=tuple(tables), roots=tuple(parts.roots), exact=name_of(exact))
        document = write_base(base, key)
        base = replace(base, name=name_of(document))
        put_all(disk, folder, [(base.exact + RECORDS, exact), (base.name + DOCUMENT, document)])
        write_manifest(disk, folder, Manifest(base.name))
    return base


class _Parts:
    """Collects sections until a part is full."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder, self._disk = folder, disk
        self._packing, self._part, self._payload = Packing(), 0, bytearray()
        self.roots: list[str] = []

    def add(self, scope: int, number: int, bits: int, entries: int, section: bytes) -> None:
        try:
            place = self._packing.place(scope, number, bits, entries)
        except IndexUnusable as error:
            raise CannotPublish(str(error)) from error
        if place.part != self._part:
            self.close()
            self._part += 1
        self._payload += section

    def close(self) -> None:
        if self._payload:
            data, root = dress(bytes(self._payload))
            put_all(self._disk, self._folder, [(root.hex() + PART, data)])
            self.roots.append(root.hex())
            self._payload = bytearray()


def _scopes(gathered: Gathered) -> tuple[Scope, ...]:
    named = {*gathered.entries, *(one.scope for one in gathered.timed)}
    return tuple(sorted(named, key=lambda scope: (scope.type, scope.kid is None, scope.kid or b"")))


def _bits(scope: Scope, entries: int, previous: Base | None) -> int:
    if previous is not None and scope in previous.scopes:
        bits = previous.tables[previous.scopes.index(scope)][0]
        if _LIGHTEST * 2**bits <= entries <= _HEAVIEST * 2**bits:
            return bits
    return bits_for(entries)


def _section(
    entries: Entries | None, number: int, bits: int, this_week: int
) -> tuple[npt.NDArray[np.int64], Uint64s, Iterator[tuple[bytes, int]]]:
    """Entries to a bucket, suffixes with classes, and the hashes that share a prefix with another."""
    buckets = section_buckets(bits)
    if entries is None:
        return np.zeros(buckets, np.int64), np.zeros(0, np.uint64), iter(())
    rows = slice(_start(entries, number * buckets, bits), _start(entries, (number + 1) * buckets, bits))
    high, low, week = entries.high[rows], entries.low[rows], entries.week[rows]
    live = (week == NEVER) | (week > this_week)
    if not live.all():
        high, low, week = high[live], low[live], week[live]
    if week.size and int(week.max()) > this_week + MOST_WEEKS:
        raise CannotPublish(f"an expiry lies more than {MOST_WEEKS} weeks ahead: give none instead")
    bucket = (bucket_of(high, bits) - np.uint64(number * buckets)).astype(np.int64)
    suffix = suffix_of(high, low, bits)
    classes = np.where(week == NEVER, 0, week.astype(np.int64) - this_week).astype(np.uint64)
    stored = (suffix << np.uint64(8)) | classes
    alike = (bucket[1:] == bucket[:-1]) & (suffix[1:] == suffix[:-1])
    if not alike.any():
        return np.bincount(bucket, minlength=buckets), stored, iter(())
    group = np.concatenate([[0], np.cumsum(~alike)])
    others = alike & ((high[1:] != high[:-1]) | (low[1:] != low[:-1]))
    whole = np.isin(group, np.unique(group[1:][others]))
    exact = [
        ((int(high[row]) << 64 | int(low[row])).to_bytes(HASH_BYTES), int(week[row]))
        for row in np.flatnonzero(whole)
    ]
    bucket, stored = bucket[~whole], stored[~whole]
    return np.bincount(bucket, minlength=buckets), stored[np.lexsort((stored, bucket))], iter(exact)


def _start(entries: Entries, bucket: int, bits: int) -> int:
    if bucket == 1 << bits:
        return len(entries)
    return int(np.searchsorted(entries.high, np.uint64(bucket << (64 - bits)))) if bucket else 0


def _exact(
    gathered: Gathered,
    scopes: tuple[Scope, ...],
    tables: dict[Scope, tuple[int, tuple[int, ...]]],
    shared: list[Timed],
) -> Iterator[Record]:
    number = {scope: at for at, scope in enumerate(scopes)}

    def foreign(scope: Scope, digest: bytes) -> bool:
        return bool(gathered.held(scope, *prefix_range(digest, tables[scope][0])) - {digest})

    for one, count in Counter([*shared, *gathered.timed]).items():
        other = one.before != ALWAYS and foreign(one.scope, one.digest)
        while count > 0:
            change = min(count, MOST_CHANGE)
            yield Record(one.digest, number[one.scope], one.week, change, one.before, other)
            count -= change
    for scope, digest in sorted(
        gathered.exceptions, key=lambda pair: (pair[0].type, pair[0].kid or b"", pair[1])
    ):
        if scope in number and foreign(scope, digest):
            yield Record(digest, number[scope], NEVER, 0, foreign=True)
