"""Withdrawn credentials held in memory: exact, and honest about what the list does not cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from verification.snapshot import RevocationAnswer, RevocationQuery

ANY_ISSUER = "*"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Hashes of one type under one key id; `kid` None means that they apply to every key id."""

    kid: bytes | None
    type: str
    hashes: frozenset[bytes]


class RevocationList:
    """An immutable `RevocationIndex`."""

    def __init__(
        self,
        entries: Iterable[Withdrawn],
        covers: Iterable[tuple[str, str]],
        status: Mapping[str, frozenset[int]] | None = None,
        signed_at: datetime | None = None,
    ) -> None:
        """`covers` are the pairs of format and issuer that the list answers for (`*` is any issuer).

        `status` maps issuers to the withdrawn indexes of their status lists.
        """
        index: dict[tuple[bytes | None, str], frozenset[bytes]] = {}
        for entry in entries:
            key = (entry.kid, entry.type)
            index[key] = index.get(key, frozenset()) | entry.hashes
        self._index = index
        self._covers = frozenset(covers)
        self._status = dict(status or {})
        self.signed_at = signed_at

    def check(self, query: RevocationQuery) -> RevocationAnswer:
        """REVOKED wherever an entry applies; CLEAR only where the list covers format and issuer."""
        if self._listed(query):
            return RevocationAnswer.REVOKED
        if {(query.prefix, query.issuer), (query.prefix, ANY_ISSUER)} & self._covers:
            return RevocationAnswer.CLEAR
        return RevocationAnswer.NO_LIST

    def _listed(self, query: RevocationQuery) -> bool:
        if query.status_index is not None and query.status_index in self._status.get(query.issuer, ()):
            return True
        for kind, digest in query.hashes:
            if digest in self._index.get((query.kid, kind), ()) or digest in self._index.get(
                (None, kind), ()
            ):
                return True
        return False

    def __len__(self) -> int:
        return sum(map(len, self._index.values())) + sum(map(len, self._status.values()))
