"""One immutable file of a base, mapped, and never believed before its checksum was seen to agree.

Head: magic, length of the payload, block size, then the SHA-256 of every block. The signed document names the
SHA-256 of the head, so that opening reads heads only and each block is checked when it is first needed: its
first reading goes through `pread`, where a bad sector is an error and not a signal.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
from pathlib import Path

from verification.revocation.index.unusable import IndexUnusable

BLOCK_BITS = 14
BLOCK = 1 << BLOCK_BITS
_HEAD = struct.Struct("<8sQII")
_MAGIC = b"CKRPART1"


def dress(payload: bytes) -> tuple[bytes, bytes]:
    """The file around a payload, and its root: the SHA-256 of its head."""
    view = memoryview(payload)
    digests = [hashlib.sha256(view[at : at + BLOCK]).digest() for at in range(0, len(payload), BLOCK)]
    head = _HEAD.pack(_MAGIC, len(payload), BLOCK, 0) + b"".join(digests)
    return head + payload, hashlib.sha256(head).digest()


def is_part(data: bytes, root: bytes, payload: int) -> bool:
    """Whether `data` is the whole part of that root."""
    size = head_bytes(payload)
    return len(data) == size + payload and dress(data[size:]) == (data, root)


def head_bytes(payload: int) -> int:
    """The length of the head before so many bytes."""
    return _HEAD.size + 32 * -(-payload // BLOCK)


class Part:
    """An open part. Offsets count from the beginning of its payload."""

    def __init__(self, file: Path, root: bytes, payload: int) -> None:
        """Reads and checks the head. Raises `IndexUnusable`."""
        self.base = head_bytes(payload)
        self._blocks = -(-payload // BLOCK)
        self._payload, self._name = payload, file.name
        self._map: mmap.mmap | None = None
        self.seen = bytearray(self._blocks + 1)
        """1 for each block that was checked; the last one is for the place after the end."""
        self.seen[-1] = 1
        try:
            self._file = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise IndexUnusable(f"{file.name}: cannot be read: {error.strerror}") from error
        try:
            head = os.pread(self._file, self.base, 0)
            size = os.fstat(self._file).st_size
            if size != self.base + payload or hashlib.sha256(head).digest() != root:
                raise IndexUnusable(f"{file.name}: is not the part that the base names")
            self._digests = memoryview(head)[_HEAD.size :]
            self._map = mmap.mmap(self._file, 0, access=mmap.ACCESS_READ)
        except OSError as error:
            os.close(self._file)
            self._file = -1
            raise IndexUnusable(f"{file.name}: cannot be read: {error.strerror}") from error
        except IndexUnusable:
            os.close(self._file)
            self._file = -1
            raise

    @property
    def data(self) -> mmap.mmap:
        """The whole file: offsets are those of the payload plus `base`. Call `need` before looking."""
        if self._map is None:
            raise ValueError("the part is closed")
        return self._map

    def need(self, start: int, end: int) -> None:
        """Every byte from `start` up to `end` may be believed afterwards. Raises `IndexUnusable`."""
        for block in range(start >> BLOCK_BITS, min(self._blocks, ((end - 1) >> BLOCK_BITS) + 1)):
            if not self.seen[block]:
                self._check(block)

    def read(self, start: int, end: int) -> bytes:
        """Believed bytes. Raises `IndexUnusable`."""
        self.need(start, end)
        return self.data[self.base + start : self.base + end]

    def check_all(self) -> None:
        """Checks what nobody asked for yet. Raises `IndexUnusable`."""
        self.need(0, self._payload)

    def _check(self, block: int) -> None:
        at = block << BLOCK_BITS
        length = min(BLOCK, self._payload - at)
        try:
            data = os.pread(self._file, length, self.base + at)
        except OSError as error:
            raise IndexUnusable(f"{self._name}: cannot be read: {error.strerror}") from error
        if hashlib.sha256(data).digest() != self._digests[32 * block : 32 * block + 32]:
            raise IndexUnusable(f"{self._name}: is damaged at byte {self.base + at}")
        self.seen[block] = 1

    def __del__(self) -> None:
        if getattr(self, "_file", -1) >= 0:
            os.close(self._file)
            self._file = -1
