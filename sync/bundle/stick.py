"""A bundle in a folder: on a USB stick, for machines that must never be on a network."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sync.bundle.layout import METADATA, STICK_FOLDER
from sync.bundle.refused import Refused, Why
from sync.bundle.source import PIECE, Missing, Source

MOUNTS = (Path("/media"), Path("/run/media"), Path("/mnt"))


class Stick(Source):
    """A published tree in a folder, as hostile as any mirror: no link, device or pipe is followed."""

    def __init__(self, folder: Path) -> None:
        self.name, self._folder = str(folder), folder

    def pieces(self, path: str, start: int = 0) -> Iterator[bytes]:
        """Bytes from `start` on."""
        try:
            descriptor = self._open(path)
            try:
                os.lseek(descriptor, start, os.SEEK_SET)
                while piece := os.read(descriptor, PIECE):
                    yield piece
            finally:
                os.close(descriptor)
        except FileNotFoundError as error:
            if not self._folder.is_dir():
                raise Refused(Why.UNREACHABLE, f"there is no folder {self._folder}") from error
            raise Missing(path) from error
        except OSError as error:
            raise Refused(
                Why.DAMAGED, f"{path} cannot be read from {self._folder}: {error.strerror}"
            ) from error

    def _open(self, path: str) -> int:
        """Step by step from the folder, so that no link leads out of it."""
        *folders, name = path.split("/")
        opened = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        for part in folders:
            before = opened
            try:
                flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
                opened = os.open(part, flags, dir_fd=before)
            finally:
                os.close(before)
        try:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            file = os.open(name, flags, dir_fd=opened)
        finally:
            os.close(opened)
        if not stat.S_ISREG(os.fstat(file).st_mode):
            os.close(file)
            raise Missing(path)
        return file


def tree_in(place: Path) -> Path | None:
    """The published tree in a folder that somebody named, or on the stick that is mounted there."""
    for folder in (place, place / STICK_FOLDER):
        if (folder / METADATA).is_dir():
            return folder
    return None


def plugged_in(mounts: tuple[Path, ...] = MOUNTS) -> tuple[Path, ...]:
    """The trees on every stick that is mounted where desktops and servers mount them."""
    found = []
    for mount in mounts:
        for pattern in (STICK_FOLDER, f"*/{STICK_FOLDER}", f"*/*/{STICK_FOLDER}"):
            found += [folder for folder in sorted(mount.glob(pattern)) if (folder / METADATA).is_dir()]
    return tuple(found)
