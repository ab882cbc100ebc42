"""Bring a newer bundle to this machine, from its hub or from a stick; show what is in use."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from config.counted import counted
from config.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from kiosk.lists import Lists
    from sync.bundle.held import Held

DEFAULT_HELP = "settings file in TOML (default: the shipped defaults)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`update` and `show`."""
    parser.add_argument("--config", type=Path, help=DEFAULT_HELP)
    after = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    after.add_argument("--config", type=Path, help=DEFAULT_HELP)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    bring = actions.add_parser(
        "update", parents=[after], help="look once for a newer bundle, and put it to use"
    )
    bring.add_argument(
        "--from",
        dest="source",
        metavar="FOLDER|URL",
        help="a stick, a folder or an address (default: what the settings name, then any stick that is in)",
    )
    actions.add_parser("show", parents=[after], help="say what is in use, how old it is and when it ends")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: done; 1: a bundle was refused or is missing, a line says why; 2: wrong settings."""
    from sync.bundle.refused import Refused

    try:
        settings = load_settings(args.config) if args.config else Settings()
        if settings.bundle.root is None:
            whose = "" if args.config else "; name the lane's settings with --config"
            raise SettingsError(
                f"bundle.root is missing: name the root metadata that the ceremony made{whose}"
            )
        return _update(settings, args.source) if args.action == "update" else _show(settings)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except Refused as refused:
        print(f"{refused.why}: {refused.advice}", file=sys.stderr)
        return 1


def _update(settings: Settings, named: str | None) -> int:
    from kiosk.bundle.settled import lane_of, mirror_of, named_source, sticks_of
    from kiosk.clock_watch import open_clock
    from sync.bundle.refused import Refused, Why
    from sync.bundle.stick import Stick, plugged_in
    from sync.bundle.update import update
    from sync.session import open_session

    lane = lane_of(settings)
    assert lane is not None
    session = open_session(settings.hub.ca)
    if named is not None:
        sources = [named_source(named, session)]
    else:
        mirror = mirror_of(settings, session)
        sources = [*([mirror] if mirror else []), *(sticks_of(settings) or map(Stick, plugged_in()))]
    if not sources:
        raise Refused(
            Why.UNREACHABLE, "the settings name no mirror, and no stick with a bundle is plugged in"
        )
    clock = open_clock(settings)
    wrong = 0
    for source in sources:
        try:
            outcome = update(lane, source, clock().utc)
        except Refused as refused:
            if len(sources) == 1:
                raise
            print(f"{source.name}: {refused.why}: {refused.advice}", file=sys.stderr)
            wrong += 1
            continue
        said = "put to use" if outcome.changed else "nothing newer"
        print(f"{source.name}: {said}, {counted(outcome.files, 'file')} fetched")
        for index in outcome.indexes:
            print(f"  {index}: brought up to date")
        for one in outcome.held_back:
            print(f"  {one.part}: held back: {one.refused.advice}", file=sys.stderr)
        wrong += bool(outcome.held_back)
    return 1 if wrong else 0


def _show(settings: Settings) -> int:
    from kiosk.bundle.keeper import NONE_YET, BundleKeeper
    from kiosk.bundle.settled import store_of, wanted_of
    from kiosk.clock_watch import open_clock
    from sync.bundle.held import load

    held = load(store_of(settings), wanted_of(settings))
    if held is None:
        print(NONE_YET, file=sys.stderr)
        return 1
    clock = open_clock(settings)
    now = clock().utc
    print(f"taken in {_time(held.in_use.taken_at)} from {held.in_use.source}")
    root, timestamp, snapshot = held.root, held.timestamp, held.snapshot
    _print_top("root", root.version, root.expires, now)
    _print_top("timestamp", timestamp.version, timestamp.expires, now)
    _print_top("snapshot", snapshot.version, snapshot.expires, now)
    for role in held.roles():
        confirmed = f"confirmed {_time(role.state.confirmed_at)}"
        over = _over(role.expires, now)
        print(f"  {role.name:<10} {role.verified.version:>6}  ends {_time(role.expires)}{over}, {confirmed}")
        for path, file in sorted(role.files.items()):
            ends = "" if file.until is None else f"  ends {_time(file.until)}{_over(file.until, now)}"
            print(f"    {path}  {file.length} bytes{ends}")
        if role.state.held_back:
            print(f"    held back: {role.state.held_back}")
    keeper = BundleKeeper(settings, clock)
    return _show_lists(keeper.lists, held, now)


def _show_lists(lists: Lists, held: Held, now: datetime) -> int:
    from kiosk.bundle.ageing import ageing

    for view in lists.views(now):
        signed = "none" if view.signed_at is None else _time(view.signed_at)
        print(f"{view.kind:<11}{view.freshness:<7} {signed}  {view.name}".rstrip())
    faults = [*lists.faults, *ageing(lists, held, now)]
    for fault in faults:
        print(f"{fault.code} {fault.part}: {fault.advice}", file=sys.stderr)
    return 1 if faults else 0


def _print_top(name: str, version: int, expires: datetime, now: datetime) -> None:
    print(f"  {name:<10} {version:>6}  ends {_time(expires)}{_over(expires, now)}")


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _over(expires: datetime, now: datetime) -> str:
    return " (over)" if now >= expires else ""
