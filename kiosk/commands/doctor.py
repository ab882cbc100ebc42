"""Check every part of this kiosk: one line each with a code for the telephone, and what to do.

The gate is connected to and never opened. A kiosk that runs is asked how the devices are that it holds. Exit
code 0: all is well; 1: something should be looked at; 2: the lane takes no travellers, or refers every one,
until something is mended.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from config.settings import Settings, SettingsError, load_settings

LANGUAGES = ("en", "zh_HK", "zh_CN", "pt")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The settings file, and how to say it."""
    parser.add_argument("--config", type=Path, help="settings file in TOML (default: the shipped defaults)")
    parser.add_argument("--json", action="store_true", help="the whole report as JSON")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the advice")
    parser.add_argument(
        "--signals", action="store_true", help="show and play what goes with each verdict, one by one"
    )


def run(args: argparse.Namespace) -> int:
    """Never waits for a part that hangs."""
    try:
        settings = load_settings(args.config) if args.config else Settings()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    if args.signals:
        return _rehearse(settings, args.language)
    from kiosk.health.beside import check_now, with_what_is_none

    report = with_what_is_none(check_now(settings, datetime.now(UTC)), settings)
    if args.json:
        print(json.dumps(report.table(), ensure_ascii=False, indent=2))
    else:
        print(report.text(args.language))
    return int(report.severity)


def _rehearse(settings: Settings, language: str) -> int:
    from drivers.signals.from_settings import lamp_for
    from drivers.signals.sound import SoundSignals, TonesMissing
    from kiosk.health.rehearsal import rehearse
    from kiosk.health.signals import SOUNDS, voices_of

    try:
        sound = SoundSignals(SOUNDS, settings.sound.volume, voices=voices_of(settings))
    except TonesMissing as error:
        print(error, file=sys.stderr)
        return 2
    healths = rehearse(sound, lamp_for(settings.lamp), language, lambda line: print(line, flush=True))
    for health in healths:
        if not health.works:
            print(f"{health.code}  {health.advice}", file=sys.stderr)
    return 0 if all(health.works for health in healths) else 1
