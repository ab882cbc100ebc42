"""An officer's note stays on the device that wrote it: in no batch, in no export, not at the hub."""

from __future__ import annotations

import csv
import json
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.commands.door import main
from kiosk.desk.notes_kept import notes_about
from sync.batch import batch_body, read_batch
from sync.chain import follow
from sync.device_key import device_key
from sync.event_types import EVENTS, LOCAL_KINDS, OfficerNoted
from sync.export.archive import export
from sync.export.layout import RECORDS, SHEET, TABLE
from sync.export.verifying import verify_export
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.sync.ground import HandClock, opened

WORDS = "made-up words about a made-up traveller"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    clock = HandClock()
    place = tmp_path / "journal"
    place.mkdir()
    with closing(Journal(place, clock, device_key(place), reserve_bytes=100_000)) as journal:
        journal.append([opened(1), OfficerNoted("c1", "O-17", WORDS), opened(2)], clock().utc)
    return place


def test_a_note_never_leaves_in_a_batch_in_readable_form_and_the_chain_holds(folder: Path) -> None:
    with closing(JournalReader(folder)) as reader:
        records = list(reader.all_records())
        start = reader.start(device_key(folder).public)
    assert any(WORDS in (record.payload or "") for record in records), "it is in the lane's journal"
    body = batch_body("lane-1", start, records)
    assert WORDS.encode() not in body
    assert b"words" not in body
    batch = read_batch(body)
    place = batch.kinds.index("officer.noted")
    assert (batch.payloads[place], batch.salts[place]) == (None, None), (
        "without its salt nothing can be tried"
    )
    end = follow(start, [batch.record(number) for number in range(len(batch.ats))])
    assert end == follow(start, records)


def test_only_free_words_stay_behind() -> None:
    assert {"officer.noted"} == LOCAL_KINDS
    assert not EVENTS["officer.noted"].kept, "erased with everybody's payloads"


def test_a_note_is_in_no_file_of_an_export(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(folder, out, device_key(folder), HandClock()().utc)
    parts = {file.name: file.read_bytes() for file in out.iterdir()}
    with zipfile.ZipFile(out / SHEET) as book:
        parts |= {name: book.read(name) for name in book.namelist()}
    assert len(parts) > 8
    assert [name for name, data in parts.items() if WORDS.encode() in data] == []
    lines = [json.loads(line) for line in parts[RECORDS].splitlines()]
    (note,) = [line for line in lines if line["kind"] == "officer.noted"]
    assert note.keys() == {"sequence", "at", "kind", "digest"}
    (row,) = [row for row in csv.reader(parts[TABLE].decode("utf-8-sig").splitlines()) if note["kind"] in row]
    assert row[-1] == "local"
    assert verify_export(out, device_key(folder).public).chain.position.sequence == len(lines)


def test_the_newest_records_at_a_terminal_are_shown_without_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", "tail", "--folder", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "officer.noted" in shown
    assert WORDS not in shown


def test_a_note_is_erased_with_its_payload_from_the_disk_too(folder: Path) -> None:
    clock = HandClock()
    with closing(Journal(folder, clock, device_key(folder), reserve_bytes=100_000)) as journal:
        journal.erase_early(1, 3, "S-1", "S-2", "test_records", "case-1")
    with closing(JournalReader(folder)) as reader:
        assert notes_about(reader, "c1") == []
        assert [record.kind for record in reader.all_records() if record.payload is None][:3] == [
            "crossing.opened",
            "officer.noted",
            "crossing.opened",
        ]
    assert [
        file.name for file in folder.rglob("*") if file.is_file() and WORDS.encode() in file.read_bytes()
    ] == []
