"""Run the kiosk on real devices until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings
    from kiosk.opening import Opening

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""One of these says where a window can be shown."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The settings file, and whether to fill the screen."""
    parser.add_argument("--config", type=Path, help="settings file in TOML (default: the shipped defaults)")
    parser.add_argument(
        "--windowed", action="store_true", help="an ordinary window, whatever the settings say"
    )
    parser.add_argument(
        "--practice",
        action="store_true",
        help="practise with specimen codes: no gate, no hub, records of their own (docs/practice.md)",
    )
    parser.add_argument(
        "--nobody-passes",
        action="store_true",
        help="with --practice: the gate opens and nobody goes through (how a code is given back)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="only say what would keep it from starting, and what is not there yet",
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0: ended in order; 2: it cannot start, one line says why; 3: a mistake in the program."""
    if args.check or not has_display():
        from kiosk.opening import AtOnce

        return _opened(args, AtOnce())
    from config.glimpse import glimpse
    from kiosk.opening import FirstScreen

    mark = "practice" if args.practice else ""
    with FirstScreen(glimpse(args.config), windowed=args.windowed, not_real=mark) as opening:
        return opening.run(lambda: _opened(args, opening))


def has_display() -> bool:
    """Whether a window can be shown somewhere."""
    return any(os.environ.get(name) for name in DISPLAYS)


def read_settings(file: Path | None) -> Settings:
    """The settings of a file, or the shipped ones. Imports what reads them. Raises `SettingsError`."""
    from config.settings import Settings, load_settings

    return load_settings(file) if file else Settings()


def _opened(args: argparse.Namespace, opening: Opening) -> int:
    opening.meanwhile(_import_conditions)
    from config.settings import SettingsError
    from kiosk.start_conditions import CannotStart

    try:
        if args.nobody_passes and not args.practice:
            raise CannotStart("--nobody-passes goes with --practice only: a real gate says itself who passed")
        settings = opening.meanwhile(lambda: read_settings(args.config))
        if args.check:
            _check(settings)
            print(f"{args.config or 'defaults'}: every setting is valid")
            return 0
        if not has_display():
            raise CannotStart("there is no display: start it in a graphical session, or set DISPLAY")
        opening.meanwhile(_import_lane)
        fullscreen = settings.display.fullscreen and not args.windowed
        if args.practice:
            return _practise(settings, fullscreen, opening, nobody_passes=args.nobody_passes)
        return _run(settings, fullscreen, opening)
    except (SettingsError, CannotStart) as error:
        print(error, file=sys.stderr)
        return 2


def _import_conditions() -> None:
    """What tells a start that cannot be. Imports take time, so they are work like any other."""
    import kiosk.start_conditions  # noqa: F401


def _import_lane() -> None:
    """What a lane is made of."""
    import drivers.camera.from_settings  # noqa: F401
    import kiosk.app
    import kiosk.clock_watch
    import kiosk.practice.ground  # noqa: F401


def _check(settings: Settings) -> None:
    """Refuses what a start would refuse. Lists that cannot be used only put the lane out: they are named."""
    from drivers.turnstile.from_settings import lane_gate
    from kiosk.both_ways import BothWays, Loaded
    from kiosk.bundle.keeper import BundleKeeper
    from kiosk.bundle.settled import lane_of
    from kiosk.clock_watch import open_clock
    from kiosk.desk.roster import RosterError, load_roster
    from kiosk.enrolment_watch import hub_key_file, is_enrolled
    from kiosk.lists import load_lists
    from kiosk.program import program
    from kiosk.start_conditions import CannotStart, refuse_specimens
    from sync.bundle.refused import Refused
    from sync.signing import KeyUnusable, load_public

    lane_gate(settings.turnstile, settings.other_direction, program())
    try:
        if settings.officers.roster:
            load_roster(settings.officers.roster)
        if is_enrolled(settings):
            load_public(hub_key_file(settings))
        elif settings.hub.url:
            advice = "the hub's key. A start asks to be enrolled, and shows a code to approve at the hub."
            print(f"not there yet: {advice}", file=sys.stderr)
    except (RosterError, KeyUnusable) as error:
        raise CannotStart(str(error)) from error
    try:
        bundled = lane_of(settings) is not None
    except Refused as refused:
        raise CannotStart(str(refused)) from refused
    lists = (
        BundleKeeper(settings, open_clock(settings)).lists
        if bundled
        else load_lists(settings.trust, settings.lane.policy)
    )
    both = BothWays(settings, Loaded(lists))
    refuse_specimens(settings, lists.policy, both.turned.policy)
    for fault in (*lists.faults, *both.faults):
        print(f"not there yet: {fault.advice}", file=sys.stderr)


def _practise(settings: Settings, fullscreen: bool, opening: Opening, *, nobody_passes: bool) -> int:
    """The lane's camera, scanner and screens; a gate in memory, and nothing that leaves this machine."""
    from config.moment import system_clock
    from drivers.camera.from_settings import camera_of, changes_by_itself
    from drivers.scanner.from_settings import scanner_for
    from kiosk.app import KioskApp
    from kiosk.application import qt_application
    from kiosk.machinery import Devices
    from kiosk.practice.ground import (
        gate_in_memory,
        gate_nobody_passes,
        open_ground,
        practice_settings,
        with_officers,
    )
    from kiosk.practice.practised import practised
    from kiosk.program import program
    from kiosk.start_conditions import CannotStart
    from verification.issuing.authority import CannotIssue

    now = system_clock().utc
    try:
        ground = open_ground(settings.journal.folder, now)
        print(practised(settings).says, flush=True)
        settings, pin = with_officers(practice_settings(settings, ground, now), ground)
    except CannotIssue as error:
        raise CannotStart(str(error)) from error
    except OSError as error:
        raise CannotStart(f"{error.filename}: {error.strerror}") from error
    if pin:
        print(f"Practice: officer P-1 and supervisor P-2 sign in with {pin}, today only.", flush=True)
    pause = threading.Event()
    devices = Devices(
        camera=camera_of(settings.camera, time.monotonic, pause.wait),
        turnstile=gate_nobody_passes if nobody_passes else gate_in_memory,
        watch_frozen=changes_by_itself(settings.camera),
        scanner=scanner_for(settings.scanner),
    )
    application = qt_application()
    kiosk = KioskApp(settings, devices, program(), system_clock, practice=True, opening=opening)
    return kiosk.run(application, fullscreen)


def _run(settings: Settings, fullscreen: bool, opening: Opening) -> int:
    from drivers.camera.from_settings import camera_of, changes_by_itself
    from drivers.scanner.from_settings import scanner_for
    from drivers.turnstile.from_settings import lane_gate
    from kiosk.app import KioskApp
    from kiosk.application import qt_application
    from kiosk.clock_watch import open_clock
    from kiosk.machinery import Devices
    from kiosk.program import program

    lane_gate(settings.turnstile, settings.other_direction, program())
    pause = threading.Event()
    devices = Devices(
        camera=camera_of(settings.camera, time.monotonic, pause.wait),
        turnstile=lambda alive: lane_gate(settings.turnstile, settings.other_direction, program(), alive),
        watch_frozen=changes_by_itself(settings.camera),
        scanner=scanner_for(settings.scanner),
    )
    application = qt_application()
    clock = open_clock(settings)
    kiosk = KioskApp(settings, devices, program(), clock, trusted=clock, opening=opening)
    return kiosk.run(application, fullscreen)
