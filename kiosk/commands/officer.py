"""Keeps the roster of officers: adds one with PIN and signing key, gives a new PIN, lists them."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from kiosk.commands.iso_time import iso_time_with_zone
from kiosk.desk.officer_key import new_officer_key
from kiosk.desk.pin import hash_pin, weakness
from kiosk.desk.roster import Officer, Role, Roster, RosterError, load_roster, save_roster, valid_id


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`officer add` and `officer list`."""
    commands = parser.add_subparsers(dest="what", required=True)
    add = commands.add_parser("add", help="add an officer; the PIN (six digits) is asked for twice")
    add.add_argument("--roster", type=Path, required=True, help="the roster file; made when it is not there")
    add.add_argument("--id", required=True, help="service number, as in O-17; never a name")
    add.add_argument("--role", choices=[role.value for role in Role], default=Role.OFFICER.value)
    add.add_argument(
        "--not-after", type=iso_time_with_zone, help="when the entry ends, as in 2027-01-31T00:00:00+08:00"
    )
    add.add_argument("--pin-stdin", action="store_true", help="read the PIN from one line of standard input")
    add.add_argument(
        "--replace",
        action="store_true",
        help="give an officer of the roster a new PIN, and unlock",
    )
    shown = commands.add_parser("list", help="show who is in the roster")
    shown.add_argument("--roster", type=Path, required=True)


def run(args: argparse.Namespace) -> int:
    """0 when done, 1 when the PIN or the officer will not do, 2 when the roster cannot be used."""
    try:
        return _add(args) if args.what == "add" else _list(args.roster)
    except RosterError as error:
        print(error, file=sys.stderr)
        return 2


def _add(args: argparse.Namespace) -> int:
    if not valid_id(args.id):
        return _no(f"{args.id}: a service number has letters, a hyphen and digits, as in O-17")
    roster = load_roster(args.roster) if args.roster.exists() else Roster()
    known = any(officer.id == args.id for officer in roster.officers)
    if known and not args.replace:
        return _no(f"{args.id} is in the roster already; --replace gives a new PIN")
    if args.replace and not known:
        return _no(f"{args.id} is not in the roster")
    pin = _from_stdin() if args.pin_stdin else _asked_twice()
    if pin is None:
        return _no("The two PINs differ; nothing was changed.")
    if (why_not := weakness(pin)) is not None:
        return _no(why_not)
    public, sealed = new_officer_key(args.id, pin)
    officer = Officer(args.id, Role(args.role), hash_pin(pin), args.not_after, public, sealed)
    save_roster(args.roster, roster.with_officer(officer))
    print(f"{args.id} can sign in with the new PIN from the next start of the lane")
    return 0


def _list(file: Path) -> int:
    for officer in load_roster(file).officers:
        end = "no end" if officer.not_after is None else f"until {officer.not_after:%Y-%m-%d %H:%M} UTC"
        where = "lane only" if officer.public is None else "lane and desk"
        print(f"{officer.id}\t{officer.role}\t{end}\t{where}")
    return 0


def _from_stdin() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _asked_twice() -> str | None:
    first = getpass.getpass("PIN, six digits: ")
    return first if getpass.getpass("The same again: ") == first else None


def _no(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
