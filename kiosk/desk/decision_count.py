"""Counts officers' decisions: a crossing once, however often it was corrected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from kiosk.desk.crossed import Holding

MOST = 20_000
"""Decided crossings that are remembered. One that is corrected after so many others were is counted twice."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One officer's word about one crossing."""

    officer: str
    action: str
    reason: str
    late: bool
    """The crossing was over."""


class DecisionCount:
    """`overrides` and `late` go by the last decision; each officer is counted by their own last one.

    So a correction replaces what it corrects, and nobody's word vanishes from an officer's own figures
    because somebody else decided otherwise.
    """

    def __init__(self) -> None:
        self.overrides: Counter[tuple[str, str]] = Counter()
        """Crossings by action and reason."""
        self.officers: dict[str, Counter[str]] = {}
        """Of each officer: crossings by action."""
        self.late = 0
        self._cases: dict[str, Holding[Decision]] = {}

    def decided(self, crossing: str, decision: Decision) -> None:
        """A decision was recorded."""
        case = self._case(crossing)
        self._count(case, -1)
        case.decide(decision)
        self._count(case, 1)

    def approved(self, crossing: str, officer: str) -> None:
        """The first of two admitted: that decides nothing yet."""
        self._case(crossing).approve(Decision(officer, "admit", "", late=False))

    def taken_back(self, crossing: str, officer: str) -> None:
        """The officer's newest word holds no more. One that was not seen here takes nothing away."""
        case = self._case(crossing)
        self._count(case, -1)
        case.take_back(officer)
        self._count(case, 1)

    def _case(self, crossing: str) -> Holding[Decision]:
        case = self._cases.pop(crossing, None) or Holding()
        if len(self._cases) >= MOST:
            del self._cases[next(iter(self._cases))]
        self._cases[crossing] = case
        return case

    def _count(self, case: Holding[Decision], by: int) -> None:
        decisions = case.decisions
        if not decisions:
            return
        last = decisions[-1]
        self.late += by * last.late
        _add(self.overrides, (last.action, last.reason), by)
        for officer, action in {one.officer: one.action for one in decisions}.items():
            _add(self.officers.setdefault(officer, Counter()), action, by)


def _add(counted: Counter[Any], name: object, by: int) -> None:
    counted[name] += by
    if not counted[name]:
        del counted[name]
