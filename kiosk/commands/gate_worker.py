"""Owns the gate for the kiosk (started by it; not for people)."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The gate's settings, as JSON."""
    parser.add_argument("settings", help="the [turnstile] settings as JSON")
    parser.add_argument("--watched", action="store_true", help="also tell what is read back")


def run(args: argparse.Namespace) -> int:
    """Runs until the kiosk's end of the pipe is gone."""
    from drivers.turnstile.worker import main

    return main(args.settings, sys.stdin.buffer, sys.stdout.buffer, watched=args.watched)
