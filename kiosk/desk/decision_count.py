"""Counts officers' decisions: a crossing once, however often it was corrected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

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


@dataclass(slots=True)
class _Case:
    """What holds of one crossing."""

    decisions: list[Decision] = field(default_factory=list)
    approved_by: str = ""
    """Who admitted as the first of two, and nobody decided since."""


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
        self._cases: dict[str, _Case] = {}

    def decided(self, crossing: str, decision: Decision) -> None:
        """A decision was recorded."""
        case = self._case(crossing)
        self._count(case, -1)
        case.decisions.append(decision)
        case.approved_by = ""
        self._count(case, 1)

    def approved(self, crossing: str, officer: str) -> None:
        """The first of two admitted: that decides nothing yet."""
        self._case(crossing).approved_by = officer

    def taken_back(self, crossing: str, officer: str) -> None:
        """The officer's newest word holds no more. One that was not seen here takes nothing away."""
        case = self._case(crossing)
        if case.approved_by == officer:
            case.approved_by = ""
        elif case.decisions and case.decisions[-1].officer == officer:
            self._count(case, -1)
            case.decisions.pop()
            self._count(case, 1)

    def _case(self, crossing: str) -> _Case:
        case = self._cases.pop(crossing, None) or _Case()
        if len(self._cases) >= MOST:
            del self._cases[next(iter(self._cases))]
        self._cases[crossing] = case
        return case

    def _count(self, case: _Case, by: int) -> None:
        if not case.decisions:
            return
        last = case.decisions[-1]
        self.late += by * last.late
        _add(self.overrides, (last.action, last.reason), by)
        for officer, action in {one.officer: one.action for one in case.decisions}.items():
            _add(self.officers.setdefault(officer, Counter()), action, by)


def _add(counted: Counter[Any], name: object, by: int) -> None:
    counted[name] += by
    if not counted[name]:
        del counted[name]
