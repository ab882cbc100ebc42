"""A trace of each block of a file: enough to say which single byte of it was changed, and what it was.

The proof is the file's whole SHA-256. A trace only locates: Adler-32 is two sums, one of the bytes and one
of the bytes weighted by their place. When one byte changes, the first tells by how much, the second where.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BLOCK = 32_768
"""Bytes of a block; a trace locates in less than 65,521."""
_PRIME = 65_521


@dataclass(frozen=True, slots=True)
class Trace:
    """SHA-256 and Adler-32 of one block."""

    size: int
    digest: str
    adler: int

    @property
    def words(self) -> str:
        """As it stands on a line."""
        return f"{self.size} {self.digest} {self.adler:08x}"


@dataclass(frozen=True, slots=True)
class Changed:
    """The byte at `offset` is `now` and was `was`; `was` is None where more than one byte was changed."""

    offset: int
    now: int | None = None
    was: int | None = None

    def __str__(self) -> str:
        if self.was is None:
            return f"bytes were changed, the first of them at or behind byte {self.offset}"
        return f"byte {self.offset} was changed: it is 0x{self.now:02x} and was 0x{self.was:02x}"


def trace(block: bytes) -> Trace:
    """The trace of one block."""
    return Trace(len(block), hashlib.sha256(block).hexdigest(), zlib.adler32(block))


class Tracer:
    """Takes a file's bytes in pieces of any size, in constant memory but for the traces themselves."""

    def __init__(self) -> None:
        self.traces: list[Trace] = []
        self.size = 0
        self._whole = hashlib.sha256()
        self._rest = bytearray()

    def add(self, data: bytes) -> None:
        """The next bytes."""
        self._whole.update(data)
        self.size += len(data)
        self._rest += data
        while len(self._rest) >= BLOCK:
            self.traces.append(trace(bytes(self._rest[:BLOCK])))
            del self._rest[:BLOCK]

    def end(self) -> None:
        """There are no more."""
        if self._rest:
            self.traces.append(trace(bytes(self._rest)))
            self._rest.clear()

    @property
    def sha256(self) -> str:
        """Of everything so far, in hexadecimal."""
        return self._whole.hexdigest()


def traced(pieces: Iterable[bytes]) -> Tracer:
    """All of a file at once."""
    tracer = Tracer()
    for piece in pieces:
        tracer.add(piece)
    tracer.end()
    return tracer


def lines(name: str, traces: Iterable[Trace]) -> Iterator[str]:
    """What `blocks.txt` says of one file."""
    for number, one in enumerate(traces):
        yield f"{name} {number * BLOCK} {one.words}\n"


def changed_byte(block: bytes, was: Trace) -> Changed | None:
    """Which byte of a block makes it differ from what it was; None where it does not differ."""
    if trace(block) == was:
        return None
    new, old, size = zlib.adler32(block), was.adler, was.size
    by = (new & 0xFFFF) - (old & 0xFFFF)
    weighted = (new >> 16) - (old >> 16)
    if len(block) == size and by % _PRIME:
        place = (size - weighted * pow(by, -1, _PRIME)) % _PRIME
        step = by % _PRIME
        step = step if step <= 255 else step - _PRIME
        if place < size and 0 <= block[place] - step <= 255:
            before = block[place] - step
            mended = block[:place] + bytes([before]) + block[place + 1 :]
            if hashlib.sha256(mended).hexdigest() == was.digest:
                return Changed(place, block[place], before)
    return Changed(0)


def first_change(pieces: Iterable[bytes], was: Iterable[Trace]) -> Changed | None:
    """Where a file, given in whole blocks, begins to differ from its traces."""
    offset = 0
    expected = iter(was)
    for block in pieces:
        known = next(expected, None)
        found = Changed(0) if known is None else changed_byte(block, known)
        if found is not None:
            return Changed(offset + found.offset, found.now, found.was)
        offset += len(block)
    return None if next(expected, None) is None else Changed(offset)
