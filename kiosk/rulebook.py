"""The crossing's rulebook made of real parts: verifier, policy, spent codes and fingerprints of this lane."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime

from sync.journal import Journal
from verification.assessment import Assessment
from verification.judgement import NOTHING_SPENT, judge, single_use_codes
from verification.policy import Policy
from verification.reasons import ReasonId
from verification.rules.dcc import RuleBook
from verification.untimed import without_time
from verification.verdict import Gathering, Outcome, Verdict
from verification.verifier import Verifier

CANNOT_TELL = Verdict(Outcome.REFER, (ReasonId.USE_UNKNOWN,))
"""This lane's own memory of spent codes cannot be read: whether a code was used here is not known."""


class LaneRulebook:
    """One lane's answers, from what it has loaded."""

    def __init__(
        self,
        verifier: Verifier,
        policy: Callable[[], Policy | None],
        journal: Journal,
        draw: Callable[[], int],
        book: Callable[[], RuleBook | None] = lambda: None,
        timed: Callable[[], bool] = lambda: True,
    ) -> None:
        """`policy` is asked at every judgement; without one nobody is admitted.

        `draw` gives a random number for the spot check, `book` the business rules in use. While
        `timed` says that the time can't be believed, nobody is admitted, and nobody refused for a date.
        """
        self._verifier, self._policy, self._journal, self._draw = verifier, policy, journal, draw
        self._book, self._timed = book, timed

    @property
    def policy(self) -> str:
        """Name and version of the policy, for the record."""
        policy = self._policy()
        return f"{policy.name} {policy.version}" if policy else ""

    def verify(self, content: bytes, at: datetime) -> Assessment:
        """Checks one code."""
        return self._verifier.verify(content, at)

    def judge(self, assessments: Sequence[Assessment], at: datetime) -> Verdict | Gathering:
        """Decides on every code gathered so far."""
        decided = self._judged(assessments, at)
        return decided if self._timed() else without_time(decided)

    def _judged(self, assessments: Sequence[Assessment], at: datetime) -> Verdict | Gathering:
        policy, draw, book = self._policy(), self._draw(), self._book()
        try:
            return judge(assessments, self._journal.spent, policy, at, draw, book)
        except sqlite3.Error:
            decided = judge(assessments, NOTHING_SPENT, policy, at, draw, book)
            admitted = isinstance(decided, Verdict) and decided.outcome is Outcome.ADMIT
            return CANNOT_TELL if admitted else decided

    def single_uses(self, assessments: Sequence[Assessment], at: datetime) -> tuple[bytes, ...]:
        """What an officer's admission of these codes spends: not what an earlier traveller spent already.

        What a crossing spends is given back when nobody passes, so it must be the crossing's own.
        """
        policy = self._policy()
        uses = single_use_codes(assessments, policy, at) if policy else ()
        try:
            return tuple(use for use in uses if use not in self._journal.spent)
        except sqlite3.Error:
            return uses

    def needs_second_officer(self, reasons: Sequence[ReasonId]) -> bool:
        """Whether one officer alone may not admit for these reasons."""
        policy = self._policy()
        return policy is not None and not set(policy.second_officer).isdisjoint(reasons)

    def rule_says(self, identifier: str) -> str:
        """The words of the policy's own rule, else of the business rule; empty where neither has any."""
        policy, book = self._policy(), self._book()
        own = next((rule.says for rule in policy.all_rules if rule.id == identifier), "") if policy else ""
        return own or (book.says(identifier) if book else "")

    def fingerprint(self, signed: bytes, at: datetime) -> str:
        """The code's fingerprint of the day."""
        return self._journal.fingerprint(signed, at)
