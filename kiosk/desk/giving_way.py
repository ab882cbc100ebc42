"""A long count beside the lane works half of the time at most: whoever waits for Python gets it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

PIECE = 250
"""Things between two rests: a millisecond or two of records."""
LONGEST_S = 0.02
One = TypeVar("One")


def giving_way(
    things: Iterable[One],
    rest: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[One]:
    """All of them, with a rest after each piece, as long as the piece took. What is short has none.

    A thread that reckons without a pause keeps every other one of the program waiting for up to 5 ms each
    time that one wants to go on, and a loop that paints wants that many times over.
    """
    begun = clock()
    for number, one in enumerate(things, start=1):
        yield one
        if number % PIECE == 0:
            rest(min(LONGEST_S, clock() - begun))
            begun = clock()
