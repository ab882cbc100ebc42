"""Opens the index in a folder, whole and signed, or refuses with one exception."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.revocation.index.documents import Base, Delta, read_base, read_delta
from verification.revocation.index.manifest import (
    DOCUMENT,
    PART,
    RECORDS,
    Manifest,
    read_manifest,
    read_named,
)
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.part import Part
from verification.revocation.index.records import MOST, RECORD, Records, unpack
from verification.revocation.index.unusable import IndexUnusable

MOST_DOCUMENT = 16 * 1024 * 1024
MOST_RECORDS = MOST * RECORD.itemsize


def open_index(folder: Path, *keys: PublicKeyTypes) -> MappedIndex:
    """The index in use in `folder`, if any of `keys` signed all of it. Raises `IndexUnusable` or its parent.

    Heads of parts, documents and records are checked now, the blocks of parts when they are first needed. A
    writer may put the next state in place meanwhile: then that one is opened.
    """
    manifest = read_manifest(folder)
    while True:
        try:
            return assemble(folder, manifest, keys)
        except IndexUnusable:
            later = read_manifest(folder)
            if later == manifest:
                raise
            manifest = later


def assemble(
    folder: Path,
    manifest: Manifest,
    keys: Sequence[PublicKeyTypes],
    more: tuple[Delta, Records] | None = None,
) -> MappedIndex:
    """The index that a manifest describes, with one delta more that is not stored yet."""
    base = load_base(folder, manifest.base, keys)
    exact = unpack(read_named(folder, base.exact, RECORDS, MOST_RECORDS), len(base.scopes))
    parts = [open_part(folder, base, number) for number in range(len(base.roots))]
    deltas = [load_delta(folder, name, keys) for name in manifest.deltas]
    if more is not None:
        deltas.append(more)
    end = 0
    for delta, _ in deltas:
        if (delta.base, delta.start) != (base.name, end):
            raise IndexUnusable("a delta does not follow what stands before it")
        end = delta.end
    return MappedIndex(base, exact, parts, deltas)


def open_part(folder: Path, base: Base, number: int) -> Part:
    """One part, its head checked. Raises `IndexUnusable`."""
    root = base.roots[number]
    return Part(folder / (root + PART), bytes.fromhex(root), base.payload(number))


def load_base(folder: Path, name: str, keys: Sequence[PublicKeyTypes]) -> Base:
    """A base's document. Raises `IndexUnusable` or its parent."""
    return read_base(read_named(folder, name, DOCUMENT, MOST_DOCUMENT), keys)


def load_delta(folder: Path, name: str, keys: Sequence[PublicKeyTypes]) -> tuple[Delta, Records]:
    """A delta and its records. Raises `IndexUnusable` or its parent."""
    delta = read_delta(read_named(folder, name, DOCUMENT, MOST_DOCUMENT), keys)
    data = read_named(folder, delta.records, RECORDS, MOST_RECORDS)
    return delta, unpack(data, len(delta.scopes))
