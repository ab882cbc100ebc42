"""One crossing as its journal has it, with what officers said of it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

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


class ByOfficer(Protocol):
    """Whatever an officer said."""

    @property
    def officer(self) -> str:
        """Whose word it is."""


Word = TypeVar("Word", bound=ByOfficer)


@dataclass(slots=True)
class Holding(Generic[Word]):
    """Which of officers' words about one crossing hold, as they come."""

    approval: Word | None = None
    """The first of two admissions, while it waits for the second."""
    _decided: list[tuple[Word, Word | None]] = field(default_factory=list)
    """Each decision, and the approval that it ended."""

    @property
    def decisions(self) -> tuple[Word, ...]:
        """Those that hold, in order."""
        return tuple(decision for decision, _ in self._decided)

    def approve(self, word: Word) -> None:
        """The first of two admitted: that decides nothing yet."""
        self.approval = word

    def decide(self, word: Word) -> None:
        """A decision."""
        self._decided.append((word, self.approval))
        self.approval = None

    def take_back(self, officer: str) -> None:
        """The newest word holds no more, where it is this officer's; what it ended holds again."""
        if self.approval is not None and self.approval.officer == officer:
            self.approval = None
        elif self._decided and self._decided[-1][0].officer == officer:
            _, self.approval = self._decided.pop()


def held(said: Sequence[Said]) -> tuple[tuple[Said, ...], Said | None]:
    """The decisions that hold, and the first of two admissions where it waits for the second."""
    holding: Holding[Said] = Holding()
    for one in said:
        if one.act == APPROVED:
            holding.approve(one)
        elif one.act == TAKEN_BACK:
            holding.take_back(one.officer)
        elif one.act != NOTED:
            holding.decide(one)
    return holding.decisions, holding.approval
