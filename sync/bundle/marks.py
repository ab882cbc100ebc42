"""High-water marks: the newest versions ever seen, kept by who signed them.

A version never goes back below one that was signed by keys which would still be believed today. A mark whose
signers would not be believed any more counts for nothing, which is how a role whose keys were stolen and
whose numbers were driven to the sky is recovered: by new keys (TUF specification, 5.3.11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MOST_MARKS = 32
"""Of one role. Each stands for another set of signers."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may sign a role now."""

    keyids: frozenset[str]
    threshold: int

    def believes(self, signers: frozenset[str]) -> bool:
        """Whether what these keys signed together would be accepted."""
        return len(signers & self.keyids) >= self.threshold


@dataclass(frozen=True, slots=True)
class Mark:
    """What one set of signers has stated: versions by name (`timestamp`, `snapshot`, `targets`, `hk`)."""

    signers: frozenset[str]
    versions: Mapping[str, int]

    def within(self, other: Mark) -> bool:
        """Whether `other` says all this and more, to whoever would believe this."""
        newer = all(other.versions.get(name, 0) >= version for name, version in self.versions.items())
        return newer and self.signers <= other.signers


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of every role that states versions. Immutable."""

    by_role: Mapping[str, tuple[Mark, ...]]

    def floor(self, role: str, authority: Authority) -> dict[str, int]:
        """The lowest versions that may be accepted now from the signers of `role`, by name."""
        lowest: dict[str, int] = {}
        for mark in self.by_role.get(role, ()):
            if authority.believes(mark.signers):
                for name, version in mark.versions.items():
                    lowest[name] = max(version, lowest.get(name, 0))
        return lowest

    def raised(self, role: str, signers: frozenset[str], versions: Mapping[str, int]) -> Marks:
        """The marks with one statement more."""
        new = Mark(signers, dict(versions))
        before = self.by_role.get(role, ())
        if any(new.within(mark) for mark in before):
            return self
        same = [mark for mark in before if mark.signers == signers]
        for mark in same:
            new = Mark(signers, {**new.versions, **_higher(mark.versions, new.versions)})
        kept = [mark for mark in before if mark.signers != signers and not mark.within(new)]
        return Marks({**self.by_role, role: (new, *kept)[:MOST_MARKS]})

    def with_all(self, other: Marks) -> Marks:
        """Both together: where two copies were kept, the stricter counts."""
        together = self
        for role, marks in other.by_role.items():
            for mark in reversed(marks):
                together = together.raised(role, mark.signers, mark.versions)
        return together

    def written(self) -> dict[str, Any]:
        """For a JSON file."""
        return {
            role: [{"signers": sorted(mark.signers), "versions": dict(mark.versions)} for mark in marks]
            for role, marks in self.by_role.items()
        }


NO_MARKS = Marks({})


def read_marks(document: Any) -> Marks:
    """The reverse of `Marks.written`. Raises `ValueError`."""
    if not isinstance(document, dict):
        raise ValueError("marks are no table")
    return Marks({str(role): tuple(map(_mark, _rows(rows))) for role, rows in document.items()})


def _mark(row: Any) -> Mark:
    match row:
        case {"signers": [*signers], "versions": dict(versions)}:
            if all(type(version) is int and version >= 0 for version in versions.values()):
                return Mark(frozenset(map(str, signers)), {str(name): n for name, n in versions.items()})
    raise ValueError("a mark lacks its signers or versions")


def _rows(found: Any) -> Iterable[Any]:
    if isinstance(found, list) and len(found) <= MOST_MARKS:
        return found
    raise ValueError("marks are no list")


def _higher(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, int]:
    return {name: version for name, version in first.items() if version > second.get(name, 0)}
