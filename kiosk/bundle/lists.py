"""The lists of a lane as they stand in the bundle in use: each role's own, as old as last confirmed.

A list counts as confirmed when the newest timestamp was signed that had it as the newest there is: it is
fresh though it was signed a month ago, and grows old where a mirror shows the same timestamp for ever. It
ends where its own words, its role or the end that its role gave it say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from config.settings import Settings
from kiosk.lane_view import Fault
from kiosk.lists import CODES, PARTS, HeldTrust, Lists
from kiosk.revocation_in_use import HeldList
from sync.bundle.held import Held, HeldRole
from sync.bundle.indexes import index_state
from sync.bundle.layout import Kind, Target
from sync.bundle.refused import Refused, Why
from sync.bundle.remit import OnlyFor, RoleFiles
from sync.bundle.store import Store
from sync.event import Event
from sync.event_types import ListsLoaded, ListsRejected
from verification.policy import Policy, PolicyError, Thresholds, load
from verification.revocation.index.manifest import to_manifest
from verification.revocation.index.opening import open_index
from verification.rules.dcc import Rule, RuleBook
from verification.rules.value_sets import ValueSet, for_rules
from verification.signed_lists import ListRejected
from verification.snapshot import ListAge, RevocationAnswer, RevocationQuery, Snapshot, TrustStore
from verification.trust.store import TrustList

T = TypeVar("T")
Parsed = dict[tuple[str, ...], object]
"""What was read before, by what it was read from: a list that did not change is not read again."""


@dataclass(frozen=True, slots=True)
class Missing:
    """In the place of a revocation list that cannot be read: it clears nobody whom its role speaks for."""

    signed_at: datetime | None = None

    def check(self, _query: RevocationQuery) -> RevocationAnswer:
        """Nobody knows what stands on it."""
        return RevocationAnswer.STALE

    def __len__(self) -> int:
        return 0


def load_bundle_lists(
    store: Store, held: Held, settings: Settings, own: Policy | None, parsed: Parsed
) -> Lists:
    """Everything that the bundle has for this lane. Never raises for a bad file: it stands in `faults`.

    `own` is the policy of the settings, which counts where they name no profile of the bundle, and the one
    that goes on where the bundle's cannot be used.
    """
    return _Loading(store, held, settings, parsed).lists(own)


class _Loading:
    def __init__(self, store: Store, held: Held, settings: Settings, parsed: Parsed) -> None:
        self._store, self._held, self._settings, self._parsed = store, held, settings, parsed
        self._fresh: Parsed = {}
        self.events: list[Event] = []
        self.faults: list[Fault] = []

    def lists(self, own: Policy | None) -> Lists:
        policy = self._policy() if self._settings.bundle.profile else own
        ruling = policy or own
        settings = self._settings.trust
        trust_limits = Thresholds(warn_h=settings.trust_warn_h, refer_h=settings.trust_refer_h)
        limits = Thresholds(warn_h=settings.revocation_warn_h, refer_h=settings.revocation_refer_h)
        if ruling is not None:
            trust_limits, limits = ruling.freshness.trust, ruling.freshness.revocation
        trusted, revoked = [], []
        for role in self._held.jurisdictions.values():
            files = self._files(role)
            own_trust = [self._trust_list(role, files, one, trust_limits) for one in files.of(Kind.TRUST)]
            trusted += own_trust
            store = Lists(_EMPTY, None, None, (), ()).with_trust(tuple(own_trust)).snapshot.trust
            for kind in (Kind.STATUS, Kind.REVOCATION):
                revoked += [self._revoked(role, files, one, store, limits) for one in files.of(kind)]
        if not trusted:
            self._reject("trust", "the bundle has no trust list: every code is referred to an officer")
        if not revoked:
            self._reject("revocation", "the bundle has no revocation list: every code is referred")
        book = self._rules(policy)
        self._parsed.clear()
        self._parsed.update(self._fresh)
        lists = Lists(_EMPTY, policy, book, tuple(self.events), tuple(self.faults))
        return lists.with_trust(tuple(trusted)).with_revocation(tuple(revoked))

    def _files(self, role: HeldRole) -> RoleFiles:
        return RoleFiles(role.name, _named(role), self._store.target)

    def _trust_list(self, role: HeldRole, files: RoleFiles, target: Target, limits: Thresholds) -> HeldTrust:
        file = Path(target.path)
        trusted = self._read("trust", role, target, lambda: files.trust_list(target))
        if trusted is None:
            return HeldTrust(file)
        return HeldTrust(file, trusted, _age(role, target, trusted.signed_at, limits, trusted.expires_at))

    def _revoked(
        self, role: HeldRole, files: RoleFiles, target: Target, trust: TrustStore, limits: Thresholds
    ) -> HeldList:
        file = Path(target.path)
        if target.is_index:
            return self._index(role, files, target, limits)
        assert isinstance(trust, TrustList)
        held = self._read("revocation", role, target, lambda: files.revocation_list(target, trust))
        if held is None:
            return HeldList(file, OnlyFor(role.name, Missing()))
        return HeldList(file, OnlyFor(role.name, held), _age(role, target, held.signed_at, limits))

    def _index(self, role: HeldRole, files: RoleFiles, target: Target, limits: Thresholds) -> HeldList:
        """A large index is as old as its own newest document, until it is what the bundle says."""
        file = Path(target.path).parent
        part = f"{PARTS['revocation']} {file}"
        try:
            wanted = to_manifest(self._store.target(role.files[target.path].sha256))
            index = open_index(self._store.index_folder(target.owner, target.name), *files.keys())
        except (ListRejected, Refused) as error:
            self._reject("revocation", f"{file} is not here yet: {error}", part)
            return HeldList(file, OnlyFor(role.name, Missing()))
        self._note("revocation", (target.path, str(index.sequence), index.base.name), index)
        if index_state(self._store, target) == wanted:
            return HeldList(file, OnlyFor(role.name, index), _age(role, target, index.signed_at, limits))
        age = limits.age(index.signed_at, role.end_of(target.path))
        return HeldList(file, OnlyFor(role.name, index), age)

    def _policy(self) -> Policy | None:
        top = self._files(self._held.top)
        name = f"{self._settings.bundle.profile}.json"
        targets = [target for target in top.of(Kind.POLICY) if target.name == name]
        if not targets:
            self._reject("policy", f"the bundle has no policy {name}")
            return None
        return self._read("policy", self._held.top, targets[0], lambda: _policy_of(top, targets[0]))

    def _rules(self, policy: Policy | None) -> RuleBook | None:
        rules: list[Rule] = []
        sets: list[ValueSet] = []
        for role in self._held.jurisdictions.values():
            files = self._files(role)
            for target in files.of(Kind.RULES):
                rules += self._read("rules", role, target, partial(files.rules, target)) or ()
            for target in files.of(Kind.VALUE_SETS):
                sets += self._read("rules", role, target, partial(files.value_sets, target)) or ()
        spoilt = any(fault.part.startswith(PARTS["rules"]) for fault in self.faults)
        try:
            book = RuleBook(rules, for_rules(sets)) if rules and not spoilt else None
        except ListRejected as rejected:
            self._reject("rules", str(rejected))
            return None
        wanted = policy.arrival.country if policy is not None and policy.arrival is not None else None
        if wanted is not None and (book is None or wanted not in book.countries):
            self._reject("rules", f"the policy asks for rules of {wanted}, and there are none")
        return book

    def _read(self, kind: str, role: HeldRole, target: Target, how: Callable[[], T]) -> T | None:
        """A file read, or taken from what was read before out of the very same files."""
        part = PARTS[kind] if kind in ("policy", "rules") else f"{PARTS[kind]} {target.path}"
        sources = (role.name, target.path, *sorted(_bearing(role, target)))
        known = self._parsed.get(sources)
        if known is not None:
            self._fresh[sources] = known
            return known  # type: ignore[return-value]
        try:
            read = how()
        except (Refused, ListRejected) as error:
            if isinstance(error, Refused) and error.why is Why.STORAGE:
                self._forget(role, target)
            self._reject(kind, f"{target.path}: {error}", part)
            return None
        self._note(kind, sources, read)
        return read

    def _note(self, kind: str, sources: tuple[str, ...], read: object) -> None:
        if sources not in self._parsed:
            signed_at = getattr(read, "signed_at", None)
            version = signed_at.isoformat(timespec="seconds") if signed_at else ""
            if isinstance(read, Policy):
                version = f"{read.name} {read.version}"
            self.events.append(ListsLoaded(kind, version, len(read) if hasattr(read, "__len__") else 1))
        self._fresh[sources] = read

    def _forget(self, role: HeldRole, target: Target) -> None:
        """A file that this disk damaged is taken away, so that the next look fetches it again."""
        try:
            self._store.drop_target(role.files[target.path].sha256)
        except Refused:
            return

    def _reject(self, kind: str, why: str, part: str = "") -> None:
        self.events.append(ListsRejected(kind, why))
        self.faults.append(Fault(part or PARTS[kind], CODES[kind], why))


_EMPTY = Snapshot(TrustList(()), None)


def _age(
    role: HeldRole,
    target: Target,
    signed_at: datetime | None,
    limits: Thresholds,
    expires_at: datetime | None = None,
) -> ListAge:
    confirmed = role.state.confirmed_at
    newest = confirmed if signed_at is None else max(signed_at, confirmed)
    ends = role.end_of(target.path)
    return limits.age(newest, min(ends, expires_at or ends))


def _named(role: HeldRole) -> Mapping[str, str]:
    return {path: file.sha256 for path, file in role.files.items()}


def _bearing(role: HeldRole, target: Target) -> list[str]:
    """The SHA-256 of everything that has a say in how a file is read."""
    kinds = {Kind.KEY, Kind.TRUST} if target.kind in (Kind.STATUS, Kind.REVOCATION) else {Kind.KEY}
    return [
        file.sha256
        for path, file in role.files.items()
        if file.target.kind in kinds or path in (target.path, f"{target.path}.sig")
    ]


def _policy_of(top: RoleFiles, target: Target) -> Policy:
    try:
        return load(top.content(target))
    except PolicyError as error:
        raise ListRejected(str(error)) from error
