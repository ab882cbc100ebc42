"""What a change looks like before it is signed: targets, delegations, keys of roles."""

from __future__ import annotations

from datetime import datetime

from securesystemslib.signer import SSlibKey
from tuf.api.metadata import DelegatedRole, Delegations, Metadata, Role, Root, TargetFile, Targets

from sync.bundle.layout import Jurisdiction, may_sign, patterns
from sync.bundle.publishing.keys import RoleKey
from sync.bundle.publishing.lifetimes import end_of
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.state import SIGNED_AT, State, successor
from sync.canonical import utc_text

ROOT_ROLES = ("root", "targets", "snapshot", "timestamp")


def first_root(
    keys: list[SSlibKey], threshold: int, others: dict[str, SSlibKey], at: datetime
) -> Metadata[Root]:
    """Version 1: `keys` are root's; `others` has one key each for targets, snapshot and timestamp.

    Raises `NotPublished` for a threshold that cannot be met or means nothing.
    """
    if not 1 <= threshold <= len(keys) or len({key.keyid for key in keys}) != len(keys):
        raise NotPublished(f"{threshold} of {len(keys)} keys cannot be asked for: take 2 of 3.")
    root = Root(expires=end_of("root", at), consistent_snapshot=True)
    root.unrecognized_fields[SIGNED_AT] = utc_text(at)
    for key in keys:
        root.add_key(key, "root")
    root.roles["root"].threshold = threshold
    for role, key in others.items():
        root.add_key(key, role)
    return Metadata(root)


def next_root(state: State, at: datetime, days: int | None = None) -> Metadata[Root]:
    """The present root as its next version, to be changed and signed."""
    return successor(state.root, at, end_of("root", at, days))


def next_targets(state: State, role: str, at: datetime, days: int | None = None) -> Metadata[Targets]:
    """A role's list as its next version; an empty first one where it never signed. Raises `NotPublished`."""
    state.delegator(role)
    expires = end_of(role, at, days)
    if role in state.roles:
        return successor(state.roles[role], at, expires)
    return Metadata(Targets(expires=expires, unrecognized_fields={SIGNED_AT: utc_text(at)}))


def put_target(targets: Metadata[Targets], role: str, target: TargetFile) -> None:
    """Adds or replaces a target. Raises `NotPublished` for a path of another role."""
    if not may_sign(role, target.path):
        raise NotPublished(f"{role} may not sign {target.path}: it belongs to another role.")
    targets.signed.targets[target.path] = target


def drop_target(targets: Metadata[Targets], path: str) -> None:
    """Removes a target. Raises `NotPublished` where there is none."""
    if targets.signed.targets.pop(path, None) is None:
        raise NotPublished(f"{path} is not published: `hub publish show` lists what is.")


def delegate(
    targets: Metadata[Targets], role: Jurisdiction, keys: list[SSlibKey], threshold: int, *, add: bool = False
) -> None:
    """Gives a jurisdiction its keys, in the place of those it had or, with `add`, beside them.

    Raises `NotPublished`.
    """
    delegations = targets.signed.delegations or Delegations({}, {})
    roles = delegations.roles if delegations.roles is not None else {}
    held = roles[role].keyids if add and role in roles else []
    ids = list(dict.fromkeys([*held, *(key.keyid for key in keys)]))
    if not 1 <= threshold <= len(ids):
        raise NotPublished(f"{threshold} of {len(ids)} keys cannot be asked for: name more keys with --key.")
    delegations.keys.update({key.keyid: key for key in keys})
    roles[str(role)] = DelegatedRole(str(role), ids, threshold, terminating=True, paths=list(patterns(role)))
    order = [str(one) for one in Jurisdiction]
    delegations.roles = dict(sorted(roles.items(), key=lambda item: order.index(item[0])))
    targets.signed.delegations = delegations
    _forget_unused(targets)


def revoke_delegated(targets: Metadata[Targets], role: str, key_id: str) -> None:
    """Takes one key from a jurisdiction; with its last key the whole delegation. Raises `NotPublished`."""
    delegations = targets.signed.delegations
    roles = delegations.roles if delegations is not None else None
    if not roles or role not in roles or key_id not in roles[role].keyids:
        raise NotPublished(f"{role} has no key {key_id[:8]}: `hub publish show` lists the keys of each role.")
    own = roles[role]
    own.keyids.remove(key_id)
    own.threshold = min(own.threshold, max(1, len(own.keyids)))
    if not own.keyids:
        del roles[role]
    _forget_unused(targets)


def revoke_top(root: Metadata[Root], role: str, key_id: str) -> None:
    """Takes one key from a top-level role. Raises `NotPublished` where too few would be left."""
    own = _role(root, role)
    if key_id not in own.keyids:
        raise NotPublished(f"{role} has no key {key_id[:8]}: `hub publish show` lists the keys of each role.")
    if len(own.keyids) - 1 < own.threshold:
        raise NotPublished(
            f"{role} needs {own.threshold} keys and would have {len(own.keyids) - 1}: put a new one in its "
            f"place with `hub publish rotate {role}`."
        )
    root.signed.revoke_key(key_id, role)


def replace_top(root: Metadata[Root], role: str, old: str | None, new: SSlibKey) -> None:
    """Puts a new key in the place of `old`, or of the only one there is. Raises `NotPublished`."""
    own = _role(root, role)
    if old is None and len(own.keyids) == 1:
        old = own.keyids[0]
    if old is None or old not in own.keyids:
        ids = ", ".join(key_id[:8] for key_id in own.keyids)
        raise NotPublished(f"{role} has the keys {ids}: say with --old which one goes.")
    root.signed.add_key(new, role)
    root.signed.revoke_key(old, role)


def set_threshold(root: Metadata[Root], role: str, threshold: int, more: list[SSlibKey]) -> None:
    """Asks for so many signatures of a role, whose keys get `more` beside them. Raises `NotPublished`."""
    own = _role(root, role)
    for key in more:
        root.signed.add_key(key, role)
    if not 1 <= threshold <= len(own.keyids):
        raise NotPublished(
            f"{threshold} of {len(own.keyids)} {role} keys cannot be asked for: make more with --new FOLDER."
        )
    if threshold == own.threshold and not more:
        raise NotPublished(f"{role} needs {threshold} signatures already.")
    own.threshold = threshold


def sign(signed: Metadata[Root] | Metadata[Targets], keys: list[RoleKey], allowed: set[str]) -> list[str]:
    """Adds the signatures of those keys that the role has. Ids of the keys that signed."""
    used = []
    for key in keys:
        if key.id in allowed:
            signed.sign(key.signer, append=True)
            used.append(key.id)
    return used


def _role(root: Metadata[Root], role: str) -> Role:
    if role not in root.signed.roles:
        raise NotPublished(f"{role} is none of {', '.join(ROOT_ROLES)}.")
    return root.signed.roles[role]


def _forget_unused(targets: Metadata[Targets]) -> None:
    delegations = targets.signed.delegations
    if delegations is None or delegations.roles is None:
        return
    used = {key_id for role in delegations.roles.values() for key_id in role.keyids}
    delegations.keys = {key_id: key for key_id, key in delegations.keys.items() if key_id in used}
