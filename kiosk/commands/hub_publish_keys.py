"""Publishing's keys: the first ceremony, new keys, rotation, revocation, delegation."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from tuf.api.metadata import Metadata, Root

from kiosk.commands.hub_publish_at import (
    Passphrases,
    finish,
    key_id,
    private_keys,
    repository,
    require_none_waiting,
)
from sync.bundle.layout import Jurisdiction
from sync.bundle.publishing import handing, proposing
from sync.bundle.publishing.keys import OnlineKeys, RoleKey, load_role_public, new_key, write_key
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Proposal, Repository
from sync.bundle.publishing.state import State
from sync.signing import KeyUnusable, write_private

ROOT_FILE = "root.json"
"""What a lane is installed with: the first root, which it trusts because people carried it there."""


def init(args: argparse.Namespace) -> int:
    """Makes every key, signs the first root with all root keys, and publishes an empty bundle."""
    hub, passphrases = repository(args.data), Passphrases(args.passphrase_file)
    places = [folder / f"root-{number}.key" for number, folder in enumerate(args.root, start=1)]
    places.append(args.targets / "targets.key")
    _require_apart(args.data, args.root, args.targets, args.threshold)
    if hub.tree.files("metadata"):
        raise NotPublished(f"{args.data} has a bundle already: change its keys with `hub publish rotate`.")
    made: list[Path] = []
    try:
        keys = []
        for place in places:
            key = new_key()
            write_key(place, key, passphrases.new(place))
            made.append(place)
            keys.append(key)
        first = _first(hub, keys[:-1], keys[-1], args.threshold)
        hub.publish(first)
    except (NotPublished, KeyUnusable):
        for place in made:
            place.unlink(missing_ok=True)
            place.with_suffix(".pub.pem").unlink(missing_ok=True)
        for role in OnlineKeys.ROLES:
            hub.online.forget(role, [])
        raise
    assert first.root is not None
    for folder in {*args.root, args.targets}:
        _keep_root(folder / ROOT_FILE, first.root)
    print(f"The bundle begins: {args.threshold} of {len(args.root)} root keys sign what comes after.")
    for place, key in zip(places, keys, strict=True):
        print(f"  {place}  key {key.id[:8]}")
    print(f"Take the sticks out and lock them away apart. Each lane is installed with {ROOT_FILE} from one.")
    return 0


def make_key(args: argparse.Namespace) -> int:
    """A key pair for a jurisdiction; only the public half leaves the machine."""
    key = new_key()
    write_key(args.file, key, Passphrases(args.passphrase_file).new(args.file))
    print(f"{args.file}  key {key.id[:8]}: keep it here; give {args.file.with_suffix('.pub.pem')} to the hub")
    return 0


def rotate(args: argparse.Namespace) -> int:
    """A new key in the place of an old one; root and targets change theirs under root's signatures."""
    if args.role in tuple(Jurisdiction):
        return _rotate_jurisdiction(args)
    hub, passphrases = repository(args.data), Passphrases(args.passphrase_file)
    require_none_waiting(args.data, "root")
    state = hub.state()
    keys = private_keys(args, passphrases)
    root = proposing.next_root(state, hub.now)
    ids = root.signed.roles[args.role].keyids
    old = None if args.old is None else key_id(ids, args.old)
    proposal = Proposal(root)
    if args.role in OnlineKeys.ROLES:
        fresh = hub.online.make(args.role)
    else:
        if args.new is None:
            raise NotPublished(f"Say with --new FOLDER which stick gets the new {args.role} key.")
        fresh = new_key()
        place = args.new / f"{args.role}-{fresh.id[:8]}.key"
        write_key(place, fresh, passphrases.new(place))
        print(f"  {place}  key {fresh.id[:8]}")
        keys.append(fresh)
    proposing.replace_top(root, args.role, old, fresh.public)
    if args.role == "targets":
        proposal.roles["targets"] = proposing.next_targets(state, "targets", hub.now)
    return _finish_root(args.data, hub, proposal, keys, f"{args.role} has the new key {fresh.id[:8]}.")


def threshold(args: argparse.Namespace) -> int:
    """Asks for more or fewer signatures of root or targets, under the old number and the new one."""
    hub, passphrases = repository(args.data), Passphrases(args.passphrase_file)
    require_none_waiting(args.data, "root")
    state = hub.state()
    keys = private_keys(args, passphrases)
    fresh = [new_key() for _ in args.new]
    root = proposing.next_root(state, hub.now)
    proposing.set_threshold(root, args.role, args.number, [key.public for key in fresh])
    if len({folder.resolve() for folder in args.new}) != len(args.new):
        raise NotPublished("Two new keys would lie on one stick: name a folder on each of the sticks.")
    proposal = Proposal(root)
    if args.role == "targets":
        proposal.roles["targets"] = proposing.next_targets(state, "targets", hub.now)
    for folder, key in zip(args.new, fresh, strict=True):
        place = folder / f"{args.role}-{key.id[:8]}.key"
        write_key(place, key, passphrases.new(place))
        print(f"  {place}  key {key.id[:8]}")
    own = root.signed.roles[args.role]
    done = f"{args.role} is signed by {own.threshold} of {len(own.keyids)} keys from now on."
    return _finish_root(args.data, hub, proposal, [*keys, *fresh], done)


def revoke(args: argparse.Namespace) -> int:
    """Takes a key from a role at once."""
    hub = repository(args.data)
    state = hub.state()
    keys = private_keys(args, Passphrases(args.passphrase_file))
    identity = key_id(state.keys_of(args.role).keyids, args.keyid)
    if args.role not in tuple(Jurisdiction):
        require_none_waiting(args.data, "root")
        root = proposing.next_root(state, hub.now)
        proposing.revoke_top(root, args.role, identity)
        return _finish_root(args.data, hub, Proposal(root), keys, f"{args.role} lost the key {identity[:8]}.")
    require_none_waiting(args.data, "targets")
    targets = proposing.next_targets(state, "targets", hub.now)
    proposing.revoke_delegated(targets, args.role, identity)
    if finish(args.data, hub, "targets", Proposal(roles={"targets": targets}), keys):
        print(f"{args.role} lost the key {identity[:8]}.")
        _warn_unsigned(hub.state(), args.role)
    return 0


def delegate(args: argparse.Namespace) -> int:
    """Gives a jurisdiction its keys."""
    return _delegate(args, args.key, args.threshold, add=args.add)


def _rotate_jurisdiction(args: argparse.Namespace) -> int:
    if args.key is None:
        raise NotPublished(f"Say with --key which public key {args.role} has from now on.")
    return _delegate(args, [args.key], 1, add=False)


def _delegate(args: argparse.Namespace, files: list[Path], threshold: int, *, add: bool) -> int:
    hub = repository(args.data)
    require_none_waiting(args.data, "targets")
    publics = [load_role_public(file) for file in files]
    keys = private_keys(args, Passphrases(args.passphrase_file))
    targets = proposing.next_targets(hub.state(), "targets", hub.now)
    proposing.delegate(targets, Jurisdiction(args.role), publics, threshold, add=add)
    if finish(args.data, hub, "targets", Proposal(roles={"targets": targets}), keys):
        print(f"{args.role} signs with {', '.join(public.keyid[:8] for public in publics)}.")
        _warn_unsigned(hub.state(), args.role)
    return 0


def _first(hub: Repository, roots: list[RoleKey], targets_key: RoleKey, threshold: int) -> Proposal:
    online = {role: hub.online.make(role).public for role in OnlineKeys.ROLES}
    publics = [key.public for key in roots]
    root = proposing.first_root(publics, threshold, {"targets": targets_key.public, **online}, hub.now)
    targets = proposing.next_targets(State(root), "targets", hub.now)
    proposal = Proposal(root, {"targets": targets})
    handing.sign_all(None, proposal, [*roots, targets_key])
    return proposal


def _finish_root(data: Path, hub: Repository, proposal: Proposal, keys: list[RoleKey], done: str) -> int:
    if finish(data, hub, "root", proposal, keys):
        settle(hub)
        print(done)
    return 0


def settle(hub: Repository) -> None:
    """After a new root the hub forgets its own keys that nobody names any more."""
    roles = hub.state().root.signed.roles
    for role in OnlineKeys.ROLES:
        hub.online.forget(role, roles[role].keyids)


def _warn_unsigned(state: State, role: str) -> None:
    if role not in state.roles:
        return
    try:
        lacking = state.signatures_missing(role, state.roles[role])
    except NotPublished:
        print(f"{role} signs nothing any more; lanes take nothing new from it.")
        return
    if lacking:
        print(f"What {role} published was not signed so: lanes keep what they have until {role} signs anew.")


def _require_apart(data: Path, roots: list[Path], targets: Path, threshold: int) -> None:
    """A root key on the hub, or two on one stick, would be one key too few."""
    if not 1 <= threshold <= len(roots):
        raise NotPublished(f"{threshold} of {len(roots)} root keys cannot be asked for: take 2 of 3.")
    places = [folder.resolve() for folder in roots]
    if len(set(places)) != len(places):
        raise NotPublished("Two root keys would lie on one stick: name a folder on each of the sticks.")
    for folder in (*places, targets.resolve()):
        if folder == data.resolve() or data.resolve() in folder.parents:
            raise NotPublished(f"{folder} lies on the hub: root and targets keys belong on sticks.")


def _keep_root(file: Path, root: Metadata[Root]) -> None:
    try:
        write_private(file, root.to_bytes(), mode=0o644)
    except OSError as error:
        raise KeyUnusable(f"{file}: {error.strerror}: is the stick in, and writable?") from error


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "init": init,
    "new-key": make_key,
    "rotate": rotate,
    "threshold": threshold,
    "revoke": revoke,
    "delegate": delegate,
}
