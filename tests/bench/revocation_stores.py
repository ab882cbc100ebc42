"""The two stores that the revocation benchmark compares: how each is built, changed and asked."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, perf_counter_ns

import numpy as np
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.bench.beside_compaction import compacting
from tests.bench.report import percentile
from tests.bench.resident import resident
from verification.revocation.hashes import UCI
from verification.revocation.index.batches import Batch, Entries, Gathered
from verification.revocation.index.documents import Stated
from verification.revocation.index.fields import Covers
from verification.revocation.index.keys import Scope
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.opening import open_index
from verification.revocation.index.publishing import publish_base
from verification.revocation.index.publishing_deltas import publish_delta
from verification.revocation.index.receiving import apply_delta
from verification.snapshot import RevocationAnswer, RevocationQuery

DELTA = 10_000
COLD = 500
KID = b"bench"
SCOPE = Scope(KID, UCI)
KEY = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = KEY.public_key()
AT = datetime(2026, 11, 23, tzinfo=UTC)
COVERS = Covers(frozenset({("HC1", "*")}))


@dataclass(frozen=True)
class Hashes:
    """Random hashes in order, and how long it took to sort them."""

    entries: Entries
    sorting: float

    @staticmethod
    def made(random: np.random.Generator, count: int) -> Hashes:
        high = random.integers(0, 2**64, count, np.uint64)
        low = random.integers(0, 2**64, count, np.uint64)
        start = perf_counter()
        high.sort()
        sorting = perf_counter() - start
        return Hashes(Entries(high, low, np.zeros(count, np.uint16)), sorting)

    def rows(self, rows: np.ndarray) -> bytes:
        return np.stack([self.entries.high[rows], self.entries.low[rows]], 1).astype(">u8").tobytes()

    def write_samples(self, random: np.random.Generator, folder: Path) -> None:
        """Hashes to ask for (half of the sample is to be removed and never asked for), and hashes to miss."""
        size = min(4 * DELTA, len(self.entries))
        rows = np.unique(random.integers(0, len(self.entries), size))
        random.shuffle(rows)
        (folder / "hits").write_bytes(self.rows(rows))
        (folder / "misses").write_bytes(random.bytes(16 * 4 * DELTA))


def cut(data: bytes) -> list[bytes]:
    return [data[at : at + 16] for at in range(0, len(data), 16)]


def samples(folder: Path) -> tuple[list[bytes], list[bytes], list[bytes], list[bytes]]:
    """What is asked for and there, what is removed, what is asked for and not there, what is added."""
    hits, misses = cut((folder / "hits").read_bytes()), cut((folder / "misses").read_bytes())
    change = min(DELTA, len(hits) // 2)
    return hits[change:], hits[:change], misses[change:], misses[:change]


class MappedStore:
    """The product's own."""

    name = "mapped"

    @staticmethod
    def build(hashes: Hashes, folder: Path) -> dict[str, float]:
        """A base, a delta of so many adds and removals, and the base that compaction shall arrive at."""
        start = perf_counter()
        base = publish_base(folder / "lane", Gathered({SCOPE: hashes.entries}), _stated(0), 0, KEY)
        taken = perf_counter() - start + hashes.sorting
        size = sum(file.stat().st_size for file in (folder / "lane").iterdir())
        _, removed, _, added = samples(folder)
        document, records = publish_delta(
            base,
            Gathered({SCOPE: hashes.entries}).held,
            _stated(1),
            (0, 1),
            KEY,
            adds=[Batch(SCOPE, added)],
            removals=[Batch(SCOPE, removed)],
        )
        (folder / "delta.json").write_bytes(document)
        (folder / "delta.records").write_bytes(records)
        later = Gathered({SCOPE: _changed(hashes.entries, removed, added)})
        publish_base(folder / "next", later, _stated(1), 1, KEY, previous=base)
        return {"bytes an entry": size / len(hashes.entries), "build": taken}

    @staticmethod
    def ask(folder: Path, lookups: int) -> dict[str, float]:
        lane = folder / "lane"
        hits, _, misses, added = samples(folder)
        figures: dict[str, float] = {}
        forget(lane)
        start = perf_counter()
        index = open_index(lane, PUBLIC)
        figures["cold open"] = (perf_counter() - start) * 1e6
        figures |= _cold(_check(index), hits, misses)
        figures["open"] = _median_ms(lambda: open_index(lane, PUBLIC))
        start = perf_counter()
        list(index.check_rest())
        figures["check all"] = perf_counter() - start
        figures |= _warm(_check(index), hits, misses, lookups)
        start = perf_counter()
        document, records = ((folder / f"delta.{kind}").read_bytes() for kind in ("json", "records"))
        index = apply_delta(lane, document, records, PUBLIC)
        figures["delta"] = (perf_counter() - start) * 1e3
        figures["open with delta"] = _median_ms(lambda: open_index(lane, PUBLIC))
        list(index.check_rest())
        if not all(map(_check(index), added)):
            raise SystemExit("an added hash is not found")
        after = _warm(_check(index), hits, misses, lookups)
        figures |= {f"with delta, {name}": value for name, value in after.items()}
        figures["private memory"] = resident().own
        figures |= compacting(folder, PUBLIC, _check(index), hits)
        return figures | {"private memory after compaction": resident().own}


class SqliteStore:
    """A table of whole hashes without row ids, memory-mapped: what one would take from the shelf."""

    name = "sqlite"

    @staticmethod
    def build(hashes: Hashes, folder: Path) -> dict[str, float]:
        file = folder / "store.db"
        start = perf_counter()
        with sqlite3.connect(file) as database:
            database.execute("PRAGMA journal_mode=OFF")
            database.execute("PRAGMA synchronous=OFF")
            database.execute("CREATE TABLE revoked (hash BLOB PRIMARY KEY) WITHOUT ROWID")
            for first in range(0, len(hashes.entries), 1_000_000):
                rows = np.arange(first, min(first + 1_000_000, len(hashes.entries)))
                found = zip(cut(hashes.rows(rows)), strict=True)
                database.executemany("INSERT OR IGNORE INTO revoked VALUES (?)", found)
        database.close()
        taken = perf_counter() - start + hashes.sorting
        return {"bytes an entry": file.stat().st_size / len(hashes.entries), "build": taken}

    @staticmethod
    def ask(folder: Path, lookups: int) -> dict[str, float]:
        hits, removed, misses, added = samples(folder)
        forget(folder)
        figures: dict[str, float] = {}
        start = perf_counter()
        database = _connected(folder)
        figures["cold open"] = (perf_counter() - start) * 1e6
        figures |= _cold(_select(database), hits, misses)
        figures["open"] = _median_ms(lambda: _connected(folder).close())
        with (folder / "store.db").open("rb") as stream:
            while stream.read(1 << 20):
                pass
        figures |= _warm(_select(database), hits, misses, lookups)
        start = perf_counter()
        with database:
            database.executemany("INSERT OR IGNORE INTO revoked VALUES (?)", ((one,) for one in added))
            database.executemany("DELETE FROM revoked WHERE hash = ?", ((one,) for one in removed))
        figures["delta"] = (perf_counter() - start) * 1e3
        figures["private memory"] = resident().own
        database.close()
        return figures


STORES = {"mapped": MappedStore, "sqlite": SqliteStore}


def forget(folder: Path) -> None:
    """Takes the files out of the page cache."""
    for file in folder.iterdir():
        if file.is_file():
            descriptor = os.open(file, os.O_RDONLY)
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def _cold(ask: Callable[[bytes], bool], hits: Sequence[bytes], misses: Sequence[bytes]) -> dict[str, float]:
    figures = {}
    for name, asked, there in (("cold hit", hits, True), ("cold miss", misses, False)):
        figures |= _times(ask, name, asked[-COLD:], there)
    return figures


def _warm(
    ask: Callable[[bytes], bool], hits: Sequence[bytes], misses: Sequence[bytes], lookups: int
) -> dict[str, float]:
    """After as many lookups that do not count as count."""
    figures = {}
    for name, asked, there in (("warm hit", hits, True), ("warm miss", misses, False)):
        many = (list(asked) * (1 + lookups // len(asked)))[:lookups]
        _times(ask, name, many, there)
        figures |= _times(ask, name, many, there)
    return figures


def _times(ask: Callable[[bytes], bool], name: str, asked: Sequence[bytes], there: bool) -> dict[str, float]:
    taken = []
    gc.disable()
    for digest in asked:
        start = perf_counter_ns()
        found = ask(digest)
        taken.append((perf_counter_ns() - start) / 1000)
        if found is not there:
            raise SystemExit(f"{name}: a wrong answer")
    gc.enable()
    return {f"{name} median": percentile(taken, 0.5), f"{name} p99": percentile(taken, 0.99)}


def _check(index: MappedIndex) -> Callable[[bytes], bool]:
    """The whole question of the verifier, of one hash."""
    check, revoked = index.check, RevocationAnswer.REVOKED

    def ask(digest: bytes) -> bool:
        return check(RevocationQuery("HC1", "HK", KID, ((UCI, digest),))) is revoked

    return ask


def _select(database: sqlite3.Connection) -> Callable[[bytes], bool]:
    execute = database.execute

    def ask(digest: bytes) -> bool:
        return execute("SELECT 1 FROM revoked WHERE hash = ?", (digest,)).fetchone() is not None

    return ask


def _changed(entries: Entries, removed: Sequence[bytes], added: Sequence[bytes]) -> Entries:
    """The list after the delta."""
    gone = np.frombuffer(b"".join(removed), ">u8").astype(np.uint64).reshape(-1, 2)
    came = np.frombuffer(b"".join(added), ">u8").astype(np.uint64).reshape(-1, 2)
    came = came[np.argsort(came[:, 0])]
    high = np.delete(entries.high, np.searchsorted(entries.high, gone[:, 0]))
    low = np.delete(entries.low, np.searchsorted(entries.high, gone[:, 0]))
    places = np.searchsorted(high, came[:, 0])
    high, low = np.insert(high, places, came[:, 0]), np.insert(low, places, came[:, 1])
    return Entries(high, low, np.zeros(len(high), np.uint16))


def _stated(days: int) -> Stated:
    return Stated("bench", AT + timedelta(days=days), COVERS)


def _connected(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(folder / "store.db")
    database.execute("PRAGMA mmap_size=2147418112")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("SELECT 1 FROM revoked LIMIT 1").fetchone()
    return database


def _median_ms(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(9):
        start = perf_counter()
        act()
        taken.append((perf_counter() - start) * 1000)
    return percentile(taken, 0.5)
