"""How long a contact was closed, from the moments at which somebody looked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drivers.turnstile.commissioning.bench import Entry, Level, LoopBack, Source
from drivers.turnstile.wire import Noticed, Seen

UNSEEN_S = 0.02
"""Taken for the time since the look before, where there was none: a board that tells changes at once."""


@dataclass(frozen=True, slots=True)
class Look:
    """The contact at one moment."""

    at: float
    closed: bool


@dataclass(frozen=True, slots=True)
class Pulse:
    """One time that the contact was closed, in seconds; the truth is within `give_or_take`."""

    began: float
    seconds: float
    give_or_take: float
    over: bool
    """False: it was still closed at the last look."""

    @property
    def at_least(self) -> float:
        """The shortest that it can have been."""
        return max(0.0, self.seconds - self.give_or_take)

    @property
    def words(self) -> str:
        """For the sheet."""
        more = "" if self.over else " and not over"
        return f"{self.seconds * 1000:.0f} ms, give or take {self.give_or_take * 1000:.0f}{more}"


def looks(entries: Iterable[Entry], loop: LoopBack) -> list[Look]:
    """Each moment at which the contact was seen."""
    seen: list[Look] = []
    for entry in entries:
        what = entry.what
        if loop.source is Source.LINE and isinstance(what, Level):
            seen.append(Look(entry.at, what.closed))
        elif isinstance(what, Noticed):
            if loop.source is Source.INPUT and what.what is Seen.INPUTS:
                bit = what.value >> loop.number - 1 & 1
                seen.append(Look(what.at, bit == loop.closed_reads))
            elif loop.source is Source.READ_BACK and what.what is Seen.RELAY:
                seen.append(Look(what.at, bool(what.value)))
            elif what.what is Seen.RELEASE and seen and not seen[-1].closed:
                seen.append(Look(what.at, False))  # it was open, and nothing moves it before this
    return seen


def pulses(seen: Sequence[Look]) -> list[Pulse]:
    """Each time that the contact was closed, with its length in the middle of what it can have been."""
    found: list[Pulse] = []
    first: Look | None = None
    opened: Look | None = None
    last: Look | None = None
    for look in seen:
        if look.closed:
            first, last = first or look, look
        else:
            if first is not None and last is not None:
                found.append(_pulse(opened, first, last, look.at, over=True))
            first, last, opened = None, None, look
    if first is not None and last is not None:
        found.append(_pulse(opened, first, last, last.at, over=False))
    return found


def _pulse(opened: Look | None, first: Look, last: Look, ended: float, *, over: bool) -> Pulse:
    before = first.at - opened.at if opened is not None else UNSEEN_S
    after = ended - last.at
    began = first.at - before / 2
    return Pulse(began, last.at + after / 2 - began, (before + after) / 2, over)
