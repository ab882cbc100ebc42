"""What stood when the program ended, as its records tell: a closed lane does not open by itself."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from drivers.turnstile.port import Way
from kiosk.standing import KINDS, NEWEST, Side, Standing
from sync.journal_reader import JournalReader


def standing_of(folder: Path, direction: str, way: Way) -> Standing:
    """The lane as it was left. Raises `JournalUnavailable`."""
    standing = Standing((Side(direction, way),))
    with closing(JournalReader(folder)) as reader:
        standing.restore(reader.of_kinds(KINDS, NEWEST))
    return standing
