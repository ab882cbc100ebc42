"""Where a bundle comes from: a mirror or a folder, read in pieces that are counted before they count."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from sync.bundle.refused import Refused, Why

PIECE = 64 * 1024


class Missing(Refused):
    """The source answers, and has no such file."""

    def __init__(self, path: str) -> None:
        super().__init__(Why.INCOMPLETE, f"{path} is not there")


class Source(ABC):
    """A published tree. Nothing it says is believed; its bytes are bounded and checked by whoever asked."""

    name: str
    """For people: an address or a folder."""

    @abstractmethod
    def pieces(self, path: str, start: int = 0) -> Iterator[bytes]:
        """The bytes of a file from `start` on, as they come. Raises `Missing` and `Refused`."""

    def whole(self, path: str, most: int) -> bytes:
        """A file of at most so many bytes. Raises `Missing` and `Refused`."""
        data = bytearray()
        for piece in self.pieces(path):
            data += piece
            if len(data) > most:
                raise Refused(Why.OVERSIZED, f"{path} is larger than {most} bytes")
        return bytes(data)
