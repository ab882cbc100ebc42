"""The system calls that change an index folder, one method each: a test can end the world between two."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ASIDE = ".new"
_CHUNK = 1 << 20


class Disk:
    """The real one. Every method raises `OSError`."""

    def create(self, file: Path) -> int:
        """A descriptor of a new, empty file."""
        return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Writes some of `data`; returns how many bytes."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """What was written is on stable storage."""
        os.fsync(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        """In one step, over whatever was there."""
        source.rename(target)

    def sync_folder(self, folder: Path) -> None:
        """Names given and taken away so far are on stable storage."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def remove(self, file: Path) -> None:
        """Takes a name away."""
        file.unlink(missing_ok=True)


def put(disk: Disk, file: Path, data: bytes) -> None:
    """Writes aside, flushes, puts in place. The name is stable only after `sync_folder`."""
    aside = file.with_name(file.name + ASIDE)
    descriptor = disk.create(aside)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[disk.write(descriptor, rest[:_CHUNK]) :]
        disk.sync(descriptor)
    finally:
        os.close(descriptor)
    disk.rename(aside, file)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Holds the folder against other writers; readers need no lock. Waits for the one before."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
