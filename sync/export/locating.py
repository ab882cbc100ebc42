"""Says where a file of an archive was changed: the byte, and the record or cell a person can look up."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from sync.export.layout import BLOCKS, RECORDS, SHEET, TABLE
from sync.export.reading import Described
from sync.export.seal import trace_of
from sync.export.traces import BLOCK, Changed, Trace, Tracer, first_change, lines

_SEQUENCE = re.compile(rb'"sequence":([0-9]{1,19})[,}]')
_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"')
_HEADER = struct.Struct("<4s5H3I2H")


def pieces(file: Path) -> Iterator[bytes]:
    """A file in blocks. Raises OSError."""
    with file.open("rb") as data:
        while block := data.read(BLOCK):
            yield block


def where_changed(folder: Path, changed: Described, good: Sequence[tuple[Described, Tracer]]) -> str:
    """A few words for a file whose SHA-256 is not the manifest's. `good` are those that are as written."""
    if changed.name == BLOCKS:
        found = _in_blocks(folder, good)
    elif all(one.name != BLOCKS for one, _ in good):
        return f"{changed.name} was changed"
    else:
        found = first_change(pieces(folder / changed.name), _traces(folder / BLOCKS, changed.name))
    if found is None:
        return f"{changed.name} was changed"
    place = _place(folder / changed.name, found.offset)
    return f"{changed.name} was changed: {found}{place}"


def _traces(blocks: Path, name: str) -> Iterator[Trace]:
    with blocks.open(encoding="ascii", errors="replace") as text:
        for line in text:
            words = line.split()
            if words[:1] == [name] and (one := trace_of(words[2:])) is not None:
                yield one


def _in_blocks(folder: Path, good: Sequence[tuple[Described, Tracer]]) -> Changed | None:
    """The traces can be made again from the files they are of."""
    expected = "".join("".join(lines(one.name, tracer.traces)) for one, tracer in good).encode()
    offset = 0
    for block in pieces(folder / BLOCKS):
        was = expected[offset : offset + len(block)]
        if block != was:
            at = next((i for i, (a, b) in enumerate(zip(block, was, strict=False)) if a != b), len(was))
            if at < len(was):
                return Changed(offset + at, block[at], was[at])
            return Changed(offset + at)
        offset += len(block)
    return Changed(offset)


def _place(file: Path, offset: int) -> str:
    if file.name == RECORDS:
        return _record_at(file, offset)
    if file.name == TABLE:
        return _row_at(file, offset)
    if file.name == SHEET:
        return _cell_at(file, offset)
    return ""


def _record_at(file: Path, offset: int) -> str:
    """The record of a line: from the line itself, or counted on from the one before where that was hit."""
    before, start = 0, 0
    with file.open("rb") as opened:
        for number, line in enumerate(opened, start=1):
            found = _SEQUENCE.findall(line)
            if start + len(line) > offset:
                told = int(found[-1]) if found else 0
                return f", in record {before + 1 if before else told} (line {number})"
            before, start = int(found[-1]) if found else before + 1, start + len(line)
    return ""


def _row_at(file: Path, offset: int) -> str:
    start = 0
    with file.open("rb") as opened:
        for number, line in enumerate(opened, start=1):
            if start + len(line) > offset:
                column = line[: offset - start + 1].count(b'","') + 1
                return f", in row {number}, column {column}"
            start += len(line)
    return ""


def _cell_at(file: Path, offset: int) -> str:
    """The cell of the workbook: the member of its ZIP around the byte, inflated up to there."""
    start = 0
    with file.open("rb") as opened:
        while True:
            opened.seek(start)
            head = opened.read(_HEADER.size)
            if len(head) < _HEADER.size or head[:4] != b"PK\x03\x04":
                return ", in the directory of the workbook" if start <= offset else ""
            *_, name_size, extra_size = _HEADER.unpack(head)
            name = opened.read(name_size).decode(errors="replace")
            data = start + _HEADER.size + name_size + extra_size
            opened.seek(data)
            inflater, tail, end, cell = zlib.decompressobj(-15), b"", data, ""
            while block := opened.read(BLOCK):
                piece = block[: max(0, offset - end)]
                try:
                    tail = tail[-200:] + inflater.decompress(piece)
                except zlib.error:
                    return f", in {name}{cell}"
                if cells := _CELL.findall(tail):
                    cell = f", at or behind cell {cells[-1].decode()}"
                if inflater.eof:
                    end += len(piece) - len(inflater.unused_data)
                    break
                end += len(block)
                if end > offset:
                    return f", in {name}{cell}"
            start = _next_header(file, end)


def _next_header(file: Path, end: int) -> int:
    """Behind a member's data descriptor (16 or 24 bytes) the next one begins."""
    with file.open("rb") as opened:
        opened.seek(end)
        rest = opened.read(28)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        if (at := rest.find(mark)) >= 0:
            return end + at
    return end + 16
