"""A lane's bundle on its disk: files known by their SHA-256, never changed, and two records swapped whole.

TRUSTED      the newest root and the high-water marks
IN_USE       the set of metadata in use; replacing it is the only moment of change
metadata/    metadata by their SHA-256
targets/     target files by their SHA-256
partial/     what is still on its way, by the SHA-256 that it shall have
index/       one folder for each large revocation index (docs/revocation.md)
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.bundle.disk import BundleDisk
from sync.bundle.layout import MOST_METADATA_BYTES, MOST_TARGET_BYTES
from sync.bundle.refused import Refused, Why
from sync.bundle.state import InUse, StateDamaged, Trusted, read_in_use, read_trusted
from verification.revocation.index.disk import ASIDE, put

TRUSTED, IN_USE = "TRUSTED", "IN_USE"
FOLDERS = ("metadata", "targets", "partial", "index")
_MOST_STATE = 4 * 1024 * 1024


class Store:
    """One lane's bundle folder."""

    def __init__(self, folder: Path, disk: BundleDisk | None = None) -> None:
        self.folder = folder
        self.disk = disk or BundleDisk()

    @contextmanager
    def only_writer(self) -> Iterator[None]:
        """Holds the folder against other updates; readers need no lock. Raises `Refused`."""
        with storing(self.folder):
            for name in FOLDERS:
                (self.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Refused(Why.STORAGE, "another update of this bundle is under way") from error
            yield
        finally:
            os.close(descriptor)

    # --- the two records ---

    def trusted(self) -> Trusted | None:
        """Whom this lane trusts and what it has seen; None: it never had a bundle.

        Two copies are kept. With one lost the other counts, with both the stricter. Raises `Refused` where
        there were some and none can be read: then nobody could tell an old bundle from a new one.
        """
        own, kept = self._record(TRUSTED), self._record(IN_USE)
        read: list[Trusted] = []
        for data, how in ((own, read_trusted), (kept, lambda data: read_in_use(data).trusted)):
            try:
                read += [how(data)] if data is not None else []
            except StateDamaged:
                continue
        if read:
            first = max(read, key=lambda one: len(one.roots))
            marks = read[0].marks.with_all(read[-1].marks)
            return Trusted(first.root, first.roots, marks)
        if own is None and kept is None:
            return None
        raise Refused(
            Why.STORAGE,
            f"what {self.folder} remembers of earlier bundles is damaged, so that an old one could not be "
            "told from a new one: have a new root made, or remove the folder and bring the bundle by hand",
        )

    def keep_trusted(self, trusted: Trusted) -> None:
        """On stable storage before anything that follows from it. Raises `Refused`."""
        self._replace(TRUSTED, trusted.written())

    def in_use(self) -> InUse | None:
        """The set in use; None: there is none. Raises `Refused`."""
        data = self._record(IN_USE)
        if data is None:
            return None
        try:
            return read_in_use(data)
        except StateDamaged as error:
            raise Refused(Why.STORAGE, f"{self.folder / IN_USE}: {error}") from error

    def swap(self, in_use: InUse) -> None:
        """Puts a set in use whose files are all here, in one step. Raises `Refused`."""
        with storing(self.folder):
            for name in ("metadata", "targets"):
                self.disk.sync_folder(self.folder / name)
        self._replace(IN_USE, in_use.written())

    def stamp(self) -> tuple[int, int] | None:
        """Changes whenever another set is in use."""
        try:
            known = (self.folder / IN_USE).stat()
        except OSError:
            return None
        return known.st_mtime_ns, known.st_ino

    # --- files by name ---

    def keep_metadata(self, data: bytes) -> str:
        """Stores metadata; returns their name. Raises `Refused`."""
        return self._keep("metadata", data)

    def metadata(self, name: str) -> bytes:
        """Metadata by name. Raises `Refused`."""
        return self._read("metadata", name, MOST_METADATA_BYTES)

    def keep_target(self, data: bytes) -> str:
        """Stores a target file. Raises `Refused`."""
        return self._keep("targets", data)

    def target(self, name: str) -> bytes:
        """A target file, checked. Raises `Refused`."""
        return self._read("targets", name, MOST_TARGET_BYTES)

    def has_target(self, name: str, length: int) -> bool:
        """Whether a file of this name and length is here. Its bytes are checked when it is read."""
        try:
            return (self.folder / "targets" / name).stat().st_size == length
        except OSError:
            return False

    def drop_target(self, name: str) -> None:
        """Takes a file away that turned out to be damaged, so that it is fetched again."""
        with storing(self.folder):
            self.disk.remove(self.folder / "targets" / name)

    def index_folder(self, role: str, index: str) -> Path:
        """Where a large revocation index lies."""
        return self.folder / "index" / f"{role}.{index}"

    def doubt(self, folder: Path) -> None:
        """Somebody saw damage in an index: the next look reads it whole and fetches what is broken."""
        with storing(self.folder):
            (self.folder / "partial" / f"{folder.name}.doubt").touch()

    def is_doubted(self, folder: Path) -> bool:
        """Whether damage was seen in an index."""
        return (self.folder / "partial" / f"{folder.name}.doubt").exists()

    def trust_again(self, folder: Path) -> None:
        """The index was read whole and is sound."""
        with storing(self.folder):
            self.disk.remove(self.folder / "partial" / f"{folder.name}.doubt")

    # --- what is on its way ---

    def partial(self, name: str) -> bytes:
        """What has come of a file so far."""
        try:
            return (self.folder / "partial" / name).read_bytes()
        except OSError:
            return b""

    def add_partial(self, name: str, data: bytes) -> None:
        """A piece more. It need not survive a power cut: what comes of it is checked. Raises `Refused`."""
        file = self.folder / "partial" / name
        with storing(file):
            descriptor = self.disk.append(file)
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[self.disk.write(descriptor, rest) :]
            finally:
                os.close(descriptor)

    def drop_partial(self, name: str) -> None:
        """Takes it away. Raises `Refused`."""
        with storing(self.folder):
            self.disk.remove(self.folder / "partial" / name)

    def remove_orphans(self, metadata: Collection[str], targets: Collection[str]) -> int:
        """Removes files that no record leads to; returns how many. Raises `Refused`."""
        removed = 0
        with storing(self.folder):
            for kind, needed in (("metadata", metadata), ("targets", targets)):
                for file in sorted((self.folder / kind).iterdir()):
                    if file.name not in needed:
                        self.disk.remove(file)
                        removed += 1
        return removed

    def _keep(self, kind: str, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        file = self.folder / kind / name
        with storing(file):
            if not (file.exists() and file.read_bytes() == data):
                put(self.disk, file, data)
        return name

    def _read(self, kind: str, name: str, most: int) -> bytes:
        try:
            with (self.folder / kind / name).open("rb") as stream:
                data = stream.read(most + 1)
        except OSError as error:
            raise Refused(Why.STORAGE, f"{kind} {name[:12]} cannot be read: {error.strerror}") from error
        if hashlib.sha256(data).hexdigest() != name:
            raise Refused(Why.STORAGE, f"{kind} {name[:12]} is damaged on this disk")
        return data

    def _record(self, name: str) -> bytes | None:
        try:
            with (self.folder / name).open("rb") as stream:
                return stream.read(_MOST_STATE)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Refused(Why.STORAGE, f"{self.folder / name} cannot be read: {error.strerror}") from error

    def _replace(self, name: str, data: bytes) -> None:
        with storing(self.folder / name):
            self.disk.sync_folder(self.folder / "metadata")
            put(self.disk, self.folder / name, data)
            self.disk.sync_folder(self.folder)


@contextmanager
def storing(place: Path) -> Iterator[None]:
    """What the disk does not take is a refusal with a cause. Raises `Refused`."""
    try:
        yield
    except OSError as error:
        aside = str(error.filename or place).removesuffix(ASIDE)
        raise Refused(Why.STORAGE, f"{aside}: {error.strerror}") from error
