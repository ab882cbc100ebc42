"""People who sign in at the hub's pages: each has a login, a name and one role."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from config.moment import system_clock
from kiosk.commands.console import unseen
from kiosk.commands.hub_where import add_where

ROLES = ("viewer", "officer", "supervisor", "administrator")
LONGEST_FILE = 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`person add`, `list`, `remove`, `reset`."""
    actions = parser.add_subparsers(dest="person", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="let somebody sign in; the password is asked for twice")
    add.add_argument("--login", required=True, help="2 to 32 of a-z 0-9 . _ -")
    add.add_argument("--name", required=True, help="what the person is called in the record of acts")
    add.add_argument("--role", choices=ROLES, required=True)
    listed = actions.add_parser("list", help="show everybody")
    remove = actions.add_parser("remove", help="end somebody's right to sign in, and their sessions")
    remove.add_argument("--login", required=True)
    reset = actions.add_parser("reset", help="give a new password; ends their sessions and every wait")
    reset.add_argument("--login", required=True)
    for action in (add, reset):
        action.add_argument("--password-file", type=Path, help="a file whose first line is the password")
    for action in (add, listed, remove, reset):
        add_where(action)


def run(args: argparse.Namespace) -> int:
    """0: done; 1: refused. `kiosk.commands.hub` catches what the database and files raise."""
    from sync.hub.database import open_database
    from sync.hub.passwords import Passwords
    from sync.hub.people import People, PersonRefused
    from sync.hub.roles import Role

    people = People(open_database(args.data, args.database), system_clock, Passwords())
    try:
        if args.person == "list":
            for one in people.list():
                state = f"removed {one.removed_at[:10]}" if one.removed_at else "may sign in"
                print(f"{one.login}\t{one.role}\t{one.full_name}\t{state}")
        elif args.person == "remove":
            people.remove(args.login)
            print(f"{args.login} can't sign in any more")
        elif (password := password_from(args.password_file, twice=True)) is None:
            print("The two passwords differ; nothing was changed.", file=sys.stderr)
            return 1
        elif args.person == "add":
            people.add(args.login, args.name, Role(args.role), password)
            print(f"{args.login} can sign in as {args.role}")
        else:
            people.reset(args.login, password)
            print(f"{args.login} has a new password")
    except PersonRefused as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def password_from(file: Path | None, *, twice: bool = False) -> str | None:
    """A password from a file's first line, or typed unseen; None where two tries differ. Raises OSError."""
    if file is not None:
        with file.open("rb") as opened:
            return opened.read(LONGEST_FILE).decode("utf-8", errors="replace").partition("\n")[0].rstrip("\r")
    first = unseen("Password: ")
    return first if not twice or unseen("The same again: ") == first else None
