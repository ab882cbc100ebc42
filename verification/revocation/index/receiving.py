"""Takes in what a publisher sent: a delta in one step, a base part by part, each put in use by one rename."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.revocation.index.disk import Disk, only_writer
from verification.revocation.index.documents import Base, Delta, read_base, read_delta
from verification.revocation.index.fields import name_of
from verification.revocation.index.manifest import (
    CURRENT,
    DOCUMENT,
    INCOMING,
    PART,
    RECORDS,
    Manifest,
    put_all,
    read_manifest,
    write_manifest,
)
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.opening import assemble, load_base, load_delta, open_part
from verification.revocation.index.part import is_part
from verification.revocation.index.records import Records, unpack
from verification.revocation.index.unusable import IndexUnusable
from verification.signed_lists import ListRejected

_DISK = Disk()


def apply_delta(
    folder: Path, document: bytes, records: bytes, *keys: PublicKeyTypes, disk: Disk = _DISK
) -> MappedIndex:
    """Puts a delta in use and returns the index with it. The one that was open before goes on answering.

    A delta that starts before the end of the present chain takes the place of what it covers. Raises
    `IndexUnusable` or its parent for what must not be used, `OSError` for what cannot be stored; the index in
    `folder` is the old one then.
    """
    delta = read_delta(document, keys)
    if name_of(records) != delta.records:
        raise IndexUnusable("the records are not those that the delta names")
    rows = unpack(records, len(delta.scopes))
    with only_writer(folder):
        manifest = read_manifest(folder)
        kept = _before(folder, manifest, delta, keys)
        index = assemble(folder, Manifest(manifest.base, kept), keys, (delta, rows))
        _require_fit(index, delta, rows)
        put_all(disk, folder, [(delta.records + RECORDS, records), (delta.name + DOCUMENT, document)])
        write_manifest(disk, folder, Manifest(manifest.base, (*kept, delta.name)))
    return index


def _before(
    folder: Path, manifest: Manifest, delta: Delta, keys: Sequence[PublicKeyTypes]
) -> tuple[str, ...]:
    """The deltas that stay: those up to where the new one starts, which must be where one of them ends."""
    if delta.base != manifest.base:
        raise IndexUnusable("the delta belongs to another base")
    kept, end, latest = [], 0, 0
    for name in manifest.deltas:
        latest = load_delta(folder, name, keys)[0].end
        if latest <= delta.start:
            kept.append(name)
            end = latest
    if end != delta.start or delta.end <= latest:
        raise IndexUnusable("the delta does not lead on from the present state")
    return tuple(kept)


def _require_fit(index: MappedIndex, delta: Delta, rows: Records) -> None:
    """No delta takes away what is not there: it would be for another list, or hide somebody else."""
    for row in rows[rows["change"] < 0]:
        key = int(row["high"]) << 64 | int(row["low"])
        scope = index.scopes[delta.scopes[int(row["scope"])]]
        if scope.count(key, int(row["week"]), int(row["before"])) < 0:
            raise IndexUnusable("the delta takes away a hash that is not listed")


class Receiving:
    """A base on its way in. It survives restarts: parts that are here need not come again."""

    def __init__(self, folder: Path, base: Base, keys: Sequence[PublicKeyTypes], disk: Disk) -> None:
        self._folder, self.base, self._keys, self._disk = folder, base, keys, disk
        self.missing = {number for number in range(len(base.roots)) if not self._is_here(number)}
        """Numbers of the parts that must still come."""

    def put(self, number: int, data: bytes) -> None:
        """Stores one part. Raises `IndexUnusable` for what is not that part, and `OSError`."""
        root = self.base.roots[number]
        if not is_part(data, bytes.fromhex(root), self.base.payload(number)):
            raise IndexUnusable("the bytes are not the part that the base names")
        with only_writer(self._folder):
            put_all(self._disk, self._folder, [(root + PART, data)])
        self.missing.discard(number)

    def finish(self) -> MappedIndex:
        """Puts the base in use and returns it opened. Raises `IndexUnusable` or its parent, and `OSError`."""
        if self.missing:
            raise IndexUnusable(f"{len(self.missing)} parts of the base are missing")
        with only_writer(self._folder):
            _require_newer(self._folder, self.base, self._keys)
            index = assemble(self._folder, Manifest(self.base.name), self._keys)
            write_manifest(self._disk, self._folder, Manifest(self.base.name))
            self._disk.remove(self._folder / INCOMING)
        return index

    def _is_here(self, number: int) -> bool:
        try:
            open_part(self._folder, self.base, number).check_all()
        except IndexUnusable:
            return False
        return True


def begin(
    folder: Path, document: bytes, exact: bytes, *keys: PublicKeyTypes, disk: Disk = _DISK
) -> Receiving:
    """Starts to take a base in; `exact` is the file of records that it names.

    Raises `IndexUnusable` or its parent, also for a base that is older than what is in use, and `OSError`.
    """
    base = read_base(document, keys)
    if name_of(exact) != base.exact:
        raise IndexUnusable("the records are not those that the base names")
    unpack(exact, len(base.scopes))
    folder.mkdir(parents=True, exist_ok=True)
    with only_writer(folder):
        _require_newer(folder, base, keys)
        put_all(disk, folder, [(base.exact + RECORDS, exact), (base.name + DOCUMENT, document)])
        write_manifest(disk, folder, Manifest(base.name), INCOMING)
    return Receiving(folder, base, keys, disk)


def resume(folder: Path, *keys: PublicKeyTypes, disk: Disk = _DISK) -> Receiving | None:
    """The base that was on its way in when the process ended; None if there was none that can be believed."""
    try:
        base = load_base(folder, read_manifest(folder, INCOMING).base, keys)
    except ListRejected:
        return None
    return Receiving(folder, base, keys, disk)


def _require_newer(folder: Path, base: Base, keys: Sequence[PublicKeyTypes]) -> None:
    """A list never goes back, unless what is in use cannot be read at all."""
    if not (folder / CURRENT).exists():
        return
    try:
        manifest = read_manifest(folder)
        held = load_base(folder, manifest.base, keys)
        latest = load_delta(folder, manifest.deltas[-1], keys)[0] if manifest.deltas else None
    except ListRejected:
        return
    sequence = held.sequence + (latest.end if latest is not None else 0)
    signed_at = (latest or held).stated.signed_at
    if base.sequence < sequence or base.stated.signed_at < signed_at:
        raise IndexUnusable("the base is older than the list in use")
