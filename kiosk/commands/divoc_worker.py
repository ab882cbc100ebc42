"""Finds what DIVOC certificates state, for the kiosk (started by it; not for people)."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: it speaks on standard input and output."""


def run(_args: argparse.Namespace) -> int:
    """Runs until the kiosk's end of the pipe is gone."""
    from kiosk.divoc.worker import main

    return main()
