"""An archive has its name only when every file was flushed, and then read back, and nothing before that."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from sync.export import export
from sync.export.place import FolderPlace
from sync.journal import Journal
from sync.signing import SigningKey
from tests.sync.ground import HandClock, write


class Watched(FolderPlace):
    """Notes in which order it is asked for what."""

    def __init__(self, destination: Path) -> None:
        super().__init__(destination)
        self.done: list[tuple[str, str]] = []
        self._names: dict[int, str] = {}

    def create(self, name: str) -> BinaryIO:
        made = super().create(name)
        self._names[made.fileno()] = name
        return made

    def flush(self, file: BinaryIO) -> None:
        super().flush(file)
        self.done.append(("flushed", self._names[file.fileno()]))

    def read(self, name: str) -> Iterator[bytes]:
        self.done.append(("read", name))
        return super().read(name)

    def finish(self) -> None:
        super().finish()
        self.done.append(("named", ""))


def test_flushed_then_read_back_then_named(
    journal: Journal, folder: Path, tmp_path: Path, clock: HandClock, device: SigningKey
) -> None:
    write(journal, clock, 20)
    place = Watched(tmp_path / "stick")
    export(folder, tmp_path / "stick", device, clock().utc, place=place)
    files = {file.name for file in (tmp_path / "stick").iterdir()}
    order = [what for what, _ in place.done]
    assert order[-1] == "named"
    first_read = order.index("read")
    assert {name for what, name in place.done[:first_read] if what == "flushed"} == files
    assert {name for what, name in place.done if what == "read"} == files


def test_every_byte_and_both_folders_are_on_the_stick_and_what_is_read_back_is_not_memory(
    journal: Journal,
    folder: Path,
    tmp_path: Path,
    clock: HandClock,
    device: SigningKey,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(journal, clock, 20)
    asked: list[tuple[str, str]] = []

    def noted(what: str, real: Callable[..., None]) -> Callable[..., None]:
        def call(handle: int, *of: int) -> None:
            asked.append((what, Path(os.readlink(f"/proc/self/fd/{handle}")).name))
            real(handle, *of)

        return call

    monkeypatch.setattr(os, "fsync", noted("flushed", os.fsync))
    monkeypatch.setattr(os, "posix_fadvise", noted("forgotten", os.posix_fadvise))
    place = FolderPlace(tmp_path / "stick")
    export(folder, tmp_path / "stick", device, clock().utc, place=place)
    for file in (tmp_path / "stick").iterdir():
        done = [what for what, of in asked if of == file.name]
        assert done == ["flushed", "forgotten", "forgotten"], file.name
    assert asked[-2:] == [("flushed", place.partial.name), ("flushed", tmp_path.name)]
