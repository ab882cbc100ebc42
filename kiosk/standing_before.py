"""What stood when the program ended, as its records tell: a closed lane does not open by itself."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from config.settings import Settings
from drivers.turnstile.port import Way
from kiosk.standing import NEWEST_OF, Side, Standing
from sync.journal_reader import JournalReader


def sides_of(settings: Settings) -> tuple[Side, ...]:
    """The directions of a lane, its own first."""
    other, way = settings.other_direction, Way(settings.turnstile.way)
    own = Side(settings.lane.direction, way, settings.display.way_out)
    if not other.direction:
        return (own,)
    back = Way.BACKWARD if way is Way.FORWARD else Way.FORWARD
    return own, Side(other.direction, back, other.way_out)


def standing_of(folder: Path, sides: tuple[Side, ...]) -> Standing:
    """The lane as it was left. Raises `JournalUnavailable`."""
    standing = Standing(sides)
    with closing(JournalReader(folder)) as reader:
        for kinds in NEWEST_OF:
            standing.restore(reader.of_kinds(kinds, 1))
    return standing
