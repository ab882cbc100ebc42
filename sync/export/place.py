"""Where an archive is put: a folder that has its name only once every byte was flushed and read back."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sync.export.traces import BLOCK
from sync.signing import flush_folder

PARTIAL = ".partial"
_FULL = {errno.ENOSPC, errno.EDQUOT}
_LOCKED = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ESTALE, errno.ENOTDIR, errno.ENOTCONN}


class ExportFailed(Exception):
    """Nothing was exported. `str()` is one sentence that says what to do, `what` one word for programs."""

    def __init__(self, sentence: str, what: str = "other") -> None:
        super().__init__(sentence)
        self.what = what


class Cancelled(ExportFailed):
    """Somebody asked to stop."""

    def __init__(self) -> None:
        super().__init__("The export was cancelled: nothing was saved.", "cancelled")


def clear_half_made(where: Path, beginning: str) -> None:
    """Takes away folders without a name that exports left in `where` when they were killed or pulled out.

    `beginning` is how the names they were to have begin.
    """
    for left in where.glob(f".{beginning}*{PARTIAL}"):
        shutil.rmtree(left, ignore_errors=True)


def failed(place: Path, error: OSError) -> ExportFailed:
    """What went wrong with the place, for the person who holds the stick."""
    kinds = {"full": _FULL, "locked": _LOCKED, "large": {errno.EFBIG}, "gone": _GONE}
    what = next((name for name, numbers in kinds.items() if error.errno in numbers), "other")
    return ExportFailed(_sentence(place, error), what)


def _sentence(place: Path, error: OSError) -> str:
    if error.errno in _FULL:
        return f"{place} is full: take a stick with more room, or export a shorter period."
    if error.errno in _LOCKED:
        return f"{place} can't be written: slide the stick's lock, or take another stick."
    if error.errno == errno.EFBIG:
        return f"{place} takes no file so large: export a shorter period, or take a stick formatted as exFAT."
    if error.errno in _GONE:
        return f"{place} is gone or fails: put the stick back, or take another, and export again."
    return f"{place} can't be used ({error.strerror}): take another stick."


class FolderPlace:
    """A new folder on a disk or stick. Every call raises OSError."""

    def __init__(self, destination: Path) -> None:
        self.destination = destination
        self.partial = destination.with_name(f".{destination.name}.{secrets.token_hex(4)}{PARTIAL}")

    def begin(self) -> None:
        """Takes away what an earlier export under this name left, and makes the folder."""
        clear_half_made(self.destination.parent, f"{self.destination.name}.")
        self.partial.mkdir(mode=0o700)

    def create(self, name: str) -> BinaryIO:
        """A new file to write to."""
        return (self.partial / name).open("xb")

    def flush(self, file: BinaryIO) -> None:
        """Puts everything written to the file on the stick, and out of memory."""
        file.flush()
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def read(self, name: str) -> Iterator[bytes]:
        """What the stick holds, from the stick as far as the system lets us."""
        with (self.partial / name).open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while block := file.read(BLOCK):
                yield block

    def finish(self) -> None:
        """Gives the folder its name."""
        flush_folder(self.partial)
        self.partial.rename(self.destination)
        flush_folder(self.destination.parent)

    def abandon(self) -> None:
        """Takes away what was written, as far as it can be reached."""
        shutil.rmtree(self.partial, ignore_errors=True)
