"""The crossing's rulebook made of real parts: verifier, policy, spent codes and fingerprints of this lane."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from sync.journal import Journal
from sync.other_lanes import OtherLanes
from verification.assessment import Assessment
from verification.entered import Choice, Entered, Supposed, choices, evidence, suppose
from verification.evidence import Evidence
from verification.judgement import NOTHING_SPENT, SpentCodes, judge, single_use_codes
from verification.policy import Policy
from verification.reasons import ReasonId
from verification.recent import NOBODY_RECENT, RecentAdmissions, known_by
from verification.rules.dcc import RuleBook
from verification.snapshot import Signer
from verification.untimed import without_time
from verification.verdict import Gathering, Outcome, Verdict
from verification.verifier import Verifier

CANNOT_TELL = Verdict(Outcome.REFER, (ReasonId.USE_UNKNOWN,))
"""This lane's own memory of spent codes cannot be read: whether a code was used here is not known."""
NO_ROOM = Verdict(Outcome.REFER, (ReasonId.RECORDS_NEARLY_FULL,))
"""What room there is for records is kept for officers' decisions."""


class SpentAnywhere:
    """This lane's memory, and what the hub just said; where it said nothing, what it had said before."""

    def __init__(
        self,
        here: SpentCodes,
        lanes: OtherLanes,
        at: datetime,
        *,
        answered: bool,
        again: frozenset[bytes] = frozenset(),
    ) -> None:
        self._here, self._lanes, self._at, self._again = here, lanes, at, again
        self._answered = answered

    @property
    def covers_other_lanes(self) -> bool:
        """Whether the hub was asked."""
        return self._answered

    def __contains__(self, use: bytes, /) -> bool:
        """Raises sqlite3.Error."""
        if use in self._again or use in self._here:
            return True
        return not self._answered and self._lanes.knows(use, self._at)


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
        lanes: OtherLanes | None = None,
        room: Callable[[], bool] = lambda: True,
        signers: Callable[[], Iterable[Signer]] = lambda: (),
    ) -> None:
        """`policy` is asked at every judgement; without one nobody is admitted.

        `draw` gives a random number for the spot check, `book` the business rules in use. While
        `timed` says that the time can't be believed, nobody is admitted, and nobody refused for a date.
        `lanes` knows what other lanes spent; None: there is no hub to ask. While `room` says that there is
        hardly any left for records, nobody is admitted.
        """
        self._verifier, self._policy, self._journal, self._draw = verifier, policy, journal, draw
        self._signers = signers
        self._book, self._timed, self._lanes, self._room = book, timed, lanes, room

    def join(self, lanes: OtherLanes | None) -> None:
        """The lane has a hub from now on, or none: who knows what other lanes spent."""
        self._lanes = lanes

    @property
    def policy(self) -> str:
        """Name and version of the policy, for the record."""
        policy = self._policy()
        return f"{policy.name} {policy.version}" if policy else ""

    def verify(self, content: bytes, at: datetime) -> Assessment:
        """Checks one code."""
        return self._verifier.verify(content, at)

    def judge(
        self, assessments: Sequence[Assessment], at: datetime, crossing: str = ""
    ) -> Verdict | Gathering:
        """Decides on every code gathered so far."""
        policy, draw, book = self._policy(), self._draw(), self._book()
        recent: RecentAdmissions = self._journal.admitted
        if policy is not None and policy.again_after_s:
            self._journal.admitted.expect(crossing, known_by(assessments))

        def decide(spent: SpentCodes) -> Verdict | Gathering:
            decided = judge(assessments, spent, policy, at, draw, book, recent)
            if not self._timed():
                return without_time(decided)
            return self._held_back(decided, assessments, policy, at)

        try:
            if self._lanes is None:
                return decide(self._journal.spent)
            return self._agreed(self._lanes, decide, at, crossing)
        except sqlite3.Error:
            recent = NOBODY_RECENT
            decided = decide(NOTHING_SPENT)
            admitted = isinstance(decided, Verdict) and decided.outcome is Outcome.ADMIT
            return CANNOT_TELL if admitted else decided

    def _held_back(
        self,
        decided: Verdict | Gathering,
        assessments: Sequence[Assessment],
        policy: Policy | None,
        at: datetime,
    ) -> Verdict | Gathering:
        """The same, but no admission that this lane's records could not bear."""
        if isinstance(decided, Gathering) or decided.outcome is not Outcome.ADMIT:
            return decided
        since = self._journal.spent_known_since
        if decided.spends and since is not None:
            says = [code.evidence for code in assessments if code.evidence is not None]
            if any(one.issued_at is None or one.issued_at <= since for one in says):
                return CANNOT_TELL  # used, perhaps, before the file that knew it was damaged
        lost = self._journal.admitted.known_since
        window = timedelta(seconds=policy.again_after_s if policy is not None else 0)
        if lost is not None and window and at <= lost + window:
            return CANNOT_TELL  # let in, perhaps, a moment before the file that knew it was damaged
        return decided if self._room() else NO_ROOM

    def _agreed(
        self,
        lanes: OtherLanes,
        decide: Callable[[SpentCodes], Verdict | Gathering],
        at: datetime,
        crossing: str,
    ) -> Verdict | Gathering:
        """The hub is asked only when all else is well: what it is asked for is spent when it answers."""
        here = self._journal.spent
        decided = decide(SpentAnywhere(here, lanes, at, answered=True))
        if not isinstance(decided, Verdict) or decided.outcome is not Outcome.ADMIT or not decided.spends:
            return decided
        asked = lanes.ask(decided.spends, at, crossing)
        if asked.answered and not asked.again:
            return decided
        decided = decide(SpentAnywhere(here, lanes, at, answered=asked.answered, again=asked.again))
        if not isinstance(decided, Verdict) or decided.outcome is not Outcome.ADMIT:
            lanes.drop(asked)
        return decided

    def single_uses(self, assessments: Sequence[Assessment], at: datetime) -> tuple[bytes, ...]:
        """What an officer's admission of these codes spends: not what an earlier traveller spent already.

        What a crossing spends is given back when nobody passes, so it must be the crossing's own.
        """
        policy = self._policy()
        uses = single_use_codes(assessments, policy, at) if policy else ()
        try:
            known = self._journal.spent
            spent = SpentAnywhere(known, self._lanes, at, answered=False) if self._lanes else known
            return tuple(use for use in uses if use not in spent)
        except sqlite3.Error:
            return uses

    def needs_second_officer(self, reasons: Sequence[ReasonId]) -> bool:
        """Whether one officer alone may not admit for these reasons."""
        policy = self._policy()
        return policy is not None and not set(policy.second_officer).isdisjoint(reasons)

    def choices(self) -> tuple[Choice, ...]:
        """What an officer can enter here: the policy's kinds, and whose they may be."""
        return choices(self._policy(), self._signers())

    def evidence_of(self, entered: Entered) -> Evidence:
        """What an officer's entry says."""
        return evidence(entered, self._policy())

    def suppose(
        self, entries: Sequence[Entered], assessments: Sequence[Assessment], at: datetime
    ) -> Supposed:
        """What the policy would say if these documents were genuine."""
        return suppose(entries, assessments, self._policy(), at, self._book())

    def rule_says(self, identifier: str) -> str:
        """The words of the policy's own rule, else of the business rule; empty where neither has any."""
        policy, book = self._policy(), self._book()
        own = next((rule.says for rule in policy.all_rules if rule.id == identifier), "") if policy else ""
        return own or (book.says(identifier) if book else "")

    def fingerprint(self, signed: bytes, at: datetime) -> str:
        """The code's fingerprint of the day."""
        return self._journal.fingerprint(signed, at)
