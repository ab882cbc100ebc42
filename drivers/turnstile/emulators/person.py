"""Who stands at an emulated gate, and what they do once it is released."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """The moments, in seconds after the release, at which somebody goes through."""

    passes: tuple[float, ...] = (0.8,)

    @staticmethod
    def named(text: str) -> Person:
        """`passes`, `passes:SECONDS`, `nobody`, `two` or `two:SECONDS`. Raises `ValueError`."""
        found = re.fullmatch(r"(passes|nobody|two)(?::([0-9]+(?:\.[0-9]+)?))?", text)
        if found is None:
            raise ValueError(f"{text}: one of passes, passes:SECONDS, nobody, two, two:SECONDS")
        after = float(found[2] or 0.8)
        return {"passes": Person((after,)), "nobody": NOBODY, "two": two_pass(after)}[found[1]]


NOBODY = Person(())


def passes_after(seconds: float) -> Person:
    """One person goes through."""
    return Person((seconds,))


def two_pass(seconds: float, gap: float = 0.4) -> Person:
    """One person goes through, and another right behind."""
    return Person((seconds, seconds + gap))
