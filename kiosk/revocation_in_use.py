"""The revocation lists of a lane as one: each ages by itself, and nothing is cleared while one is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from verification.revocation.memory import KnownList
from verification.snapshot import Freshness, ListAge, RevocationAnswer, RevocationQuery

_WEIGHTS = (
    RevocationAnswer.REVOKED,
    RevocationAnswer.SIGNER_REVOKED,
    RevocationAnswer.NO_LIST,
    RevocationAnswer.STALE,
    RevocationAnswer.CLEAR,
)


@dataclass(frozen=True, slots=True)
class HeldList:
    """One configured revocation list. `held` is None where the file could not be used."""

    file: Path
    held: KnownList | None = None
    age: ListAge | None = None

    def check(self, query: RevocationQuery, at: datetime) -> RevocationAnswer | None:
        """What the list says of the code at `at`; None: the list does not speak of such codes."""
        if self.held is None:
            return RevocationAnswer.NO_LIST
        answer = self.held.check(query)
        if answer is RevocationAnswer.NO_LIST:
            return None
        if answer is RevocationAnswer.CLEAR and self.freshness(at) is Freshness.STALE:
            return RevocationAnswer.STALE
        return answer

    def freshness(self, at: datetime) -> Freshness:
        """How far the list can be relied on at `at`; a list that is not there is stale."""
        return Freshness.STALE if self.age is None else self.age.freshness(at)


class RevocationInUse:
    """A `RevocationIndex`. Nobody knows what stands on a list that is missing, or came since an old one.

    Revoked where any list says so. Clear where a list covers the code and says so, every list that covers
    it is fresh, and no configured list is missing.
    """

    def __init__(self, lists: Sequence[HeldList]) -> None:
        self._lists = tuple(lists)

    def check(self, query: RevocationQuery) -> RevocationAnswer:
        """The gravest answer of all lists. Without a time of judgement every list is too old."""
        at = query.at or datetime.max.replace(tzinfo=UTC)
        answers = {one.check(query, at) for one in self._lists}
        return next((answer for answer in _WEIGHTS if answer in answers), RevocationAnswer.NO_LIST)
