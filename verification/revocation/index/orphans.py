"""Removes files that no manifest leads to: left by a power cut, or by the state before."""

from __future__ import annotations

from pathlib import Path

from verification.revocation.index.disk import Disk, only_writer
from verification.revocation.index.fields import digest, rows
from verification.revocation.index.manifest import (
    CURRENT,
    DOCUMENT,
    INCOMING,
    OURS,
    PART,
    RECORDS,
    Manifest,
    read_file,
    read_manifest,
)
from verification.revocation.index.opening import MOST_DOCUMENT
from verification.signed_lists import ListRejected, parse

_DISK = Disk()


def remove_orphans(folder: Path, disk: Disk = _DISK) -> int:
    """Removes what is not in use and not on its way in; returns how many files.

    An index that is open keeps its files until it is dropped. Files of other names are left alone, and
    nothing is removed while the manifest cannot be read. Raises `OSError`.
    """
    with only_writer(folder):
        try:
            needed = {CURRENT} | files_led_to(folder, read_manifest(folder))
        except ListRejected:
            return 0
        try:
            needed |= {INCOMING} | files_led_to(folder, read_manifest(folder, INCOMING))
        except ListRejected:
            needed |= {INCOMING} if (folder / INCOMING).exists() else set()
        found = [file for file in sorted(folder.iterdir()) if OURS.match(file.name)]
        orphans = [file for file in found if file.name not in needed]
        for file in orphans:
            disk.remove(file)
    return len(orphans)


def files_led_to(folder: Path, manifest: Manifest) -> set[str]:
    """The names of everything a manifest is made of. Raises `IndexUnusable` or its parent."""
    base = _document(folder, manifest.base)
    needed = {manifest.base + DOCUMENT, digest(base.get("exact")) + RECORDS}
    needed |= {digest(root) + PART for root in rows(base, "parts")}
    for name in manifest.deltas:
        needed |= {name + DOCUMENT, digest(_document(folder, name).get("records")) + RECORDS}
    return needed


def _document(folder: Path, name: str) -> dict[str, object]:
    return parse(read_file(folder / (name + DOCUMENT), MOST_DOCUMENT))
