"""Signing in, as a pure state machine: counts wrong tries, makes people wait, ends forgotten sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from config.moment import Moment
from kiosk.desk.lane_control import SignInEvent
from kiosk.desk.roster import Officer, Roster
from sync.event_types import OfficerSignedIn, OfficerSignedOut, OfficerSignInFailed

UNKNOWN = "unknown"
"""Stands in an event for a number that is in no roster: what was typed may be anything, even a PIN."""
FOR_GOOD = -1
"""`locked_s` of an event when no wait helps: the officer needs a new PIN."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient the lane is. Seconds and counts."""

    tries_before_wait: int = 5
    first_wait_s: float = 15.0
    locked_at: int = 15
    idle_s: float = 1800.0
    absolute_s: float = 12 * 3600.0
    idle_said_s: float = 60.0
    """So long before an idle session ends it is said (or half of `idle_s`, where that is shorter)."""
    absolute_said_s: float = 300.0

    def wait_after(self, tries: int) -> float:
        """Seconds before the next try: none up to the fourth wrong one, 15 after the fifth, then doubling."""
        doubled = tries - self.tries_before_wait
        return 0.0 if doubled < 0 else self.first_wait_s * 2**doubled


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries of one officer in a row, and the PIN they were against: a new PIN starts afresh."""

    count: int
    last_at: datetime
    pin_mark: str


@dataclass(frozen=True, slots=True)
class Ending:
    """The session ends in `left_s` seconds. `can_stay`: unless somebody touches something."""

    left_s: float
    can_stay: bool


class Why(StrEnum):
    """Why a sign-in was not granted."""

    WRONG = "wrong"
    WAIT = "wait"
    LOCKED = "locked"
    ENDED = "ended"
    """The PIN is right, but the roster entry has ended."""


@dataclass(frozen=True, slots=True)
class Check:
    """Save `tries` durably, then see whether `pin` matches; the try is counted already, whatever happens."""

    officer: Officer | None
    pin: str = field(repr=False)
    tries: Mapping[str, Tries]


@dataclass(frozen=True, slots=True)
class Denied:
    """Not signed in. `wait_s` is how long the next try has to wait."""

    why: Why
    wait_s: float = 0.0
    left: int = 0
    """Tries left before a wait, where `why` is WRONG and the officer is known."""


def pin_mark(officer: Officer) -> str:
    """A short name for the officer's present PIN hash, so that a new PIN can be told from the old one."""
    return hashlib.sha256(officer.pin_hash.encode()).hexdigest()[:16]


class SignIn:
    """One desk, one officer at a time. Every method is given the moment it happens at."""

    def __init__(self, roster: Roster, limits: Limits, tries: Mapping[str, Tries], now: Moment) -> None:
        """`tries` is what was saved last; waits are taken up where the calendar says they stand."""
        self.roster = roster
        self.limits = limits
        self.officer: Officer | None = None
        self.checking = False
        self._tries: dict[str, Tries] = {}
        self._ready: dict[str, float] = {}
        self._strangers = 0
        self._since = self._touched = now.mono
        self._others = dict(tries)
        self._take_up(now)

    @property
    def tries(self) -> Mapping[str, Tries]:
        """What has to survive a restart, also of officers who are on no roster just now."""
        return {**self._others, **self._tries}

    def use_roster(self, roster: Roster, now: Moment) -> OfficerSignedOut | None:
        """Another roster is in force. Whoever is signed in and stands on it unchanged stays."""
        self._others |= self._tries
        self.roster, self._tries, self._ready = roster, {}, {}
        self._take_up(now)
        if self.officer is not None and self.officer not in roster.officers:
            return self.sign_out("ended")
        return None

    def suspect_everybody(self, now: Moment) -> None:
        """The saved tries were damaged: nobody may gain by that, so all start as after a fifth wrong try."""
        for officer in self.roster.officers:
            self._count(officer, self.limits.tries_before_wait, now)

    def attempt(self, typed: str, pin: str, now: Moment) -> Check | Denied | None:
        """Somebody typed a number and a PIN. None: nothing to do, one is signed in or being checked."""
        if self.checking or self.officer is not None:
            return None
        officer = self.roster.find(typed)
        if officer is not None:
            count = self._tries[officer.id].count if officer.id in self._tries else 0
            if count >= self.limits.locked_at:
                return Denied(Why.LOCKED)
            wait = self._ready.get(officer.id, now.mono) - now.mono
            if wait > 0:
                return Denied(Why.WAIT, wait)
            self._count(officer, count + 1, now)
        self.checking = True
        return Check(officer, pin, self.tries)

    def carded(self, officer: Officer | None, now: Moment) -> tuple[Denied | None, SignInEvent] | None:
        """A card was shown, whose officer needs no PIN behind it. None: nothing to do, as in `attempt`.

        Wrong tries of a PIN count here too: who is locked stays locked.
        """
        if self.checking or self.officer is not None:
            return None
        if officer is None or officer not in self.roster.officers:
            self._strangers += 1
            return Denied(Why.WRONG), OfficerSignInFailed(UNKNOWN, self._strangers, 0)
        count = self._tries[officer.id].count if officer.id in self._tries else 0
        if count >= self.limits.locked_at:
            return Denied(Why.LOCKED), OfficerSignInFailed(officer.id, count, FOR_GOOD)
        wait = self._ready.get(officer.id, now.mono) - now.mono
        if wait > 0:
            return Denied(Why.WAIT, wait), OfficerSignInFailed(officer.id, count, int(wait))
        if not officer.may_work(now.utc):
            return Denied(Why.ENDED), OfficerSignInFailed(officer.id, 0, 0)
        self.officer, self._since, self._touched = officer, now.mono, now.mono
        return None, OfficerSignedIn(officer.id, "card")

    def checked(
        self, check: Check, matches: bool, now: Moment, how: str = "pin"
    ) -> tuple[Denied | None, SignInEvent]:
        """The PIN was compared. Returns what to say (None: signed in) and the event for the journal.

        `how` is `pin`, or `card_pin` where a card named the officer.
        """
        self.checking = False
        officer = check.officer
        if officer is None:
            self._strangers += 1
            return Denied(Why.WRONG), OfficerSignInFailed(UNKNOWN, self._strangers, 0)
        if officer not in self.roster.officers:  # taken off the roster while the PIN was compared
            return Denied(Why.ENDED), OfficerSignInFailed(officer.id, 0, 0)
        count = self._tries[officer.id].count
        if matches:
            del self._tries[officer.id]
            self._ready.pop(officer.id, None)
            if not officer.may_work(now.utc):
                return Denied(Why.ENDED), OfficerSignInFailed(officer.id, 0, 0)
            self.officer, self._since, self._touched = officer, now.mono, now.mono
            return None, OfficerSignedIn(officer.id, how)
        if count >= self.limits.locked_at:
            return Denied(Why.LOCKED), OfficerSignInFailed(officer.id, count, FOR_GOOD)
        wait = self.limits.wait_after(count)
        self._ready[officer.id] = now.mono + wait
        left = max(0, self.limits.tries_before_wait - count)
        denied = Denied(Why.WAIT, wait) if wait else Denied(Why.WRONG, left=left)
        return denied, OfficerSignInFailed(officer.id, count, int(wait))

    def touched(self, now: Moment) -> None:
        """The officer did something: the idle limit starts anew."""
        self._touched = now.mono

    def tick(self, now: Moment) -> OfficerSignedOut | None:
        """Ends a session that is idle, too long, or whose roster entry has ended."""
        if self.officer is None:
            return None
        if not self.officer.may_work(now.utc):
            return self.sign_out("ended")
        if now.mono - self._since >= self.limits.absolute_s:
            return self.sign_out("absolute")
        if now.mono - self._touched >= self.limits.idle_s:
            return self.sign_out("idle")
        return None

    def ending(self, now: Moment) -> Ending | None:
        """That the session ends soon by itself; None: it does not, or nobody is signed in."""
        if self.officer is None:
            return None
        idle = self.limits.idle_s - (now.mono - self._touched)
        whole = self.limits.absolute_s - (now.mono - self._since)
        if idle < whole and idle <= min(self.limits.idle_said_s, self.limits.idle_s / 2):
            return Ending(max(0.0, idle), can_stay=True)
        if whole <= self.limits.absolute_said_s:
            return Ending(max(0.0, whole), can_stay=False)
        return None

    def sign_out(self, why: str) -> OfficerSignedOut | None:
        """Ends the session: `officer`, `idle`, `absolute`, `ended`, `stopped`. None: nobody was signed in."""
        officer, self.officer = self.officer, None
        return None if officer is None else OfficerSignedOut(officer.id, why)

    def _take_up(self, now: Moment) -> None:
        """The saved tries of those on the roster, unless they have a new PIN since."""
        for officer in self.roster.officers:
            saved = self._others.pop(officer.id, None)
            if saved is not None and saved.pin_mark == pin_mark(officer):
                self._tries[officer.id] = saved
                passed = max(0.0, (now.utc - saved.last_at).total_seconds())
                self._ready[officer.id] = now.mono + max(0.0, self.limits.wait_after(saved.count) - passed)

    def _count(self, officer: Officer, count: int, now: Moment) -> None:
        self._tries[officer.id] = Tries(count, now.utc, pin_mark(officer))
        self._ready[officer.id] = now.mono + self.limits.wait_after(count)
