"""Where everything in a base lies: sections of at most 2^14 buckets of one scope, packed into parts.

Only the number of entries of each section has to be known; writer, reader and compaction work the same places
out of it. A section is its table (`buckets + 1` little-endian 32-bit sums), its suffixes (6 bytes each) and
its classes (1 byte each).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verification.revocation.index.keys import SUFFIX_BYTES
from verification.revocation.index.unusable import IndexUnusable

SECTION_BITS = 14
PART_PAYLOAD = 7_980_000
"""With its head a part stays under 8,000,000 bytes, the most that one download has to repeat."""


@dataclass(frozen=True, slots=True)
class Place:
    """One section: which of which scope, and where its bytes are in which part."""

    scope: int
    number: int
    buckets: int
    entries: int
    part: int
    start: int

    @property
    def suffixes(self) -> int:
        """Where the suffixes begin in the part."""
        return self.start + 4 * (self.buckets + 1)

    @property
    def classes(self) -> int:
        """Where the classes begin in the part."""
        return self.suffixes + SUFFIX_BYTES * self.entries

    @property
    def end(self) -> int:
        """The byte after the section."""
        return self.classes + self.entries


def section_buckets(bits: int) -> int:
    """Buckets in a section of a scope with 2^bits of them."""
    return 1 << min(bits, SECTION_BITS)


def section_count(bits: int) -> int:
    """Sections of a scope with 2^bits buckets."""
    return 1 << max(0, bits - SECTION_BITS)


class Packing:
    """Gives each section, in order, the next place. Raises `IndexUnusable` where a section fits no part."""

    def __init__(self) -> None:
        self.part, self._used = 0, 0

    def place(self, scope: int, number: int, bits: int, entries: int) -> Place:
        """The place of the next section."""
        buckets = section_buckets(bits)
        size = 4 * (buckets + 1) + (SUFFIX_BYTES + 1) * entries
        if size > PART_PAYLOAD:
            raise IndexUnusable("too many hashes begin alike: they are no hashes")
        if self._used + size > PART_PAYLOAD:
            self.part, self._used = self.part + 1, 0
        start, self._used = self._used, self._used + size
        return Place(scope, number, buckets, entries, self.part, start)


def places(scopes: Sequence[tuple[int, Sequence[int]]]) -> Iterator[Place]:
    """The places of all sections; of each scope its bits and the entries of its sections are given."""
    packing = Packing()
    for scope, (bits, counts) in enumerate(scopes):
        for number, entries in enumerate(counts):
            yield packing.place(scope, number, bits, entries)
