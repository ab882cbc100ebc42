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
    from config.settings import Settings
    from kiosk.desk.roster import Roster
    from sync.clock.trusted import TrustedClock

Ask = Callable[[str, bool], str]
"""Asks for one line: the question, and whether the answer is secret."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`clock show`, `clock reset`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help="say what time it is for this lane, and whether it is believed")
    reset = actions.add_parser("reset", help="two officers say what time it is; each types number and PIN")
    reset.add_argument(
        "--roster",
        type=Path,
        help="the roster the officers are in (default: the bundle's, else officers.roster)",
    )
    reset.add_argument(
        "--to",
        type=iso_time,
        help="what time it is now, as in 2026-11-23T20:05:00+08:00 (default: the machine's clock is right)",
    )
    reset.add_argument(
        "--stdin", action="store_true", help="read number, PIN, number, PIN from four lines of standard input"
    )
    for action in (show, reset):
        where = action.add_mutually_exclusive_group(required=True)
        where.add_argument("--config", type=Path, help="the kiosk's settings file")
        where.add_argument("--folder", type=Path, help="the journal's folder, without settings")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: believed, or set; 1: not believed, or not allowed; 2: there is nothing to read."""
    from config.settings import SettingsError, load_settings

    try:
        settings = None if args.config is None else load_settings(args.config)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    folder = args.folder if settings is None else settings.journal.folder
    if not folder.is_dir():
        print(f"There is no folder {folder}: name the journal's folder.", file=sys.stderr)
        return 2
    from kiosk.clock_watch import open_folder_clock

    clock = open_folder_clock(folder)
    if args.action == "show":
        return _show(clock)
    return _reset(
        clock, folder, lambda: _roster(settings, args.roster), args.to, _from_stdin if args.stdin else _asked
    )


def _roster(settings: Settings | None, named: Path | None) -> Roster:
    """The roster that counts: what was named, else the bundle's in use, else the file of the settings.

    Raises `RosterError`.
    """
    from kiosk.desk.roster import RosterError, load_roster

    if named is not None:
        return load_roster(named)
    if settings is not None and settings.bundle.root is not None:
        return _sealed(settings)
    if settings is None or settings.officers.roster is None:
        raise RosterError("Which officers? Name their roster with --roster, or the settings with --config.")
    return load_roster(settings.officers.roster)


def _sealed(settings: Settings) -> Roster:
    """The roster of the bundle in use, opened with this kiosk's seal key."""
    from kiosk.bundle.settled import store_of, wanted_of
    from kiosk.bundle.station import no_station_files, read_station
    from kiosk.desk.roster import RosterError
    from sync.bundle.held import load
    from sync.bundle.refused import Refused

    try:
        held = load(store_of(settings), wanted_of(settings))
    except Refused as refused:
        raise RosterError(refused.advice) from refused
    if held is None:
        raise RosterError("There is no bundle here yet, so nobody is on the roster: bring one first.")
    station, faults = read_station(store_of(settings), held, settings, no_station_files())
    if station.roster is not None:
        return station.roster
    why = next((fault.advice for fault in faults if fault.part == "roster"), "")
    raise RosterError(why or f"The bundle has no roster for {settings.lane.station}: have it published.")


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


def _reset(
    clock: TrustedClock, folder: Path, roster: Callable[[], Roster], to: datetime | None, ask: Ask
) -> int:
    from kiosk.desk.roster import RosterError
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
        surely = max(meant, clock.status.floor, clock.status.now)
        who = _two_officers(roster(), folder, surely, ask)
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
    """Two different officers, each with the right PIN, not ended `at`. Wrong tries count, over restarts too.

    `at` is the latest of what they say, what the lane believes and its floor: whose entry has ended cannot
    set the clock back to before its end.
    """
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
