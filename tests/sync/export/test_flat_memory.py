"""An export holds no more of three times the records; `make bench-export` measures a million."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from sync.device_key import device_key
from sync.export import export
from sync.export.verifying import verify_export
from sync.journal import Journal
from tests.sync.ground import HandClock, write


def peak(folder: Path, records: int) -> tuple[int, int]:
    """Bytes that an export and a check hold at most."""
    clock = HandClock()
    journal = Journal(folder, clock, device_key(folder))
    write(journal, clock, records)
    journal.close()
    held = []
    for step in (
        lambda: export(folder, folder / "out", device_key(folder), clock().utc),
        lambda: verify_export(folder / "out", device_key(folder).public),
    ):
        tracemalloc.start()
        step()
        held.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return held[0], held[1]


def test_an_export_and_its_check_need_no_more_for_more_records(tmp_path: Path) -> None:
    peak(tmp_path / "first", 20)  # what is loaded once
    few, many = peak(tmp_path / "few", 1_100), peak(tmp_path / "many", 3_800)
    assert many[0] < few[0] + 600_000
    assert many[1] < few[1] + 600_000
