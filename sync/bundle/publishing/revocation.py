"""Makes the next state of a large revocation index: a signed delta, or now and then a new base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sync.bundle.layout import index_file
from sync.bundle.publishing import kept_whole, live
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.tree import Source, Tree
from verification.revocation.index.batches import Batch, CannotPublish, Gathered
from verification.revocation.index.disk import Disk, only_writer
from verification.revocation.index.documents import Base, Stated
from verification.revocation.index.fields import name_of
from verification.revocation.index.keys import Scope, week_of
from verification.revocation.index.manifest import (
    CURRENT,
    DOCUMENT,
    RECORDS,
    Manifest,
    put_all,
    read_manifest,
    to_manifest,
    write_manifest,
)
from verification.revocation.index.opening import load_base, load_delta
from verification.revocation.index.orphans import files_led_to, remove_orphans
from verification.revocation.index.publishing import publish_base
from verification.revocation.index.publishing_deltas import publish_delta
from verification.revocation.index.sorting import gathered_on_disk
from verification.signed_lists import ListRejected, SigningKey

MOST_DELTAS = 48
"""After so many deltas a new base begins, which lanes can make themselves out of what they have."""
MOST_CHANGED = 500_000
"""A larger change is a new base at once."""
LIVE = ".live"
_DISK = Disk()


@dataclass(frozen=True, slots=True)
class Published:
    """What was made: the manifest's bytes, and how it came about."""

    current: bytes
    new_base: bool
    deltas: int
    adds: int
    removals: int


class IndexBuilder:
    """The publisher's own folder of one index: the files that lanes fetch, and every hash whole."""

    def __init__(self, folder: Path, key: SigningKey, disk: Disk = _DISK) -> None:
        self.folder = folder
        self._key = key
        self._disk = disk

    def publish(self, batches: Iterable[Batch], stated: Stated, most_deltas: int = MOST_DELTAS) -> Published:
        """The state in which exactly `batches` are withdrawn, signed. Raises `NotPublished`.

        An unchanged list gives a delta without records, which keeps it fresh.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with gathered_on_disk(batches, week_of(stated.signed_at), self.folder) as gathered:
                made = self._publish(gathered, stated, most_deltas)
            remove_orphans(self.folder, self._disk)
            self._forget()
        except CannotPublish as error:
            raise NotPublished(f"{error}.") from error
        except OSError as error:
            raise NotPublished(
                f"{error.filename or self.folder}: {error.strerror}: make room, then do it again."
            ) from error
        return made

    def files(self, target: str, tree: Tree) -> dict[str, Source]:
        """The files that the present state leads to and that the tree does not have yet."""
        names = files_led_to(self.folder, read_manifest(self.folder))
        found: dict[str, Source] = {index_file(target, name): self.folder / name for name in sorted(names)}
        return {name: source for name, source in found.items() if not tree.target_file(name).exists()}

    def files_beyond(self, target: str, request: Tree) -> dict[str, Source]:
        """The same for a request's folder, which of an index holds nothing but the published `CURRENT`."""
        names: set[str] = set()
        for file in request.target_file(target).parent.glob(f"*.{CURRENT}"):
            try:
                names |= files_led_to(self.folder, to_manifest(file.read_bytes()))
            except ListRejected:  # of a base that is not kept here any more: then all files are new
                continue
        known = {index_file(target, name) for name in names}
        return {name: file for name, file in self.files(target, request).items() if name not in known}

    def _publish(self, new: Gathered, stated: Stated, most_deltas: int) -> Published:
        base, end, newest, deltas = self._present()
        before = None if newest is None else kept_whole.load(self.folder / (newest + LIVE))
        based = None if base is None else kept_whole.load(self.folder / (base.name + LIVE))
        if base is None or before is None or based is None:
            sequence = 1 if base is None else base.sequence + end + 1
            self._base(new, stated, sequence, base, frozenset())
            return Published(self._current(), True, 0, sum(map(len, new.entries.values())), 0)
        change = live.difference(before, new, week_of(stated.signed_at))
        adds, removals = (sum(len(one.hashes) for one in some) for some in (change.adds, change.removals))
        gone = before.exceptions | frozenset(change.gone)
        if deltas >= most_deltas or change.size > MOST_CHANGED or end + 1 >= 2**31:
            self._base(new, stated, base.sequence + end + 1, base, gone)
            return Published(self._current(), True, 0, adds, removals)
        document, records = publish_delta(
            base, based.held, stated, (end, end + 1), self._key, adds=change.adds, removals=change.removals
        )
        name = name_of(document)
        with only_writer(self.folder):
            present = read_manifest(self.folder)
            kept_whole.save(self._disk, self.folder / (name + LIVE), Gathered(new.entries, new.timed, gone))
            put_all(
                self._disk, self.folder, [(name_of(records) + RECORDS, records), (name + DOCUMENT, document)]
            )
            write_manifest(self._disk, self.folder, Manifest(present.base, (*present.deltas, name)))
        return Published(self._current(), False, deltas + 1, adds, removals)

    def _base(
        self,
        new: Gathered,
        stated: Stated,
        sequence: int,
        previous: Base | None,
        gone: frozenset[tuple[Scope, bytes]],
    ) -> None:
        whole = Gathered(new.entries, new.timed, gone)
        made = publish_base(
            self.folder, whole, stated, sequence, self._key, previous=previous, disk=self._disk
        )
        kept_whole.save(self._disk, self.folder / (made.name + LIVE), Gathered(new.entries, new.timed))
        self._disk.sync_folder(self.folder)

    def _present(self) -> tuple[Base | None, int, str | None, int]:
        """The base in use, the state its chain has come to, the newest document, the number of deltas."""
        if not (self.folder / CURRENT).exists():
            return None, 0, None, 0
        keys = [self._key.public_key()]
        try:
            manifest = read_manifest(self.folder)
            base = load_base(self.folder, manifest.base, keys)
            end = load_delta(self.folder, manifest.deltas[-1], keys)[0].end if manifest.deltas else 0
        except ListRejected as error:
            raise NotPublished(
                f"{self.folder} cannot be gone on from: {error}: sign with the key that made it, or name an "
                "empty folder with --work."
            ) from error
        return base, end, (manifest.deltas or (manifest.base,))[-1], len(manifest.deltas)

    def _current(self) -> bytes:
        return (self.folder / CURRENT).read_bytes()

    def _forget(self) -> None:
        """Removes the whole hashes of states that are neither the base's nor the newest."""
        manifest = read_manifest(self.folder)
        kept = {manifest.base + LIVE, (manifest.deltas or (manifest.base,))[-1] + LIVE}
        for file in self.folder.glob(f"*{LIVE}*"):
            if file.name not in kept:
                self._disk.remove(file)
