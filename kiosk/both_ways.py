"""What the lane judges by, whichever way it works: the same lists, the policy of that way and its limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from config.settings import Settings
from kiosk.bundle.station import StationFiles
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_view import Fault
from kiosk.lists import CODES, Lists
from kiosk.other_policy import Found, bundled, in_file
from sync.event import Event
from verification.policy import Policy, Thresholds
from verification.revocation.certificates import WithdrawnCertificates
from verification.snapshot import ListAge

RULES_PART = "rules of the other direction"
Tell = Callable[[Event | PartFailed | PartRecovered], None]


class Keeper(Protocol):
    """What loads the lists: from single files, or from a bundle."""

    @property
    def lists(self) -> Lists:
        """Those in use, judged by the lane's own policy."""
        ...

    def tell_all(self, tell: Tell) -> None:
        """Says what was loaded at the start."""

    def look_again(self, tell: Tell) -> bool:
        """Loads anew what has changed; whether anything had."""
        ...


class Loaded:
    """Lists that are looked at once."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def tell_all(self, _tell: Tell) -> None:
        """Nobody is told."""

    def look_again(self, _tell: Tell) -> bool:
        """Nothing is loaded anew."""
        return False


class BothWays:
    """Owns the other direction's policy. `lists` changes with the lane's direction, at once and whole."""

    def __init__(
        self,
        settings: Settings,
        keeper: Keeper,
        turned: Callable[[], bool] = lambda: False,
        station: Callable[[], StationFiles | None] = lambda: None,
    ) -> None:
        """`turned`: whether the lane works the other way; `station` may find this program too old."""
        self._keeper, self._is_turned, self._station = keeper, turned, station
        self._look = _source(settings)
        self._found = Found()
        self._made: tuple[Lists, Policy | None, Lists] | None = None
        if self._look is not None:
            self._found = self._look(self._found) or self._found
        self._faults = self._wrong()

    @property
    def lists(self) -> Lists:
        """What judges now."""
        return self.turned if self._is_turned() else self._keeper.lists

    @property
    def turned(self) -> Lists:
        """What judges in the other direction. Without a usable policy everybody is referred there."""
        base, policy, made = self._keeper.lists, self._policy(), self._made
        if made is None or made[0] is not base or made[1] is not policy:
            made = self._made = base, policy, by_policy(base, policy, self._found.unsigned)
        return made[2]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the other direction."""
        return self._faults

    def tell_all(self, tell: Tell) -> None:
        """Says what was loaded at the start, and what is wrong with the rest."""
        self._keeper.tell_all(tell)
        for event in self._found.events:
            tell(event)
        for fault in self._faults:
            tell(PartFailed(fault))

    def look_again(self, tell: Tell) -> bool:
        """Loads anew what has changed. A policy that cannot be used leaves the one before in force."""
        changed = self._keeper.look_again(tell)
        fresh = self._look(self._found) if self._look is not None else None
        if fresh is not None:
            self._found = fresh
            for event in fresh.events:
                tell(event)
        if not changed and fresh is None:
            return False
        before, self._faults = self._faults, self._wrong()
        for fault in self._faults:
            tell(PartFailed(fault))
        for part in sorted({one.part for one in before} - {one.part for one in self._faults}):
            tell(PartRecovered(part))
        return True

    def _policy(self) -> Policy | None:
        station = self._station()
        return None if station is not None and station.too_old else self._found.policy

    def _wrong(self) -> tuple[Fault, ...]:
        policy, book = self._found.policy, self._keeper.lists.book
        wanted = policy.arrival.country if policy is not None and policy.arrival is not None else None
        if wanted is None or (book is not None and wanted in book.countries):
            return self._found.faults
        why = f"the policy of the other direction asks for rules of {wanted}, and there are none"
        return (*self._found.faults, Fault(RULES_PART, CODES["rules"], why))


def by_policy(lists: Lists, policy: Policy | None, unsigned: str = "") -> Lists:
    """The same lists as this policy has them: nothing is read again, what ages ages by its limits."""
    other = replace(lists, policy=policy, unsigned_policy=unsigned)
    if policy is None:
        return other
    limits = policy.freshness
    trust = tuple(replace(one, age=_limited(one.age, limits.trust)) for one in lists.trust)
    held = tuple(
        one
        if isinstance(one.held, WithdrawnCertificates)  # these end by their own words alone
        else replace(one, age=_limited(one.age, limits.revocation))
        for one in lists.revocation
    )
    return other.with_trust(trust).with_revocation(held)


def _limited(age: ListAge | None, limits: Thresholds) -> ListAge | None:
    if age is None:
        return None
    warn, refer = timedelta(hours=limits.warn_h), timedelta(hours=limits.refer_h)
    return replace(age, warn=warn, refer=refer)


def _source(settings: Settings) -> Callable[[Found], Found | None] | None:
    """Where the other direction's policy is looked for; None: the lane has one direction."""
    other = settings.other_direction
    if not other.direction:
        return None
    return bundled(settings) if other.profile else in_file(settings)
