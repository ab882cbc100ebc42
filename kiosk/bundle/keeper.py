"""Keeps what a lane judges by in step with the bundle in use: loaded whole, swapped in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from config.moment import Clock
from config.settings import Settings, Trust
from kiosk.bundle.ageing import ageing
from kiosk.bundle.lists import Missing, Parsed, load_bundle_lists
from kiosk.bundle.settled import store_of, wanted_of
from kiosk.bundle.station import StationFiles, no_station_files, read_station
from kiosk.bundle.worker import CODE, PART
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_view import Fault
from kiosk.lists import CODES, PARTS, Lists, load_lists
from kiosk.revocation_in_use import HeldList
from sync.bundle.held import File, Held, load
from sync.bundle.refused import Refused
from sync.bundle.remit import OnlyFor
from sync.event import Event
from verification.policy import Policy
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.unusable import IndexUnusable
from verification.snapshot import Snapshot
from verification.trust.store import TrustList

NONE_YET = (
    "There is no bundle here yet and every code is referred: connect this lane to its hub, or bring a stick "
    "(main.py bundle update --from FOLDER)."
)
Tell = Callable[[Event | PartFailed | PartRecovered], None]
_NO_LISTS = Lists(Snapshot(TrustList(()), None), None, None, (), ())


class BundleKeeper:
    """Owns the lists in use, as `ListKeeper` does for single files."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._store, self._wanted = store_of(settings), wanted_of(settings)
        self._parsed: Parsed = {}
        self.station: StationFiles = no_station_files()
        self._held: Held | None = None
        self._last_policy: Policy | None = None
        self._old: dict[str, Fault] = {}
        self._stamp, self.lists = self._load_stamped(_NO_LISTS)
        self._reading = _read_through(self.lists)

    def tell_all(self, tell: Tell) -> None:
        """Says what was loaded at the start, and what is wrong with the rest."""
        for event in self.lists.events:
            tell(event)
        for fault in self.lists.faults:
            tell(PartFailed(fault))
        self._tell_ages(tell)

    def look_again(self, tell: Tell) -> bool:
        """Loads anew when another set is in use. What cannot be read leaves what was in use before.

        Returns whether anything had changed.
        """
        changed = self._look(self._store.stamp()) != self._stamp
        if changed:
            before = self.lists
            self._stamp, self.lists = self._load_stamped(before)
            self._reading = _read_through(self.lists)
            for event in self.lists.events:
                tell(event)
            for fault in self.lists.faults:
                tell(PartFailed(fault))
            for part in sorted({one.part for one in before.faults} - {one.part for one in self.lists.faults}):
                tell(PartRecovered(part))
        else:
            self._read_on(tell)
        self._tell_ages(tell)
        return changed

    def _load_stamped(self, before: Lists) -> tuple[object, Lists]:
        """What was loaded, and how to see that it changed; what comes in meanwhile is seen next time."""
        stamp = self._store.stamp()
        lists = self._load(before)
        return self._look(stamp), lists

    def _load(self, before: Lists) -> Lists:
        try:
            held = load(self._store, self._wanted)
        except Refused as refused:
            return replace(before, events=(), faults=(Fault(PART, CODE, refused.advice),))
        if held is None:
            return replace(_NO_LISTS, faults=(Fault(PART, CODE, NONE_YET),))
        self._held = held
        own, wrong = self._own_policy()
        fresh = load_bundle_lists(self._store, held, self._settings, own or self._last_policy, self._parsed)
        self.station, faults = read_station(self._store, held, self._settings, self.station)
        lists = _kept(
            replace(before, policy=self._last_policy),
            replace(fresh, faults=(*fresh.faults, *wrong, *faults)),
        )
        self._last_policy = lists.policy
        return replace(lists, policy=None) if self.station.too_old else lists

    def _own_policy(self) -> tuple[Policy | None, list[Fault]]:
        """The policy of the settings, where they name none of the bundle's."""
        if self._settings.bundle.profile:
            return None, []
        own = load_lists(Trust(key=self._settings.trust.key), self._settings.lane.policy)
        return own.policy, [one for one in own.faults if one.part == PARTS["policy"]]

    def _tell_ages(self, tell: Tell) -> None:
        """Says when a list grows old, before it is too old, and when it is well again."""
        if self._held is None:
            return
        now = {fault.part: fault for fault in ageing(self.lists, self._held, self._clock().utc)}
        for part, fault in now.items():
            if self._old.get(part) != fault:
                tell(PartFailed(fault))
        for part in sorted(set(self._old) - set(now)):
            tell(PartRecovered(part))
        self._old = now

    def _read_on(self, tell: Tell) -> None:
        """One part more of the large indexes. What turns out to be damaged clears nobody, and is named."""
        damaged = next(self._reading, None)
        if damaged is not None:
            fault = Fault(f"{PARTS['revocation']} {damaged[0]}", CODES["revocation"], damaged[1])
            self.lists = replace(self.lists, faults=(*self.lists.faults, fault))
            tell(PartFailed(fault))
            self._doubt(damaged[0])

    def _doubt(self, path: str) -> None:
        """The next look for a bundle reads this index whole and fetches what is broken."""
        for _, file in self._held.files() if self._held is not None else ():
            if file.target.is_index and str(Path(file.target.path).parent) == path:
                try:
                    self._store.doubt(self._folder(file))
                except Refused:
                    return  # a disk that takes no mark takes no new part either

    def _folder(self, file: File) -> Path:
        return self._store.index_folder(file.target.owner, file.target.name)

    def _look(self, stamp: object) -> object:
        """Changes with the set in use, with a file of it that is gone or back, and with any large index."""
        files = [] if self._held is None else [file for _, file in self._held.files()]
        here = [self._store.has_target(file.sha256, file.length) for file in files]
        indexes = [self._folder(file) for file in files if file.target.is_index]
        states = [folder.stat().st_mtime_ns for folder in indexes if folder.exists()]
        policy = self._settings.lane.policy
        own = policy.stat().st_mtime_ns if policy is not None and policy.exists() else None
        return stamp, own, tuple(here), tuple(states)


def _kept(before: Lists, fresh: Lists) -> Lists:
    """The fresh lists, with those that could not be read replaced by what was in use before."""
    bad = {fault.part for fault in fresh.faults}
    policy = before.policy if PARTS["policy"] in bad and fresh.policy is None else fresh.policy
    book = before.book if PARTS["rules"] in bad and fresh.book is None else fresh.book
    trusted = {one.file: one for one in before.trust}
    trust = tuple(one if one.held is not None else trusted.get(one.file, one) for one in fresh.trust)
    known = {one.file: one for one in before.revocation}
    held = tuple(known.get(one.file, one) if _is_missing(one) else one for one in fresh.revocation)
    kept = replace(fresh, policy=policy, book=book)
    if trust != fresh.trust:
        kept = kept.with_trust(trust)
    return kept.with_revocation(held)


def _is_missing(one: HeldList) -> bool:
    return isinstance(one.held, OnlyFor) and isinstance(one.held.held, Missing)


def _read_through(lists: Lists) -> Iterator[tuple[str, str] | None]:
    """Reads every large index once from end to end, a part at a step; yields its path and what is wrong."""
    for one in lists.revocation:
        index = one.held.held if isinstance(one.held, OnlyFor) else None
        if isinstance(index, MappedIndex):
            try:
                for _ in index.check_rest():
                    yield None
            except IndexUnusable as damage:
                advice = "A sound copy is fetched at the next look; if this stays, have the disk looked at."
                yield str(one.file), f"{one.file}: {damage}. {advice}"
