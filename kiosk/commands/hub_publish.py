"""Publish the bundle: keys, lists, policies and rosters that lanes run on (docs/bundle.md)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.commands.hub_where import add_where
from kiosk.commands.iso_time import iso_time_with_zone

TOP_ROLES = ("root", "targets", "snapshot", "timestamp")
JURISDICTIONS = ("hk", "gd", "mo", "cn", "customs", "world")
SIGNED_BY_PEOPLE = ("root", "targets", *JURISDICTIONS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action for each thing a publisher does."""
    actions = parser.add_subparsers(dest="publish", required=True, metavar="ACTION")
    _ceremony(actions)
    _lists(actions)
    _ends(actions)
    _exchange(actions)


def run(args: argparse.Namespace) -> int:
    """Exit code 0: done; 1: refused, and nothing was changed; 2: a key or file that cannot be used."""
    from kiosk.commands import (
        hub_publish_exchange,
        hub_publish_expire,
        hub_publish_keys,
        hub_publish_lists,
        hub_publish_revocation,
        hub_publish_show,
    )
    from sync.bundle.publishing.refused import NotPublished
    from sync.signing import KeyUnusable

    modules = (
        hub_publish_keys,
        hub_publish_lists,
        hub_publish_revocation,
        hub_publish_exchange,
        hub_publish_expire,
        hub_publish_show,
    )
    table = {name: action for module in modules for name, action in module.ACTIONS.items()}
    try:
        return int(table[args.publish](args))
    except NotPublished as error:
        print(error, file=sys.stderr)
        return 1
    except KeyUnusable as error:
        print(error, file=sys.stderr)
        return 2


def _ceremony(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = actions.add_parser("init", help="the first ceremony: make all keys and publish an empty bundle")
    init.add_argument(
        "--root", type=Path, action="append", required=True, metavar="FOLDER",
        help="a folder on a stick that gets one root key; once for each stick",
    )  # fmt: skip
    init.add_argument("--threshold", type=int, default=2, help="root keys that must sign (default: 2)")
    init.add_argument("--targets", type=Path, required=True, metavar="FOLDER", help="gets the targets key")
    _hub(init)
    _passphrases(init)

    new_key = actions.add_parser("new-key", help="make a key pair for a jurisdiction, on its own machine")
    new_key.add_argument("file", type=Path, metavar="FILE.key")
    _passphrases(new_key)

    rotate = actions.add_parser("rotate", help="put a new key in the place of an old one")
    rotate.add_argument("role", choices=(*TOP_ROLES, *JURISDICTIONS), metavar="ROLE")
    rotate.add_argument("--old", metavar="KEYID", help="which key goes, where the role has several")
    rotate.add_argument("--new", type=Path, metavar="FOLDER", help="gets the new key of root or targets")
    rotate.add_argument("--key", type=Path, metavar="PUB", help="a jurisdiction's new public key")
    revoke = actions.add_parser("revoke", help="take a key from a role")
    revoke.add_argument("role", choices=(*TOP_ROLES, *JURISDICTIONS), metavar="ROLE")
    revoke.add_argument("keyid", metavar="KEYID", help="its first eight digits or more")
    threshold = actions.add_parser("threshold", help="ask for more or fewer signatures of root or targets")
    threshold.add_argument("role", choices=("root", "targets"), metavar="ROLE")
    threshold.add_argument("number", type=int, metavar="NUMBER", help="how many keys must sign from now on")
    threshold.add_argument(
        "--new", type=Path, action="append", default=[], metavar="FOLDER",
        help="gets one key more of the role, beside those it has; once for each stick",
    )  # fmt: skip
    delegate = actions.add_parser("delegate", help="give a jurisdiction the keys that sign its lists")
    delegate.add_argument("role", choices=JURISDICTIONS, metavar="ROLE")
    delegate.add_argument("--key", type=Path, action="append", required=True, metavar="PUB")
    delegate.add_argument("--threshold", type=int, default=1, help="keys that must sign (default: 1)")
    delegate.add_argument("--add", action="store_true", help="beside the keys it has, not in their place")
    for one in (rotate, revoke, threshold, delegate):
        _hub(one)
        _signing(one)


def _lists(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    add = actions.add_parser("add", help="publish a file, or a new version of it")
    add.add_argument("target", metavar="TARGET", help="its path, such as hk/trust/signers.json")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--signature", type=Path, metavar="SIG", help="the list's detached signature")
    remove = actions.add_parser("remove", help="publish a file no longer")
    remove.add_argument("target", metavar="TARGET")
    renew = actions.add_parser("renew", help="sign a role's list anew before it is over, unchanged")
    renew.add_argument("role", choices=SIGNED_BY_PEOPLE, metavar="ROLE")
    roster = actions.add_parser("roster", help="seal the officers' roster to the lanes and publish it")
    roster.add_argument("file", type=Path, metavar="ROSTER", help="made by `main.py officer`")
    roster.add_argument("--station", required=True, help="lane.station in the settings of its lanes")
    roster.add_argument(
        "--seal-keys", type=Path, metavar="FOLDER",
        help="the lanes' seal.pub.pem files; without it those of the enrolled kiosks",
    )  # fmt: skip
    add_where(roster)
    revocation = actions.add_parser("revocation", help="publish a large revocation list as an index")
    revocation.add_argument("target", metavar="TARGET", help="such as hk/revocation/border/CURRENT")
    revocation.add_argument("lists", type=Path, nargs="+", metavar="FILE", help="everything that is live")
    revocation.add_argument(
        "--list-key", type=Path, required=True, metavar="KEY",
        help="private key that signs the list; its public half is published under ROLE/keys/",
    )  # fmt: skip
    revocation.add_argument("--covers", action="append", required=True, metavar="FORMAT:ISSUER")
    revocation.add_argument(
        "--work",
        type=Path,
        metavar="FOLDER",
        help="keeps every hash whole (default: DATA/revocation/ROLE/NAME)",
    )
    for one in (add, remove, renew):
        _hub(one)
    where = revocation.add_mutually_exclusive_group(required=True)
    where.add_argument("--data", type=Path, help="folder of the hub's key and database")
    where.add_argument("--folder", type=Path, help="what `request` wrote: on the jurisdiction's machine")
    for one in (add, remove, renew, roster, revocation):
        _signing(one)
        one.add_argument("--days", type=_days, help="how long the role's list counts (default: 90, root 365)")


def _ends(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    expire = actions.add_parser(
        "expire", help="what ends when (1: somebody must act); sign anew what is near its end; end a list"
    )
    expire.add_argument(
        "what", nargs="?", metavar="WHAT",
        help="a list that shall end, as hk/trust/signers.json, or hk for all of its lists",
    )  # fmt: skip
    when = expire.add_mutually_exclusive_group()
    when.add_argument("--at", type=iso_time_with_zone, metavar="TIME", help="as 2026-12-01T00:00:00+08:00")
    when.add_argument("--now", action="store_true", help="from every lane's next look on")
    when.add_argument("--never", action="store_true", help="take the end away again")
    when.add_argument(
        "--renew", action="store_true", help="sign anew what is near its end, with the keys at hand"
    )
    where = expire.add_mutually_exclusive_group(required=True)
    where.add_argument("--data", type=Path, help="folder of the hub's key and database")
    where.add_argument("--folder", type=Path, help="what `request` wrote: on the jurisdiction's machine")
    expire.add_argument("--days", type=_days, help="how long the role's list counts (default: 90, root 365)")
    _signing(expire)


def _exchange(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    request = actions.add_parser("request", help="write what a jurisdiction needs to sign its next list")
    request.add_argument("role", choices=SIGNED_BY_PEOPLE, metavar="ROLE")
    request.add_argument("folder", type=Path, metavar="FOLDER")
    sign = actions.add_parser("sign", help="sign a role's list, at the hub or on another machine")
    sign.add_argument("role", choices=SIGNED_BY_PEOPLE, metavar="ROLE")
    sign.add_argument("--key", type=Path, action="append", required=True, metavar="KEY", dest="sign_with")
    where = sign.add_mutually_exclusive_group(required=True)
    where.add_argument("--folder", type=Path, help="what `request` wrote: on the jurisdiction's machine")
    where.add_argument("--data", type=Path, help="the hub's folder: a change that waits for signatures")
    sign.add_argument("--add", action="append", default=[], metavar="TARGET=FILE")
    sign.add_argument("--remove", action="append", default=[], metavar="TARGET")
    sign.add_argument("--days", type=_days, help="how long the list counts (default: 90, root 365)")
    _passphrases(sign)
    take = actions.add_parser("take", help="publish what another machine has signed")
    take.add_argument("folder", type=Path, metavar="FOLDER")
    drop = actions.add_parser("drop", help="give up a change that waits for signatures")
    drop.add_argument("role", choices=SIGNED_BY_PEOPLE, metavar="ROLE")
    refresh = actions.add_parser("refresh", help="sign timestamp and snapshot anew; a running hub does it")
    show = actions.add_parser("show", help="who may sign what, what is published, when it is over")
    usb = actions.add_parser("usb", help="write the bundle to a stick for lanes without a network")
    usb.add_argument("folder", type=Path, metavar="FOLDER", help="where the stick is mounted")
    for one in (request, take, drop, refresh, show, usb):
        _hub(one)


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 3660:
        raise argparse.ArgumentTypeError(f"{text!r}: a number of days from 1 to 3660")
    return int(text)


def _hub(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder of the hub's key and database")


def _signing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sign-with", type=Path, action="append", default=[], metavar="KEY",
        help="a private key of the role that signs; several where it needs several",
    )  # fmt: skip
    _passphrases(parser)


def _passphrases(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file", type=Path, action="append", default=[], metavar="FILE",
        help="passphrases are asked for at the terminal; here from files, one for all keys or one for each",
    )  # fmt: skip
