"""A made-up publisher and the lane it serves: the truth, and the list that an index must equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric import ed25519

from verification.revocation.hashes import UCI
from verification.revocation.index.batches import Batch, Gathered, gather
from verification.revocation.index.compaction import compact
from verification.revocation.index.disk import Disk
from verification.revocation.index.documents import Base, Stated
from verification.revocation.index.fields import Covers
from verification.revocation.index.keys import STATUS, Scope, status_hash, week_of
from verification.revocation.index.manifest import DOCUMENT, PART, RECORDS
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.opening import open_index
from verification.revocation.index.publishing import publish_base
from verification.revocation.index.publishing_deltas import publish_delta
from verification.revocation.index.receiving import Receiving, begin
from verification.revocation.index.records import unpack
from verification.revocation.memory import RevocationList, Withdrawn

KEY = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()
START = datetime(2026, 11, 23, 4, tzinfo=UTC)
COVERS = Covers(frozenset({("HC1", "*"), ("HK1", "HK")}), frozenset({("SHC", "https://issuer", b"k1")}))
KIDS = (b"k1", b"k2", None)
Reference = tuple[Scope, bytes, datetime | None, datetime | None]
"""Scope, hash, expiry, before."""


class Hasty(Disk):
    """Flushes nothing: for tests that end no world."""

    def sync(self, descriptor: int) -> None: ...

    def sync_folder(self, folder: Path) -> None: ...


HASTY = Hasty()


def alike(random: Random) -> bytes:
    """A hash out of few beginnings: many share every bit that an index stores."""
    return random.choice((b"\x00", b"\x7f", b"\xff")) * 10 + random.choice(b"abcd").to_bytes() * 6


def batches(references: Iterable[Reference]) -> list[Batch]:
    """One batch for each reference."""
    return [Batch(scope, [digest], expires, before) for scope, digest, expires, before in references]


class Publisher:
    """Knows every reference; publishes bases and deltas into its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.at, self.sequence = folder, START, 0
        self.live: Counter[Reference] = Counter()
        self.ever: set[tuple[Scope, bytes]] = set()
        self.base: Base | None = None
        self._listed = Gathered({})
        self.number = 0
        self.since: list[tuple[list[Reference], list[Reference]]] = []

    def stated(self) -> Stated:
        return Stated("publisher", self.at, COVERS)

    def pass_time(self, days: float) -> None:
        self.at += timedelta(days=days)

    def drop_expired(self) -> None:
        """What is over is not live."""
        week = week_of(self.at)
        for reference in [one for one in self.live if batches([one])[0].week not in range(1, week + 1)]:
            self.ever.add(reference[:2])
        self.live = Counter(
            {
                one: count
                for one, count in self.live.items()
                if count > 0 and batches([one])[0].week not in range(1, week + 1)
            }
        )

    def add(self, *references: Reference) -> None:
        self.live.update(references)
        self.ever.update(reference[:2] for reference in references)

    def new_base(self, disk: Disk = HASTY) -> Base:
        """A base of everything that is live; whatever was ever listed is told apart from what is."""
        self.drop_expired()
        self._listed = gather(batches(self.live.elements()), week_of(self.at), self.ever)
        previous = self.base
        self.base = publish_base(
            self.folder,
            self._listed,
            self.stated(),
            self.sequence,
            KEY,
            previous=previous,
            disk=disk,
        )
        self.number, self.since = 0, []
        return self.base

    def delta(
        self,
        adds: list[Reference],
        removals: list[Reference],
        exceptions: Iterable[tuple[Scope, bytes]] = (),
        *,
        whole: bool = False,
    ) -> tuple[bytes, bytes]:
        """The next delta, or with `whole` one that covers everything since the base."""
        assert self.base is not None
        self.drop_expired()
        self.add(*adds)
        self.live.subtract(removals)
        self.live = +self.live
        self.ever.update(exceptions)
        self.since.append((adds, removals))
        self.number += 1
        self.sequence += 1
        start = 0 if whole else self.number - 1
        chosen = self.since if whole else self.since[-1:]
        return publish_delta(
            self.base,
            self._listed.held,
            self.stated(),
            (start, self.number),
            KEY,
            adds=batches(one for came, _ in chosen for one in came),
            removals=batches(one for _, went in chosen for one in went),
            exceptions=exceptions,
        )

    def memory(self) -> RevocationList:
        """The list in memory that says the same."""
        self.drop_expired()
        status: dict[str, frozenset[int]] = {}
        entries = []
        for scope, digest, _, before in self.live:
            if scope.type == STATUS:
                assert scope.kid is not None
                issuer = scope.kid.decode()
                index = next(one for one in range(100) if status_hash(one) == digest)
                status[issuer] = status.get(issuer, frozenset()) | {index}
            else:
                entries.append(Withdrawn(scope.kid, scope.type, frozenset({digest}), before))
        return RevocationList(entries, COVERS.issuers, status, self.at, COVERS.keys)

    def part(self, root: str) -> bytes:
        return (self.folder / (root + PART)).read_bytes()

    def send_base(self, folder: Path, disk: Disk = HASTY) -> Receiving:
        """Begins to send the base to a lane."""
        assert self.base is not None
        document = (self.folder / (self.base.name + DOCUMENT)).read_bytes()
        exact = (self.folder / (self.base.exact + RECORDS)).read_bytes()
        return begin(folder, document, exact, PUBLIC, disk=disk)

    def fetch(self, receiving: Receiving) -> MappedIndex:
        """Sends all missing parts and puts the base in use."""
        for number in sorted(receiving.missing):
            receiving.put(number, self.part(receiving.base.roots[number]))
        return receiving.finish()

    def made_by(self, index: MappedIndex, receiving: Receiving) -> set[int]:
        """The lane makes the parts itself; returns those that it could not."""
        exact = unpack((self.folder / (receiving.base.exact + RECORDS)).read_bytes(), 65_536)
        for _ in compact(index, receiving, exact):
            pass
        return set(receiving.missing)


def opened(folder: Path) -> MappedIndex:
    return open_index(folder, PUBLIC)


def uci(digest: bytes, kid: bytes | None = b"k1", days: float | None = None) -> Reference:
    return Scope(kid, UCI), digest, None if days is None else START + timedelta(days=days), None
