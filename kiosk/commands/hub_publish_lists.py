"""Publishing's content: files in and out, the roster, renewal."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from config.counted import counted
from config.moment import system_clock
from kiosk.commands.hub_publish_at import (
    Passphrases,
    change,
    finish,
    private_keys,
    repository,
    require_none_waiting,
    target_of,
)
from sync.bundle.layout import SIGNATURE, roster_path
from sync.bundle.publishing import proposing
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Proposal
from sync.bundle.publishing.tree import read_bounded
from sync.sealing import ROSTER, SealPublicKey, load_seal_public, seal_for_all
from sync.signing import KeyUnusable


def add(args: argparse.Namespace) -> int:
    """Publishes a file under its path, signed by the role whose path it is."""
    files = {args.target: args.file}
    if args.signature is not None:
        files[args.target + SIGNATURE] = args.signature
    contents = {path: read_bounded(file) for path, file in files.items()}
    return change(args, target_of(args.target).role, contents, [], f"{args.target} is published.")


def remove(args: argparse.Namespace) -> int:
    """Publishes a file no longer; its signature goes with it."""
    target = target_of(args.target)
    return change(args, target.role, {}, [target.path], f"{target.path} is published no longer.")


def renew(args: argparse.Namespace) -> int:
    """The same list, signed again with a new end."""
    if args.role != "root":
        return change(args, args.role, {}, [], f"{args.role} is signed anew.")
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
        f"The roster of {args.station} ({counted(officers, 'officer')}) is sealed to "
        f"{counted(len(lanes), 'lane')} and published."
    )
    path = target_of(roster_path(args.station))
    return change(args, path.role, {path.path: sealed}, [], done)


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
}
