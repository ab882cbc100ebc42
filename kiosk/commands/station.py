"""The officers' desk: all lanes of the station, travellers who wait, and the officers' decisions."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from config.settings import Settings, SettingsError, load_settings
from kiosk.commands.run import DISPLAYS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The settings file, and whether to fill the screen."""
    parser.add_argument("--config", type=Path, help="settings file in TOML; lane.id is this desk's name")
    parser.add_argument(
        "--windowed", action="store_true", help="an ordinary window, whatever the settings say"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0: ended in order; 2: it cannot start, one line says why."""
    from kiosk.start_conditions import CannotStart

    try:
        settings = load_settings(args.config) if args.config else Settings()
        if not any(os.environ.get(name) for name in DISPLAYS):
            raise CannotStart("there is no display: start it in a graphical session, or set DISPLAY")
        return _run(settings, args.windowed)
    except (SettingsError, CannotStart) as error:
        print(error, file=sys.stderr)
        return 2


def _run(settings: Settings, windowed: bool) -> int:
    from config.moment import system_clock
    from kiosk.app import qt_application
    from kiosk.station_app import StationApp

    application = qt_application()
    return StationApp(settings, system_clock).run(application, settings.display.fullscreen and not windowed)
