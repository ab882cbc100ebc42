"""When an officer's decisions stand out from the others': one documented statistic, a notice and no verdict.

An officer admits k of n referrals. The others together admit the part p of theirs. If the officer did as the
others do, k would be about n·p, give or take √(n·p·(1−p)). A notice appears from n = 20 on, when k is three
or more of these away from it: by chance alone that happens to one officer in about 370. It says "look", and
nothing more: the officer of the desk for hard cases stands out rightly. The farthest is named first and left
out of "the others" from then on, so that one alone does not make everybody else stand out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 20
"""Decisions of one officer, and of the others together, below which nothing is said."""
FAR = 3.0


@dataclass(frozen=True, slots=True)
class StandsOut:
    """`admitted` of `decided`; as the others do, it would be about `expected`."""

    admitted: int
    decided: int
    expected: float
    score: float

    @property
    def more(self) -> bool:
        """Whether this officer admits more than the others."""
        return self.score > 0


def stands_out(admitted: int, decided: int, others_admitted: int, others_decided: int) -> StandsOut | None:
    """The notice about one officer, or None."""
    if decided < LEAST or others_decided < LEAST:
        return None
    # A rule of succession keeps p off 0 and 1, where nothing could ever be expected.
    part = (others_admitted + 1) / (others_decided + 2)
    expected = decided * part
    score = (admitted - expected) / math.sqrt(decided * part * (1 - part))
    return StandsOut(admitted, decided, expected, score) if abs(score) >= FAR else None


def outliers(officers: Mapping[str, tuple[int, int]]) -> dict[str, StandsOut]:
    """The notices about officers of whom (admitted, decided) is known, the farthest first."""
    left, found = dict(officers), dict[str, StandsOut]()
    while left:
        admitted, decided = (sum(values) for values in zip(*left.values(), strict=True))
        far = {
            name: notice
            for name, (own, of) in left.items()
            if (notice := stands_out(own, of, admitted - own, decided - of)) is not None
        }
        if not far:
            break
        name = max(far, key=lambda one: abs(far[one].score))
        found[name] = far[name]
        del left[name]
    return found
