"""How the screen looks for one traveller: large letters, high contrast, both, or as the lane was set up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """What the pages are built for."""

    large: bool = False
    strong: bool = False


TURNS = (Look(large=True, strong=True), Look(large=True), Look(strong=True), Look())
"""What one key goes through: first the look that helps most, so that one touch is enough for most."""


def next_look(now: Look, own: Look) -> Look:
    """The look after the present one; the lane's own stands at the start, wherever that is."""
    turns = (own, *(look for look in TURNS if look != own))
    return turns[(turns.index(now) + 1) % len(turns)]
