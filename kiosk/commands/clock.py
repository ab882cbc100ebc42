"""Show what a lane believes of the time, and let two officers set it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.console import (
    FIRST_AND_SECOND,
    Ask,
    asked,
    from_stdin,
    roster_in_force,
    signed_in,
    two_different,
)
from kiosk.commands.iso_time import iso_time

if TYPE_CHECKING:
    from kiosk.desk.roster import Roster
    from sync.clock.trusted import TrustedClock


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
        clock,
        folder,
        lambda: roster_in_force(settings, args.roster),
        args.to,
        from_stdin if args.stdin else asked,
    )


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
        who = two_different(signed_in(roster(), folder, surely, ask, FIRST_AND_SECOND))
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


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
