"""Who makes the parts of the next base out of the index at hand, and where: here, or in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.revocation.index.compaction import compact
from verification.revocation.index.disk import Disk
from verification.revocation.index.manifest import RECORDS, read_named
from verification.revocation.index.opening import MOST_RECORDS, open_index
from verification.revocation.index.receiving import resume
from verification.revocation.index.records import unpack
from verification.revocation.index.unusable import IndexUnusable
from verification.signed_lists import ListRejected

Enough = Callable[[], bool]


class Compactor(Protocol):
    """Makes what parts it can of a base that is on its way in. What it cannot make is fetched."""

    def finished(self, folder: Path, base: str, keys: Sequence[PublicKeyTypes]) -> bool:
        """Whether nothing more is made of this base; begins with it where nobody did."""
        ...


class CompactHere:
    """In the caller's own thread: for a command that has nothing else to do."""

    def __init__(self, enough: Enough, disk: Disk) -> None:
        self._enough, self._disk = enough, disk

    def finished(self, folder: Path, base: str, keys: Sequence[PublicKeyTypes]) -> bool:  # noqa: ARG002
        """Makes them now, until there was enough for this time."""
        with suppress(ListRejected):
            for _ in make_parts(folder, keys, self._disk):
                if self._enough():
                    break
        return True


def make_parts(folder: Path, keys: Sequence[PublicKeyTypes], disk: Disk) -> Iterator[None]:
    """Makes the parts that are missing of the base on its way in, resting after each section.

    Raises `IndexUnusable` or its parent where there is no such base, or nothing to make it from, and OSError.
    """
    receiving = resume(folder, *keys, disk=disk)
    if receiving is None:
        raise IndexUnusable("no base is on its way in")
    if receiving.missing:
        records = read_named(folder, receiving.base.exact, RECORDS, MOST_RECORDS)
        exact = unpack(records, len(receiving.base.scopes))
        yield from compact(open_index(folder, *keys), receiving, exact)
