"""Which crossings a list has: all, or those that a supervisor looks for. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kiosk.desk.crossed import Crossed, Said, held


class Which(StrEnum):
    """In the order of their keys."""

    ALL = "all"
    REFERRED = "referred"
    """The first verdict left it to an officer."""
    LATE = "late"
    """An officer decided it after it was over, whether that was taken back or not."""
    SECOND = "second"
    """One officer admitted, and it takes two."""


BY_WORDS = (Which.LATE, Which.SECOND)
"""Those that go by what officers said, however long after the verdict."""


def belongs(which: Which, crossed: Crossed) -> bool:
    """Whether this list has it."""
    if which is Which.REFERRED:
        return crossed.outcome == "REFER"
    return which is Which.ALL or says_so(which, crossed.said)


def says_so(which: Which, said: Sequence[Said]) -> bool:
    """The same for a list that goes by words, from these alone."""
    if which is Which.LATE:
        return any(one.late for one in said)
    return held(said)[1] is not None
