"""While an export reads, the lane's write-ahead log stays as short as it is without."""

from __future__ import annotations

from pathlib import Path

from sync.chain import Record
from sync.device_key import device_key
from sync.event_types import CrossingDecided
from sync.export.archive import export
from sync.journal import Journal
from tests.sync.ground import HandClock, opened

PAGES = 6
LOG_MB = 4.2
"""SQLite moves a log into the file when it has a thousand pages of 4 kB."""


class Lane:
    """Goes on writing a third of a log's length for each page of records that the export has read."""

    def __init__(self, folder: Path) -> None:
        self._clock = HandClock()
        self.journal = Journal(folder, self._clock, device_key(folder), reserve_bytes=1000)
        self._log = folder / "journal.sqlite-wal"
        self.longest_mb = self.written_mb = 0.0
        self._seen = 0

    def add(self, _record: Record) -> None:
        """The export took one more."""
        self._seen += 1
        if self._seen % 1000 == 0:
            long = CrossingDecided("c1", "REFER", ("X" * 3500,), "p1", 1.0, ())
            self.journal.append([long] * 350, self._clock().utc)
            self.written_mb += 350 * 0.004
            self.longest_mb = max(self.longest_mb, self._log.stat().st_size / 1e6)

    def files(self) -> list[tuple[str, bytes]]:
        """No report."""
        return []


def test_the_log_is_moved_into_the_file_between_two_pages_of_an_export(tmp_path: Path) -> None:
    lane = Lane(tmp_path / "journal")
    clock = HandClock()
    lane.journal.append([opened(number) for number in range(1000 * PAGES)], clock().utc)
    export(
        tmp_path / "journal",
        tmp_path / "out",
        device_key(tmp_path / "journal"),
        clock().utc,
        last=1000 * PAGES,
        companion=lane,
    )
    lane.journal.close()
    assert lane.written_mb > 1.9 * LOG_MB
    assert lane.longest_mb < 1.5 * LOG_MB
