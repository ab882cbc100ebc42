"""Keeps the roster of officers: adds one with PIN and signing key, gives a new PIN or a card, lists them."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from drivers.scanner.port import Scanned
from kiosk.commands.console import unseen
from kiosk.commands.iso_time import iso_time_with_zone
from kiosk.desk.card import card_digest, new_salt, number_of
from kiosk.desk.officer_key import new_officer_key
from kiosk.desk.pin import hash_pin, weakness
from kiosk.desk.roster import Officer, Role, Roster, RosterError, load_roster, save_roster, valid_id


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`officer add`, `officer card` and `officer list`."""
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
    card = commands.add_parser(
        "card", help="give an officer a card, or take it away; the number is asked for"
    )
    card.add_argument("--roster", type=Path, required=True)
    card.add_argument("--id", required=True, help="service number, as in O-17")
    card.add_argument("--no-pin", action="store_true", help="the card alone signs in at a lane's panel")
    card.add_argument("--remove", action="store_true", help="the card counts no longer")
    card.add_argument("--card-stdin", action="store_true", help="read the number from standard input")
    shown = commands.add_parser("list", help="show who is in the roster")
    shown.add_argument("--roster", type=Path, required=True)


def run(args: argparse.Namespace) -> int:
    """0 when done, 1 when the PIN or the officer will not do, 2 when the roster cannot be used."""
    try:
        if args.what == "card":
            return _card(args)
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
    before = roster.officer(args.id)
    card, card_pin = (before.card, before.card_pin) if before else (b"", True)
    role, hashed = Role(args.role), hash_pin(pin)
    officer = Officer(args.id, role, hashed, args.not_after, public, sealed, card, card_pin)
    save_roster(args.roster, roster.with_officer(officer))
    print(f"{args.id} can sign in with the new PIN from the next start of the lane")
    return 0


def _card(args: argparse.Namespace) -> int:
    roster = load_roster(args.roster)
    officer = roster.officer(args.id)
    if officer is None:
        return _no(f"{args.id} is not in the roster")
    if args.remove:
        save_roster(args.roster, roster.with_officer(replace(officer, card=b"", card_pin=True)))
        print(f"{args.id} has no card any more")
        return 0
    typed = _from_stdin() if args.card_stdin else unseen("Card number (hold the card to the reader): ")
    number = number_of(Scanned(typed.encode(errors="replace"), 0.0))
    if number is None:
        return _no("A card's number has 4 to 64 letters, digits or separators; nothing was changed.")
    salt = roster.card_salt or new_salt()
    digest = card_digest(number, salt)
    if (other := roster.of_card(digest)) is not None and other.id != args.id:
        return _no(f"This card is {other.id}'s; nothing was changed.")
    carded = replace(officer, card=digest, card_pin=not args.no_pin)
    save_roster(args.roster, roster.with_officer(carded, salt))
    print(
        f"{args.id} has a card; {'the PIN is not asked for' if args.no_pin else 'the PIN is asked for too'}"
    )
    return 0


def _list(file: Path) -> int:
    for officer in load_roster(file).officers:
        end = "no end" if officer.not_after is None else f"until {officer.not_after:%Y-%m-%d %H:%M} UTC"
        where = "lane only" if officer.public is None else "lane and desk"
        card = "no card" if not officer.card else "card and PIN" if officer.card_pin else "card"
        print(f"{officer.id}\t{officer.role}\t{end}\t{where}\t{card}")
    return 0


def _from_stdin() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _asked_twice() -> str | None:
    first = unseen("PIN, six digits: ")
    return first if unseen("The same again: ") == first else None


def _no(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
