"""One crossing as its journal has it, with what officers said of it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

APPROVED, TAKEN_BACK, NOTED = "approved", "taken_back", "noted"


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer said about a crossing. Not a note's words: reading those is an event of its own."""

    sequence: int
    at: str
    officer: str
    act: str
    """`admit`, `refuse`, `desk`, `approved`, `taken_back` or `noted`."""
    reason: str = ""
    late: bool = False
    """The crossing was over: it moved nothing."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """One crossing, as far as the journal knows it."""

    sequence: int
    """The number of its first verdict's record: what the list goes by."""
    crossing: str
    at: str
    """When that verdict was recorded."""
    outcome: str
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    """What the policy would hold against the documents that officers entered, were they genuine."""
    said: tuple[Said, ...] = ()
    passage: str = ""
    how: str = ""
    """How it was closed; empty: it goes on."""
    closed_at: str = ""
    """When it was closed, and with it what the gate did."""

    @property
    def decisions(self) -> tuple[Said, ...]:
        """Officers' decisions that were not taken back, in order."""
        return held(self.said)[0]

    @property
    def approved_by(self) -> str:
        """Who admitted first where it takes two, and nobody decided since; empty: nobody."""
        approval = held(self.said)[1]
        return "" if approval is None else approval.officer

    @property
    def newest_word(self) -> Said | None:
        """What was said last, notes apart."""
        return next((one for one in reversed(self.said) if one.act != NOTED), None)


def held(said: Sequence[Said]) -> tuple[tuple[Said, ...], Said | None]:
    """The decisions that hold, and the first of two admissions where it waits for the second."""
    held: list[tuple[Said, Said | None]] = []
    approval: Said | None = None
    for one in said:
        if one.act == APPROVED:
            approval = one
        elif one.act == TAKEN_BACK:
            if approval is not None and approval.officer == one.officer:
                approval = None
            elif held and held[-1][0].officer == one.officer:
                _, approval = held.pop()
        elif one.act != NOTED:
            held.append((one, approval))
            approval = None
    return tuple(decision for decision, _ in held), approval
