"""The hub's devices: kiosks that ask to be enrolled, devices that are revoked, the least version."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from config.moment import system_clock
from kiosk.commands.hub_where import add_where

if TYPE_CHECKING:
    from sync.hub.acts import Who
    from sync.hub.devices import Devices

ACTIONS = {
    "enrolments": "print the kiosks that ask to be enrolled, as JSON",
    "approve": "enrol the kiosk that shows this code",
    "refuse": "turn the kiosk that shows this code away",
    "revoke": "end what a kiosk's device may do; its records stay",
    "minimum-version": "show or set the least version a kiosk should run",
}


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """One parser for each of `ACTIONS`."""
    parsers = {name: actions.add_parser(name, help=says) for name, says in ACTIONS.items()}
    for name in ("approve", "refuse"):
        parsers[name].add_argument("code", help="as the kiosk shows it")
    parsers["approve"].add_argument("--replace", action="store_true", help="retire the key it had before")
    parsers["revoke"].add_argument("kiosk")
    parsers["revoke"].add_argument("--why", required=True, help="a sentence; the kiosk shows it")
    parsers["minimum-version"].add_argument("version", nargs="?", help="as 1.4.0; empty text: any version")
    for name in ("approve", "refuse", "revoke", "minimum-version"):
        parsers[name].add_argument(
            "--by", default=getpass.getuser(), help="who decides (default: this login)"
        )
    for name in ("approve", "refuse", "minimum-version"):
        parsers[name].add_argument("--why", default="", help="a sentence for the record of acts")
    for parser in parsers.values():
        add_where(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 0: done; 1: refused. Raises what `hub` names."""
    from sync.hub.acts import at_console
    from sync.hub.database import open_database
    from sync.hub.devices import Devices
    from sync.hub.enrolments import Enrolments
    from sync.hub.server import hub_key

    engine, by = open_database(args.data, args.database), at_console(getattr(args, "by", ""))
    devices = Devices(engine, system_clock)
    enrolments = Enrolments(engine, system_clock, hub_key(args.data).public)
    match args.action:
        case "enrolments":
            print(json.dumps({"enrolments": [asdict(one) for one in enrolments.pending()]}, indent=2))
        case "approve":
            approved = enrolments.approve(args.code, by, reason=args.why, replace=args.replace)
            station = f", a desk of {approved.station}," if approved.desk else f" of {approved.station}"
            print(f"{approved.kiosk}{station} is enrolled, device {approved.device}.")
            print(
                f"\n    {approved.reply}\n\nType this at the kiosk: it believes this hub only then. "
                "A kiosk that knows the hub's certificate authority (hub.ca) needs no typing."
            )
        case "refuse":
            print(f"{enrolments.refuse(args.code, by, reason=args.why)} was turned away.")
        case "revoke":
            return _revoke(devices, args, by)
        case _:
            return _minimum_version(devices, args, by)
    return 0


def enrol_by_hand(args: argparse.Namespace) -> int:
    """`hub enrol`: somebody carried the kiosk's key files here and vouches for them."""
    from sync.batch import KIOSK
    from sync.hub.acts import at_console
    from sync.hub.database import open_database
    from sync.hub.devices import Devices
    from sync.hub.server import hub_key
    from sync.sealing import load_seal_public
    from sync.signing import load_public

    for option, name in (("--kiosk", args.kiosk), ("--station", args.station)):
        if not KIOSK.fullmatch(name):
            print(f"{option} {name!r}: letters, digits, - and _, at most 32", file=sys.stderr)
            return 2
    key = load_public(args.key)
    seal = load_seal_public(args.seal).raw if args.seal else None
    new = Devices(open_database(args.data, args.database), system_clock).enrol(
        args.kiosk,
        key,
        station=args.station,
        hub=hub_key(args.data).public,
        seal_key=seal,
        by=at_console(getpass.getuser()),
        replace=args.replace,
        desk=args.desk,
    )
    print(f"{args.kiosk}: key {key.fingerprint} {'enrolled' if new else 'was enrolled already'}")
    return 0


def status_of_devices(data: Path, database: str | None) -> dict[str, object]:
    """What `hub status` says beside the kiosks' chains."""
    from sync.hub.database import open_database
    from sync.hub.devices import Devices
    from sync.hub.enrolments import Enrolments
    from sync.hub.server import hub_key

    engine = open_database(data, database)
    devices = Devices(engine, system_clock)
    enrolments = Enrolments(engine, system_clock, hub_key(data).public)
    return {
        "devices": [asdict(profile) for profile in devices.profiles()],
        "enrolments": [asdict(pending) for pending in enrolments.pending()],
        "revoked": [asdict(revoked) for revoked in devices.revoked()],
        "minimum_version": devices.minimum_version,
    }


def _revoke(devices: Devices, args: argparse.Namespace, by: Who) -> int:
    revoked = devices.revoke(args.kiosk, args.why, by)
    if revoked is None:
        print(f"{args.kiosk} is not enrolled.", file=sys.stderr)
        return 1
    print(f"{args.kiosk}: device {revoked.device} is revoked. It hears so with its next request.")
    return 0


def _minimum_version(devices: Devices, args: argparse.Namespace, by: Who) -> int:
    if args.version is not None:
        try:
            devices.require_version(args.version, by, args.why)
        except ValueError:
            print(f"{args.version!r}: a version is written as 1.4.0", file=sys.stderr)
            return 2
    print(devices.minimum_version or "any")
    return 0
