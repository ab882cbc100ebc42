"""The officers' desk: all lanes of the station, travellers who wait, and the officers' decisions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.run import has_display, read_settings

if TYPE_CHECKING:
    from config.settings import Settings
    from kiosk.opening import Opening


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The settings file, and whether to fill the screen."""
    parser.add_argument("--config", type=Path, help="settings file in TOML; lane.id is this desk's name")
    parser.add_argument(
        "--windowed", action="store_true", help="an ordinary window, whatever the settings say"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0: ended in order; 2: it cannot start, one line says why."""
    if not has_display():
        from kiosk.opening import AtOnce

        return _opened(args, AtOnce())
    from config.glimpse import glimpse
    from kiosk.opening import FirstScreen

    with FirstScreen(glimpse(args.config), windowed=args.windowed) as opening:
        return opening.run(lambda: _opened(args, opening))


def _opened(args: argparse.Namespace, opening: Opening) -> int:
    opening.meanwhile(_import_desk)
    from config.settings import SettingsError
    from kiosk.start_conditions import CannotStart

    try:
        settings = opening.meanwhile(lambda: read_settings(args.config))
        if not has_display():
            raise CannotStart("there is no display: start it in a graphical session, or set DISPLAY")
        return _run(settings, settings.display.fullscreen and not args.windowed, opening)
    except (SettingsError, CannotStart) as error:
        print(error, file=sys.stderr)
        return 2


def _import_desk() -> None:
    """Imports take time, so they are work like any other."""
    import kiosk.station_app  # noqa: F401


def _run(settings: Settings, fullscreen: bool, opening: Opening) -> int:
    from config.moment import system_clock
    from kiosk.application import qt_application
    from kiosk.station_app import StationApp

    application = qt_application()
    return StationApp(settings, system_clock, opening).run(application, fullscreen)
