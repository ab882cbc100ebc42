"""What a spreadsheet gets: text, whatever it begins with, and flat memory however long it is."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.canonical import canonical_json
from sync.chain import Record
from sync.export.cells import BOM, COLUMNS, cells, csv_head, csv_line, is_dangerous, is_plain, plain
from sync.export.sheet import Sheet

HOSTILE = (
    '=HYPERLINK("http://invalid.example";"x")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\tmade up",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u200b=1+1",
    "\uff1d1+1",
)
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ZONE = ZoneInfo("Asia/Hong_Kong")


def record(number: int, crossing: str) -> Record:
    payload = canonical_json({"crossing": crossing, "direction": crossing}).decode()
    return Record(number, "2026-03-01T08:00:00.000000Z", "crossing.opened", bytes(32), bytes(16), payload)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_the_csv_begins_like_a_formula(text: str) -> None:
    line = csv_line(cells(record(1, text), ZONE))
    row = next(csv.reader(io.StringIO(line.decode())))
    assert row[4][0] == "'"
    assert line.count(b"\n") == 1
    assert not any(is_dangerous(cell) for cell in row)


def test_quotation_marks_and_separators_stay_in_their_cell() -> None:
    row = next(csv.reader(io.StringIO(csv_line(cells(record(1, 'a",";=1'), ZONE)).decode())))
    assert row[4] == 'a",";=1'
    assert len(row) == len(COLUMNS)
    assert csv_head().startswith(BOM)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_the_workbook_is_a_formula_or_a_link(text: str, tmp_path: Path) -> None:
    with (tmp_path / "book.xlsx").open("wb") as out:
        sheet = Sheet(out, tmp_path)
        sheet.add(cells(record(1, text), ZONE))
        sheet.close()
    with zipfile.ZipFile(tmp_path / "book.xlsx") as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        styles = book.read("xl/styles.xml")
    assert not list(root.iter(f"{SPACE}f"))
    assert not list(root.iter(f"{SPACE}hyperlink"))
    cell = next(cell for cell in root.iter(f"{SPACE}c") if cell.get("r") == "E2")
    assert cell.get("t") == "inlineStr"
    assert b'quotePrefix="1"' in styles


def test_rows_go_on_on_the_next_sheet(tmp_path: Path) -> None:
    with (tmp_path / "book.xlsx").open("wb") as out:
        sheet = Sheet(out, tmp_path, rows=11)
        for number in range(1, 26):
            sheet.add(cells(record(number, "c"), ZONE))
        sheet.close()
    with zipfile.ZipFile(tmp_path / "book.xlsx") as book:
        names = [name for name in book.namelist() if "worksheets/sheet" in name]
        rows = [len(list(ElementTree.fromstring(book.read(name)).iter(f"{SPACE}row"))) for name in names]
    assert rows == [11, 11, 6]


def test_an_erased_record_says_so_and_nothing_else() -> None:
    row = cells(Record(4, "2026-03-01T08:00:00.000000Z", "crossing.opened", bytes(32)), ZONE)
    assert dict(zip(COLUMNS, row, strict=True))["erased"] == "yes"
    assert json.dumps(row[4:9]) == json.dumps([""] * 5)


@given(st.text(max_size=30))
def test_the_quick_answer_is_the_long_one(text: str) -> None:
    if is_plain(text):
        assert not is_dangerous(text)
        assert plain(text) == text
