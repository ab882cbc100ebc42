"""Publishing between machines: requests, signatures, what comes back signed, what still waits."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from config.moment import system_clock
from kiosk.commands.hub_publish_at import (
    Passphrases,
    alter,
    finish,
    pending,
    private_keys,
    repository,
    target_of,
)
from kiosk.commands.hub_publish_keys import settle
from sync.bundle.publishing import handing, proposing
from sync.bundle.publishing.checks import examine_role
from sync.bundle.publishing.keys import RoleKey
from sync.bundle.publishing.lifetimes import end_of
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Proposal
from sync.bundle.publishing.state import State, successor
from sync.bundle.publishing.tree import Tree, read_bounded
from sync.canonical import utc_text


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
        files = alter(
            utc_text(now), targets, args.role, contents, [target_of(path).path for path in args.remove]
        )
        proposal = Proposal(roles={args.role: targets}, files=files)
    return sign_folder(args.folder, state, proposal, private_keys(args, passphrases))


def sign_folder(folder: Path, state: State, proposal: Proposal, keys: list[RoleKey]) -> int:
    """Looks into a change as a lane will, signs it, keeps it in the folder, and prints what was signed."""
    for role, signed in proposal.roles.items():
        examine_role(role, signed, proposal.files, Tree(folder))
    used = handing.sign_all(state, proposal, keys)
    handing.write_proposal(folder, proposal)
    for role, signed in proposal.roles.items():
        for path, target in sorted(signed.signed.targets.items()):
            print(f"  {path}  {target.hashes['sha256'][:16]}")
        print(f"{role} version {signed.signed.version}, until {signed.signed.expires:%Y-%m-%d}")
    print(f"Signed with {', '.join(one[:8] for one in dict.fromkeys(used))}.")
    print(f"Carry {folder} to the hub: main.py hub publish take {folder} --data DATA")
    return 0


def _named_file(text: str) -> tuple[str, Path]:
    path, found, file = text.partition("=")
    if not found:
        raise NotPublished(f"--add {text}: write it as TARGET=FILE.")
    return target_of(path).path, Path(file)


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "request": request,
    "sign": sign,
    "take": take,
    "drop": drop,
}
