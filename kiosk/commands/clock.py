"""Show what a lane believes of the time, and let two officers set it."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.iso_time import iso_time

if TYPE_CHECKING:
    from kiosk.desk.roster import Roster
    from sync.clock.trusted import TrustedClock

Ask = Callable[[str, bool], str]
"""Asks for one line: the question, and whether the answer is secret."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`clock show`, `clock reset`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help="say what time it is for this lane, and whether it is believed")
    reset = actions.add_parser("reset", help="two officers say what time it is; each types number and PIN")
    reset.add_argument("--roster", type=Path, required=True, help="the roster the officers are in")
    reset.add_argument(
        "--to",
        type=iso_time,
        help="what time it is now, as in 2026-11-23T20:05:00+08:00 (default: the machine's clock is right)",
    )
    reset.add_argument(
        "--stdin", action="store_true", help="read number, PIN, number, PIN from four lines of standard input"
    )
    for action in (show, reset):
        action.add_argument("--folder", type=Path, required=True, help="the journal's folder")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: believed, or set; 1: not believed, or not allowed; 2: there is nothing to read."""
    if not args.folder.is_dir():
        print(f"There is no folder {args.folder}: name the journal's folder.", file=sys.stderr)
        return 2
    from kiosk.clock_watch import open_folder_clock

    clock = open_folder_clock(args.folder)
    if args.action == "show":
        return _show(clock)
    return _reset(clock, args.folder, args.roster, args.to, _from_stdin if args.stdin else _asked)


def _show(clock: TrustedClock) -> int:
    from kiosk.clock_watch import advice

    status = clock.status
    print(f"state        {status.state}")
    print(f"now          {_shown(status.now)}, give or take {status.uncertain_s:.0f} s, from {status.source}")
    print(f"machine      {_shown(status.machine)}, {status.machine_off_s:+.0f} s")
    print(f"floor        {_shown(status.floor)}")
    print(f"confirmed    {_shown(status.confirmed)}")
    if clock.damage:
        print(f"record       {clock.damage}")
    print(advice(status))
    return 0 if status.works else 1


def _reset(clock: TrustedClock, folder: Path, roster_file: Path, to: datetime | None, ask: Ask) -> int:
    from kiosk.desk.roster import RosterError, load_roster
    from kiosk.program import built_at
    from sync.clock.machine import LinuxClocks
    from sync.clock.order import Order, leave_order

    machine = LinuxClocks()
    told = machine.read()
    meant = to or told.utc
    if meant < built_at():
        print(f"{_shown(meant)} is before this program was built: that can't be right.", file=sys.stderr)
        return 1
    print(f"the lane says      {_shown(clock.status.now)} ({clock.status.state})", file=sys.stderr)
    print(f"the machine says   {_shown(told.utc)}", file=sys.stderr)
    print(f"it is to be        {_shown(meant)}: compare it with your own watches", file=sys.stderr)
    try:
        who = _two_officers(load_roster(roster_file), folder, meant, ask)
    except RosterError as error:
        print(error, file=sys.stderr)
        return 2
    if who is None:
        return 1
    try:
        leave_order(folder, Order(meant, machine.boot_id, told.boot_s, *who))
    except OSError as error:
        print(f"{error.filename or folder} can't be written: {error.strerror}", file=sys.stderr)
        return 2
    print("Ordered. The lane takes it up and records it within seconds, or when it starts next.")
    return 0


def _two_officers(roster: Roster, folder: Path, at: datetime, ask: Ask) -> tuple[str, str] | None:
    """Two different officers, each with the right PIN. Wrong tries count, over restarts too."""
    from config.moment import Moment, system_clock
    from kiosk.desk.lockouts import Lockouts, LockoutsError
    from kiosk.desk.pin import pin_matches
    from kiosk.desk.sign_in import Denied, Limits, SignIn

    lockouts = Lockouts(folder / "clock-lockouts.json")
    now = system_clock()
    try:
        tries = SignIn(roster, Limits(), lockouts.load(), now)
    except LockoutsError as error:
        print(f"{error}: call the operator", file=sys.stderr)
        return None
    found: list[str] = []
    for place in ("First", "Second"):
        typed, pin = ask(f"{place} officer's number: ", False), ask("PIN: ", True)
        check = tries.attempt(typed, pin, now)
        if check is None or isinstance(check, Denied):
            print("Too many wrong tries: wait, or have the PIN replaced.", file=sys.stderr)
            return None
        try:
            lockouts.save(check.tries)
            officer = check.officer
            matches = officer is not None and pin_matches(pin, officer.pin_hash)
            denied, _ = tries.checked(check, matches, Moment(now.mono, at))
            lockouts.save(tries.tries)
        except LockoutsError as error:
            print(error, file=sys.stderr)
            return None
        if officer is None or denied is not None:
            print("The number or the PIN is wrong, or the entry has ended.", file=sys.stderr)
            return None
        tries.sign_out("officer")
        found.append(officer.id)
    if found[0] == found[1]:
        print("It takes two officers: that was one of them twice.", file=sys.stderr)
        return None
    return found[0], found[1]


def _asked(question: str, secret: bool) -> str:
    if secret:
        return getpass.getpass(question)
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _from_stdin(_question: str, _secret: bool) -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
