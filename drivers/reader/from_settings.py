"""The reader process of the settings file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from config import settings
from drivers.reader.port import Reading
from drivers.reader.process import ReaderProcess


def reader_of(
    wanted: settings.Reader,
    program: Sequence[str],
    on_reading: Callable[[Reading], None],
    on_fault: Callable[[str | None], None],
    on_relief: Callable[[str | None], None],
) -> ReaderProcess:
    """The reader's processes, not started. `program` starts the kiosk's program up to its subcommand."""
    return ReaderProcess(
        [*program, "reader-worker"],
        on_reading,
        on_fault,
        on_relief,
        second_opinion=wanted.second_opinion,
        aztec="aztec" in wanted.symbols,
    )
