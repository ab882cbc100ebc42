"""Keeps what a lane judges by up to date while it runs: a changed file is loaded whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from config.settings import Trust
from kiosk.checking.list_files import signature_places
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_view import Fault
from kiosk.lists import CODES, PARTS, Lists, load_lists, revocation_part
from kiosk.rule_folders import rule_files
from sync.event import Event
from verification.revocation.index.manifest import CURRENT
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.unusable import IndexUnusable

Stamp = tuple[tuple[str, int, int] | None, ...]
Tell = Callable[[Event | PartFailed | PartRecovered], None]


class ListKeeper:
    """Owns the lists in use. `lists` is swapped in one step, so a scan never sees half an update."""

    def __init__(self, settings: Trust, policy_file: Path | None) -> None:
        self._settings, self._policy_file = settings, policy_file
        self._stamp = self._look()
        self.lists: Lists = load_lists(settings, policy_file)
        self._reading = _read_through(settings, self.lists)

    def tell_all(self, tell: Tell) -> None:
        """Says what was loaded at the start, and what is wrong with the rest."""
        for event in self.lists.events:
            tell(event)
        for fault in self.lists.faults:
            tell(PartFailed(fault))

    def look_again(self, tell: Tell) -> bool:
        """Loads anew when a file has changed. What cannot be used leaves what was in use before.

        Returns whether anything had changed.
        """
        stamp = self._look()
        if stamp == self._stamp:
            self._read_on(tell)
            return False
        self._stamp = stamp
        before, fresh = self.lists, load_lists(self._settings, self._policy_file, self.lists.policy)
        self.lists = _kept(before, fresh)
        self._reading = _read_through(self._settings, self.lists)
        for event in fresh.events:
            tell(event)
        for fault in fresh.faults:
            tell(PartFailed(fault))
        well = {fault.part for fault in before.faults} - {fault.part for fault in fresh.faults}
        for part in sorted(well):
            tell(PartRecovered(part))
        return True

    def _read_on(self, tell: Tell) -> None:
        """One part more of the large indexes. What turns out to be damaged clears nobody, and is named."""
        fault = next(self._reading, None)
        if fault is not None:
            self.lists = replace(self.lists, faults=(*self.lists.faults, fault))
            tell(PartFailed(fault))

    def _look(self) -> Stamp:
        lists = [*self._settings.lists, *map(_deciding, self._settings.revocation)]
        files = [*lists, *self._settings.key, self._policy_file]
        for file in (*lists, *([] if self._policy_file is None else [self._policy_file])):
            files += signature_places(file)
        for folder in (self._settings.rules, self._settings.value_sets):
            files += rule_files(folder) if folder is not None else []
        return tuple(_stamp(file) for file in files if file is not None)


def _stamp(file: Path) -> tuple[str, int, int] | None:
    try:
        known = file.stat()
    except OSError:
        return None
    return str(file), known.st_mtime_ns, known.st_size


def _deciding(file: Path) -> Path:
    """The file whose change means another list: of an index its manifest."""
    return file / CURRENT if file.is_dir() else file


def _read_through(settings: Trust, lists: Lists) -> Iterator[Fault | None]:
    """Reads every large index once from end to end, a part at a step; yields what is wrong with it."""
    for one in lists.revocation:
        if isinstance(one.held, MappedIndex):
            try:
                for _ in one.held.check_rest():
                    yield None
            except IndexUnusable as damage:
                part = revocation_part(settings, one.file)
                yield Fault(part, CODES["revocation"], f"{one.file}: {damage}")


def _kept(before: Lists, fresh: Lists) -> Lists:
    """The fresh lists, with those that could not be used replaced by what was in use before."""
    bad = {fault.part for fault in fresh.faults}
    policy = before.policy if PARTS["policy"] in bad else fresh.policy
    book = before.book if PARTS["rules"] in bad and fresh.book is None else fresh.book
    trusted = {one.file: one for one in before.trust}
    trust = tuple(one if one.held is not None else trusted.get(one.file, one) for one in fresh.trust)
    known = {one.file: one for one in before.revocation}
    held = tuple(one if one.held is not None else known.get(one.file, one) for one in fresh.revocation)
    kept = replace(fresh, policy=policy, book=book)
    if trust != fresh.trust:
        kept = kept.with_trust(trust)
    return kept.with_revocation(held)
