"""The newest frame in shared memory: one writer, one reader; a frame is replaced, never queued."""

from __future__ import annotations

import mmap
import os
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from drivers.reader.picture import Grey, grey_shape, write_grey

_BUFFERS = 3
_HEADER = 4096
_MAGIC = 0x43484B46524D3031
_MAGIC_AT, _CAPACITY_AT, _NEWEST_AT, _BUFFERS_AT = 0, 1, 2, 8
_BEGUN, _ENDED, _WIDTH, _HEIGHT, _SEQUENCE, _CAPTURED = range(6)
_WORDS = 8
"""Header words of one buffer. `_CAPTURED` is a double in the same eight bytes."""


class SlotFault(Exception):
    """The shared memory is not a frame slot. `str()` is one sentence."""


@dataclass(frozen=True, slots=True)
class SlotFrame:
    """A copy of the newest frame."""

    pixels: Grey = field(repr=False)
    sequence: int
    captured_at: float


class FrameSlot:
    """A mapping of the slot's memory. The process that creates it writes, one other process reads.

    Every buffer carries the number of its writing twice, before and after the pixels (a seqlock): a
    reader that was overtaken sees two different numbers and takes the newer frame.
    """

    def __init__(self, fd: int, capacity: int) -> None:
        self.fd = fd
        self._capacity = capacity
        self._memory = mmap.mmap(fd, _size(capacity))
        self._words: npt.NDArray[np.uint64] = np.frombuffer(self._memory, np.uint64, _HEADER // 8)
        self._doubles: npt.NDArray[np.float64] = np.frombuffer(self._memory, np.float64, _HEADER // 8)
        self._writings = 0

    @classmethod
    def create(cls, capacity: int) -> FrameSlot:
        """New memory for grey frames of up to `capacity` pixels. `fd` is for `pass_fds`."""
        fd = os.memfd_create("frames", os.MFD_CLOEXEC)
        os.ftruncate(fd, _size(capacity))
        slot = cls(fd, capacity)
        slot._words[_CAPACITY_AT] = capacity
        slot._words[_MAGIC_AT] = _MAGIC
        return slot

    @classmethod
    def attach(cls, fd: int) -> FrameSlot:
        """The slot behind an inherited descriptor. Raises `SlotFault` when it is something else."""
        try:
            length = os.fstat(fd).st_size
            with mmap.mmap(fd, _HEADER, prot=mmap.PROT_READ) as head:
                magic, capacity = (int(word) for word in np.frombuffer(head.read(16), np.uint64))
        except (OSError, ValueError) as error:
            raise SlotFault(f"descriptor {fd} holds no frame slot: {error}") from error
        if magic != _MAGIC or length != _size(capacity):
            raise SlotFault(f"descriptor {fd} holds no frame slot: its header is another's")
        return cls(fd, capacity)

    def put(self, pixels: npt.NDArray[np.uint8], sequence: int, captured_at: float) -> bool:
        """Makes the grey of `pixels` the newest frame. False when it is no usable picture or too large."""
        shape = grey_shape(pixels)
        if shape is None:
            return False
        height, width = shape
        if width * height > self._capacity:
            return False
        self._writings += 1
        index = self._writings % _BUFFERS
        at = _BUFFERS_AT + index * _WORDS
        self._words[at + _BEGUN] = self._writings
        write_grey(pixels, self._pixels(index, width, height))
        self._words[at + _WIDTH], self._words[at + _HEIGHT] = width, height
        self._words[at + _SEQUENCE] = sequence
        self._doubles[at + _CAPTURED] = captured_at
        self._words[at + _ENDED] = self._writings
        self._words[_NEWEST_AT] = self._writings
        return True

    def newest(self, after: int = -1) -> SlotFrame | None:
        """A copy of the newest frame; None when there is none with a sequence other than `after`."""
        for _ in range(_BUFFERS):
            writing = int(self._words[_NEWEST_AT])
            if writing == 0:
                return None
            index = writing % _BUFFERS
            at = _BUFFERS_AT + index * _WORDS
            width, height = int(self._words[at + _WIDTH]), int(self._words[at + _HEIGHT])
            sequence, captured_at = int(self._words[at + _SEQUENCE]), float(self._doubles[at + _CAPTURED])
            if width * height > self._capacity:
                continue
            copy = self._pixels(index, width, height).copy()
            if int(self._words[at + _BEGUN]) == writing == int(self._words[at + _ENDED]):
                return None if sequence == after else SlotFrame(copy, sequence, captured_at)
        return None

    def close(self) -> None:
        """Unmaps and closes. Safe more than once."""
        if self.fd < 0:
            return
        del self._words, self._doubles
        self._memory.close()
        os.close(self.fd)
        self.fd = -1

    def _pixels(self, index: int, width: int, height: int) -> Grey:
        start = _HEADER + index * self._capacity
        return np.frombuffer(self._memory, np.uint8, width * height, start).reshape(height, width)


def _size(capacity: int) -> int:
    return _HEADER + _BUFFERS * capacity
