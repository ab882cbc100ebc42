"""Withdrawn credentials held in memory: exact, and honest about what the list does not cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from verification.snapshot import RevocationAnswer, RevocationIndex, RevocationQuery

ANY_ISSUER = "*"
_CLEAR = RevocationAnswer.CLEAR
_WEIGHTS = (
    RevocationAnswer.REVOKED,
    RevocationAnswer.SIGNER_REVOKED,
    RevocationAnswer.CLEAR,
    RevocationAnswer.STALE,
)
"""Which of several lists' answers counts first; without any of them there is no list."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Hashes of one type under one key id; `kid` None means that they apply to every key id."""

    kid: bytes | None
    type: str
    hashes: frozenset[bytes]
    before: datetime | None = None
    """Only what was issued before this time is withdrawn; None: whenever it was issued."""


class RevocationList:
    """An immutable `RevocationIndex`."""

    def __init__(
        self,
        entries: Iterable[Withdrawn],
        covers: Iterable[tuple[str, str]],
        status: Mapping[str, frozenset[int]] | None = None,
        signed_at: datetime | None = None,
        covers_keys: Iterable[tuple[str, str, bytes]] = (),
    ) -> None:
        """`covers` are the pairs of format and issuer that the list answers for (`*` is any issuer).

        `covers_keys` are format, issuer and key id where it answers for some keys of an issuer only. `status`
        maps issuers to the withdrawn indexes of their status lists.
        """
        index: dict[tuple[bytes | None, str], set[bytes]] = {}
        timed: dict[tuple[bytes | None, str, bytes], datetime] = {}
        for entry in entries:
            if entry.before is None:
                index.setdefault((entry.kid, entry.type), set()).update(entry.hashes)
                continue
            for digest in entry.hashes:
                place = (entry.kid, entry.type, digest)
                timed[place] = max(entry.before, timed.get(place, entry.before))
        self._index, self._timed = index, timed
        self._covers = frozenset(covers)
        self._covers_keys = frozenset(covers_keys)
        self._status = dict(status or {})
        self.signed_at = signed_at

    @property
    def about(self) -> frozenset[tuple[str, str]]:
        """The pairs of format and issuer that it answers for, wholly or for some keys (`*`: any)."""
        return self._covers | {(prefix, issuer) for prefix, issuer, _ in self._covers_keys}

    @property
    def status_issuers(self) -> frozenset[str]:
        """The issuers whose status lists it holds withdrawn indexes of."""
        return frozenset(self._status)

    def check(self, query: RevocationQuery) -> RevocationAnswer:
        """REVOKED wherever an entry applies; CLEAR only where the list covers format and issuer."""
        if self._listed(query):
            return RevocationAnswer.REVOKED
        if self._timed and (answer := self._listed_until(query)) is not None:
            return answer
        prefix, covers = query.prefix, self._covers
        if (prefix, query.issuer) in covers or (prefix, ANY_ISSUER) in covers:
            return _CLEAR
        for issuer in (query.issuer, ANY_ISSUER) if self._covers_keys else ():
            if (query.prefix, issuer, query.kid) in self._covers_keys:
                return RevocationAnswer.CLEAR
        return RevocationAnswer.NO_LIST

    def _listed_until(self, query: RevocationQuery) -> RevocationAnswer | None:
        """What entries with a time say. They do not clear a code that does not say when it was issued."""
        until = [
            before
            for kind, digest in query.hashes
            for kid in (query.kid, None)
            if (before := self._timed.get((kid, kind, digest))) is not None
        ]
        if not until:
            return None
        if query.issued_at is None:
            return RevocationAnswer.NO_LIST
        return RevocationAnswer.REVOKED if query.issued_at < max(until) else None

    def _listed(self, query: RevocationQuery) -> bool:
        if query.status_index is not None and query.status_index in self._status.get(query.issuer, ()):
            return True
        index, kid = self._index, query.kid
        for kind, digest in query.hashes:
            if digest in index.get((kid, kind), ()) or digest in index.get((None, kind), ()):
                return True
        return False

    def __len__(self) -> int:
        status = sum(map(len, self._status.values()))
        return sum(map(len, self._index.values())) + len(self._timed) + status


class KnownList(RevocationIndex, Protocol):
    """A revocation list of any sort that says when it was signed."""

    @property
    def signed_at(self) -> datetime | None:
        """None where the list does not say."""
        ...

    def __len__(self) -> int: ...


class RevocationLists:
    """Several lists as one: revoked where any says so, clear where one that covers the code says so."""

    def __init__(self, lists: Sequence[KnownList]) -> None:
        self._lists = tuple(lists)
        dates = [one.signed_at for one in lists if one.signed_at is not None]
        self.signed_at = min(dates, default=None)
        """When the oldest list that says so was signed."""

    def check(self, query: RevocationQuery) -> RevocationAnswer:
        """REVOKED wherever an entry of any list applies; CLEAR only where one covers format and issuer."""
        answers = {one.check(query) for one in self._lists}
        return next((answer for answer in _WEIGHTS if answer in answers), RevocationAnswer.NO_LIST)

    def __len__(self) -> int:
        return sum(map(len, self._lists))
