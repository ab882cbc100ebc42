"""Looks a hash up in the mapped sections of one scope: the classes of all references to its prefix."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Sequence

from verification.revocation.index.keys import HASH_BITS, SUFFIX_BITS, SUFFIX_BYTES
from verification.revocation.index.layout import SECTION_BITS, Place
from verification.revocation.index.part import BLOCK, BLOCK_BITS, Part

_PAIR = struct.Struct("<II")
_MASK = (1 << SUFFIX_BITS) - 1
_SECTION_MASK = (1 << SECTION_BITS) - 1
_NEAR = 64
"""A bucket longer than this (its hashes are no hashes) is halved until it is not."""


class Table:
    """The sections of one scope. Only bytes whose checksum agreed are looked at."""

    def __init__(self, bits: int, sections: Sequence[tuple[Place, Part]]) -> None:
        self.bits = bits
        self._top, self.loose = HASH_BITS - bits, HASH_BITS - bits - SUFFIX_BITS
        self._sections = [
            (part, part.data, part.base, place.start, place.suffixes, place.classes)
            for place, part in sections
        ]

    def classes(self, key: int) -> bytes:
        """One byte for each reference to the prefix of `key`, a hash as a number. Raises `IndexUnusable`."""
        bucket = key >> self._top
        part, data, base, table, suffixes, classes = self._sections[bucket >> SECTION_BITS]
        seen = part.seen
        at = table + 4 * (bucket & _SECTION_MASK)
        if not (seen[at >> BLOCK_BITS] and seen[(at + 7) >> BLOCK_BITS]):
            part.need(at, at + 8)
        start, end = _PAIR.unpack_from(data, base + at)
        if start == end:
            return b""
        first, last = suffixes + SUFFIX_BYTES * start, suffixes + SUFFIX_BYTES * end
        if last - first > BLOCK or not (seen[first >> BLOCK_BITS] and seen[(last - 1) >> BLOCK_BITS]):
            part.need(first, last)
        suffix = ((key >> self.loose) & _MASK).to_bytes(SUFFIX_BYTES)
        if end - start > _NEAR:
            start = _near(data, base + suffixes, start, end, suffix)
            first = suffixes + SUFFIX_BYTES * start
        found = data.find(suffix, base + first, base + last)
        while found != -1 and (found - base - first) % SUFFIX_BYTES:
            found = data.find(suffix, found + 1, base + last)
        if found == -1:
            return b""
        start = (found - base - suffixes) // SUFFIX_BYTES
        stop = start + 1
        while stop < end and data[found + SUFFIX_BYTES : found + 2 * SUFFIX_BYTES] == suffix:
            found, stop = found + SUFFIX_BYTES, stop + 1
        return part.read(classes + start, classes + stop)


def _near(data: mmap.mmap, suffixes: int, start: int, end: int, suffix: bytes) -> int:
    """A start from which the first `suffix` of a sorted bucket is less than `_NEAR` places away."""
    while end - start > _NEAR:
        middle = (start + end) // 2
        at = suffixes + SUFFIX_BYTES * middle
        if data[at : at + SUFFIX_BYTES] < suffix:
            start = middle
        else:
            end = middle
    return start
