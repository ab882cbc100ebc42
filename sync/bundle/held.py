"""The set of metadata in use, loaded from disk and verified again, however long ago it ended.

A lane without a network goes on with what it verified last. Whether that is still good enough is judged by
each list's age at each scan, not here: signatures, versions and hashes are checked, ends are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tuf.api.metadata import Root, Snapshot, TargetFile, Targets, Timestamp

from sync.bundle import metadata
from sync.bundle.ending import until_of
from sync.bundle.layout import Kind, Target, parse
from sync.bundle.marks import NO_MARKS
from sync.bundle.metadata import TARGETS, Verified
from sync.bundle.refused import Refused, Why
from sync.bundle.state import InUse, RoleInUse
from sync.bundle.store import Store
from sync.canonical import NotCanonical


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the station's files are this lane's. Lists are wanted all."""

    profile: str = ""
    station: str = ""
    other: str = ""
    """The policy of the direction the lane can be turned to, where the bundle has that, too."""

    def wants(self, target: Target) -> bool:
        """Whether this lane has a use for the file."""
        policies = [f"{name}.json" for name in (self.profile, self.other) if name]
        mine = {"policy": policies, "roster": [f"{self.station}.sealed"]}
        return target.kind not in mine or target.name in mine[target.kind]


@dataclass(frozen=True, slots=True)
class File:
    """One target file of the set: what it is, and under which name it lies here."""

    target: Target
    sha256: str
    length: int
    until: datetime | None = None
    """When its signer wishes that it is not used any longer, where that is before the end of the role."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One targets role of the set."""

    name: str
    state: RoleInUse
    verified: Verified[Targets]
    files: Mapping[str, File]
    """By target path; only those this lane wants."""

    @property
    def expires(self) -> datetime:
        """When its signer wishes that it is not used any longer."""
        return self.verified.expires

    def end_of(self, path: str) -> datetime:
        """When a file of this role is over: with the role, or before it."""
        until = self.files[path].until if path in self.files else None
        return self.expires if until is None else min(until, self.expires)


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that is in use, verified."""

    in_use: InUse
    root: Verified[Root]
    timestamp: Verified[Timestamp]
    snapshot: Verified[Snapshot]
    top: HeldRole
    jurisdictions: Mapping[str, HeldRole]

    def roles(self) -> Iterator[HeldRole]:
        """The station's role, then the jurisdictions."""
        yield self.top
        yield from self.jurisdictions.values()

    def files(self) -> Iterator[tuple[HeldRole, File]]:
        """Every file of every role that this lane wants."""
        for role in self.roles():
            for file in role.files.values():
                yield role, file


def load(store: Store, wanted: Wanted) -> Held | None:
    """The set in use; None: this lane never had one. Raises `Refused` for one that is damaged."""
    in_use = store.in_use()
    if in_use is None:
        return None
    try:
        return _load(store, in_use, wanted)
    except Refused as refused:
        raise Refused(Why.STORAGE, f"the bundle in use cannot be loaded: {refused}") from refused


def _load(store: Store, in_use: InUse, wanted: Wanted) -> Held:
    root = metadata.anchor(store.metadata(in_use.root))
    timestamp, _ = metadata.timestamp(root, store.metadata(in_use.timestamp), None, NO_MARKS)
    snapshot, _ = metadata.snapshot(root, timestamp, store.metadata(in_use.snapshot), None, NO_MARKS)
    top = metadata.targets(root, TARGETS, snapshot, store.metadata(in_use.targets.metadata), None)
    metadata.jurisdictions(top)
    jurisdictions = {}
    for name, state in in_use.jurisdictions.items():
        data = store.metadata(state.metadata)
        if state.held_back:
            role = metadata.kept_targets(top, name, data)
        else:
            role = metadata.targets(top, name, snapshot, data, None)
        jurisdictions[name] = HeldRole(name, state, role, wanted_files(name, role, top, wanted))
    files = wanted_files(TARGETS, top, top, wanted)
    if in_use.targets.held_back:
        older = (
            metadata.kept_targets(root, TARGETS, store.metadata(in_use.policy_of))
            if in_use.policy_of
            else None
        )
        files = with_policy_of(files, older, wanted)
    station = HeldRole(TARGETS, in_use.targets, top, files)
    return Held(in_use, root, timestamp, snapshot, station, jurisdictions)


def with_policy_of(
    files: Mapping[str, File], older: Verified[Targets] | None, wanted: Wanted
) -> dict[str, File]:
    """The station's files with the policy that an older list names, or with none. Raises `Refused`."""
    rest = {path: file for path, file in files.items() if file.target.kind is not Kind.POLICY}
    known = {} if older is None else wanted_files(TARGETS, older, older, wanted)
    return rest | {path: file for path, file in known.items() if file.target.kind is Kind.POLICY}


def wanted_files(
    role: str, found: Verified[Targets], top: Verified[Targets], wanted: Wanted
) -> dict[str, File]:
    """What a role signs and this lane wants, by path. Raises `Refused`."""
    listed: dict[str, TargetFile] = metadata.files_of(role, found, top)
    files = {}
    for path, meta in listed.items():
        target = parse(path)
        if wanted.wants(target):
            files[path] = File(target, meta.hashes["sha256"], int(meta.length), _until(path, meta))
    return files


def _until(path: str, meta: TargetFile) -> datetime | None:
    try:
        return until_of(meta)
    except NotCanonical as error:
        raise Refused(Why.UNFIT, f"{path}: {error}") from error
