"""A stick as sticks are: full, locked, pulled out half-way, or one that keeps something else."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sync.export.place import FolderPlace


class Mishap(StrEnum):
    """What happens to the stick."""

    FULL = "full"
    LOCKED = "locked"
    PULLED = "pulled"
    FORGETFUL = "forgetful"


class FaultyPlace(FolderPlace):
    """A folder that goes wrong after `after` bytes. A pulled one can't be cleaned up, as the real thing."""

    def __init__(self, destination: Path, mishap: Mishap, after: int = 0) -> None:
        super().__init__(destination)
        self.mishap, self.left = mishap, after
        self.pulled = False

    def begin(self) -> None:
        """A locked stick takes nothing at all."""
        if self.mishap is Mishap.LOCKED:
            raise _error(errno.EROFS, self.partial)
        super().begin()

    def create(self, name: str) -> BinaryIO:
        """A file whose bytes count."""
        self._check()
        super().create(name).close()
        return _Counted(self, self.partial / name)

    def flush(self, file: BinaryIO) -> None:
        """Nothing is kept from here on."""
        self._check()
        file.flush()

    def read(self, name: str) -> Iterator[bytes]:
        """A forgetful stick gives back one byte that is not the one it took."""
        self._check()
        for number, block in enumerate(super().read(name)):
            forgot = self.mishap is Mishap.FORGETFUL and not number
            yield bytes([block[0] ^ 1]) + block[1:] if forgot else block

    def finish(self) -> None:
        """Can't be, without the stick."""
        self._check()
        super().finish()

    def abandon(self) -> None:
        """Only what is there can be cleaned."""
        if not self.pulled:
            super().abandon()

    def spend(self, size: int) -> None:
        """So many more bytes were written."""
        self._check()
        self.left -= size
        if self.left >= 0 or self.mishap is Mishap.FORGETFUL:
            return
        self.pulled = self.mishap is Mishap.PULLED
        raise _error(errno.EIO if self.pulled else errno.ENOSPC, self.partial)

    def _check(self) -> None:
        if self.pulled:
            raise _error(errno.ENODEV, self.partial)


class _Counted(BytesIO):
    """Bytes that are written to the file when they are flushed, and counted when they come."""

    def __init__(self, place: FaultyPlace, file: Path) -> None:
        super().__init__()
        self._place, self._file = place, file

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._place.spend(len(data))
        return super().write(data)

    def flush(self) -> None:
        if not self._place.pulled:
            self._file.write_bytes(self.getvalue())


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
