"""Which published files nobody needs any more, so that the tree does not grow for ever."""

from __future__ import annotations

from datetime import datetime

from tuf.api.metadata import Metadata, Snapshot, Targets

from sync.bundle.layout import index_file, metadata_file, parse, target_file
from sync.bundle.publishing.lifetimes import KEEP
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.state import SIGNED_AT, State, read
from sync.bundle.publishing.tree import Tree
from sync.canonical import NotCanonical, utc_time
from verification.revocation.index.manifest import to_manifest
from verification.revocation.index.orphans import files_led_to
from verification.signed_lists import ListRejected


def superfluous(tree: Tree, state: State, now: datetime) -> dict[str, list[str]]:
    """Files that neither the present snapshot leads to, nor one that was replaced less than `KEEP` ago.

    Roots are never removed: a lane that slept for a year follows them one by one. Raises `NotPublished`.
    """
    present = tree.files("metadata")
    numbers = sorted(_number(name) for name in present if name.endswith(".snapshot.json"))
    assert state.snapshot is not None
    needed = {metadata_file("timestamp")}
    targets: set[str] = set()
    snapshots = [number for number in numbers if number <= state.snapshot.signed.version]
    for place, number in enumerate(snapshots):
        following = snapshots[place + 1] if place + 1 < len(snapshots) else None
        if following is not None and now - _signed_at(_snapshot(tree, following), now) > KEEP:
            continue
        needed.add(metadata_file("snapshot", number))
        for name, meta in _snapshot(tree, number).signed.meta.items():
            file = f"{meta.version}.{name}"
            needed.add(file)
            data = tree.metadata(file)
            if data is not None:
                targets |= _targets_of(tree, read(Targets, data, file).signed)
    old = [name for name in present if name not in needed and not name.endswith(".root.json")]
    return {"metadata": old, "targets": [name for name in tree.files("targets") if name not in targets]}


def _targets_of(tree: Tree, signed: Targets) -> set[str]:
    found = set()
    for path, target in signed.targets.items():
        name = target_file(path, target.hashes["sha256"])
        found.add(name)
        if parse(path).is_index and (manifest := tree.target(name)) is not None:
            folder = tree.target_file(name).parent
            try:
                found |= {index_file(path, file) for file in files_led_to(folder, to_manifest(manifest))}
            except ListRejected as error:
                raise NotPublished(f"{path}: {error}: publish the index anew.") from error
    return found


def _snapshot(tree: Tree, number: int) -> Metadata[Snapshot]:
    name = metadata_file("snapshot", number)
    data = tree.metadata(name)
    if data is None:
        raise NotPublished(f"{name} is missing from the published tree: put it back from a copy.")
    return read(Snapshot, data, name)


def _signed_at(snapshot: Metadata[Snapshot], now: datetime) -> datetime:
    try:
        return utc_time(str(snapshot.signed.unrecognized_fields.get(SIGNED_AT)))
    except NotCanonical:
        return now


def _number(name: str) -> int:
    number = name.split(".")[0]
    return int(number) if number.isdigit() else 0
