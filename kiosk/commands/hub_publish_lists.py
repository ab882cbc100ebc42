"""Publishing's content: files in and out, rosters, revocation, renewal, and what other machines signed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from tuf.api.metadata import Metadata, Targets

from config.moment import system_clock
from kiosk.commands.hub_publish_at import (
    Passphrases,
    finish,
    pending,
    private_keys,
    repository,
    require_none_waiting,
)
from kiosk.commands.hub_publish_keys import settle
from sync.bundle.layout import SIGNATURE, Kind, Target, may_speak, parse, roster_path, target_file
from sync.bundle.publishing import handing, proposing
from sync.bundle.publishing.checks import examine_role, list_keys
from sync.bundle.publishing.keys import load_list_key
from sync.bundle.publishing.lifetimes import end_of
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Proposal, sign_target
from sync.bundle.publishing.revocation import IndexBuilder
from sync.bundle.publishing.state import successor
from sync.bundle.publishing.tree import Source, Tree, read_bounded
from sync.bundle.publishing.withdrawn import read_withdrawn
from sync.canonical import utc_text
from sync.sealing import ROSTER, SealPublicKey, load_seal_public, seal_for_all
from sync.signing import KeyUnusable
from verification.revocation.index.documents import Stated
from verification.revocation.index.fields import Covers

ANY_ISSUER = "*"


def add(args: argparse.Namespace) -> int:
    """Publishes a file under its path, signed by the role whose path it is."""
    files = {args.target: args.file}
    if args.signature is not None:
        files[args.target + SIGNATURE] = args.signature
    contents = {path: read_bounded(file) for path, file in files.items()}
    return _publish(args, _target(args.target), contents, f"{args.target} is published.")


def remove(args: argparse.Namespace) -> int:
    """Publishes a file no longer; its signature goes with it."""
    target = _target(args.target)
    return _change(args, target.role, {}, [target.path], f"{target.path} is published no longer.")


def renew(args: argparse.Namespace) -> int:
    """The same list, signed again with a new end."""
    if args.role != "root":
        return _change(args, args.role, {}, [], f"{args.role} is signed anew.")
    hub = repository(args.data)
    require_none_waiting(args.data, "root")
    proposal = Proposal(proposing.next_root(hub.state(), hub.now, args.days))
    if finish(args.data, hub, "root", proposal, private_keys(args, Passphrases(args.passphrase_file))):
        print("root is signed anew.")
    return 0


def roster(args: argparse.Namespace) -> int:
    """Seals the roster to every lane's key, so that nobody else can try PINs against it."""
    from kiosk.desk.roster import RosterError, load_roster

    try:
        officers = len(load_roster(args.file).officers)
    except RosterError as error:
        raise NotPublished(str(error)) from error
    lanes = _seal_keys(args)
    sealed = seal_for_all(lanes, ROSTER, read_bounded(args.file))
    done = (
        f"The roster of {args.station} ({officers} officers) is sealed to {len(lanes)} lanes and published."
    )
    return _publish(args, _target(roster_path(args.station)), {roster_path(args.station): sealed}, done)


def revocation(args: argparse.Namespace) -> int:
    """Makes and publishes the next state of a large revocation index."""
    target = _target(args.target)
    if not target.is_index:
        raise NotPublished(f"{args.target} is no index: name it as hk/revocation/border/CURRENT.")
    hub, passphrases = repository(args.data), Passphrases(args.passphrase_file)
    require_none_waiting(args.data, target.role)
    covers = frozenset(_covered(target.role, pair) for pair in args.covers)
    key = load_list_key(args.list_key, passphrases.of)
    known = list_keys(target.role, hub.state().roles.get(target.role), hub.tree)
    if key.public_key() not in known:
        raise NotPublished(
            f"Lanes do not know the key in {args.list_key}: publish its public half first, as "
            f"{target.owner}/{Kind.KEY}/lists.pem."
        )
    builder = IndexBuilder(args.work or args.data / "revocation" / target.owner / target.name, key)
    stated = Stated(target.owner, hub.now, Covers(covers))
    made = builder.publish(read_withdrawn(args.lists, known), stated)
    what = "a new base" if made.new_base else f"delta {made.deltas} of its base"
    done = f"{target.path} is published: {what}, {made.adds} came and {made.removals} went."
    more = builder.files(target.path, hub.tree)
    return _publish(args, target, {target.path: made.current}, done, passphrases=passphrases, more=more)


def request(args: argparse.Namespace) -> int:
    """Writes a folder that goes to the jurisdiction's machine on a stick."""
    hub = repository(args.data)
    state = hub.state()
    state.keys_of(args.role)
    handing.hand_out(args.folder, state, args.role, hub.tree)
    waiting = pending(args.data, args.role)
    if (waiting / handing.PROPOSED).exists():
        handing.write_proposal(args.folder, handing.read_proposal(waiting))
    print(f"{args.folder} is ready for {args.role}: there, run `main.py hub publish sign {args.role}`.")
    return 0


def sign(args: argparse.Namespace) -> int:
    """Adds signatures: to a change that waits at the hub, or in a request's folder to a new list."""
    passphrases = Passphrases(args.passphrase_file)
    return _sign_here(args, passphrases) if args.data is not None else _sign_apart(args, passphrases)


def take(args: argparse.Namespace) -> int:
    """Publishes what came back signed, if all signatures are there and lanes could use it."""
    hub = repository(args.data)
    proposal = handing.read_proposal(args.folder)
    hub.publish(proposal)
    roles = [*(["root"] if proposal.root is not None else []), *proposal.roles]
    for role in roles:
        handing.forget(pending(args.data, role))
    settle(hub)
    print(f"{' and '.join(roles)} taken in and published.")
    return 0


def drop(args: argparse.Namespace) -> int:
    """Gives up a change that waits for signatures."""
    waiting = pending(args.data, args.role)
    if not (waiting / handing.PROPOSED).exists():
        raise NotPublished(f"No change of {args.role} waits for signatures.")
    handing.forget(waiting)
    print(f"The change of {args.role} that waited for signatures is given up.")
    return 0


def _publish(
    args: argparse.Namespace,
    target: Target,
    contents: dict[str, bytes],
    done: str,
    *,
    passphrases: Passphrases | None = None,
    more: dict[str, Source] | None = None,
) -> int:
    return _change(args, target.role, contents, [], done, passphrases=passphrases, more=more)


def _change(
    args: argparse.Namespace,
    role: str,
    contents: dict[str, bytes],
    removed: Iterable[str],
    done: str,
    *,
    passphrases: Passphrases | None = None,
    more: dict[str, Source] | None = None,
) -> int:
    hub = repository(args.data)
    require_none_waiting(args.data, role)
    targets = proposing.next_targets(hub.state(), role, hub.now, args.days)
    files = _alter(utc_text(hub.now), targets, role, contents, removed)
    proposal = Proposal(roles={role: targets}, files=files | (more or {}))
    examine_role(role, targets, proposal.files, hub.tree)
    keys = private_keys(args, passphrases or Passphrases(args.passphrase_file))
    if finish(args.data, hub, role, proposal, keys):
        print(done)
    return 0


def _alter(
    now: str,
    targets: Metadata[Targets],
    role: str,
    contents: dict[str, bytes],
    removed: Iterable[str],
) -> dict[str, Source]:
    """Adds and removes targets; returns the files to come along."""
    files: dict[str, Source] = {}
    for path, data in contents.items():
        target = sign_target(data, path, {"signed_at": now})
        proposing.put_target(targets, role, target)
        files[target_file(path, target.hashes["sha256"])] = data
    for path in removed:
        proposing.drop_target(targets, path)
        if path + SIGNATURE in targets.signed.targets:
            proposing.drop_target(targets, path + SIGNATURE)
    return files


def _sign_here(args: argparse.Namespace, passphrases: Passphrases) -> int:
    waiting = pending(args.data, args.role)
    if args.add or args.remove or not (waiting / handing.PROPOSED).exists():
        raise NotPublished(
            f"No change of {args.role} waits for signatures here: use add, remove or renew, or --folder."
        )
    hub = repository(args.data)
    keys = private_keys(args, passphrases)
    if finish(args.data, hub, args.role, handing.read_proposal(waiting), keys):
        settle(hub)
        print(f"{args.role} has all its signatures and is published.")
    return 0


def _sign_apart(args: argparse.Namespace, passphrases: Passphrases) -> int:
    state = handing.read_published(args.folder)
    tree = Tree(args.folder)
    now = system_clock().utc.replace(microsecond=0)
    if (args.folder / handing.PROPOSED).exists():
        if args.add or args.remove:
            raise NotPublished(f"{args.folder} holds a signed list already: begin with a new request.")
        proposal = handing.read_proposal(args.folder)
    elif args.role == "root":
        proposal = Proposal(successor(state.root, now, end_of("root", now, args.days)))
    else:
        targets = proposing.next_targets(state, args.role, now, args.days)
        contents = {path: read_bounded(file) for path, file in map(_named_file, args.add)}
        files = _alter(
            utc_text(now), targets, args.role, contents, [_target(path).path for path in args.remove]
        )
        proposal = Proposal(roles={args.role: targets}, files=files)
    for role, signed in proposal.roles.items():
        examine_role(role, signed, proposal.files, tree)
    used = handing.sign_all(state, proposal, private_keys(args, passphrases))
    handing.write_proposal(args.folder, proposal)
    for role, signed in proposal.roles.items():
        for path, target in sorted(signed.signed.targets.items()):
            print(f"  {path}  {target.hashes['sha256'][:16]}")
        print(f"{role} version {signed.signed.version}, until {signed.signed.expires:%Y-%m-%d}")
    print(f"Signed with {', '.join(one[:8] for one in dict.fromkeys(used))}.")
    print(f"Carry {args.folder} to the hub: main.py hub publish take {args.folder} --data DATA")
    return 0


def _target(path: str) -> Target:
    try:
        return parse(path)
    except ValueError as error:
        raise NotPublished(
            f"{error}: write it as hk/trust/NAME, hk/revocation/NAME/CURRENT or station/policy/NAME.json."
        ) from error


def _named_file(text: str) -> tuple[str, Path]:
    path, found, file = text.partition("=")
    if not found:
        raise NotPublished(f"--add {text}: write it as TARGET=FILE.")
    return _target(path).path, Path(file)


def _covered(role: str, pair: str) -> tuple[str, str]:
    """A jurisdiction says that codes are not withdrawn for its own codes only."""
    prefix, found, issuer = pair.partition(":")
    if not found or not prefix or not issuer:
        raise NotPublished(f"--covers {pair}: write it as FORMAT:ISSUER, for example HK1:HK.")
    if not may_speak(role, prefix, issuer) and not (role == "world" and issuer == ANY_ISSUER):
        raise NotPublished(f"--covers {pair}: {role} does not speak for these codes.")
    return prefix, issuer


def _seal_keys(args: argparse.Namespace) -> list[SealPublicKey]:
    if args.seal_keys is None:
        return _enrolled(args)
    files = sorted(args.seal_keys.rglob("*.pem")) if args.seal_keys.is_dir() else []
    if not files:
        raise KeyUnusable(f"{args.seal_keys} holds no *.pem files: put each lane's seal.pub.pem there.")
    return [load_seal_public(file) for file in files]


def _enrolled(args: argparse.Namespace) -> list[SealPublicKey]:
    """The lanes of the station that are enrolled at the hub and have said their seal key."""
    from sync.hub.address import DatabaseRefused, chosen_database
    from sync.hub.devices import Devices
    from sync.hub.server import open_ledger

    try:
        database = chosen_database(args.database, args.database_file)
    except DatabaseRefused as error:
        raise NotPublished(str(error)) from error
    ledger = open_ledger(args.data, system_clock, database)
    keys = Devices(ledger.engine, system_clock).seal_keys(args.station)
    if not keys:
        raise NotPublished(
            f"No enrolled kiosk of {args.station} has a seal key: enrol its lanes, or name their seal keys "
            "with --seal-keys."
        )
    return list(keys.values())


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "add": add,
    "remove": remove,
    "renew": renew,
    "roster": roster,
    "revocation": revocation,
    "request": request,
    "sign": sign,
    "take": take,
    "drop": drop,
}
