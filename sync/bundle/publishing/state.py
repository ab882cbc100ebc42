"""What is published now, read whole from the tree, and who must sign what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from tuf.api.metadata import Delegations, Metadata, Role, Root, Snapshot, Targets, Timestamp
from tuf.api.serialization import DeserializationError

from sync.bundle.layout import metadata_file
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.tree import Tree
from sync.canonical import utc_text

TOP = "targets"
SIGNED_AT = "signed_at"
T = TypeVar("T", Root, Timestamp, Snapshot, Targets)


@dataclass(frozen=True, slots=True)
class State:
    """All metadata in use. `roles` are `targets` and the jurisdictions that have signed something."""

    root: Metadata[Root]
    timestamp: Metadata[Timestamp] | None = None
    snapshot: Metadata[Snapshot] | None = None
    roles: dict[str, Metadata[Targets]] = field(default_factory=dict)

    def delegator(self, role: str) -> Root | Targets:
        """Who says which keys sign `role`. Raises `NotPublished` for a role that nobody delegated."""
        if role in self.root.signed.roles:
            return self.root.signed
        top = self.roles[TOP].signed if TOP in self.roles else None
        if top is None or top.delegations is None or role not in (top.delegations.roles or {}):
            raise NotPublished(
                f"{role} may sign nothing here yet: give it a key with `hub publish delegate`."
            )
        return top

    def keys_of(self, role: str) -> Role:
        """Key ids and threshold of a role. Raises `NotPublished`."""
        return self.delegator(role).get_delegated_role(role)

    def signatures_missing(self, role: str, signed: Metadata[T]) -> int:
        """How many more signatures a role's metadata need; 0: they are signed. Raises `NotPublished`."""
        result = self.delegator(role).get_verification_result(role, signed.signed_bytes, signed.signatures)
        return max(0, result.threshold - len(result.signed))

    def ends(self) -> dict[str, datetime]:
        """When each role's signatures are over."""
        found = {"root": self.root.signed.expires}
        found |= {role: signed.signed.expires for role, signed in self.roles.items()}
        for online in (self.snapshot, self.timestamp):
            if online is not None:
                found[online.signed.type] = online.signed.expires
        return found

    @property
    def delegations(self) -> Delegations:
        """The delegations of the top-level targets; empty ones where there are none."""
        top = self.roles.get(TOP)
        return Delegations({}, {}) if top is None else top.signed.delegations or Delegations({}, {})


def read_state(tree: Tree) -> State:
    """What the tree says now. Raises `NotPublished`, also where nothing was ever published."""
    root = _latest_root(tree)
    state = State(root)
    raw = tree.metadata(metadata_file("timestamp"))
    if raw is None:
        return state
    timestamp = read(Timestamp, raw, "timestamp.json")
    snapshot = _named(tree, Snapshot, "snapshot", timestamp.signed.snapshot_meta.version)
    roles: dict[str, Metadata[Targets]] = {}
    names = sorted(snapshot.signed.meta, key=lambda name: name != "targets.json")
    for name in names:
        role = name.removesuffix(".json")
        found = _named(tree, Targets, role, snapshot.signed.meta[name].version)
        roles[role] = _newer_where_needed(tree, State(root, roles=roles), role, found)
    return State(root, timestamp, snapshot, roles)


def _latest_root(tree: Tree) -> Metadata[Root]:
    versions = [
        int(name.split(".")[0]) for name in tree.files("metadata") if name.endswith(".root.json")
        and name.split(".")[0].isdigit()
    ]  # fmt: skip
    if not versions:
        raise NotPublished("Nothing was ever published here: begin with `hub publish init`.")
    return _named(tree, Root, "root", max(versions))


def _newer_where_needed(tree: Tree, state: State, role: str, found: Metadata[Targets]) -> Metadata[Targets]:
    """A power cut between a new root and its timestamp leaves the new targets unnamed: take them then."""
    if role != TOP or not state.signatures_missing(role, found):
        return found
    raw = tree.metadata(metadata_file(role, found.signed.version + 1))
    later = None if raw is None else read(Targets, raw, role)
    return later if later is not None and not state.signatures_missing(role, later) else found


def _named(tree: Tree, kind: type[T], role: str, version: int) -> Metadata[T]:
    name = metadata_file(role, version)
    raw = tree.metadata(name)
    if raw is None:
        raise NotPublished(f"{name} is missing from the published tree: put it back from a copy.")
    return read(kind, raw, name)


def read(kind: type[T], data: bytes, name: str) -> Metadata[T]:
    """Metadata of one kind. Raises `NotPublished`."""
    try:
        found: Metadata[T] = Metadata.from_bytes(data)
    except DeserializationError as error:
        raise NotPublished(f"{name} is damaged: put it back from a copy.") from error
    if not isinstance(found.signed, kind):
        raise NotPublished(f"{name} is {found.signed.type} metadata and not {kind.type}.")
    return found


def successor(present: Metadata[T], at: datetime, expires: datetime) -> Metadata[T]:
    """The same content as the next version, not signed yet."""
    following: Metadata[T] = Metadata.from_bytes(present.to_bytes())
    following.signatures.clear()
    following.signed.version += 1
    following.signed.expires = expires
    following.signed.unrecognized_fields[SIGNED_AT] = utc_text(at)
    return following
