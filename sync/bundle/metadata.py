"""The Update Framework's client workflow as pure steps: bytes, a trusted time and marks in, metadata out.

Section numbers are those of the TUF specification 1.0. Nothing here reads a clock, a disk or a network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from tuf.api.exceptions import LengthOrHashMismatchError, RepositoryError
from tuf.api.metadata import Metadata, MetaFile, Root, Signed, Snapshot, TargetFile, Targets, Timestamp

from sync.bundle.layout import Jurisdiction, NoTarget, may_sign, parse
from sync.bundle.marks import Authority, Marks
from sync.bundle.refused import Refused, Why

TIMESTAMP, SNAPSHOT, TARGETS, ROOT = "timestamp", "snapshot", "targets", "root"
MOST_NAMES = 256
"""Roles that a snapshot may list."""
MOST_TARGETS = 20_000
"""Targets that one role may list."""

T = TypeVar("T", Root, Timestamp, Snapshot, Targets)
Delegator = Root | Targets


@dataclass(frozen=True, slots=True)
class Verified(Generic[T]):
    """Metadata that enough of the right keys signed, and the bytes they came as."""

    signed: T
    data: bytes
    signers: frozenset[str]
    """Ids of the keys whose signatures are right."""

    @property
    def version(self) -> int:
        """The role's version."""
        return int(self.signed.version)

    @property
    def expires(self) -> datetime:
        """Aware UTC."""
        return self.signed.expires


def anchor(data: bytes) -> Verified[Root]:
    """The root that this lane was installed with, or trusted before: it vouches for itself (5.2)."""
    opened = _opened(Root, data)
    root = opened.signed
    return _complete(Verified(root, data, _signers(root, ROOT, opened, root)))


def next_root(trusted: Verified[Root], data: bytes) -> Verified[Root]:
    """The root after `trusted`: signed by a threshold of the old keys and of its own (5.3.4, 5.3.5)."""
    opened = _opened(Root, data)
    root = opened.signed
    _signers(trusted.signed, ROOT, opened, root)
    signers = _signers(root, ROOT, opened, root)
    if root.version != trusted.version + 1:
        raise Refused(
            Why.ROLLED_BACK if root.version <= trusted.version else Why.MIXED,
            f"the root after version {trusted.version} says that it is version {root.version}",
        )
    return _complete(Verified(root, data, signers))


def timestamp(
    root: Verified[Root], data: bytes, at: datetime | None, marks: Marks
) -> tuple[Verified[Timestamp], Marks]:
    """The timestamp, and the marks raised by it (5.4).

    `at` is None for what was verified before and is loaded again: then its end is not looked at.
    """
    found = _verified(Timestamp, root.signed, TIMESTAMP, data)
    stated = {TIMESTAMP: found.version, SNAPSHOT: int(found.signed.snapshot_meta.version)}
    raised = _not_below(marks, root, TIMESTAMP, found, stated)
    _in_force(TIMESTAMP, found, at)
    return found, raised


def snapshot(
    root: Verified[Root], above: Verified[Timestamp], data: bytes, at: datetime | None, marks: Marks
) -> tuple[Verified[Snapshot], Marks]:
    """The snapshot that the timestamp names, and the marks raised by it (5.5)."""
    meta = above.signed.snapshot_meta
    _is_the_one(SNAPSHOT, meta, data)
    found = _verified(Snapshot, root.signed, SNAPSHOT, data)
    _is_version(SNAPSHOT, found.version, meta)
    if len(found.signed.meta) > MOST_NAMES:
        raise Refused(Why.OVERSIZED, f"the snapshot lists more than {MOST_NAMES} roles")
    stated = {name.removesuffix(".json"): int(meta.version) for name, meta in found.signed.meta.items()}
    raised = _not_below(marks, root, SNAPSHOT, found, stated)
    _in_force(SNAPSHOT, found, at)
    return found, raised


def targets(
    delegator: Verified[Root] | Verified[Targets],
    role: str,
    above: Verified[Snapshot],
    data: bytes,
    at: datetime | None,
) -> Verified[Targets]:
    """A targets role that the snapshot names (5.6.2 to 5.6.5)."""
    meta = meta_of(above, role)
    _is_the_one(role, meta, data)
    found = _verified(Targets, delegator.signed, role, data)
    _is_version(role, found.version, meta)
    if len(found.signed.targets) > MOST_TARGETS:
        raise Refused(Why.OVERSIZED, f"{role} lists more than {MOST_TARGETS} targets")
    _in_force(role, found, at)
    return found


def kept_targets(delegator: Verified[Root] | Verified[Targets], role: str, data: bytes) -> Verified[Targets]:
    """A targets role that was verified before, once its signers are still those that are trusted for it."""
    return _verified(Targets, delegator.signed, role, data)


def meta_of(above: Verified[Snapshot], role: str) -> MetaFile:
    """What the snapshot says of a role."""
    meta = above.signed.meta.get(f"{role}.json")
    if meta is None:
        raise Refused(Why.MIXED, f"the snapshot does not name {role}")
    return meta


def in_force(root: Verified[Root], at: datetime) -> None:
    """Whether the newest root has not ended (5.3.10). Raises `Refused`."""
    _in_force(ROOT, root, at)


def jurisdictions(top: Verified[Targets]) -> tuple[str, ...]:
    """The delegated roles in their order. Raises `Refused` for delegations that this product does not make.

    Each must be a jurisdiction, terminating, and named once: with one level and paths that cannot overlap,
    the search of 5.6.7 finds the same signer for a path whatever the order.
    """
    delegations = top.signed.delegations
    if delegations is None:
        return ()
    if delegations.roles is None:
        raise Refused(Why.UNFIT, "the delegations are hash bins, which a bundle has none of")
    for name, role in delegations.roles.items():
        if name not in set(Jurisdiction):
            raise Refused(Why.UNFIT, f"{name[:40]!r} is no jurisdiction that this program knows")
        if not role.terminating:
            raise Refused(Why.UNFIT, f"the delegation to {name} does not end the search for a path")
    return tuple(delegations.roles)


def files_of(role: str, found: Verified[Targets], top: Verified[Targets]) -> dict[str, TargetFile]:
    """The targets that a role signs and alone may sign. Raises `Refused` for one that is not its own.

    The role itself must stay within its paths, whatever the delegation would let it sign.
    """
    delegations = top.signed.delegations
    delegated = None
    if role != TARGETS:
        if found.signed.delegations is not None:
            raise Refused(Why.UNFIT, f"{role} delegates further, which no jurisdiction may")
        delegated = delegations.roles[role] if delegations and delegations.roles else None
    for path, file in found.signed.targets.items():
        try:
            parse(path)
        except NoTarget as error:
            raise Refused(Why.UNFIT, f"{role}: {error}") from error
        if not may_sign(role, path) or (delegated is not None and not delegated.is_delegated_path(path)):
            raise Refused(Why.UNFIT, f"{role} signs {path[:120]!r}, which is not its own")
        if "sha256" not in file.hashes:
            raise Refused(Why.UNFIT, f"{role}: {path} has no SHA-256")
    return dict(found.signed.targets)


def authority(delegator: Delegator, role: str) -> Authority:
    """Who may sign a role. Raises `Refused`."""
    try:
        found = delegator.get_delegated_role(role)
    except ValueError as error:
        raise Refused(Why.FOREIGN, f"nobody is trusted to sign {role}") from error
    return Authority(frozenset(found.keyids), int(found.threshold))


def signed_at(found: Signed) -> str | None:
    """When metadata say that they were signed: a member of ours, which the signature covers."""
    stated: Any = found.unrecognized_fields.get("signed_at")
    return stated if isinstance(stated, str) else None


def _opened(kind: type[T], data: bytes) -> Metadata[T]:
    try:
        opened: Metadata[T] = Metadata.from_bytes(data)
    except (RepositoryError, RecursionError) as error:
        raise Refused(Why.DAMAGED, f"{kind.type}: it is no metadata that this program reads") from error
    if opened.signed.type != kind.type:
        raise Refused(Why.MIXED, f"metadata of type {opened.signed.type} stand where {kind.type} belongs")
    return opened


def _verified(kind: type[T], delegator: Delegator, role: str, data: bytes) -> Verified[T]:
    opened = _opened(kind, data)
    signers = _signers(delegator, role, opened, opened.signed)
    found: Verified[T] = Verified(opened.signed, data, signers)
    return found


def _signers(delegator: Delegator, role: str, opened: Metadata[T], what: Signed) -> frozenset[str]:
    """The keys that signed. One key under two ids counts once, whatever the delegation says."""
    needed = authority(delegator, role)
    try:
        result = delegator.get_verification_result(role, opened.signed_bytes, opened.signatures)
    except (RepositoryError, ValueError) as error:
        raise Refused(Why.DAMAGED, f"{role}: its signed bytes cannot be told") from error
    distinct = {(key.keytype, str(key.keyval.get("public"))) for key in result.signed.values()}
    if len(distinct) < needed.threshold:
        raise Refused(
            Why.FOREIGN,
            f"{role} {what.version} has {len(distinct)} of the {needed.threshold} signatures that it needs",
        )
    return frozenset(result.signed)


def _not_below(
    marks: Marks,
    root: Verified[Root],
    role: str,
    found: Verified[Timestamp] | Verified[Snapshot],
    stated: Mapping[str, int],
) -> Marks:
    for name, lowest in marks.floor(role, authority(root.signed, role)).items():
        if name not in stated:
            raise Refused(Why.ROLLED_BACK, f"the {role} does not name {name} any more")
        if stated[name] < lowest:
            raise Refused(
                Why.ROLLED_BACK,
                f"the {role} offers version {stated[name]} of {name}, and version {lowest} was here already",
            )
    return marks.raised(role, found.signers, stated)


def _complete(root: Verified[Root]) -> Verified[Root]:
    if not root.signed.consistent_snapshot:
        raise Refused(Why.UNFIT, "the root is of a repository without consistent snapshots")
    return root


def _is_the_one(role: str, meta: MetaFile, data: bytes) -> None:
    try:
        meta.verify_length_and_hashes(data)
    except LengthOrHashMismatchError as error:
        raise Refused(Why.DAMAGED, f"{role}: the bytes are not those that were published") from error


def _is_version(role: str, version: int, meta: MetaFile) -> None:
    if version != meta.version:
        raise Refused(Why.MIXED, f"{role} is version {version}, and version {meta.version} belongs here")


def _in_force(
    role: str,
    found: Verified[Root] | Verified[Timestamp] | Verified[Snapshot] | Verified[Targets],
    at: datetime | None,
) -> None:
    if at is not None and at >= found.expires:
        raise Refused(Why.FROZEN, f"{role} {found.version} ended at {found.expires:%Y-%m-%d %H:%M} UTC")
