"""The published tree as files: every write aside, flushed, renamed; one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.bundle.layout import METADATA, MOST_TARGET_BYTES, TARGETS
from sync.bundle.publishing.refused import NotPublished
from verification.revocation.index.disk import Disk, only_writer, put

Source = bytes | Path
"""A file's content, or where it lies."""
_DISK = Disk()


class Tree:
    """A folder with `metadata/` and `targets/`. Files in it never change, but for `timestamp.json`."""

    def __init__(self, folder: Path, disk: Disk = _DISK) -> None:
        self.folder = folder
        self._disk = disk

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keeps other publishers out. Raises `NotPublished` where the disk is at fault."""
        try:
            (self.folder / METADATA).mkdir(parents=True, exist_ok=True)
            (self.folder / TARGETS).mkdir(parents=True, exist_ok=True)
            with only_writer(self.folder):
                yield
        except OSError as error:
            raise NotPublished(
                f"{error.filename or self.folder}: {error.strerror}: make room or repair the disk, then do "
                "it again; what was published before is still there."
            ) from error

    def put_all(self, part: str, files: dict[str, Source]) -> None:
        """Puts files below `metadata` or `targets`, all on stable storage when it returns. Raises OSError."""
        folders = set()
        for name, source in files.items():
            file = self.folder / part / name
            if part == TARGETS and self._is_there(file, source):
                continue
            self._make(file.parent)
            put(self._disk, file, source if isinstance(source, bytes) else read_bounded(source))
            folders.add(file.parent)
        for folder in sorted(folders):
            self._disk.sync_folder(folder)

    def metadata(self, name: str) -> bytes | None:
        """A file below `metadata`; None if there is none. Raises `NotPublished`."""
        return self._read(self.folder / METADATA / name)

    def target(self, name: str) -> bytes | None:
        """A file below `targets`; None if there is none. Raises `NotPublished`."""
        return self._read(self.folder / TARGETS / name)

    def target_file(self, name: str) -> Path:
        """Where a file below `targets` lies."""
        return self.folder / TARGETS / name

    def files(self, part: str) -> list[str]:
        """Names of the files below `metadata` or `targets`."""
        folder = self.folder / part
        return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())

    def remove(self, part: str, names: list[str]) -> None:
        """Takes files away. Raises OSError."""
        for name in names:
            self._disk.remove(self.folder / part / name)

    def _make(self, folder: Path) -> None:
        if not folder.exists():
            self._make(folder.parent)
            folder.mkdir(exist_ok=True)
            self._disk.sync_folder(folder.parent)

    @staticmethod
    def _is_there(file: Path, source: Source) -> bool:
        """Targets are named by their hash: the same name and content need not be written again."""
        if not file.exists():
            return False
        return file.read_bytes() == (source if isinstance(source, bytes) else read_bounded(source))

    @staticmethod
    def _read(file: Path) -> bytes | None:
        try:
            return file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NotPublished(f"{file}: {error.strerror}: check the folder and its owner.") from error


def read_bounded(file: Path, most: int = MOST_TARGET_BYTES) -> bytes:
    """A file of at most so many bytes. Raises `NotPublished`."""
    try:
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise NotPublished(f"{file}: {error.strerror}: name a file that can be read.") from error
    if len(data) > most:
        raise NotPublished(
            f"{file} is larger than {most} bytes: publish a large list as a revocation index "
            "(`hub publish revocation`)."
        )
    return data
