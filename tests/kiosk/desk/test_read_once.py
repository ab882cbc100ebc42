"""What reads the whole history once, for notes, a lookback or a proof, holds a page of it at a time."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kiosk.commands.door import main
from kiosk.desk.lookback import crossings_of
from kiosk.desk.notes_kept import notes_about
from sync.device_key import device_key
from sync.event_types import CodeAssessed, OfficerNoted
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.sync.ground import HandClock, write

REFERENCE = "0123456789abcdef"


def test_notes_a_lookback_and_the_journals_own_commands_hold_a_page_at_a_time(tmp_path: Path) -> None:
    folder, clock = tmp_path / "journal", HandClock()

    def fill(records: int) -> None:
        with closing(Journal(folder, clock, device_key(folder))) as journal:
            write(journal, clock, records)

    def reading(what: Callable[[JournalReader], object]) -> Callable[[], object]:
        def read() -> object:
            with closing(JournalReader(folder)) as reader:
                return what(reader)

        return read

    ways = {
        "notes": reading(lambda reader: notes_about(reader, REFERENCE)),
        "lookback": reading(lambda reader: crossings_of(reader, frozenset({"print"}))),
        "verify": lambda: main(["journal", "verify", "--folder", str(folder)]),
        "stats": lambda: main(["journal", "stats", "--folder", str(folder)]),
    }

    def held() -> dict[str, int]:
        most = {}
        for name, way in ways.items():
            tracemalloc.start()
            way()
            most[name] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    with closing(Journal(folder, clock, device_key(folder))) as journal:
        code = CodeAssessed(REFERENCE, "print", *["x"] * 8, ())
        journal.append([OfficerNoted(REFERENCE, "O-17", "words"), code], clock().utc)
    fill(2_100)
    for way in ways.values():
        way()  # what is loaded once
    few = held()
    fill(1_900)
    many = held()
    assert {name for name in ways if many[name] > few[name] + 100_000} == set(), (few, many)
    with closing(JournalReader(folder)) as reader:
        assert len(notes_about(reader, REFERENCE)) == len(crossings_of(reader, {"print"})) == 1
