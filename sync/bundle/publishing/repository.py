"""Publishes a change whole or not at all: checked first, then files, lists, snapshot, root, timestamp."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tuf.api.exceptions import LengthOrHashMismatchError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from config.counted import counted
from config.moment import Clock
from sync.bundle.layout import MOST_METADATA_BYTES, may_sign, metadata_file, parse, target_file
from sync.bundle.publishing.checks import Examine, examine_role, require_index
from sync.bundle.publishing.collect import superfluous
from sync.bundle.publishing.keys import OnlineKeys
from sync.bundle.publishing.lifetimes import RENEW_TIMESTAMP, end_of, is_due
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.state import SIGNED_AT, TOP, State, T, read_state, successor
from sync.bundle.publishing.tree import Source, Tree
from sync.canonical import NotCanonical, utc_text, utc_time

TREE, ONLINE = "bundle", "bundle-keys"
"""Folders in the data folder of a hub."""


@dataclass
class Proposal:
    """A change that may still lack signatures. `files` are paths below `targets/` as clients ask for them."""

    root: Metadata[Root] | None = None
    roles: dict[str, Metadata[Targets]] = field(default_factory=dict)
    files: dict[str, Source] = field(default_factory=dict)


class Repository:
    """The published tree of a hub and the keys with which the hub itself signs."""

    def __init__(self, tree: Tree, online: OnlineKeys, clock: Clock, examine: Examine = examine_role) -> None:
        self.tree = tree
        self.online = online
        self._clock = clock
        self._examine = examine

    @property
    def now(self) -> datetime:
        """The clock's time, to the second as metadata have it."""
        return self._clock().utc.replace(microsecond=0)

    def state(self) -> State:
        """What is published now. Raises `NotPublished`."""
        return read_state(self.tree)

    def publish(self, proposal: Proposal) -> State:
        """Publishes a change with new snapshot and timestamp. Raises `NotPublished`, `KeyUnusable`.

        A client in the middle of a download goes on with the files it began with: they stay for `KEEP`.
        """
        with self.tree.writing():
            before = read_state(self.tree) if self.founded else None
            after = self._after(before, proposal)
            self.tree.put_all("targets", proposal.files)
            for role, signed in proposal.roles.items():
                self._require_files(role, signed)
            state = self._sign_online(before, after, new_snapshot=True)
            self._write(state, proposal)
            self._collect(state)
        return state

    def refresh(self, *, anyway: bool = False) -> bool:
        """Renews snapshot and timestamp where it is time, or `anyway`. Whether anything was written.

        Raises `NotPublished`, `KeyUnusable`.
        """
        with self.tree.writing():
            before = read_state(self.tree)
            new_snapshot = self._snapshot_is_due(before)
            if not (anyway or new_snapshot or self._timestamp_is_due(before)):
                return False
            state = self._sign_online(before, before, new_snapshot=new_snapshot)
            self._write(state, Proposal())
            self._collect(state)
        return True

    def missing(self, proposal: Proposal) -> dict[str, int]:
        """Signatures that a change still lacks, by role; a new root also those of the old root's keys."""
        before = read_state(self.tree) if self.founded else None
        after = merged(before, proposal)
        lacks = {role: after.signatures_missing(role, signed) for role, signed in proposal.roles.items()}
        if proposal.root is not None:
            own = State(proposal.root).signatures_missing("root", proposal.root)
            old = 0 if before is None else before.signatures_missing("root", proposal.root)
            lacks["root"] = max(own, old)
        return {role: count for role, count in lacks.items() if count}

    @property
    def founded(self) -> bool:
        """Whether anything was ever published here."""
        return self.tree.metadata(metadata_file("root", 1)) is not None

    def _after(self, before: State | None, proposal: Proposal) -> State:
        after = merged(before, proposal)
        if proposal.root is not None:
            expected = 1 if before is None else before.root.signed.version + 1
            _require_version("root", proposal.root.signed.version, expected)
        for role, signed in proposal.roles.items():
            present = None if before is None else before.roles.get(role)
            _require_version(role, signed.signed.version, present.signed.version + 1 if present else 1)
            for path in signed.signed.targets:
                if not may_sign(role, path):
                    raise NotPublished(f"{role} may not sign {path}: it belongs to another role.")
            if len(signed.to_bytes()) > MOST_METADATA_BYTES:
                raise NotPublished(f"{role} has too many targets: remove those that nobody needs.")
        for role, lacking in self.missing(proposal).items():
            raise NotPublished(
                f"{role} lacks {counted(lacking, 'signature')}: sign with the keys that "
                "`hub publish show` lists for it."
            )
        if TOP in after.roles and after.signatures_missing(TOP, after.roles[TOP]):
            raise NotPublished("Nobody whom the new root names has signed the targets: sign them anew too.")
        now = self.now
        for role, signed in proposal.roles.items():
            self._examine(role, signed, proposal.files, self.tree)
        ends = {"root": after.root.signed.expires}
        ends |= {role: signed.signed.expires for role, signed in proposal.roles.items()}
        for role, expires in ends.items():
            if expires <= now:
                raise NotPublished(f"{role} is over since {expires:%Y-%m-%d}: sign it anew.")
        return after

    def _require_files(self, role: str, signed: Metadata[Targets]) -> None:
        for path, target in signed.signed.targets.items():
            data = self.tree.target(target_file(path, target.hashes["sha256"]))
            if data is None:
                raise NotPublished(f"The file of {path} did not come with {role}'s list: bring it along.")
            try:
                target.verify_length_and_hashes(data)
            except LengthOrHashMismatchError as error:
                raise NotPublished(f"The file of {path} is not the one that {role} signed.") from error
            if parse(path).is_index:
                require_index(path, data, self.tree, role, signed)

    def _sign_online(self, before: State | None, after: State, *, new_snapshot: bool) -> State:
        now, root = self.now, after.root.signed
        snapshot = before.snapshot if before is not None else None
        if snapshot is None or new_snapshot:
            snapshot = _next(Snapshot, snapshot, now, end_of("snapshot", now))
            snapshot.signed.meta = {
                f"{role}.json": _meta(signed) for role, signed in sorted(after.roles.items())
            }
            snapshot.sign(self.online.find("snapshot", root.roles["snapshot"].keyids).signer)
        timestamp = _next(
            Timestamp, before.timestamp if before is not None else None, now, end_of("timestamp", now)
        )
        timestamp.signed.snapshot_meta = _meta(snapshot)
        timestamp.sign(self.online.find("timestamp", root.roles["timestamp"].keyids).signer)
        return State(after.root, timestamp, snapshot, after.roles)

    def _write(self, state: State, proposal: Proposal) -> None:
        """What nothing names yet first; the root just before the one file whose replacing is the change."""
        assert state.snapshot is not None and state.timestamp is not None
        lists = {
            metadata_file(role, signed.signed.version): signed for role, signed in proposal.roles.items()
        }
        self.tree.put_all("metadata", {name: signed.to_bytes() for name, signed in lists.items()})
        snapshot = metadata_file("snapshot", state.snapshot.signed.version)
        self.tree.put_all("metadata", {snapshot: state.snapshot.to_bytes()})
        if proposal.root is not None:
            root = metadata_file("root", proposal.root.signed.version)
            self.tree.put_all("metadata", {root: proposal.root.to_bytes()})
        self.tree.put_all("metadata", {metadata_file("timestamp"): state.timestamp.to_bytes()})

    def _snapshot_is_due(self, state: State) -> bool:
        if state.snapshot is None or state.signatures_missing("snapshot", state.snapshot):
            return True
        listed = {name: meta.version for name, meta in state.snapshot.signed.meta.items()}
        held = {f"{role}.json": signed.signed.version for role, signed in state.roles.items()}
        return listed != held or is_due("snapshot", state.snapshot.signed.expires, self.now)

    def _timestamp_is_due(self, state: State) -> bool:
        if state.timestamp is None or state.signatures_missing("timestamp", state.timestamp):
            return True
        try:
            signed_at = utc_time(str(state.timestamp.signed.unrecognized_fields.get(SIGNED_AT)))
        except NotCanonical:
            return True
        return not timedelta(0) <= self.now - signed_at < RENEW_TIMESTAMP

    def _collect(self, state: State) -> None:
        """What is published is published: files that cannot be removed now stay until the next time."""
        try:
            for part, names in superfluous(self.tree, state, self.now).items():
                self.tree.remove(part, names)
        except (NotPublished, OSError):
            return


def hub_repository(data: Path, clock: Clock) -> Repository:
    """The published tree and the hub's own keys in its data folder."""
    return Repository(Tree(data / TREE), OnlineKeys(data / ONLINE), clock)


def sign_target(data: bytes, path: str, custom: dict[str, object]) -> TargetFile:
    """A target's length, SHA-256 and what else lanes are told of it."""
    target = TargetFile.from_data(path, data, ["sha256"])
    if custom:
        target.unrecognized_fields["custom"] = custom
    return target


def merged(before: State | None, proposal: Proposal) -> State:
    """What would be published with the change. Raises `NotPublished` where there is no root at all."""
    root = proposal.root or (before.root if before is not None else None)
    if root is None:
        raise NotPublished("Nothing was ever published here: begin with `hub publish init`.")
    roles = {} if before is None else before.roles
    return State(
        root,
        None if before is None else before.timestamp,
        None if before is None else before.snapshot,
        {**roles, **proposal.roles},
    )


def _require_version(role: str, found: int, expected: int) -> None:
    if found != expected:
        raise NotPublished(
            f"{role} is version {found} and {expected} comes next: begin again from what is published now "
            "(`hub publish request`)."
        )


def _next(kind: type[T], present: Metadata[T] | None, now: datetime, expires: datetime) -> Metadata[T]:
    if present is not None:
        return successor(present, now, expires)
    return Metadata(kind(expires=expires, unrecognized_fields={SIGNED_AT: utc_text(now)}))


def _meta(signed: Metadata[T]) -> MetaFile:
    return MetaFile.from_data(signed.signed.version, signed.to_bytes(), ["sha256"])
