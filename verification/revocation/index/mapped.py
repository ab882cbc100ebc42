"""The revocation index of a border: a hundred million withdrawn codes, asked like a short list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from verification.revocation.hashes import HASH_BYTES
from verification.revocation.index.documents import Base, Delta
from verification.revocation.index.fields import Covers
from verification.revocation.index.keys import Scope, status_hash, status_scope, to_moment, week_of
from verification.revocation.index.layout import Place
from verification.revocation.index.overlay import overlays
from verification.revocation.index.part import Part
from verification.revocation.index.records import Records
from verification.revocation.index.scoped import Scoped
from verification.revocation.index.table import Table
from verification.revocation.index.unusable import IndexUnusable
from verification.revocation.memory import ANY_ISSUER
from verification.snapshot import RevocationAnswer, RevocationQuery


class MappedIndex:
    """An immutable `RevocationIndex` over a base and its deltas.

    Entries expire by the time at which the newest document was signed, not by any clock of this machine. A
    block that turns out to be damaged clears nobody: `check` says STALE, which at a lane no other list
    outweighs, and `damage` says what was seen.
    """

    def __init__(
        self, base: Base, exact: Records, parts: Sequence[Part], deltas: Sequence[tuple[Delta, Records]]
    ) -> None:
        self.base, self.parts, self.deltas = base, tuple(parts), tuple(delta for delta, _ in deltas)
        self.changes = len(exact) + sum(len(rows) for _, rows in deltas)
        """Records above the tables: a number that compaction brings down."""
        self.damage: str | None = None
        stated = self.deltas[-1].stated if self.deltas else base.stated
        self.signed_at: datetime = stated.signed_at
        self._covers: Covers = stated.covers
        exact_list = overlays([(base.scopes, exact), *((delta.scopes, rows) for delta, rows in deltas)])
        tables = _tables(base, self.parts)
        this_week = week_of(self.signed_at)
        self.scopes: Mapping[Scope, Scoped] = {
            scope: Scoped(tables.get(scope), exact_list.get(scope), base.week, this_week)
            for scope in {**tables, **exact_list}
        }
        by_kid: dict[bytes | None, dict[str, Scoped]] = {}
        for scope, known in self.scopes.items():
            by_kid.setdefault(scope.kid, {})[scope.type] = known
        self._by_kid = by_kid
        self._any_kid = by_kid.get(None, {})

    @property
    def number(self) -> int:
        """Where in its chain of deltas the index is; 0 is the bare base."""
        return self.deltas[-1].end if self.deltas else 0

    @property
    def sequence(self) -> int:
        """The sequence number of this state, whichever base and deltas lead to it."""
        return self.base.sequence + self.number

    def check(self, query: RevocationQuery) -> RevocationAnswer:
        """REVOKED wherever an entry applies; CLEAR only where the index covers format and issuer."""
        until: list[int] = []
        damaged = False
        for scope, digest in self._asked(query):
            try:
                if scope.listed(int.from_bytes(digest), until):
                    return RevocationAnswer.REVOKED
            except IndexUnusable as unusable:
                damaged, self.damage = True, str(unusable)
        if until and query.issued_at is not None and query.issued_at < to_moment(max(until)):
            return RevocationAnswer.REVOKED
        if damaged:
            return RevocationAnswer.STALE
        if until and query.issued_at is None:
            return RevocationAnswer.NO_LIST
        return RevocationAnswer.CLEAR if self._covered(query) else RevocationAnswer.NO_LIST

    def check_rest(self) -> Iterator[None]:
        """Checks every block that nobody asked for yet, a part at a time. Raises `IndexUnusable`."""
        for part in self.parts:
            part.check_all()
            yield

    def _asked(self, query: RevocationQuery) -> Iterator[tuple[Scoped, bytes]]:
        own = self._by_kid.get(query.kid) if query.kid is not None else None
        for types in (own, self._any_kid):
            if types:
                for kind, digest in query.hashes:
                    scope = types.get(kind)
                    if scope is not None and len(digest) == HASH_BYTES:
                        yield scope, digest
        if query.status_index is not None:
            scope = self.scopes.get(status_scope(query.issuer))
            digest_of_index = status_hash(query.status_index)
            if scope is not None and digest_of_index is not None:
                yield scope, digest_of_index

    def _covered(self, query: RevocationQuery) -> bool:
        covers = self._covers
        for issuer in (query.issuer, ANY_ISSUER):
            if (query.prefix, issuer) in covers.issuers or (query.prefix, issuer, query.kid) in covers.keys:
                return True
        return False

    def __len__(self) -> int:
        """References in the tables; what deltas changed is not counted."""
        return self.base.entries


def _tables(base: Base, parts: Sequence[Part]) -> dict[Scope, Table]:
    sections: list[list[tuple[Place, Part]]] = [[] for _ in base.scopes]
    for number, own in enumerate(base.by_part):
        for place in own:
            sections[place.scope].append((place, parts[number]))
    return {
        scope: Table(bits, own)
        for scope, (bits, _), own in zip(base.scopes, base.tables, sections, strict=True)
    }
