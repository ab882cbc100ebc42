"""The same rows as a workbook, written as they come: memory does not grow with the number of records."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import xlsxwriter

from sync.export.cells import COLUMNS, is_dangerous, is_plain, plain

MOST_ROWS = 1_048_576
"""What a sheet of Excel holds; the rows behind it are on the next sheet."""
LONGEST = 32_767
WIDTHS = (10, 28, 20, 22, 34, 9, 9, 24, 80, 7)


class Sink(Protocol):
    """What the workbook is written to."""

    def write(self, data: bytes) -> int:
        """The next bytes."""
        ...

    def flush(self) -> None:
        """Nothing has to happen."""
        ...


class Sheet:
    """One workbook. `close` writes it; without it there is none."""

    def __init__(self, sink: Sink, work: Path, rows: int = MOST_ROWS) -> None:
        """`work` is an existing folder for what has to be kept meanwhile, as large as the rows."""
        self._rows = rows
        self._book = xlsxwriter.Workbook(sink, {"constant_memory": True, "tmpdir": str(work)})
        self._strong = self._book.add_format({"bold": True})
        self._quoted = self._book.add_format({"quote_prefix": True})
        self._next = rows

    def add(self, row: list[str]) -> None:
        """One more row. Every cell but the number is written as a text, whatever it looks like."""
        if self._next >= self._rows:
            self._begin()
        write, at = self._sheet.write_string, self._next
        self._sheet.write_number(at, 0, int(row[0]))
        for column, text in enumerate(row[1:], start=1):
            if is_plain(text):
                if text:
                    write(at, column, text[:LONGEST])
            else:
                write(at, column, plain(text)[:LONGEST], self._quoted if is_dangerous(text) else None)
        self._next += 1

    def close(self) -> None:
        """Puts the workbook together. Raises OSError, as the sink and the folder do."""
        if self._next == self._rows and not self._book.worksheets():
            self._begin()
        try:
            self._book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            cause = error.args[0] if error.args else None
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error

    def drop(self) -> None:
        """Lets go of it, whatever state it is in; what was kept meanwhile goes with its folder."""
        self._book.fileclosed = True
        for sheet in self._book.worksheets():
            sheet._opt_close()

    def _begin(self) -> None:
        number = len(self._book.worksheets()) + 1
        self._sheet = self._book.add_worksheet("records" if number == 1 else f"records {number}")
        for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, name, self._strong)
        self._sheet.freeze_panes(1, 0)
        self._next = 1
