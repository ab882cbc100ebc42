"""Writes the published tree to a USB stick and reads it back: then, and only then, it is saved."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sync.bundle.layout import METADATA, STICK_FOLDER, TARGETS, metadata_file
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.state import read_state
from sync.bundle.publishing.tree import Tree
from sync.signing import flush_folder

_ASIDE, _BEFORE = ".new", ".before"
_CHUNK = 1 << 20


def write_stick(tree: Tree, stick: Path) -> tuple[int, int]:
    """Puts the tree into `checkpoint-bundle/` on a stick, aside first. Returns files and bytes.

    The one that was there stays until the new one is whole. Raises `NotPublished`.
    """
    if not stick.is_dir():
        raise NotPublished(f"{stick} is no folder: name where the stick is mounted.")
    read_state(tree)
    folder = stick / STICK_FOLDER
    aside, before = stick / (STICK_FOLDER + _ASIDE), stick / (STICK_FOLDER + _BEFORE)
    try:
        with tree.writing():
            names = [
                f"{part}/{name}" for part in (TARGETS, METADATA) for name in tree.files(part)
                if not name.endswith(_ASIDE)
            ]  # fmt: skip
            needed = sum((tree.folder / name).stat().st_size for name in names)
            shutil.rmtree(aside, ignore_errors=True)
            if needed > shutil.disk_usage(stick).free:
                raise NotPublished(f"The stick has no room for {needed} bytes: take a larger one.")
            for name in names:
                _copy(tree.folder / name, aside / name)
            _flush_folders(aside)
            _require_same(tree.folder, aside, names)
        shutil.rmtree(before, ignore_errors=True)
        if folder.exists():
            folder.rename(before)
        aside.rename(folder)
        flush_folder(stick)
        shutil.rmtree(before, ignore_errors=True)
        flush_folder(stick)
        _require_same(tree.folder, folder, [f"{METADATA}/{metadata_file('timestamp')}"])
    except OSError as error:
        raise NotPublished(
            f"{error.filename or stick}: {error.strerror}: take another stick and do it again."
        ) from error
    return len(names), needed


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as reading, target.open("wb") as writing:
        shutil.copyfileobj(reading, writing, _CHUNK)
        writing.flush()
        os.fsync(writing.fileno())


def _flush_folders(folder: Path) -> None:
    for place, _, _ in os.walk(folder):
        flush_folder(Path(place))


def _require_same(folder: Path, copy: Path, names: list[str]) -> None:
    """Reads every file back from the stick, past the memory that still holds what was written."""
    for name in names:
        with (folder / name).open("rb") as right, (copy / name).open("rb") as written:
            os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while (piece := right.read(_CHUNK)) == written.read(_CHUNK):
                if not piece:
                    break
            else:
                raise NotPublished(f"{copy / name} reads back wrong: take another stick and do it again.")
