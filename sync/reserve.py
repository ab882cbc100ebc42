"""Disk space kept back, so that decisions and erasures can still be written when the disk is full."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Space:
    """Room on the journal's disk. `reserved` is False once the reserve was given free."""

    free_bytes: int
    reserved: bool


class Reserve:
    """A file that holds `size` bytes of the disk and does nothing else."""

    def __init__(self, file: Path, size: int) -> None:
        self._file = file
        self._size = size

    def take(self) -> bool:
        """Makes the file if four times its size is free. False where it could not be had; never raises."""
        if self._held():
            return True
        try:
            if shutil.disk_usage(self._file.parent).free < 4 * self._size:
                return False
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.posix_fallocate(handle, 0, self._size)
            finally:
                os.close(handle)
        except OSError:
            self._file.unlink(missing_ok=True)
            return False
        return True

    def release(self) -> bool:
        """Gives the space free. False when there was none to give."""
        if not self._held():
            return False
        try:
            self._file.unlink()
        except OSError:
            return False
        return True

    def space(self) -> Space:
        """How much room there is now."""
        return Space(shutil.disk_usage(self._file.parent).free, self._held())

    def _held(self) -> bool:
        return self._file.exists() and self._file.stat().st_size >= self._size
