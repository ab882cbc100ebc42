"""What came of one look for a newer bundle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.bundle.refused import Refused


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A part of a bundle that was not put to use while the rest was: what it is called, and why."""

    part: str
    refused: Refused


@dataclass(frozen=True, slots=True)
class Outcome:
    """One look that came through."""

    changed: bool
    """Whether another set is in use than before."""
    versions: Mapping[str, int]
    """Of every role in use."""
    held_back: tuple[HeldBack, ...] = ()
    files: int = 0
    """How many target files were fetched."""
    indexes: tuple[str, ...] = ()
    """Paths of the large indexes that changed."""
    pending: Mapping[str, int] = field(default_factory=dict)
    """Parts that large indexes still wait for, by path: look again at once."""
