"""An archive has its name only when every file was flushed, and then read back, and nothing before that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

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
