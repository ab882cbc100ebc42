"""Flip any one byte of an archive: it is refused, and the very byte is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.device_key import device_key
from sync.event import Event
from sync.event_types import CrossingDecided, OfficerDecided
from sync.export import MANIFEST, RECORDS, SIGNATURE, export
from sync.export.layout import BLOCKS, SHEET, TABLE
from sync.export.seal import NotProven
from sync.export.traces import BLOCK, Changed, changed_byte, first_change, trace
from sync.export.verifying import verify_export
from sync.journal import Journal
from sync.signing import SigningKey
from tests.sync.ground import HandClock, opened

FILES = (RECORDS, TABLE, SHEET, BLOCKS, "report-en.pdf", MANIFEST, SIGNATURE)


class Report:
    """Stands for the printable one."""

    def add(self, record: object) -> None:
        """Looks at nothing."""

    def files(self) -> list[tuple[str, bytes]]:
        return [("report-en.pdf", b"%PDF made up " * 9000)]


@pytest.fixture(scope="module")
def whole() -> Iterator[tuple[Path, SigningKey]]:
    """An archive of 600 records: records.jsonl and the workbook have several blocks."""
    with TemporaryDirectory() as place:
        folder, clock = Path(place), HandClock()
        device = device_key(folder)
        journal = Journal(folder, clock, device, kiosk="lane-1")
        events: list[Event] = []
        for number in range(200):
            name = f"c{number}"
            events += [
                opened(number),
                CrossingDecided(name, "REFER", ("SIGNATURE_INVALID",), "p1", 41.5, ()),
            ]
        journal.append(events, clock().utc)
        export(folder, folder / "out", device, clock().utc, companion=Report())
        journal.close()
        yield folder / "out", device


@settings(max_examples=60, deadline=None)
@given(file=st.sampled_from(FILES), part=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_any_changed_byte_is_refused_and_located(
    whole: tuple[Path, SigningKey], file: str, part: float, flip: int
) -> None:
    folder, device = whole
    before = (folder / file).read_bytes()
    place = int(part * len(before))
    changed = bytearray(before)
    changed[place] ^= flip
    try:
        (folder / file).write_bytes(changed)
        with pytest.raises(NotProven) as refused:
            verify_export(folder, device.public)
    finally:
        (folder / file).write_bytes(before)
    said = str(refused.value)
    assert said.startswith(f"{file} was changed: ")
    if file == SIGNATURE and place >= before[:-1].rfind(b"\n"):
        return  # its own last line is all there is to locate by
    assert f"byte {place} was changed: it is 0x{changed[place]:02x} and was 0x{before[place]:02x}" in said


def test_the_record_the_row_and_the_cell_are_named(whole: tuple[Path, SigningKey], tmp_path: Path) -> None:
    folder, device = whole
    for file, wanted in (
        (RECORDS, "in record 3 (line 3)"),
        (TABLE, "in row 4, column 5"),
        (SHEET, "in xl/worksheets/sheet1.xml, at or behind cell "),
    ):
        copy = tmp_path / file.replace(".", "-")
        shutil.copytree(folder, copy)
        data = bytearray((copy / file).read_bytes())
        third_line = data.find(b"\n", data.find(b"\n") + 1) + 40
        at = {RECORDS: third_line, TABLE: data.find(b"c1"), SHEET: len(data) // 2}[file]
        data[at] ^= 1
        (copy / file).write_bytes(data)
        with pytest.raises(NotProven) as refused:
            verify_export(copy, device.public)
        assert wanted in str(refused.value)


def test_bytes_put_in_or_cut_off_are_located_to_the_block(
    whole: tuple[Path, SigningKey], tmp_path: Path
) -> None:
    folder, device = whole
    shutil.copytree(folder, tmp_path / "copy")
    file = tmp_path / "copy" / RECORDS
    data = file.read_bytes()
    file.write_bytes(data[: BLOCK + 100] + b"x" + data[BLOCK + 100 :])
    with pytest.raises(NotProven, match=rf"records.jsonl was changed: .* at or behind byte {BLOCK}"):
        verify_export(tmp_path / "copy", device.public)
    file.write_bytes(data[:-1])
    with pytest.raises(NotProven, match=r"records.jsonl was changed: .* at or behind byte "):
        verify_export(tmp_path / "copy", device.public)


def test_a_file_that_does_not_belong_there_is_named(whole: tuple[Path, SigningKey], tmp_path: Path) -> None:
    folder, device = whole
    shutil.copytree(folder, tmp_path / "copy")
    (tmp_path / "copy" / ".DS_Store").write_bytes(b"left by a computer")
    verify_export(tmp_path / "copy", device.public)
    (tmp_path / "copy" / "report-pt.pdf").write_bytes(b"%PDF put in later")
    with pytest.raises(NotProven, match=r"'report-pt.pdf' lies in the export and is no part of it"):
        verify_export(tmp_path / "copy", device.public)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), block=st.binary(min_size=1, max_size=5000))
def test_one_changed_byte_of_a_block_is_found_with_its_old_value(data: st.DataObject, block: bytes) -> None:
    place, flip = data.draw(st.integers(0, len(block) - 1)), data.draw(st.integers(1, 255))
    changed = block[:place] + bytes([block[place] ^ flip]) + block[place + 1 :]
    assert changed_byte(changed, trace(block)) == Changed(place, changed[place], block[place])
    assert changed_byte(block, trace(block)) is None


def test_the_largest_steps_at_both_ends_of_a_whole_block_are_found() -> None:
    for place in (0, BLOCK - 1):
        for old, new in ((0, 255), (255, 0)):
            block = bytearray([7]) * BLOCK
            block[place] = old
            was = trace(bytes(block))
            block[place] = new
            assert changed_byte(bytes(block), was) == Changed(place, new, old)


def test_two_changed_bytes_are_no_guess() -> None:
    was = trace(b"a checkpoint at the border")
    assert changed_byte(b"b checkpoint at the bordes", was) == Changed(0)
    assert first_change([b"whole"], [trace(b"whole"), trace(b"more")]) == Changed(5)


def test_an_officers_decision_stands_in_its_own_columns() -> None:
    from zoneinfo import ZoneInfo

    from sync.canonical import canonical_json
    from sync.chain import Record
    from sync.export.cells import COLUMNS, cells

    fields = dict.fromkeys(OfficerDecided.__slots__, "") | {"crossing": "c1", "officer": "O-17"}
    payload = canonical_json(fields | {"action": "admit", "in_time": True}).decode()
    record = Record(7, "2026-03-01T08:00:00.000000Z", "officer.decided", bytes(32), bytes(16), payload)
    row = dict(zip(COLUMNS, cells(record, ZoneInfo("Asia/Hong_Kong")), strict=True))
    assert (row["crossing"], row["officer"], row["time_local"]) == ("c1", "O-17", "2026-03-01 16:00:00")
    assert "action: admit" in row["details"]
    assert "in_time: yes" in row["details"]
